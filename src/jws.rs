//! The JWS that signs every call (RFC 7515, compact serialisation), up to the point where a key is needed.

use crate::{
    Error, base64,
    json::{self, Object, Writer},
    text::{cut, pieces},
};
use alloc::{string::String, vec::Vec};

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
    pub fn new(seconds: u64) -> Result<Self, Error> {
        if (Self::FROM..=Self::TO).contains(&seconds) { Ok(Self(seconds)) } else { Err(Error::IssuedAt) }
    }

    /// Seconds since 1970.
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

/// A call's path without host and version, as signed (`JWS-3`), and its query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path<'a> {
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Path<'a> {
    /// Reads a path such as `/accounts/12345678/balance`, with or without a query string.
    ///
    /// Whatever `fetch` would rewrite on its way (a space, `..`, a backslash) is refused, since the gateway would see
    /// another path than the one signed.
    ///
    /// # Errors
    /// [`Error::Path`], saying what is wrong with it.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        if text.len() > 4096 {
            return Err(Error::TooLarge("The path is longer than 4,096 characters."));
        }
        if cut(text, b'#').is_some() {
            return Err(Error::Path("The path must not have a fragment (#…): it is never sent."));
        }
        let (path, query) = match cut(text, b'?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let Some(("", relative)) = cut(path, b'/') else {
            return Err(Error::Path(
                "The path must start with a slash and be no URL, such as \"/accounts/12345678/balance\".",
            ));
        };
        if relative.as_bytes().first() == Some(&b'/') {
            return Err(Error::Path("The path must not start with two slashes: give it without the host."));
        }
        if pieces(relative, b'/').next().is_some_and(is_version) {
            return Err(Error::Path(
                "The path must not start with a version such as /v1: that is part of the base URL.",
            ));
        }
        if !path.bytes().all(is_path_byte) || query.is_some_and(|query| !query.bytes().all(is_query_byte)) {
            return Err(Error::Path("The path holds a character that a URL cannot: percent-encode it."));
        }
        if !has_whole_escapes(path) {
            return Err(Error::Path("The path has a % that is not followed by two hexadecimal digits."));
        }
        if pieces(relative, b'/').any(is_dot_segment) {
            return Err(Error::Path("The path must not have . or .. segments: they are resolved before it is sent."));
        }
        Ok(Self { path, query })
    }

    /// The path alone.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Path and query string, as the URL has them.
    pub fn push_to(&self, url: &mut String) {
        url.push_str(self.path);
        if let Some(query) = self.query {
            url.push('?');
            url.push_str(query);
        }
    }
}

fn is_version(segment: &str) -> bool {
    match segment.as_bytes() {
        [b'v' | b'V', number @ ..] => {
            !number.is_empty() && number.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.'))
        }
        _ => false,
    }
}

fn has_whole_escapes(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    bytes.iter().enumerate().all(|(at, byte)| *byte != b'%' || (is_digit(at + 1) && is_digit(at + 2)))
}

/// `.` and `..`, each dot perhaps percent-encoded, as the URL standard has it.
fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    let mut dots = 0;
    while let [b'.', after @ ..] | [b'%', b'2', b'e' | b'E', after @ ..] = rest {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && (dots == 1 || dots == 2)
}

/// RFC 3986 `pchar`, the slash and the percent sign.
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'$'..=b'/' | b':' | b';' | b'=' | b'@' | b'_' | b'~')
}

/// Whatever a URL's query keeps as it is.
fn is_query_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'#' | b'<' | b'>' | b'\'')
}

/// The header's JSON text, its members in the guide's order (`JWS-2`).
pub fn header(app: &App, path: &str, iat: IssuedAt) -> String {
    let header = Writer::new().str("alg", "HS256").str("typ", "JWT").str("app", app.as_str()).str("path", path);
    header.u64("iat", iat.seconds()).end()
}

/// The signing input (RFC 7515 section 5.1): header and payload in base64, joined by a dot.
///
/// `path` is signed as given.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn signing_input(app: &App, path: &str, iat: IssuedAt, payload: &str) -> Result<String, Error> {
    if payload.len() > MAX_PAYLOAD {
        return Err(Error::TooLarge("The payload is larger than 4 MiB."));
    }
    let header = header(app, path, iat);
    let mut input = String::with_capacity((header.len() + payload.len()) / 3 * 4 + 64);
    base64::encode(header.as_bytes(), &mut input);
    input.push('.');
    base64::encode(payload.as_bytes(), &mut input);
    Ok(input)
}

/// A payload's text, once it is known to be JSON (`JWS-5`).
///
/// # Errors
/// [`Error::Json`], [`Error::JsonDepth`], [`Error::TooLarge`].
pub fn check_payload(payload: &str) -> Result<(), Error> {
    if payload.len() > MAX_PAYLOAD {
        return Err(Error::TooLarge("The payload is larger than 4 MiB."));
    }
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
        let mut parts = pieces(token, b'.');
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
    base64::decode(part)
        .ok_or(Error::JwsMalformed("A part is not canonical base64 without padding (RFC 7515 section 2)."))
}

fn text(part: &str) -> Result<String, Error> {
    String::from_utf8(bytes(part)?).map_err(|_| Error::JwsMalformed("The header or the payload is not UTF-8."))
}

#[cfg(test)]
mod tests;
