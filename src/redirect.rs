//! Reads the redirect that brings the PSU back from the bank (`RED-1`, `RED-2`, `RED-2a`).

use crate::{
    Error,
    request::parse_uuid,
    text::{cut, pieces},
};
use alloc::{string::String, vec::Vec};
use core::fmt;

/// Longest redirect URL that is read.
const MAX_URL: usize = 16 * 1024;

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
    let url = cut(url, b'#').map_or(url, |(before, _)| before);
    let query = cut(url, b'?').map_or("", |(_, query)| query);
    let (mut intent_id, mut uuid, mut code) = (None, None, None);
    for pair in pieces(query, b'&') {
        let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
        let (slot, repeated) = match decode(name).as_deref() {
            Some(b"intent-id") => (&mut intent_id, "The redirect has intent-id twice."),
            Some(b"uuid") => (&mut uuid, "The redirect has uuid twice."),
            Some(b"authorisation_code") => (&mut code, "The redirect has authorisation_code twice."),
            _ => continue,
        };
        if slot.is_some() {
            return Err(Error::RedirectRepeated(repeated));
        }
        *slot = Some(decode(value));
    }
    let intent_id = intent_id
        .ok_or(Error::RedirectMissing("The redirect has no intent-id."))?
        .and_then(|value| visible(value, 256))
        .ok_or(Error::RedirectInvalid("The redirect's intent-id is not 1 to 256 visible ASCII characters."))?;
    let uuid = uuid
        .ok_or(Error::RedirectMissing("The redirect has no uuid."))?
        .and_then(|value| visible(value, 36))
        .filter(|value| parse_uuid(value).is_some())
        .ok_or(Error::RedirectInvalid("The redirect's uuid is not a UUID."))?;
    let code = match code {
        None => None,
        Some(Some(value)) if value.is_empty() || value == b"null" => None,
        Some(value) => Some(value.and_then(|value| visible(value, 2048)).ok_or(Error::RedirectInvalid(
            "The redirect's authorisation_code is not 1 to 2,048 visible ASCII characters.",
        ))?),
    };
    Ok(Redirect { intent_id, uuid, code })
}

fn visible(value: Vec<u8>, longest: usize) -> Option<String> {
    let fits = (1..=longest).contains(&value.len()) && value.iter().all(u8::is_ascii_graphic);
    if fits { String::from_utf8(value).ok() } else { None }
}

/// Percent-decodes as the URL standard does: a `%` without two digits stands for itself. `None` for what is no UTF-8.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (hex(ahead.next()), hex(ahead.next())) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        high << 4 | low
                    }
                    _ => b'%',
                }
            }
            other => other,
        });
    }
    if core::str::from_utf8(&bytes).is_ok() { Some(bytes) } else { None }
}

fn hex(digit: Option<u8>) -> Option<u8> {
    char::from(digit?).to_digit(16)?.try_into().ok()
}

#[cfg(test)]
mod tests;
