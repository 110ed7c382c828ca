//! HMAC-SHA256 keyed by a certificate (`JWS-1`, `JWS-8`, `JWS-9`).

use super::Certificate;
use crate::{
    Error,
    profile::{CertificateReading, Profile},
    wire::{
        App, IssuedAt, Path, base64,
        json::Object,
        jws::{self, Compact},
    },
};
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::{cell::RefCell, fmt, io::Write as _};

/// Calls whose header's constant front is kept hashed. An application makes a handful; paths with ids come and go.
const FRONTS: usize = 16;
/// Characters of base64 that 32 bytes take.
const TAG_LENGTH: usize = 43;

/// Bytes of a header behind the part that is kept in base64: up to two, the digits of a u64, the brace.
const END_LENGTH: usize = 2 + 20 + 1;

/// HMAC-SHA256 with its key schedule computed, to be cloned for each message.
#[derive(Clone)]
pub struct Hs256(Hmac<Sha256>);

impl Hs256 {
    /// Computes the key schedule.
    ///
    /// # Errors
    /// [`Error::Certificate`], should the primitive refuse the key's length (HMAC takes any).
    pub fn new(key: &[u8]) -> Result<Self, Error> {
        Hmac::new_from_slice(key).map(Self).map_err(|_| Error::Certificate("The certificate cannot be used as a key."))
    }

    /// The tag of a message: 32 bytes.
    #[inline]
    pub fn tag(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// The same with the beginning of the message hashed already.
    #[inline]
    fn after(&self, beginning: &[u8]) -> Self {
        Self(self.0.clone().chain_update(beginning))
    }

    /// Whether the tag is the message's, compared in constant time.
    pub fn verify(&self, message: &[u8], tag: &[u8]) -> bool {
        self.0.clone().chain_update(message).verify_slice(tag).is_ok()
    }
}

/// What all tokens of one call begin with: the header up to its `iat`.
#[derive(Clone)]
struct Front {
    /// The path and query as the caller gives them.
    asked: String,
    /// Base64 of the front's bytes, as far as they fill groups of three.
    text: Vec<u8>,
    /// The bytes left over.
    rest: Vec<u8>,
    /// The key schedule with `text` hashed.
    key: Hs256,
}

/// Signs and verifies for one application.
#[derive(Clone)]
pub struct Signer {
    app: App,
    certificate: Certificate,
    key: Hs256,
    reading: CertificateReading,
    sign_query: bool,
    /// The calls made last, the newest at the end.
    fronts: RefCell<Vec<Front>>,
}

impl Signer {
    /// Takes an application's id and certificate.
    ///
    /// # Errors
    /// [`Error::Certificate`] when the profile's reading of the certificate gives no bytes.
    pub fn new(app: App, certificate: Certificate, profile: &Profile) -> Result<Self, Error> {
        let key = certificate
            .key(profile.certificate)
            .ok_or(Error::Certificate("The certificate is not PEM, so the profile's reading of it gives no key."))?;
        Ok(Self {
            app,
            key: Hs256::new(&key)?,
            certificate,
            reading: profile.certificate,
            sign_query: profile.sign_query,
            fronts: RefCell::default(),
        })
    }

    /// The value of `x-jws-signature` for a JSON payload.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Json`], [`Error::TooLarge`].
    pub fn sign(&self, path: &str, payload: &str, iat: IssuedAt) -> Result<String, Error> {
        let mut token = Vec::new();
        self.sign_into(path, payload, iat, &mut token)?;
        // Base64 and dots are ASCII.
        Ok(String::from_utf8(token).unwrap_or_default())
    }

    /// The same, appended to a place of the caller's. Nothing is appended where it is refused.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Json`], [`Error::TooLarge`].
    #[inline]
    pub fn sign_into(&self, path: &str, payload: &str, iat: IssuedAt, token: &mut Vec<u8>) -> Result<(), Error> {
        jws::check_payload(payload)?;
        self.token(path, || Path::parse(path).map(|path| self.signed_path(&path).to_owned()), payload, iat, token)
    }

    /// The token of a parsed path and a payload known to be JSON, or empty by profile (`JWS-7`).
    pub(super) fn sign_checked(&self, path: &Path, payload: &str, iat: IssuedAt) -> String {
        let mut token = Vec::new();
        // A path that is parsed already cannot be refused.
        let _ = self.token(path.with_query(), || Ok(self.signed_path(path).to_owned()), payload, iat, &mut token);
        String::from_utf8(token).unwrap_or_default()
    }

