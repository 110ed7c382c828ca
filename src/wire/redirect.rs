//! Reads the redirect that brings the PSU back from the bank (`RED-1`, `RED-2`, `RED-2a`).

use super::request::is_uuid;
use crate::Error;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::fmt;

/// Longest redirect URL that is read, in bytes.
pub const MAX_URL: usize = 16 * 1024;

/// What the bank's redirect says. Only this type, never the URL, goes on to the consent.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The gateway's id of the authorisation.
    pub intent_id: String,
    /// The UUID under which the TPP asked for it.
    pub uuid: String,
    /// The authorisation code; `None` when the PSU declined or could not be authenticated (`RED-2`).
    pub code: Option<String>,
}

/// What a redirect says, as the package gives it. `declined` is an outcome, not an error.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Redirect"))]
pub enum Returned {
    /// The customer consented.
    Authorised {
        /// The gateway's id of the authorisation.
        intent_id: String,
        /// The UUID under which it was asked for.
        uuid: String,
        /// The authorisation code, to be exchanged at the edge.
        code: String,
    },
    /// The customer declined, or could not be authenticated.
    Declined {
        /// The gateway's id of the authorisation.
        intent_id: String,
        /// The UUID under which it was asked for.
        uuid: String,
    },
}

impl From<Redirect> for Returned {
    fn from(Redirect { intent_id, uuid, code }: Redirect) -> Self {
        match code {
            Some(code) => Self::Authorised { intent_id, uuid, code },
            None => Self::Declined { intent_id, uuid },
        }
    }
}

/// Without the code, which is as good as a password until it is exchanged.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_ref().map(|_| "…");
        let Self { intent_id, uuid, .. } = self;
        f.debug_struct("Redirect").field("intent_id", intent_id).field("uuid", uuid).field("code", &code).finish()
    }
}

/// Reads a redirect's URL, or the part of it from the query on.
///
/// Parameters are decoded as `application/x-www-form-urlencoded`; unknown ones are ignored, since the registered URL
/// may have a query of its own.
///
/// # Errors
/// [`Error::RedirectMissing`], [`Error::RedirectRepeated`], [`Error::RedirectInvalid`], [`Error::TooLarge`].
pub fn parse(url: &str) -> Result<Redirect, Error> {
    if url.len() > MAX_URL {
        return Err(Error::TooLarge("The redirect URL is longer than 16 KiB."));
    }
    // URL parsers drop these unseen, so what is left may be another redirect than the one that came.
    if url.contains(['\t', '\n', '\r']) || url.starts_with(is_blank) || url.ends_with(is_blank) {
        return Err(Error::RedirectInvalid("The redirect URL has a tab or a line end in it, or a space around it."));
    }
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let intent_id = parameter(query, "intent-id", "The redirect has intent-id twice.")?;
    let uuid = parameter(query, "uuid", "The redirect has uuid twice.")?;
    let code = parameter(query, "authorisation_code", "The redirect has authorisation_code twice.")?;

    let intent_id = visible(
        intent_id.ok_or(Error::RedirectMissing("The redirect has no intent-id."))?,
        256,
        "The redirect's intent-id is not 1 to 256 visible ASCII characters.",
    )?;
    let no_uuid = "The redirect's uuid is not a UUID.";
    let uuid = visible(uuid.ok_or(Error::RedirectMissing("The redirect has no uuid."))?, 36, no_uuid)?;
    if !is_uuid(&uuid) {
        return Err(Error::RedirectInvalid(no_uuid));
    }
    let code = match code {
        None => None,
        Some(Some(text)) if text.is_empty() || text == "null" => None,
        Some(value) => {
            Some(visible(value, 2048, "The redirect's authorisation_code is not 1 to 2,048 visible ASCII characters.")?)
        }
    };
    Ok(Redirect { intent_id, uuid, code })
}

/// A parameter's value as [`decode`] reads it; the outer `None` where there is no such parameter.
fn parameter(query: &str, name: &str, repeated: &'static str) -> Result<Option<Option<String>>, Error> {
    let mut found = None;
    for pair in query.split('&') {
        let (known, value) = pair.split_once('=').unwrap_or((pair, ""));
        if decode(known).is_some_and(|known| known == name) {
            if found.is_some() {
                return Err(Error::RedirectRepeated(repeated));
            }
            found = Some(decode(value));
        }
    }
    Ok(found)
}

fn visible(value: Option<String>, longest: usize, invalid: &'static str) -> Result<String, Error> {
    let fits =
        |value: &String| (1..=longest).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
    value.filter(fits).ok_or(Error::RedirectInvalid(invalid))
}

/// Decodes as `application/x-www-form-urlencoded` has it: a `%` without two digits stands for itself. `None` for what is
/// no UTF-8, where a form parser would put a replacement character.
fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned())
}

fn is_blank(c: char) -> bool {
    c <= ' '
}

#[cfg(test)]
mod tests;
