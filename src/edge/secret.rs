//! Secrets are types of their own: no `Debug` or `Display` shows them, and they are wiped when dropped.

use super::EdgeError;
use crate::prelude::*;
use crate::{
    base64,
    profile::{BasicReading, CertificateReading},
    text::{cut, cut_at},
};
use core::fmt;
use zeroize::Zeroizing;

/// Longest code or token, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// Largest certificate, in bytes.
const MAX_CERTIFICATE: usize = 64 * 1024;

/// A token, a code or a client secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes any text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Takes a code or token as it can stand in a header: 1 to 16,384 visible ASCII characters.
    ///
    /// # Errors
    /// [`EdgeError::Token`] for anything else.
    pub fn token(text: String) -> Result<Self, EdgeError> {
        let secret = Self::new(text);
        let token = secret.expose();
        let fits = (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(secret) } else { Err(EdgeError::Token) }
    }

    /// The secret itself. To be sent, signed or stored encrypted, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The TPP's client id and secret (`CFG-1`).
#[derive(Clone, Debug)]
pub struct Credentials {
    client_id: Secret,
    client_secret: Secret,
}

impl Credentials {
    /// What is wrong with a client id, if anything (`BAS-2`).
    pub fn client_id_fault(id: &str) -> Option<&'static str> {
        if id.is_empty() {
            Some("The client id is empty.")
        } else if cut(id, b':').is_some() {
            Some("The client id must not hold a colon: Basic credentials could not be taken apart again.")
        } else if id.chars().any(char::is_control) {
            Some("The client id must not hold control characters (a line end, perhaps).")
        } else {
            None
        }
    }

    /// What is wrong with a client secret, if anything (`BAS-2`).
    pub fn client_secret_fault(secret: &str) -> Option<&'static str> {
        if secret.is_empty() {
            Some("The client secret is empty.")
        } else if secret.chars().any(char::is_control) {
            Some("The client secret must not hold control characters (a line end, perhaps).")
        } else {
            None
        }
    }

    /// Takes both.
    ///
    /// # Errors
    /// [`EdgeError::Credentials`] (`BAS-2`).
    pub fn new(client_id: Secret, client_secret: Secret) -> Result<Self, EdgeError> {
        match Self::client_id_fault(client_id.expose()).or(Self::client_secret_fault(client_secret.expose())) {
            Some(fault) => Err(EdgeError::Credentials(fault)),
            None => Ok(Self { client_id, client_secret }),
        }
    }

    /// The value of the `Authorization` header (`BAS-1`, RFC 7617).
    pub fn basic(&self, reading: BasicReading) -> Secret {
        let mut joined = Zeroizing::new(String::new());
        for (part, after) in [(&self.client_id, ":"), (&self.client_secret, "")] {
            match reading {
                BasicReading::AsIs => joined.push_str(part.expose()),
                BasicReading::FormEncoded => form_encode(part.expose(), &mut joined),
            }
            joined.push_str(after);
        }
        let mut header = String::from("Basic ");
        base64::encode_standard(joined.as_bytes(), &mut header);
        Secret::new(header)
    }
}

/// Appends a value as `application/x-www-form-urlencoded` has it.
pub(crate) fn form_encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        match byte {
            b' ' => into.push('+'),
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => into.push(char::from(byte)),
            _ => {
                into.push('%');
                for digit in [byte >> 4, byte & 0xf] {
                    into.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
        }
    }
}

/// An application's certificate, byte for byte as uploaded to the portal (`JWS-8`).
///
/// It is the HMAC key, so it is as secret as a password, whatever certificates are elsewhere.
#[derive(Clone)]
pub struct Certificate(Zeroizing<Vec<u8>>);

impl Certificate {
    /// Takes 1 byte to 64 KiB of PEM, DER or anything else.
    ///
    /// # Errors
    /// [`EdgeError::Certificate`] for none or more.
    pub fn new(bytes: Vec<u8>) -> Result<Self, EdgeError> {
        let certificate = Self(Zeroizing::new(bytes));
        match certificate.0.len() {
            0 => Err(EdgeError::Certificate("The certificate is empty.")),
            1..=MAX_CERTIFICATE => Ok(certificate),
            _ => Err(EdgeError::Certificate("The certificate is larger than 64 KiB.")),
        }
    }

    /// The bytes that key the HMAC under a reading; `None` when the certificate has no such form.
    pub fn key(&self, reading: CertificateReading) -> Option<Zeroizing<Vec<u8>>> {
        match reading {
            CertificateReading::AsIs => Some(self.0.clone()),
            CertificateReading::Lf => Some(self.with_line_ends(b"\n")),
            CertificateReading::CrLf => Some(self.with_line_ends(b"\r\n")),
            CertificateReading::NoFinalNewline => Some(Zeroizing::new(self.trimmed().to_vec())),
            CertificateReading::FinalNewline => {
                let mut key = Zeroizing::new(self.trimmed().to_vec());
                key.push(b'\n');
                Some(key)
            }
            CertificateReading::PemBody => self.pem_body(),
            CertificateReading::Der => {
                let body = self.pem_body()?;
                Some(Zeroizing::new(base64::decode_standard(core::str::from_utf8(&body).ok()?)?))
            }
        }
        .filter(|key| !key.is_empty())
    }

    fn trimmed(&self) -> &[u8] {
        let mut bytes = self.0.as_slice();
        while let Some((b'\n' | b'\r', before)) = bytes.split_last() {
            bytes = before;
        }
        bytes
    }

    fn with_line_ends(&self, end: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(Vec::with_capacity(self.0.len() + 128));
        for (at, line) in self.0.split(|byte| *byte == b'\n').enumerate() {
            if at > 0 {
                key.extend_from_slice(end);
            }
            key.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        }
        key
    }

    /// The base64 between the first pair of armour lines, white space removed.
    fn pem_body(&self) -> Option<Zeroizing<Vec<u8>>> {
        let text = core::str::from_utf8(&self.0).ok()?;
        let (_, after) = cut_at(text, "-----BEGIN ")?;
        let (_, after) = cut_at(after, "-----")?;
        let (body, _) = cut_at(after, "-----END ")?;
        Some(Zeroizing::new(body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect()))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests;
