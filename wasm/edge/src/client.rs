//! Signed requests towards one bank, and what its gateway answers.

use js_sys::Date;
use serde::Serialize;
use tell_connect::{
    Error,
    gateway::{self, Call, Method, Payment, Request, ResourceCall, Secret, UserIp, answer::TokenAnswer},
    host::ClientOptions,
    profile::{Profile, Scope},
    wire::{IssuedAt, request::RequestUuid},
};
use tell_connect_boundary::{Thrown, issued_at, random, taken, value, wipe_stack};
use wasm_bindgen::prelude::*;

/// One application towards one bank.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Client(gateway::Client);

#[wasm_bindgen]
impl Client {
    /// Takes options, the certificate's bytes, and a profile's JSON text or `undefined`.
    ///
    /// # Errors
    /// `configuration_invalid` with every fault, `invalid_argument`
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, certificate: Option<Vec<u8>>, profile: Option<String>) -> Result<Client, Thrown> {
        let options = ClientOptions::read(taken(options, Error::Argument("The options must be texts."))?)?;
        let client = options.client(certificate, Profile::read(profile.as_deref()))?;
        wipe_stack();
        Ok(Self(client))
    }

    /// A request of `POST /authorise`, and its UUID.
    ///
    /// # Errors
    /// `scope_invalid`, `uuid_invalid`
    pub fn authorise(&self, scope: &str, uuid: Option<String>, sandbox_sca: bool) -> Result<JsValue, Thrown> {
        #[derive(Serialize)]
        struct Authorise {
            uuid: String,
            request: Request,
        }
        let scope = Scope::parse(scope)?;
        let uuid = match uuid {
            Some(uuid) => RequestUuid::parse(&uuid)?,
            None => RequestUuid::from_random(random()?),
        };
        let text = uuid.as_str().to_owned();
        let request = self.0.request(&Call::Authorise { uuid, scope, sandbox_sca, payment: None }, now()?);
        value(&Authorise { uuid: text, request })
    }

    /// A request of `POST /access-token` with a code.
    ///
    /// # Errors
    /// `token_invalid`
    pub fn exchange(&self, code: String) -> Result<JsValue, Thrown> {
        self.request(&Call::Exchange { code: Secret::token(code)? })
    }

    /// A request of `POST /access-token` with a refresh token.
    ///
    /// # Errors
    /// `token_invalid`
    pub fn refresh(&self, refresh_token: String) -> Result<JsValue, Thrown> {
        self.request(&Call::Refresh { refresh_token: Secret::refresh_token(refresh_token)? })
    }

    /// A request of a resource.
    ///
    /// # Errors
    /// `method_invalid`, `path_invalid`, `token_invalid`, `user_ip_invalid`, `json_invalid`, `too_large`,
    /// `invalid_argument`
    pub fn resource(
        &self,
        method: &str,
        path: &str,
        access_token: String,
        user_ip: Option<String>,
        body: Option<String>,
    ) -> Result<JsValue, Thrown> {
        let access_token = Secret::token(access_token)?;
        let user_ip = user_ip.map(|address| UserIp::parse(&address)).transpose()?;
        let call = ResourceCall::new(Method::parse(method)?, path, user_ip, body)?;
        self.request(&Call::Resource(call, access_token))
    }

    /// A request that submits a payment, of its JSON text.
    ///
    /// # Errors
    /// `payment_invalid` with every fault, `json_invalid`, `too_large`, `token_invalid`, `user_ip_invalid`
    pub fn payment(&self, payment: String, access_token: String, user_ip: Option<String>) -> Result<JsValue, Thrown> {
        let access_token = Secret::token(access_token)?;
        let user_ip = user_ip.map(|address| UserIp::parse(&address)).transpose()?;
        let path = self.0.profile().payment_path.as_str();
        let call = ResourceCall::payment(path, &Payment::parse(payment)?, user_ip)?;
        self.request(&Call::Resource(call, access_token))
    }

    /// What the gateway's answer to `/authorise` says.
    ///
    /// # Errors
    /// `gateway_refused`, `gateway_bad_answer`, `location_refused`
    #[wasm_bindgen(js_name = readAuthorise)]
    pub fn read_authorise(&self, status: u16, body: String) -> Result<JsValue, Thrown> {
        value(&self.0.read_authorise(status, &body).map_err(|error| self.masked(error))?)
    }

    /// What the gateway's answer to `/access-token` says, received at `now` in seconds since 1970.
    ///
    /// # Errors
    /// `gateway_refused`, `gateway_bad_answer`, `iat_invalid`
    #[wasm_bindgen(js_name = readToken)]
    pub fn read_token(&self, status: u16, body: String, now: f64) -> Result<JsValue, Thrown> {
        let now = issued_at(now)?;
        let body = Secret::new(body);
        value(&TokenAnswer::read(status, body.expose()).map_err(|error| self.masked(error))?.at(now))
    }

    fn request(&self, call: &Call) -> Result<JsValue, Thrown> {
        value(&self.0.request(call, now()?))
    }

    fn masked(&self, error: Error) -> Error {
        if let Error::Refused(refusal) = error { Error::Refused(self.0.masked(&refusal).into()) } else { error }
    }
}

fn now() -> Result<IssuedAt, Error> {
    issued_at((Date::now() / 1000.0).floor())
}
