//! What stands in a secret's place.

use super::Kind;
use crate::{
    gateway::{Call, Method, Secret},
    wire::{json::Value, within::split_around},
};

pub(super) const MASK: &str = "***";

/// A call with a mask for each secret.
pub(super) fn masked(call: &Call) -> (Kind, Call) {
    let mask = || Secret::new(MASK.to_owned());
    match call {
        Call::Authorise { .. } => (Kind::Authorise, call.clone()),
        Call::Exchange { .. } => (Kind::Exchange, Call::Exchange { code: mask() }),
        Call::Refresh { .. } => (Kind::Refresh, Call::Refresh { refresh_token: mask() }),
        Call::Own(call, _) if call.method() != Method::Get => (Kind::Payment, Call::Own(call.clone(), mask())),
        Call::Resource(call, _) | Call::Own(call, _) => (Kind::Resource, Call::Resource(call.clone(), mask())),
    }
}

pub(super) fn mask_authorization(value: &str) -> &'static str {
    if value.starts_with("Basic ") { "Basic ***" } else { "Bearer ***" }
}

/// A JSON text, or the beginning of one, with a mask in place of each string that tells a secret, however it is
/// escaped, and of one that is cut off. All else stays as it was written.
pub(super) fn without_strings(text: &str, secrets: &[Secret]) -> String {
    let tells = |text: &str| secrets.iter().any(|secret| split_around(text, secret.expose()).is_some());
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, from)) = rest.bytes().position(|byte| byte == b'"').and_then(|at| rest.split_at_checked(at))
    {
        shown.push_str(before);
        let string = end_of_string(from).and_then(|end| from.split_at_checked(end));
        let (string, after) = string.unwrap_or((from, ""));
        let is_shown = Value::parse(string).and_then(Value::as_str).is_some_and(|text| !tells(&text));
        shown.push_str(if is_shown { string } else { "\"***\"" });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Where the string ends with which the text begins.
fn end_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })?;
    Some(end + 2)
}
