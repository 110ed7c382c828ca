//! Says why a token was refused (`JWS-10`). A 401 from the gateway says nothing; this does.

use super::{Signer, hs256::Hs256};
use crate::prelude::*;
use crate::{
    Error, base64,
    json::{self, Object, Value},
    jws::{Compact, Path},
    profile::CertificateReading,
    text::{cut, cut_at, joined, until},
};

/// Largest token and payload that are explained, in bytes: hundreds of readings of each are tried.
const MAX_EXPLAINED: usize = 128 * 1024;

/// What [`explain`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the token verifies as it is, for the path and payload given.
    pub verified: bool,
    /// Each way in which the token departs from what was expected; more than one only when they came together.
    pub findings: Vec<Finding>,
}

/// One departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name.
    pub reading: &'static str,
    /// What to do.
    pub advice: &'static str,
}

type Encode = fn(&[u8], &mut String);

/// How a signer may have written the parts.
const ALPHABETS: [(Encode, Option<Finding>); 3] = [
    (base64::encode, None),
    (base64::encode_standard, Some(STANDARD_BASE64)),
    (encode_standard_unpadded, Some(STANDARD_BASE64)),
];

fn encode_standard_unpadded(bytes: &[u8], into: &mut String) {
    let mut text = String::new();
    base64::encode_standard(bytes, &mut text);
    into.push_str(until(&text, b"="));
}

const UNEXPLAINED: Finding = Finding {
    reading: "unexplained",
    advice: "No reading verifies: another certificate altogether, an edited token, or a payload not given here.",
};
const MALFORMED: Finding = Finding {
    reading: "malformed",
    advice: "The token is not three parts of canonical base64 joined by dots, a JSON object without repetition first.",
};
const STANDARD_BASE64: Finding = Finding {
    reading: "standard-base64",
    advice: "The parts are in standard base64: use the URL-safe alphabet without padding (RFC 7515 section 2).",
};
const OTHER_PATH: Finding = Finding {
    reading: "other-path",
    advice: "Another path was signed: sign the call's path without host, version and query string.",
};
const RE_SERIALISED: Finding = Finding {
    reading: "re-serialised-payload",
    advice: "The payload was serialised again: sign the very bytes that are sent as the body.",
};
const OTHER_PAYLOAD: Finding =
    Finding { reading: "other-payload", advice: "Another payload was signed than the one sent." };
const ALGORITHM: Finding =
    Finding { reading: "algorithm", advice: "The header's alg must be HS256, without crit and b64." };

