//! A request as plain data, and the shape of each call's body.

use crate::{
    Error,
    profile::{Environment, Scope},
};
use serde::Serialize;
use uuid::{Builder, Uuid};

/// The `uuid` of an authorisation: a version 4 UUID (`AUT-2`), in the text it was given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestUuid(String);

impl RequestUuid {
    /// Takes a given UUID.
    ///
    /// # Errors
    /// [`Error::Uuid`] for anything but a hyphenated version 4 UUID.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bytes = text.as_bytes();
        // RFC 9562 sections 4.1 and 4.2: where version and variant stand.
        let is_v4 =
            bytes.get(14) == Some(&b'4') && matches!(bytes.get(19), Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B'));
        if is_v4 && is_uuid(text) { Ok(Self(text.to_owned())) } else { Err(Error::Uuid) }
    }

    /// Makes one of 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut text = Uuid::encode_buffer();
        Self(Builder::from_random_bytes(bytes).into_uuid().hyphenated().encode_lower(&mut text).to_owned())
    }

    /// The UUID's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is a UUID of any version, in its hyphenated form.
pub(crate) fn is_uuid(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

/// A bank's `aspsp` UUID (`CFG-2`), in the text it was given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aspsp(String);

impl Aspsp {
    /// Takes a hyphenated UUID.
    ///
    /// # Errors
    /// [`Error::Aspsp`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if is_uuid(text) { Ok(Self(text.to_owned())) } else { Err(Error::Aspsp) }
    }
}

/// The body of `POST /authorise`, and the UUID in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AuthoriseBody {
    /// The UUID in the body.
    pub uuid: String,
    /// The JSON text, to be sent and signed as it is.
    pub body: String,
}

/// The body of `POST /authorise` (`AUT-1`). `sandbox_sca` is never part of a production body (`ENV-4`).
pub fn authorise_body(
    environment: Environment,
    aspsp: &Aspsp,
    uuid: &RequestUuid,
    scope: Scope,
    sandbox_sca: bool,
) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        aspsp: &'a str,
        uuid: &'a str,
        scope: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        sandbox_sca: Option<bool>,
    }
    let sandbox_sca = match environment {
        Environment::Sandbox => Some(sandbox_sca),
        Environment::Production => None,
    };
    let body = Body { aspsp: &aspsp.0, uuid: uuid.as_str(), scope: scope.name(), sandbox_sca };
    // Strings and a flag cannot fail to be written.
    serde_json::to_string(&body).unwrap_or_default()
}

#[cfg(test)]
mod tests;
