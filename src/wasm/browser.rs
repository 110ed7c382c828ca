//! What a page may have: it shapes and reads, and cannot sign.

use super::{Fields, flag, get, get_random_values, issued_at, option, optional, parse_json, required, text};
use crate::{
    Error,
    jws::{self, App, Compact, Path},
    profile::{Environment, Scope},
    redirect,
    request::{self, Aspsp, RequestUuid},
};
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// A fresh version 4 UUID (`AUT-2`).
pub(super) fn random_uuid() -> Result<RequestUuid, Error> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).map_err(|_| Error::Randomness)?;
    Ok(RequestUuid::from_random(bytes))
}

#[wasm_bindgen(js_name = newUuid)]
pub fn new_uuid() -> Result<JsValue, JsValue> {
    Ok(random_uuid()?.as_str().into())
}

#[wasm_bindgen(js_name = authoriseBody)]
pub fn authorise_body(options: &JsValue) -> Result<JsValue, JsValue> {
    let environment = Environment::parse(&required(options, "environment")?)?;
    let aspsp = Aspsp::parse(&required(options, "aspsp")?)?;
    let scope = Scope::parse(&required(options, "scope")?)?;
    let uuid = given_or_random_uuid(optional(options, "uuid")?)?;
    let sandbox_sca = flag(options, "sandboxSca")?;
    let body = request::authorise_body(environment, &aspsp, &uuid, scope, sandbox_sca);
    Ok(Fields::new().set("uuid", uuid.as_str()).set("body", body).end())
}

pub(super) fn given_or_random_uuid(given: Option<String>) -> Result<RequestUuid, Error> {
    match given {
        Some(uuid) => RequestUuid::parse(&uuid),
        None => random_uuid(),
    }
}

#[wasm_bindgen(js_name = signingInput)]
pub fn signing_input(options: &JsValue) -> Result<JsValue, JsValue> {
    let app = App::new(required(options, "app")?)?;
    let path = required(options, "path")?;
    let path = Path::parse(&path)?;
    let iat = issued_at(&option(options, "iat")?.unwrap_or_default())?;
    let payload = required(options, "payload")?;
    jws::check_payload(&payload)?;
    Ok(jws::signing_input(&app, path.path(), iat, &payload)?.into())
}

#[wasm_bindgen(js_name = parseRedirect)]
pub fn parse_redirect(url: &JsValue) -> Result<JsValue, JsValue> {
    // A URL object is as good as its text.
    let href = if url.is_object() { get(url, "href")? } else { url.clone() };
    let redirect = redirect::parse(&text(&href, "The redirect must be a URL.")?)?;
    let fields = Fields::new()
        .set("outcome", if redirect.code.is_some() { "authorised" } else { "declined" })
        .set("intentId", redirect.intent_id)
        .set("uuid", redirect.uuid);
    Ok(match redirect.code {
        Some(code) => fields.set("code", code).end(),
        None => fields.end(),
    })
}

#[wasm_bindgen(js_name = inspectJws)]
pub fn inspect_jws(token: &JsValue) -> Result<JsValue, JsValue> {
    let token = text(token, "The token must be a string.")?;
    let jws = Compact::parse(&token)?;
    Ok(parts(&jws)?.set("signature", jws.signature_text).end())
}

/// A JWS's header as an object and its payload as the text that was signed.
pub(super) fn parts(jws: &Compact<'_>) -> Result<Fields, JsValue> {
    Ok(Fields::new().set("header", parse_json(&jws.header)?).set("payload", jws.payload.as_str()))
}
