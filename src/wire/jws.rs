//! The JWS that signs every call (RFC 7515, compact serialisation), up to the point where a key is needed.

use super::{
    base64,
    json::{self, Object},
};
use crate::Error;
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

/// Largest payload that is signed, in bytes.
pub const MAX_PAYLOAD: usize = 4 * 1024 * 1024;
/// Largest token that is read, in bytes: the largest payload in base64, with room for header and signature.
pub const MAX_TOKEN: usize = 6 * 1024 * 1024;
/// Largest header that is read, in characters of base64.
const MAX_HEADER: usize = 8 * 1024;

/// When a call was signed: whole seconds since 1970, from 2020 to 2100 (`JWS-4`).
///
/// The bounds are there because an edge worker's clock can stand at 0, and because milliseconds are easily passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedAt(u64);

impl IssuedAt {
    const FROM: u64 = 1_577_836_800;
    const TO: u64 = 4_102_444_800;

    /// Takes seconds since 1970.
    ///
    /// # Errors
    /// [`Error::IssuedAt`] outside 2020 to 2100.
    #[inline]
    pub fn new(seconds: u64) -> Result<Self, Error> {
        if (Self::FROM..=Self::TO).contains(&seconds) { Ok(Self(seconds)) } else { Err(Error::IssuedAt) }
    }

    /// Seconds since 1970.
    #[inline]
    pub fn seconds(self) -> u64 {
        self.0
    }
}

/// An application's id, as the portal shows it (`CFG-1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App(String);

impl App {
    /// Takes 1 to 256 characters without control characters.
    ///
    /// # Errors
    /// [`Error::App`] for anything else.
    pub fn new(id: String) -> Result<Self, Error> {
        if id.is_empty() || id.len() > 256 || id.chars().any(char::is_control) { Err(Error::App) } else { Ok(Self(id)) }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The header's JSON text up to its `iat`, which alone differs between two signatures of one call (`JWS-2`).
pub fn header_front(app: &App, path: &str) -> String {
    #[derive(Serialize)]
    struct Front<'a> {
        alg: &'a str,
        typ: &'a str,
        app: &'a str,
        path: &'a str,
    }
    let front = Front { alg: "HS256", typ: "JWT", app: app.as_str(), path };
    // Strings alone cannot fail to be written.
    let mut text = serde_json::to_string(&front).unwrap_or_default();
    text.pop();
    text.push_str(",\"iat\":");
    text
}

/// The header's JSON text, its members in the guide's order (`JWS-2`).
pub fn header(app: &App, path: &str, iat: IssuedAt) -> String {
    let mut text = header_front(app, path);
    text.push_str(&json::number(iat.seconds()));
    text.push('}');
    text
}

/// The signing input (RFC 7515 section 5.1): header and payload in base64, joined by a dot.
///
/// `path` is signed as given.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn signing_input(app: &App, path: &str, iat: IssuedAt, payload: &str) -> Result<String, Error> {
    check_size(payload)?;
    let header = header(app, path, iat);
    let mut input = Vec::with_capacity((header.len() + payload.len()) / 3 * 4 + 64);
    base64::push(&URL_SAFE_NO_PAD, header.as_bytes(), &mut input);
    input.push(b'.');
    base64::push(&URL_SAFE_NO_PAD, payload.as_bytes(), &mut input);
    // Base64 and dots are ASCII.
    Ok(String::from_utf8(input).unwrap_or_default())
}

fn check_size(payload: &str) -> Result<(), Error> {
    if payload.len() > MAX_PAYLOAD { Err(Error::TooLarge("The payload is larger than 4 MiB.")) } else { Ok(()) }
}

/// A payload's text, once it is known to be JSON (`JWS-5`).
///
/// # Errors
/// [`Error::Json`], [`Error::TooLarge`].
#[inline]
pub fn check_payload(payload: &str) -> Result<(), Error> {
    check_size(payload)?;
    json::check(payload)
}

/// A compact JWS taken apart, its form checked and its signature not.
#[derive(Clone, Debug)]
pub struct Compact<'a> {
    /// Header and payload as they were signed.
    pub signing_input: &'a str,
    /// The header's JSON text.
    pub header: String,
    /// The payload's text.
    pub payload: String,
    /// The signature's bytes.
    pub signature: Vec<u8>,
    /// The signature in base64.
    pub signature_text: &'a str,
}

impl<'a> Compact<'a> {
    /// Takes a token apart, as strictly as `JWS-9` asks: three parts of canonical, unpadded base64.
    ///
    /// # Errors
    /// [`Error::JwsMalformed`], [`Error::TooLarge`].
    pub fn parse(token: &'a str) -> Result<Self, Error> {
        if token.len() > MAX_TOKEN {
            return Err(Error::TooLarge("The token is larger than 6 MiB."));
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature_text), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::JwsMalformed("A compact JWS has exactly three parts, joined by dots."));
        };
        let signing_input = token.get(..header.len() + 1 + payload.len()).unwrap_or_default();
        if header.len() > MAX_HEADER {
            return Err(Error::TooLarge("The token's header is larger than 8 KiB."));
        }
        let header = text(header)?;
        let members = Object::parse(&header).map_err(|_| Error::JwsMalformed("The header is not a JSON object."))?;
        if members.has_duplicates() {
            return Err(Error::JwsMalformed("The header has a member twice."));
        }
        Ok(Self { signing_input, header, payload: text(payload)?, signature: bytes(signature_text)?, signature_text })
    }
}

fn bytes(part: &str) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Error::JwsMalformed("A part is not canonical base64 without padding (RFC 7515 section 2)."))
}

fn text(part: &str) -> Result<String, Error> {
    String::from_utf8(bytes(part)?).map_err(|_| Error::JwsMalformed("The header or the payload is not UTF-8."))
}

#[cfg(test)]
mod tests;
