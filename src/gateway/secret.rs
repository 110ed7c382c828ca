//! Secrets are types of their own: no `Debug` or `Display` shows them, and they are wiped when dropped.

use crate::{
    Error,
    profile::{BasicReading, CertificateReading},
    wire::{base64, within::split_around},
};
use ::base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use std::fmt;
use zeroize::Zeroizing;

/// Standard base64, as people paste it: padded or not.
pub(crate) const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Longest code or token, in bytes.
pub const MAX_TOKEN: usize = 16 * 1024;
/// Longest token answer, and so the longest refresh token, in bytes (`TOK-5`).
pub const MAX_TOKEN_ANSWER: usize = 64 * 1024;
/// Largest certificate, in bytes.
pub const MAX_CERTIFICATE: usize = 64 * 1024;

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
    /// [`Error::Token`] for anything else.
    pub fn token(text: String) -> Result<Self, Error> {
        let secret = Self::new(text);
        let token = secret.expose();
        let fits = (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(secret) } else { Err(Error::Token) }
    }

    /// Takes a refresh token: visible ASCII characters and spaces (RFC 6749 A.17), 1 to 65,536 of them (`TOK-5`).
    ///
    /// # Errors
    /// [`Error::Token`] for anything else.
    pub fn refresh_token(text: String) -> Result<Self, Error> {
        let secret = Self::new(text);
        let token = secret.expose().as_bytes();
        let fits =
            (1..=MAX_TOKEN_ANSWER).contains(&token.len()) && token.iter().all(|byte| matches!(byte, b' '..=b'~'));
        if fits { Ok(secret) } else { Err(Error::Token) }
    }

    /// The secret itself. To be sent, signed or stored encrypted, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// For what is sent or stored encrypted, as [`expose`](Secret::expose) is.
impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
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
        } else if id.contains(':') {
            Some("The client id must not hold a colon: Basic credentials could not be taken apart again.")
        } else if id.chars().any(char::is_control) {
            Some("The client id must not hold control characters (a line end, perhaps).")
        } else {
            None
        }
    }

    /// The secret.
    pub(super) fn client_secret(&self) -> &Secret {
        &self.client_secret
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
    /// [`Error::Credentials`] (`BAS-2`).
    pub fn new(client_id: Secret, client_secret: Secret) -> Result<Self, Error> {
        match Self::client_id_fault(client_id.expose()).or(Self::client_secret_fault(client_secret.expose())) {
            Some(fault) => Err(Error::Credentials(fault)),
            None => Ok(Self { client_id, client_secret }),
        }
    }

    /// The value of the `Authorization` header (`BAS-1`, RFC 7617).
    pub fn basic(&self, reading: BasicReading) -> Secret {
        let part = |part: &Secret| match reading {
            BasicReading::AsIs => part.clone(),
            BasicReading::FormEncoded => Secret::new(form_encode(part.expose())),
        };
        let (id, secret) = (part(&self.client_id), part(&self.client_secret));
        let joined = Zeroizing::new([id.expose(), ":", secret.expose()].concat());
        // Room for all of it, since what outgrows its place leaves a copy there.
        let mut header = Vec::with_capacity(8 + joined.len().div_ceil(3) * 4);
        header.extend_from_slice(b"Basic ");
        base64::push(&STANDARD, joined.as_bytes(), &mut header);
        // Base64 is ASCII.
        Secret::new(String::from_utf8(header).unwrap_or_default())
    }
}

/// A value as `application/x-www-form-urlencoded` has it.
pub(crate) fn form_encode(value: &str) -> String {
    // Three characters for each byte at most.
    let mut encoded = String::with_capacity(value.len() * 3);
    encoded.extend(form_urlencoded::byte_serialize(value.as_bytes()));
    encoded
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
    /// [`Error::Certificate`] for none or more.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Error> {
        let certificate = Self(Zeroizing::new(bytes));
        match certificate.0.len() {
            0 => Err(Error::Certificate("The certificate is empty.")),
            1..=MAX_CERTIFICATE => Ok(certificate),
            _ => Err(Error::Certificate("The certificate is larger than 64 KiB.")),
        }
    }

    /// Whether it is PEM or DER. Whatever it is keys the HMAC; what is neither was probably cut or changed.
    pub(crate) fn looks_like_one(&self) -> bool {
        // A DER certificate is an ASN.1 SEQUENCE of more than 127 bytes.
        self.pem_body().is_some() || matches!(self.0.as_slice(), [0x30, 0x81..=0x84, ..])
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
                Some(Zeroizing::new(STANDARD.decode(body.as_slice()).ok()?))
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
        let text = std::str::from_utf8(&self.0).ok()?;
        let (_, after) = split_around(text, "-----BEGIN ")?;
        let (_, after) = split_around(after, "-----")?;
        let (body, _) = split_around(after, "-----END ")?;
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
