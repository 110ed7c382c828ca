//! A request as plain data, and the shape of each call's body.

use crate::{
    Error,
    json::Writer,
    profile::{Environment, Scope},
};
use alloc::{borrow::ToOwned as _, string::String};
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
        match parse_uuid(text) {
            Some(uuid) if uuid.get_version_num() == 4 && uuid.get_variant() == uuid::Variant::RFC4122 => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(Error::Uuid),
        }
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

/// Reads a UUID of any version in its hyphenated form alone (the crate would take braces and URNs too).
pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
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
        if parse_uuid(text).is_some() { Ok(Self(text.to_owned())) } else { Err(Error::Aspsp) }
    }
}

/// The body of `POST /authorise` (`AUT-1`). `sandbox_sca` is never part of a production body (`ENV-4`).
pub fn authorise_body(
    environment: Environment,
    aspsp: &Aspsp,
    uuid: &RequestUuid,
    scope: Scope,
    sandbox_sca: bool,
) -> String {
    let body = Writer::new().str("aspsp", &aspsp.0).str("uuid", uuid.as_str()).str("scope", scope.name());
    match environment {
        Environment::Sandbox => body.raw("sandbox_sca", if sandbox_sca { "true" } else { "false" }).end(),
        Environment::Production => body.end(),
    }
}

#[cfg(test)]
mod tests;
