//! Says why a token was refused (`JWS-10`). A 401 from the gateway says nothing; this does.

mod finding;

use super::{Signer, signer::Hs256};
use crate::{
    Error,
    profile::CertificateReading,
    wire::{Path, json, json::Object, jws::Compact, within::split_around},
};
use base64::{
    Engine as _,
    engine::general_purpose::{GeneralPurpose, STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use serde::Serialize;

pub use finding::{Finding, Reading};

/// Largest token and payload that are explained, in bytes: hundreds of readings of each are tried.
pub const MAX_EXPLAINED: usize = 128 * 1024;

/// What `explain` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Explanation {
    /// Whether the token verifies as it is, for the path and payload given.
    pub verified: bool,
    /// Each way in which the token departs from what was expected; more than one only when they came together.
    pub findings: Vec<Finding>,
}

/// How a signer may have written the parts.
const ALPHABETS: [(&GeneralPurpose, Option<Reading>); 3] = [
    (&URL_SAFE_NO_PAD, None),
    (&STANDARD, Some(Reading::StandardBase64)),
    (&STANDARD_NO_PAD, Some(Reading::StandardBase64)),
];

/// Tries every plausible reading of certificate, path, payload and alphabet until the signature verifies.
///
/// `path` and `payload` are what the call really had; without them they are taken from the token.
///
/// # Errors
/// [`Error::TooLarge`] for a token, [`Error::Path`] for a `path` that no call can have.
pub fn explain(signer: &Signer, token: &str, path: Option<&str>, payload: Option<&str>) -> Result<Explanation, Error> {
    if token.len() > MAX_EXPLAINED || payload.is_some_and(|payload| payload.len() > MAX_EXPLAINED) {
        return Err(Error::TooLarge("Only a token and a payload of up to 128 KiB can be explained."));
    }
    let path = path.map(Path::parse).transpose()?;
    let expected_path = path.as_ref().map(|path| signer.signed_path(path));
    let well_formed = Compact::parse(token).is_ok();
    let Some(token) = Loose::parse(token) else {
        return Ok(Explanation { verified: false, findings: vec![Reading::Malformed.into()] });
    };

    let mut findings: Vec<Reading> = Vec::new();
    if token.is_standard_base64() {
        findings.push(Reading::StandardBase64);
    }
    if token.header_refused() {
        findings.push(Reading::Algorithm);
    }
    if Object::parse(&token.header).is_ok_and(|header| !signer.is_ours(&header)) {
        findings.push(Reading::OtherApp);
    }
    if expected_path.is_some_and(|expected| token.path.as_deref() != Some(expected)) {
        findings.push(Reading::OtherPath);
    }
    match payload {
        Some(sent) if sent != token.payload => {
            findings.push(if minified(sent) == minified(&token.payload) {
                Reading::ReSerialisedPayload
            } else {
                Reading::OtherPayload
            });
        }
        _ => {}
    }
    // The reading in force comes first: other readings of some certificates are the same bytes.
    let mut keys: Vec<(Option<Reading>, Hs256)> = Vec::new();
    keys.extend(signer.key_as(signer.reading()).map(|key| (None, key)));
    for reading in CertificateReading::ALL {
        keys.extend(signer.key_as(reading).map(|key| (Some(Reading::of_certificate(reading)), key)));
    }
    // The token's own bytes come first, so that a wrong key is told from wrong bytes.
    let explained = token.readings(expected_path, payload, |input, of_bytes| {
        let verifying = keys.iter().find(|(_, key)| key.verify(input.as_bytes(), &token.signature));
        if let Some((of_certificate, _)) = verifying {
            findings.extend(*of_certificate);
            let known = of_bytes.is_some_and(|finding| findings.contains(&finding));
            findings.extend(of_bytes.filter(|_| !known));
        }
        verifying.is_some()
    });
    if !explained {
        findings.push(Reading::Unexplained);
    } else if findings.is_empty() && !well_formed {
        findings.push(Reading::Malformed);
    }
    Ok(Explanation { verified: findings.is_empty(), findings: findings.into_iter().map(Finding::from).collect() })
}

/// A token read as leniently as can be.
struct Loose<'a> {
    signing_input: &'a str,
    signature_text: &'a str,
    header: String,
    path: Option<String>,
    payload: String,
    signature: Vec<u8>,
}

