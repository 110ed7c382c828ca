//! The bindings: convert, call, convert. No decision is made here.

#![allow(unreachable_pub, reason = "what #[wasm_bindgen] exports must be pub; Rust code has no use for it")]

mod bare;
#[cfg(not(feature = "sign"))]
mod browser;
#[cfg(not(feature = "machine"))]
mod calls;
#[cfg(all(feature = "sign", not(feature = "machine")))]
mod edge;
mod js;
#[cfg(feature = "machine")]
mod machine;
#[cfg(feature = "sign")]
mod secret;

use crate::{Error, request::RequestUuid};
use alloc::string::String;
use js::{get, get_random_values};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "../../dist/error.js")]
extern "C" {
    type TellConnectError;

    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, details: &JsValue) -> TellConnectError;
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        TellConnectError::new(error.code(), &message(&error), &details(&error)).into()
    }
}

#[cfg(not(feature = "sign"))]
fn details(_: &Error) -> JsValue {
    JsValue::UNDEFINED
}

#[cfg(feature = "sign")]
use secret::details;

/// An error's sentence, naming the option that is wrong.
fn message(error: &Error) -> String {
    let mut message = String::from(error.message());
    if let Error::Option(name) = error {
        for part in [" (", name, ")"] {
            message.push_str(part);
        }
    }
    message
}

/// A member of an options object; `None` when undefined or null.
fn option(options: &JsValue, name: &str) -> Result<Option<JsValue>, Error> {
    let value = get(options, name).map_err(|_| Error::Argument("The argument must be an object."))?;
    Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null()))
}

/// A string member of an options object; `None` when undefined or null.
fn optional(options: &JsValue, name: &'static str) -> Result<Option<String>, Error> {
    match option(options, name)? {
        None => Ok(None),
        Some(value) => value.as_string().map(Some).ok_or(Error::Option(name)),
    }
}

/// A string member of an options object that must be there.
fn required(options: &JsValue, name: &'static str) -> Result<String, Error> {
    optional(options, name)?.ok_or(Error::Option(name))
}

/// A number that is whole, not negative and exact in JavaScript.
#[allow(clippy::as_conversions, clippy::cast_precision_loss, clippy::float_cmp, reason = "checked by converting back")]
fn whole(value: f64) -> Option<u64> {
    let whole = value as u64;
    (whole as f64 == value && value <= 9_007_199_254_740_991.0).then_some(whole)
}

/// A fresh version 4 UUID (`AUT-2`).
fn random_uuid() -> Result<RequestUuid, Error> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).map_err(|_| Error::Randomness)?;
    Ok(RequestUuid::from_random(bytes))
}
