//! What a page may have: it shapes and reads, and cannot sign.

use super::{
    calls::{flag, given_or_random_uuid, issued_at, parts, text},
    js::Fields,
    option, optional, random_uuid, required,
};
use crate::{
    Error,
    jws::{self, App, Compact, Path},
    profile::{Environment, Scope},
    redirect,
    request::{self, Aspsp},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_name = newUuid)]
pub fn new_uuid() -> Result<JsValue, Error> {
    Ok(random_uuid()?.as_str().into())
}

#[wasm_bindgen(js_name = authoriseBody)]
pub fn authorise_body(options: &JsValue) -> Result<JsValue, Error> {
    let environment = Environment::parse(&required(options, "environment")?)?;
    let aspsp = Aspsp::parse(&required(options, "aspsp")?)?;
    let scope = Scope::parse(&required(options, "scope")?)?;
    let uuid = given_or_random_uuid(optional(options, "uuid")?)?;
    let sandbox_sca = flag(options, "sandboxSca")?;
    let body = request::authorise_body(environment, &aspsp, &uuid, scope, sandbox_sca);
    Ok(Fields::new().text("uuid", uuid.as_str()).text("body", &body).end())
}

#[wasm_bindgen(js_name = signingInput)]
pub fn signing_input(options: &JsValue) -> Result<JsValue, Error> {
    let app = App::new(required(options, "app")?)?;
    let path = required(options, "path")?;
    let path = Path::parse(&path)?;
    let iat = issued_at(&option(options, "iat")?.unwrap_or_default())?;
    let payload = required(options, "payload")?;
    jws::check_payload(&payload)?;
    Ok(jws::signing_input(&app, path.path(), iat, &payload)?.into())
}

#[wasm_bindgen(js_name = parseRedirect)]
pub fn parse_redirect(url: &JsValue) -> Result<JsValue, Error> {
    // A URL object is as good as its text.
    let href = if url.is_object() { option(url, "href")?.unwrap_or_default() } else { url.clone() };
    let redirect = redirect::parse(&text(&href, "The redirect must be a URL.")?)?;
    let fields = Fields::new()
        .text("outcome", if redirect.code.is_some() { "authorised" } else { "declined" })
        .text("intentId", &redirect.intent_id)
        .text("uuid", &redirect.uuid);
    Ok(match redirect.code {
        Some(code) => fields.text("code", &code).end(),
        None => fields.end(),
    })
}

#[wasm_bindgen(js_name = inspectJws)]
pub fn inspect_jws(token: &JsValue) -> Result<JsValue, Error> {
    let token = text(token, "The token must be a string.")?;
    let jws = Compact::parse(&token)?;
    Ok(parts(&jws)?.text("signature", jws.signature_text).end())
}