impl<'a> Loose<'a> {
    fn parse(token: &'a str) -> Option<Self> {
        let token = token.trim_ascii();
        let (header, rest) = token.split_once('.')?;
        let (payload, signature_text) = rest.split_once('.')?;
        let signing_input = token.get(..header.len() + 1 + payload.len())?;
        let header = String::from_utf8(lenient(header)?).ok()?;
        let members = Object::parse(&header).ok()?;
        let path = members.str("path").map(String::from);
        let payload = String::from_utf8(lenient(payload)?).ok()?;
        Some(Self { signing_input, signature_text, header, path, payload, signature: lenient(signature_text)? })
    }

    fn is_standard_base64(&self) -> bool {
        [self.signing_input, self.signature_text].into_iter().any(|part| part.contains(['+', '/', '=']))
    }

    fn header_refused(&self) -> bool {
        Object::parse(&self.header).is_ok_and(|header| {
            header.str("alg").as_deref() != Some("HS256")
                || header.get("crit").is_some()
                || header.get("b64").is_some_and(|b64| b64.as_written() != "true")
        })
    }

    /// Offers the signing inputs that whoever signed may have had before them, each with what it would mean, until one
    /// is taken.
    fn readings(
        &self,
        path: Option<&str>,
        payload: Option<&str>,
        mut takes: impl FnMut(&str, Option<Reading>) -> bool,
    ) -> bool {
        if takes(self.signing_input, None) {
            return true;
        }
        let mut headers = vec![(self.header.clone(), None)];
        let mut paths = self.path.as_deref().map(other_paths).unwrap_or_default();
        paths.extend(path.map(str::to_owned));
        for other in paths {
            if let Some(header) = self.header_with(&other) {
                headers.push((header, Some(Reading::OtherPath)));
            }
        }
        let mut payloads = vec![(self.payload.clone(), None)];
        for text in [&self.payload, payload.unwrap_or(&self.payload)] {
            let minified = minified(text);
            payloads.push((spaced(&minified), Some(Reading::ReSerialisedPayload)));
            payloads.push((minified, Some(Reading::ReSerialisedPayload)));
        }
        for other in [payload.unwrap_or_default(), "", "{}"] {
            payloads.push((other.to_owned(), Some(Reading::OtherPayload)));
        }

        for (alphabet, of_alphabet) in ALPHABETS {
            for (header, of_header) in &headers {
                for (payload, of_payload) in &payloads {
                    let input = [alphabet.encode(header).as_str(), ".", &alphabet.encode(payload)].concat();
                    if takes(&input, of_payload.or(*of_header).or(of_alphabet)) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The header's own text with another path in it.
    fn header_with(&self, path: &str) -> Option<String> {
        let member = |path: &str| ["\"path\":", &json::quoted(path)].concat();
        let (before, after) = split_around(&self.header, &member(self.path.as_deref()?))?;
        Some([before, &member(path), after].concat())
    }
}

/// Other ways of writing a path that a signer may have used.
fn other_paths(path: &str) -> Vec<String> {
    let bare = path.split(['?', '#']).next().unwrap_or(path);
    let relative = bare.strip_prefix('/').unwrap_or(bare);
    let relative = relative.strip_suffix('/').unwrap_or(relative);
    let mut paths = vec![bare.to_owned()];
    for (before, after) in [("", ""), ("/", ""), ("/", "/"), ("/v1/", "")] {
        paths.push([before, relative, after].concat());
    }
    paths
}

/// Base64 of either alphabet, padded or not.
fn lenient(part: &str) -> Option<Vec<u8>> {
    let bare = part.split('=').next().unwrap_or(part);
    URL_SAFE_NO_PAD.decode(bare.replace('+', "-").replace('/', "_")).ok()
}

/// JSON without the white space between its tokens; any other text as it is.
fn minified(text: &str) -> String {
    if json::check(text).is_err() {
        return text.to_owned();
    }
    outside_strings(text, |c, out| {
        if !matches!(c, ' ' | '\t' | '\n' | '\r') {
            out.push(c);
        }
    })
}

/// Minified JSON as Python and Ruby write it by default: a space after each colon and comma.
fn spaced(minified: &str) -> String {
    outside_strings(minified, |c, out| {
        out.push(c);
        if matches!(c, ':' | ',') {
            out.push(' ');
        }
    })
}

fn outside_strings(text: &str, mut each: impl FnMut(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut inside, mut escaped) = (false, false);
    for c in text.chars() {
        if inside {
            out.push(c);
            inside = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' {
            out.push(c);
            inside = true;
        } else {
            each(c, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests;
