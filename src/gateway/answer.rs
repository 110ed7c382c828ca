//! Reads what the gateway answers: authorise, token and error answers.

use super::{Secret, secret::MAX_TOKEN_ANSWER};
use crate::{
    Error, Refusal,
    wire::{
        IssuedAt,
        json::{Object, Value},
        within,
    },
};
use serde::Serialize;
use std::{borrow::Cow, rc::Rc};

/// Longest text kept of an answer that cannot be read otherwise (`ERR-1`).
const KEPT_TEXT: usize = 2048;
/// Longest an access token is taken to live, in seconds (`TOK-3`).
const LONGEST_LIFE: u32 = 3600;

/// The answer to `/authorise` (`AUT-4`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AuthoriseAnswer {
    /// The gateway's id of the authorisation.
    pub intent_id: String,
    /// Where the gateway would have the customer sent; checked by `readAuthorise`.
    pub location: String,
}

impl AuthoriseAnswer {
    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for a status other than 2xx, [`Error::Answer`] for a body without the two members.
    pub fn read(status: u16, body: &str) -> Result<Self, Error> {
        if !is_success(status) {
            return Err(Error::Refused(Rc::new(Refusal::read(status, body))));
        }
        let unreadable = Error::Answer("The gateway's answer to /authorise cannot be read; try again.");
        let answer = Object::parse(body).map_err(|_| unreadable.clone())?;
        let member = |name: &str, longest: usize| {
            let value = answer.str(name)?.into_owned();
            let fits = (1..=longest).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
            fits.then_some(value)
        };
        match (member("intent-id", 256), member("location", 4096)) {
            (Some(intent_id), Some(location)) => Ok(Self { intent_id, location }),
            _ => Err(unreadable),
        }
    }
}

/// The answer to `/access-token`, of either grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnswer {
    /// Opens the bank's resources.
    pub access_token: Secret,
    /// Renews the access token; an answer without one keeps the old one (`REF-1`).
    pub refresh_token: Option<Secret>,
    /// Whether it has a refresh token that cannot be used. The answer itself is then to be kept (`TOK-5`).
    pub is_incomplete: bool,
    /// Seconds the access token lives: at most 3,600 (`TOK-3`).
    pub expires_in: u32,
    /// The permissions granted (`TOK-4`).
    pub scope: Vec<String>,
}

impl TokenAnswer {
    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for a status other than 2xx, [`Error::Answer`] for a body that is no token answer, is longer
    /// than 65,536 bytes, has a refresh token that cannot be used (`TOK-5`) or a `token_type` that is not Bearer (`TOK-4`).
    pub fn read(status: u16, body: &str) -> Result<Self, Error> {
        if !is_success(status) {
            return Err(Error::Refused(Rc::new(Refusal::read(status, body))));
        }
        let bearer = |object: Object<'_>| match object.get("token_type") {
            None => true,
            Some(null) if null.as_written() == "null" => true,
            Some(token_type) => token_type.as_str().is_some_and(|name| name.eq_ignore_ascii_case("bearer")),
        };
        Self::salvage(body)
            .filter(|answer| !answer.is_incomplete && Object::parse(without_mark(body)).is_ok_and(bearer))
            .ok_or(Error::Answer("The gateway's token answer cannot be read."))
    }

    /// Reads whatever holds an access token, however surprising the rest: a consent hangs on it (`TOK-5`).
    pub fn salvage(body: &str) -> Option<Self> {
        let body = without_mark(body);
        let answer = Object::parse(body).ok().filter(|_| body.len() <= MAX_TOKEN_ANSWER)?;
        let refresh_token = answer.get("refresh_token").filter(|value| !matches!(value.as_written(), "null" | "\"\""));
        let usable = refresh_token.and_then(text_or_number).and_then(|text| Secret::refresh_token(text).ok());
        Some(Self {
            access_token: answer.get("access_token").and_then(text_or_number).map(Secret::token)?.ok()?,
            is_incomplete: refresh_token.is_some() && usable.is_none(),
            refresh_token: usable,
            expires_in: expires_in(answer.get("expires_in")),
            scope: permissions(&answer),
        })
    }
}

/// A byte order mark is no part of a JSON text, and may be passed over (RFC 8259 section 8.1).
fn without_mark(body: &str) -> &str {
    body.strip_prefix('\u{feff}').unwrap_or(body)
}

