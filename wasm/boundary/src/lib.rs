//! What the wasm builds share: errors thrown into JavaScript, values taken from it and given to it, randomness.
#![forbid(unsafe_code)]

#[cfg(feature = "secret")]
mod objects;

#[cfg(feature = "secret")]
pub use objects::{taken, value};

use tell_connect::{Error, wire::IssuedAt};
use wasm_bindgen::prelude::*;
use web_sys::Crypto;

#[wasm_bindgen(raw_module = "../../dist/error.js")]
extern "C" {
    type TellConnectError;

    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, details: &JsValue) -> TellConnectError;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: Option<Crypto>;
}

/// An error on its way into JavaScript, where it is a `TellConnectError`.
#[derive(Debug)]
pub struct Thrown(Error);

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Thrown> for JsValue {
    fn from(Thrown(error): Thrown) -> Self {
        let details = details(&error).unwrap_or(Self::UNDEFINED);
        TellConnectError::new(error.code().as_str(), &error.sentence(), &details).into()
    }
}

#[cfg(feature = "secret")]
use objects::details;

#[cfg(not(feature = "secret"))]
fn details(_: &Error) -> Option<JsValue> {
    None
}

/// A number that is whole, not negative and exact in JavaScript.
#[allow(clippy::as_conversions, clippy::cast_precision_loss, clippy::float_cmp, reason = "checked by converting back")]
pub fn whole(value: f64) -> Option<u64> {
    let whole = value as u64;
    (whole as f64 == value && value <= js_sys::Number::MAX_SAFE_INTEGER).then_some(whole)
}

/// Whole seconds since 1970 (`JWS-4`).
///
/// # Errors
/// [`Error::IssuedAt`].
pub fn issued_at(seconds: f64) -> Result<IssuedAt, Error> {
    IssuedAt::new(whole(seconds).ok_or(Error::IssuedAt)?)
}

/// Sixteen random bytes of the platform's.
///
/// # Errors
/// [`Error::Randomness`].
pub fn random() -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    CRYPTO.with(|crypto| {
        let crypto = crypto.as_ref().ok_or(Error::Randomness)?;
        crypto.get_random_values_with_u8_array(&mut bytes).map_err(|_| Error::Randomness)?;
        Ok(bytes)
    })
}

/// Writes over the part of the stack that a call before may have left a key on: what is freed is wiped, the stack is not.
#[cfg(feature = "secret")]
#[inline(never)]
pub fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 16 * 1024]);
}
