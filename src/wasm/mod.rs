//! The bindings: convert, call, convert. No decision is made here.

#![allow(unreachable_pub, reason = "what #[wasm_bindgen] exports must be pub; Rust code has no use for it")]

#[cfg(not(feature = "std"))]
mod bare;
#[cfg(not(feature = "sign"))]
mod browser;
#[cfg(feature = "sign")]
mod edge;

use crate::{
    Error,
    jws::{Compact, IssuedAt},
    request::RequestUuid,
};
use alloc::string::String;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "../../dist/error.js")]
extern "C" {
    type TellConnectError;

    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, details: &JsValue) -> TellConnectError;
}

// What js-sys would bring, without the kilobyte of task queue that it links into every module.
#[wasm_bindgen]
extern "C" {
    type Object;

    #[wasm_bindgen(constructor)]
    fn new() -> Object;

    #[wasm_bindgen(js_namespace = Reflect, catch)]
    fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(object: &Object, name: &str, value: &JsValue) -> bool;

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
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
use edge::details;

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

/// A JavaScript object under construction.
struct Fields(Object);

impl Fields {
    fn new() -> Self {
        Self(Object::new())
    }

    fn set(self, name: &str, value: impl Into<JsValue>) -> Self {
        set(&self.0, name, &value.into());
        self
    }

    fn end(self) -> JsValue {
        self.0.into()
    }
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

fn flag(options: &JsValue, name: &'static str) -> Result<bool, Error> {
    match option(options, name)? {
        None => Ok(false),
        Some(value) => value.as_bool().ok_or(Error::Option(name)),
    }
}

fn text(value: &JsValue, wrong: &'static str) -> Result<String, Error> {
    value.as_string().ok_or(Error::Argument(wrong))
}

/// Whole seconds since 1970 (`JWS-4`).
fn issued_at(value: &JsValue) -> Result<IssuedAt, Error> {
    IssuedAt::new(value.as_f64().and_then(whole).ok_or(Error::IssuedAt)?)
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

fn given_or_random_uuid(given: Option<String>) -> Result<RequestUuid, Error> {
    match given {
        Some(uuid) => RequestUuid::parse(&uuid),
        None => random_uuid(),
    }
}

/// A JWS's header as an object and its payload as the text that was signed.
fn parts(jws: &Compact<'_>) -> Result<Fields, JsValue> {
    Ok(Fields::new().set("header", parse_json(&jws.header)?).set("payload", jws.payload.as_str()))
}
