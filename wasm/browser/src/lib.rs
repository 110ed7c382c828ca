//! What a page may have: it shapes and reads, and cannot sign. Convert, call, convert.
//!
//! What is more than a text crosses as JSON, which a page reads with what it has: objects made from here would cost it
//! three kilobytes.
#![forbid(unsafe_code)]

use serde::Serialize;
use tell_connect::{
    Error,
    profile::{Environment, Scope},
    wire::{
        App, Path,
        jws::{self, Compact},
        redirect::{self, Returned},
        request::{self, Aspsp, AuthoriseBody, RequestUuid},
    },
};
use tell_connect_boundary::{Thrown, issued_at, random};
use wasm_bindgen::prelude::*;

/// A fresh version 4 UUID (`AUT-2`).
///
/// # Errors
/// `randomness_unavailable`
#[wasm_bindgen(js_name = newUuid)]
pub fn new_uuid() -> Result<String, Thrown> {
    Ok(RequestUuid::from_random(random()?).as_str().to_owned())
}

/// The body of `POST /authorise` (`AUT-1`).
///
/// # Errors
/// `environment_invalid`, `aspsp_invalid`, `scope_invalid`, `uuid_invalid`
#[wasm_bindgen(js_name = authoriseBody)]
pub fn authorise_body(
    environment: &str,
    aspsp: &str,
    scope: &str,
    uuid: Option<String>,
    sandbox_sca: bool,
) -> Result<String, Thrown> {
    let (environment, aspsp, scope) = (Environment::parse(environment)?, Aspsp::parse(aspsp)?, Scope::parse(scope)?);
    let uuid = match uuid {
        Some(uuid) => RequestUuid::parse(&uuid)?,
        None => RequestUuid::from_random(random()?),
    };
    let body = request::authorise_body(environment, &aspsp, &uuid, scope, sandbox_sca);
    json(&AuthoriseBody { uuid: uuid.as_str().to_owned(), body })
}

/// What is signed: header and payload in base64url (`JWS-1` … `JWS-5`).
///
/// # Errors
/// `app_invalid`, `path_invalid`, `iat_invalid`, `json_invalid`, `too_large`
#[wasm_bindgen(js_name = signingInput)]
pub fn signing_input(app: String, path: &str, iat: f64, payload: &str) -> Result<String, Thrown> {
    let (app, path) = (App::new(app)?, Path::parse(path)?);
    let iat = issued_at(iat)?;
    jws::check_payload(payload)?;
    Ok(jws::signing_input(&app, path.path(), iat, payload)?)
}

/// What the bank's redirect says (`RED-1`, `RED-2`).
///
/// # Errors
/// `redirect_parameter_missing`, `redirect_parameter_repeated`, `redirect_parameter_invalid`, `too_large`
#[wasm_bindgen(js_name = parseRedirect)]
pub fn parse_redirect(url: &str) -> Result<String, Thrown> {
    json(&Returned::from(redirect::parse(url)?))
}

/// A compact JWS taken apart, its signature unchecked; the header as JSON text.
///
/// # Errors
/// `jws_malformed`, `too_large`
#[wasm_bindgen(js_name = inspectJws)]
pub fn inspect_jws(token: &str) -> Result<String, Thrown> {
    #[derive(Serialize)]
    struct Parts<'a> {
        header: &'a str,
        payload: &'a str,
        signature: &'a str,
    }
    let jws = Compact::parse(token)?;
    json(&Parts { header: &jws.header, payload: &jws.payload, signature: jws.signature_text })
}

fn json(value: &impl Serialize) -> Result<String, Thrown> {
    serde_json::to_string(value).map_err(|_| Error::Json.into())
}