    /// Appends a token behind a front that is kept or is made now: only for a new one is the path asked for.
    #[inline]
    fn token(
        &self,
        asked: &str,
        path: impl FnOnce() -> Result<String, Error>,
        payload: &str,
        iat: IssuedAt,
        token: &mut Vec<u8>,
    ) -> Result<(), Error> {
        // Borrowed by nobody else, unless an earlier call was cut off in here: then nothing is kept any more.
        let Ok(mut fronts) = self.fronts.try_borrow_mut() else {
            self.front(asked, &path()?).finish(payload, iat, token);
            return Ok(());
        };
        if let Some(known) = fronts.iter().rfind(|front| front.asked == asked) {
            known.finish(payload, iat, token);
            return Ok(());
        }
        let front = self.front(asked, &path()?);
        front.finish(payload, iat, token);
        if fronts.len() == FRONTS {
            fronts.remove(0);
        }
        fronts.push(front);
        Ok(())
    }

    fn front(&self, asked: &str, path: &str) -> Front {
        let front = jws::header_front(&self.app, path).into_bytes();
        let (whole, rest) = front.split_at(front.len() - front.len() % 3);
        let text = URL_SAFE_NO_PAD.encode(whole).into_bytes();
        Front { asked: asked.to_owned(), key: self.key.after(&text), text, rest: rest.to_vec() }
    }

    /// The path as this profile signs it (`JWS-3`).
    #[inline]
    pub(crate) fn signed_path<'a>(&self, path: &'a Path) -> &'a str {
        if self.sign_query { path.with_query() } else { path.path() }
    }

    /// Takes a token that this application signed (`JWS-9`). One without an `app` is taken: a gateway's own need not
    /// have it.
    ///
    /// # Errors
    /// [`Error::JwsMalformed`], [`Error::TooLarge`], [`Error::JwsAlgorithm`], [`Error::JwsHeader`],
    /// [`Error::JwsSignature`], [`Error::JwsApp`].
    pub fn verify<'a>(&self, token: &'a str) -> Result<Compact<'a>, Error> {
        let jws = Compact::parse(token)?;
        let header = Object::parse(&jws.header)?;
        if header.str("alg").as_deref() != Some("HS256") {
            return Err(Error::JwsAlgorithm);
        }
        if header.get("crit").is_some() || header.get("b64").is_some_and(|b64| b64.as_written() != "true") {
            return Err(Error::JwsHeader);
        }
        if !self.key.verify(jws.signing_input.as_bytes(), &jws.signature) {
            return Err(Error::JwsSignature);
        }
        if self.is_ours(&header) { Ok(jws) } else { Err(Error::JwsApp) }
    }

    /// Whether a header names this application, or none (`JWS-9`).
    pub(super) fn is_ours(&self, header: &Object<'_>) -> bool {
        header.get("app").is_none_or(|app| app.as_str().as_deref() == Some(self.app.as_str()))
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

impl Front {
    /// Appends the whole token: this front, `iat`, payload and signature.
    #[inline]
    fn finish(&self, payload: &str, iat: IssuedAt, token: &mut Vec<u8>) {
        let mut place = [0; END_LENGTH];
        let mut left = place.as_mut_slice();
        // There is room for all of it.
        let _ = left.write_all(&self.rest);
        let _ = left.write_all(itoa::Buffer::new().format(iat.seconds()).as_bytes());
        let _ = left.write_all(b"}");
        let unused = left.len();
        let end = place.get(..END_LENGTH - unused).unwrap_or_default();
        token.reserve(self.text.len() + (end.len() + payload.len()).div_ceil(3) * 4 + TAG_LENGTH + 8);
        token.extend_from_slice(&self.text);
        let signed = token.len();
        base64::push(&URL_SAFE_NO_PAD, end, token);
        token.push(b'.');
        base64::push(&URL_SAFE_NO_PAD, payload.as_bytes(), token);
        let tag = self.key.tag(token.get(signed..).unwrap_or_default());
        token.push(b'.');
        base64::push(&URL_SAFE_NO_PAD, &tag, token);
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("app", &self.app).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
