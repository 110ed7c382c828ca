//! HMAC-SHA256 keyed by a certificate (`JWS-1`, `JWS-8`, `JWS-9`).

use super::{Certificate, EdgeError};
use crate::prelude::*;
use crate::{
    Error, base64,
    json::{Object, Value},
    jws::{self, App, Compact, IssuedAt, Path},
    profile::{CertificateReading, Profile},
};
use core::fmt;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// HMAC-SHA256 with its key schedule computed, to be cloned for each message.
#[derive(Clone)]
pub struct Hs256(Hmac<Sha256>);

impl Hs256 {
    /// Computes the key schedule.
    ///
    /// # Errors
    /// [`EdgeError::Certificate`], should the primitive refuse the key's length (HMAC takes any).
    pub fn new(key: &[u8]) -> Result<Self, EdgeError> {
        Hmac::new_from_slice(key)
            .map(Self)
            .map_err(|_| EdgeError::Certificate("The certificate cannot be used as a key."))
    }

    /// The tag of a message: 32 bytes.
    pub fn tag(&self, message: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(message).finalize().into_bytes().into()
    }

    /// Whether the tag is the message's, compared in constant time.
    pub fn verify(&self, message: &[u8], tag: &[u8]) -> bool {
        self.0.clone().chain_update(message).verify_slice(tag).is_ok()
    }
}

/// Signs and verifies for one application.
#[derive(Clone)]
pub struct Signer {
    app: App,
    certificate: Certificate,
    key: Hs256,
    reading: CertificateReading,
    sign_query: bool,
}

impl Signer {
    /// Takes an application's id and certificate.
    ///
    /// # Errors
    /// [`EdgeError::Certificate`] when the profile's reading of the certificate gives no bytes.
    pub fn new(app: App, certificate: Certificate, profile: &Profile) -> Result<Self, EdgeError> {
        let key = certificate.key(profile.certificate).ok_or(EdgeError::Certificate(
            "The certificate is not PEM, so the profile's reading of it gives no key.",
        ))?;
        Ok(Self {
            app,
            key: Hs256::new(&key)?,
            certificate,
            reading: profile.certificate,
            sign_query: profile.sign_query,
        })
    }

    /// The value of `x-jws-signature` for a JSON payload.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Json`], [`Error::JsonDepth`], [`Error::TooLarge`].
    pub fn sign(&self, path: &str, payload: &str, iat: IssuedAt) -> Result<String, Error> {
        let path = Path::parse(path)?;
        jws::check_payload(payload)?;
        self.sign_checked(path, payload, iat)
    }

    /// The same for a payload known to be JSON, or empty by profile (`JWS-7`).
    pub(super) fn sign_checked(&self, path: Path<'_>, payload: &str, iat: IssuedAt) -> Result<String, Error> {
        let mut token = jws::signing_input(&self.app, &self.signed_path(path), iat, payload)?;
        let tag = self.key.tag(token.as_bytes());
        token.push('.');
        base64::encode(&tag, &mut token);
        Ok(token)
    }

    /// The path as this profile signs it (`JWS-3`).
    pub(super) fn signed_path(&self, path: Path<'_>) -> String {
        let mut signed = String::with_capacity(path.path().len());
        if self.sign_query {
            path.push_to(&mut signed)
        } else {
            signed.push_str(path.path())
        }
        signed
    }

    /// Takes a token whose signature is this application's (`JWS-9`).
    ///
    /// # Errors
    /// [`Error::JwsMalformed`], [`Error::TooLarge`], [`EdgeError::JwsAlgorithm`], [`EdgeError::JwsHeader`],
    /// [`EdgeError::JwsSignature`].
    pub fn verify<'a>(&self, token: &'a str) -> Result<Compact<'a>, Error> {
        let jws = Compact::parse(token)?;
        let header = Object::parse(&jws.header)?;
        if header.str("alg").as_deref() != Some("HS256") {
            return Err(EdgeError::JwsAlgorithm.into());
        }
        if header.get("crit").is_some() || header.get("b64").is_some_and(|b64| b64 != Value::Bool(true)) {
            return Err(EdgeError::JwsHeader.into());
        }
        if self.key.verify(jws.signing_input.as_bytes(), &jws.signature) {
            Ok(jws)
        } else {
            Err(EdgeError::JwsSignature.into())
        }
    }

    /// The application's id.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The reading of the certificate that is in force.
    pub(super) fn reading(&self) -> CertificateReading {
        self.reading
    }

    /// The key under another reading of the certificate, for [`explain`](super::explain).
    pub(super) fn key_as(&self, reading: CertificateReading) -> Option<Hs256> {
        Hs256::new(&self.certificate.key(reading)?).ok()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("app", &self.app).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
