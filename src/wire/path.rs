//! A call's path: parsed once, and from then on a type (`JWS-3`).

use crate::Error;

/// Longest path that is read, in bytes.
pub const MAX_PATH: usize = 4096;

/// A call's path without host and version, as signed (`JWS-3`), and its query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    text: String,
    /// Where the path ends and the query string begins.
    end: usize,
}

impl Path {
    /// Reads a path such as `/accounts/12345678/balance`, with or without a query string.
    ///
    /// Whatever `fetch` would rewrite on its way (a space, `..`, a backslash) is refused, since the gateway would see
    /// another path than the one signed.
    ///
    /// # Errors
    /// [`Error::Path`], saying what is wrong with it; [`Error::TooLarge`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_PATH {
            return Err(Error::TooLarge("The path is longer than 4,096 characters."));
        }
        if text.contains('#') {
            return Err(Error::Path("The path must not have a fragment (#…): it is never sent."));
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let Some(relative) = path.strip_prefix('/') else {
            return Err(Error::Path(
                "The path must start with a slash and be no URL, such as \"/accounts/12345678/balance\".",
            ));
        };
        if relative.starts_with('/') {
            return Err(Error::Path("The path must not start with two slashes: give it without the host."));
        }
        if relative.split('/').next().is_some_and(is_version) {
            return Err(Error::Path(
                "The path must not start with a version such as /v1: that is part of the base URL.",
            ));
        }
        if !path.bytes().all(is_path_byte) || !query.bytes().all(is_query_byte) {
            return Err(Error::Path("The path holds a character that a URL cannot: percent-encode it."));
        }
        if !has_whole_escapes(path) {
            return Err(Error::Path("The path has a % that is not followed by two hexadecimal digits."));
        }
        if relative.split('/').any(is_dot_segment) {
            return Err(Error::Path("The path must not have . or .. segments: they are resolved before it is sent."));
        }
        Ok(Self { end: path.len(), text: text.to_owned() })
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        self.text.get(..self.end).unwrap_or(&self.text)
    }

    /// Path and query string, as the URL has them.
    pub fn with_query(&self) -> &str {
        &self.text
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

/// Whether a segment reads the same to everyone on its way (`ACC-6`): 1 to 128 of `A-Za-z0-9._~-` and not dots alone.
pub fn is_plain_segment(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (1..=128).contains(&segment.len()) && segment.bytes().all(is_plain) && segment.bytes().any(|byte| byte != b'.')
}

/// RFC 3986 `pchar`, the slash and the percent sign.
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'$'..=b'/' | b':' | b';' | b'=' | b'@' | b'_' | b'~')
}

/// Whatever a URL's query keeps as it is.
fn is_query_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'#' | b'<' | b'>' | b'\'')
}

#[cfg(test)]
mod tests;
