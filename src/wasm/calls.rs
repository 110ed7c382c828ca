//! Arguments and answers of the entries that are called with options objects.

use super::{
    js::{Fields, parse_json},
    option, random_uuid, whole,
};
use crate::{
    Error,
    jws::{Compact, IssuedAt},
    request::RequestUuid,
};
use alloc::string::String;
use wasm_bindgen::prelude::*;

pub(super) fn flag(options: &JsValue, name: &'static str) -> Result<bool, Error> {
    match option(options, name)? {
        None => Ok(false),
        Some(value) => value.as_bool().ok_or(Error::Option(name)),
    }
}

pub(super) fn text(value: &JsValue, wrong: &'static str) -> Result<String, Error> {
    value.as_string().ok_or(Error::Argument(wrong))
}

/// Whole seconds since 1970 (`JWS-4`).
pub(super) fn issued_at(value: &JsValue) -> Result<IssuedAt, Error> {
    IssuedAt::new(value.as_f64().and_then(whole).ok_or(Error::IssuedAt)?)
}

pub(super) fn given_or_random_uuid(given: Option<String>) -> Result<RequestUuid, Error> {
    match given {
        Some(uuid) => RequestUuid::parse(&uuid),
        None => random_uuid(),
    }
}

/// A JWS's header as an object and its payload as the text that was signed.
pub(super) fn parts(jws: &Compact<'_>) -> Result<Fields, Error> {
    let header = parse_json(&jws.header).map_err(|_| Error::Json)?;
    Ok(Fields::new().set("header", header).text("payload", &jws.payload))
}