fn of_certificate(reading: CertificateReading) -> Finding {
    let (reading, advice) = match reading {
        CertificateReading::AsIs => {
            ("certificate-as-is", "The key was the certificate's text as it is: the profile reads it otherwise.")
        }
        CertificateReading::Lf => {
            ("certificate-lf", "The key was the certificate with LF line ends: one side has CRLF.")
        }
        CertificateReading::CrLf => {
            ("certificate-crlf", "The key was the certificate with CRLF line ends: one side has LF.")
        }
        CertificateReading::NoFinalNewline => {
            ("certificate-no-final-newline", "The key was the certificate without its final newline.")
        }
        CertificateReading::FinalNewline => {
            ("certificate-final-newline", "The key was the certificate with one final newline added.")
        }
        CertificateReading::PemBody => {
            ("certificate-pem-body", "The key was the base64 of the PEM alone, without armour.")
        }
        CertificateReading::Der => ("certificate-der", "The key was the certificate's DER bytes, not its text."),
    };
    Finding { reading, advice }
}

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
    let expected_path = path.map(|path| Path::parse(path).map(|path| signer.signed_path(path))).transpose()?;
    let refused = |findings| Ok(Explanation { verified: false, findings });
    let well_formed = Compact::parse(token).is_ok();
    let Some(token) = Loose::parse(token) else { return refused(vec![MALFORMED]) };

    let mut findings = Vec::new();
    if token.is_standard_base64() {
        findings.push(STANDARD_BASE64);
    }
    if token.header_refused() {
        findings.push(ALGORITHM);
    }
    if expected_path.as_deref().is_some_and(|expected| token.path.as_deref() != Some(expected)) {
        findings.push(OTHER_PATH);
    }
    match payload {
        Some(sent) if sent != token.payload => {
            findings.push(if minified(sent) == minified(&token.payload) { RE_SERIALISED } else { OTHER_PAYLOAD });
        }
        _ => {}
    }
    // The reading in force comes first: other readings of some certificates are the same bytes.
    let mut keys: Vec<(Option<Finding>, Hs256)> = Vec::new();
    keys.extend(signer.key_as(signer.reading()).map(|key| (None, key)));
    for (reading, _) in CertificateReading::ALL {
        keys.extend(signer.key_as(reading).map(|key| (Some(of_certificate(reading)), key)));
    }
    // The token's own bytes come first, so that a wrong key is told from wrong bytes.
    let explained = token.readings(expected_path.as_deref(), payload, |input, of_bytes| {
        let verifying = keys.iter().find(|(_, key)| key.verify(input.as_bytes(), &token.signature));
        if let Some((of_certificate, _)) = verifying {
            findings.extend(*of_certificate);
            let known = of_bytes.is_some_and(|finding| findings.contains(&finding));
            findings.extend(of_bytes.filter(|_| !known));
        }
        verifying.is_some()
    });
    if !explained {
        findings.push(UNEXPLAINED);
    } else if findings.is_empty() && !well_formed {
        findings.push(MALFORMED);
    }
    Ok(Explanation { verified: findings.is_empty(), findings })
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
        let (header, rest) = cut(token, b'.')?;
        let (payload, signature_text) = cut(rest, b'.')?;
        let signing_input = token.get(..header.len() + 1 + payload.len())?;
        let header = String::from_utf8(lenient(header)?).ok()?;
        let path = Object::parse(&header).ok()?.str("path").map(Into::into);
        let payload = String::from_utf8(lenient(payload)?).ok()?;
        Some(Self { signing_input, signature_text, header, path, payload, signature: lenient(signature_text)? })
    }

    fn is_standard_base64(&self) -> bool {
        [self.signing_input, self.signature_text].into_iter().any(|part| until(part, b"+/=") != part)
    }

    fn header_refused(&self) -> bool {
        Object::parse(&self.header).is_ok_and(|header| {
            header.str("alg").as_deref() != Some("HS256")
                || header.get("crit").is_some()
                || header.get("b64").is_some_and(|b64| b64 != Value::Bool(true))
        })
    }

    /// Offers the signing inputs that whoever signed may have had before them, each with what it would mean, until one
    /// is taken.
    fn readings(
        &self,
        path: Option<&str>,
        payload: Option<&str>,
        mut takes: impl FnMut(&str, Option<Finding>) -> bool,
    ) -> bool {
        if takes(self.signing_input, None) {
            return true;
        }
        let mut headers = vec![(self.header.clone(), None)];
        let mut paths = self.path.as_deref().map(other_paths).unwrap_or_default();
        paths.extend(path.map(str::to_owned));
        for other in paths {
            if let Some(header) = self.header_with(&other) {
                headers.push((header, Some(OTHER_PATH)));
            }
        }
        let mut payloads = vec![(self.payload.clone(), None)];
        for text in [&self.payload, payload.unwrap_or(&self.payload)] {
            let minified = minified(text);
            payloads.push((spaced(&minified), Some(RE_SERIALISED)));
            payloads.push((minified, Some(RE_SERIALISED)));
        }
        for other in [payload.unwrap_or_default(), "", "{}"] {
            payloads.push((other.to_owned(), Some(OTHER_PAYLOAD)));
        }

        for (encode, of_alphabet) in ALPHABETS {
            for (header, of_header) in &headers {
                for (payload, of_payload) in &payloads {
                    let mut input = String::new();
                    encode(header.as_bytes(), &mut input);
                    input.push('.');
                    encode(payload.as_bytes(), &mut input);
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
        let written = json::Writer::new().str("path", path).end();
        let member = written.get(1..written.len() - 1)?;
        let own = json::Writer::new().str("path", self.path.as_deref()?).end();
        let own = own.get(1..own.len() - 1)?;
        let (before, after) = cut_at(&self.header, own)?;
        Some(joined(&[before, member, after]))
    }
}

/// Other ways of writing a path that a signer may have used.
fn other_paths(path: &str) -> Vec<String> {
    let bare = until(path, b"?#");
    let relative = bare.strip_prefix('/').unwrap_or(bare);
    let relative = relative.strip_suffix('/').unwrap_or(relative);
    let mut paths = vec![bare.to_owned()];
    for (before, after) in [("", ""), ("/", ""), ("/", "/"), ("/v1/", "")] {
        paths.push(joined(&[before, relative, after]));
    }
    paths
}

/// Base64 of either alphabet, padded or not.
fn lenient(part: &str) -> Option<Vec<u8>> {
    base64::decode(&base64::url_safe(until(part, b"=")))
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