/// A token answer as the package gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TokenAnswer", optional_fields))]
pub struct Tokens {
    /// Opens the bank's resources.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub access_token: Secret,
    /// Keep it before anything else; without a new one the old one stays good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub refresh_token: Option<Secret>,
    /// Always `Bearer`.
    #[cfg_attr(feature = "typescript", ts(type = "'Bearer'"))]
    pub token_type: &'static str,
    /// Seconds, at most 3600.
    pub expires_in: u32,
    /// Seconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub expires_at: u64,
    /// The permissions granted.
    pub scope: Vec<String>,
}

impl TokenAnswer {
    /// The same for whoever keeps tokens in a way of their own, received at `now`.
    pub fn at(self, now: IssuedAt) -> Tokens {
        Tokens {
            expires_at: now.seconds() + u64::from(self.expires_in),
            access_token: self.access_token,
            refresh_token: self.refresh_token,
            token_type: "Bearer",
            expires_in: self.expires_in,
            scope: self.scope,
        }
    }
}

/// A text, or a number as it is written.
fn text_or_number(value: Value<'_>) -> Option<String> {
    let written = value.as_written();
    let is_number = written.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if is_number { Some(written.to_owned()) } else { value.as_str().map(Cow::into_owned) }
}

/// `expires_in` in seconds (`TOK-3`): the guide's "minutes" of a value of 3600 cannot be meant.
fn expires_in(value: Option<Value<'_>>) -> u32 {
    let Some(value) = value else { return LONGEST_LIFE };
    let text = value.as_str().unwrap_or(value.as_written().into());
    // A fraction of a second is dropped; an exponent or a sign is no lifetime that anyone sends.
    let whole = text.trim_ascii().split('.').next().unwrap_or_default();
    let seconds = whole.parse::<u64>().ok().and_then(|seconds| u32::try_from(seconds).ok());
    seconds.map_or(LONGEST_LIFE, |seconds| seconds.min(LONGEST_LIFE))
}

/// The permissions, separated by commas, spaces or both (`TOK-4`); an array of strings is taken too.
fn permissions(answer: &Object<'_>) -> Vec<String> {
    let Some(scope) = answer.get("scope") else { return Vec::new() };
    let texts = scope.items().unwrap_or_else(|| vec![scope]);
    let mut permissions = Vec::new();
    for text in texts.into_iter().filter_map(Value::as_str) {
        for name in text.split(',').flat_map(str::split_ascii_whitespace) {
            if permissions.len() < 64 {
                permissions.push(name.chars().take(128).collect());
            }
        }
    }
    permissions
}

impl Refusal {
    /// Reads whatever a refusal's body tells.
    pub fn read(status: u16, body: &str) -> Self {
        let answer = Object::parse(body).ok();
        let first = |names: [&str; 3]| {
            let answer = answer.as_ref()?;
            let text = names.iter().find_map(|name| answer.str(name))?;
            Some(beginning(&text).to_owned())
        };
        let error = first(["error", "code", "type"]);
        let description = first(["error_description", "detail", "title"]);
        let text = (error.is_none() && description.is_none() && !body.is_empty()).then(|| beginning(body).to_owned());
        Self { status, error, error_description: description, text }
    }

    /// The `error`, when it reads like one of the registered codes (RFC 6749 section 5.2), which hold no secret.
    pub fn registered_error(&self) -> Option<&'static str> {
        const REGISTERED: [&str; 9] = [
            "access_denied",
            "insufficient_scope",
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_scope",
            "invalid_token",
            "unauthorized_client",
            "unsupported_grant_type",
        ];
        REGISTERED.iter().find(|code| self.error.as_deref() == Some(code)).copied()
    }

    /// Replaces every place where a secret is echoed (`ERR-2`).
    #[must_use]
    pub fn without(mut self, secrets: &[&str]) -> Self {
        for text in [&mut self.error, &mut self.error_description, &mut self.text] {
            let Some(text) = text else { continue };
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                *text = within::replace(text, secret, "…");
            }
        }
        self
    }
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(KEPT_TEXT)).unwrap_or(text)
}

/// Whether a status is 2xx.
pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

#[cfg(test)]
mod tests;
