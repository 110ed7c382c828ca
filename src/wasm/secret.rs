//! What both builds that hold secrets share.

use super::js::{Fields, list, to_json};
use crate::{
    Error,
    edge::{EdgeError, Fault, tpp::Request},
    prelude::*,
    response::GatewayError,
};
use wasm_bindgen::prelude::*;

/// What an error carries beside code and message.
pub(super) fn details(error: &Error) -> JsValue {
    let Error::Edge(error) = error else { return JsValue::UNDEFINED };
    if let EdgeError::Configuration(faults) = error {
        let fault = |fault: &Fault| Fields::new().text("setting", &fault.setting).text("problem", fault.problem).end();
        Fields::new().set("faults", list(faults, fault)).end()
    } else if let EdgeError::Refused(refusal) = error {
        Fields::new().set("gateway", gateway(refusal)).end()
    } else {
        JsValue::UNDEFINED
    }
}

fn gateway(refusal: &GatewayError) -> JsValue {
    let mut fields = Fields::new().set("status", refusal.status);
    let texts = [("error", &refusal.error), ("errorDescription", &refusal.description), ("text", &refusal.text)];
    for (name, text) in texts {
        if let Some(text) = text {
            fields = fields.text(name, text);
        }
    }
    fields.end()
}

/// A profile's JSON text.
pub(super) fn json_text(value: &JsValue) -> Result<String, Error> {
    to_json(value).ok().and_then(|text| text.as_string()).ok_or(EdgeError::Profile.into())
}

/// A request as `fetch` takes it.
pub(super) fn request(request: &Request) -> JsValue {
    let mut headers = Fields::new();
    for (name, value) in &request.headers {
        headers = headers.text(name, value);
    }
    let fields =
        Fields::new().text("method", request.method.name()).text("url", &request.url).set("headers", headers.end());
    match &request.body {
        Some(body) => fields.text("body", body).end(),
        None => fields.end(),
    }
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "times and counts are far below 2^53")]
pub(super) fn number(value: u64) -> f64 {
    value as f64
}
