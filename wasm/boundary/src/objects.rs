//! Objects taken from JavaScript and given to it, by serde.

use crate::Thrown;
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use tell_connect::{Error, Fault, Refusal};
use wasm_bindgen::JsValue;

/// A value as JavaScript has it: objects for maps, `null` for nothing.
///
/// # Errors
/// [`Error::Argument`], should there be a number that JavaScript cannot hold; the core gives none.
pub fn value(value: &(impl Serialize + ?Sized)) -> Result<JsValue, Thrown> {
    let failed = |_| Thrown(Error::Argument("An answer cannot be represented in JavaScript."));
    value.serialize(&Serializer::json_compatible()).map_err(failed)
}

/// A value from JavaScript. The package hands over plain objects of its own, so that nobody's getter runs in here.
///
/// # Errors
/// `wrong`, for a value of another shape. What serde says of it is not told: it repeats the value (`ERR-2`).
pub fn taken<T: DeserializeOwned>(value: JsValue, wrong: Error) -> Result<T, Thrown> {
    serde_wasm_bindgen::from_value(value).map_err(|_| Thrown(wrong))
}

/// What an error carries beside code and message.
pub(crate) fn details(error: &Error) -> Option<JsValue> {
    #[derive(Serialize)]
    struct Details<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        faults: Option<&'a [Fault]>,
        #[serde(skip_serializing_if = "Option::is_none")]
        gateway: Option<&'a Refusal>,
    }
    if let Error::Configuration(faults) | Error::Payment(faults) = error {
        value(&Details { faults: Some(faults), gateway: None }).ok()
    } else if let Error::Refused(refusal) = error {
        value(&Details { faults: None, gateway: Some(refusal) }).ok()
    } else {
        None
    }
}
