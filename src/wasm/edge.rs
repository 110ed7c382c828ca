//! What signs: for whoever keeps tokens in a way of their own.

use super::{
    calls::{flag, given_or_random_uuid, issued_at, parts, text},
    js::{Date, Fields, Uint8Array, list},
    option, optional, required,
    secret::{json_text, number, request},
    whole,
};
use crate::prelude::*;
use crate::{
    Error,
    edge::{
        self, Certificate, EdgeError, Secret,
        explain::Finding,
        settings::{self, Raw},
        tpp::{Call, Method, ResourceCall},
        user_ip::UserIp,
    },
    jws::{App, IssuedAt},
    profile::{Profile, Scope},
    response::{GatewayError, TokenAnswer},
};
use wasm_bindgen::{JsCast as _, prelude::*};

fn now_ms() -> u64 {
    whole(Date::now()).unwrap_or_default()
}

fn now() -> Result<IssuedAt, Error> {
    IssuedAt::new(now_ms() / 1000)
}

fn certificate(options: &JsValue) -> Result<Option<Vec<u8>>, Error> {
    let Some(value) = option(options, "certificate")? else { return Ok(None) };
    match (value.as_string(), value.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Ok(Some(text.into_bytes())),
        // A copy first, by the platform: what only claims to be bytes is refused there.
        (None, Some(bytes)) => {
            let copy = Uint8Array::copied(bytes).map_err(|_| Error::Option("certificate"))?;
            Ok(Some(Uint8Array::bytes(&copy)))
        }
        (None, None) => Err(Error::Option("certificate")),
    }
}

#[wasm_bindgen]
pub struct Signer(edge::Signer);

#[wasm_bindgen]
impl Signer {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Signer, Error> {
        let app = App::new(required(options, "app")?)?;
        let certificate = certificate(options)?.ok_or(Error::Option("certificate"))?;
        Ok(Self(edge::Signer::new(app, Certificate::new(certificate)?, &Profile::default())?))
    }

    pub fn sign(&self, options: &JsValue) -> Result<String, Error> {
        let iat = match option(options, "iat")? {
            Some(iat) => issued_at(&iat)?,
            None => now()?,
        };
        self.0.sign(&required(options, "path")?, &required(options, "payload")?, iat)
    }

    pub fn verify(&self, token: &JsValue) -> Result<JsValue, Error> {
        let token = text(token, "The token must be a string.")?;
        Ok(parts(&self.0.verify(&token)?)?.end())
    }

    pub fn explain(&self, token: &JsValue, call: &JsValue) -> Result<JsValue, Error> {
        let token = text(token, "The token must be a string.")?;
        let (path, payload) =
            if call.is_undefined() { (None, None) } else { (optional(call, "path")?, optional(call, "payload")?) };
        let explanation = edge::explain(&self.0, &token, path.as_deref(), payload.as_deref())?;
        let finding = |found: Finding| Fields::new().text("reading", found.reading).text("advice", found.advice).end();
        let findings = list(explanation.findings, finding);
        Ok(Fields::new().set("verified", explanation.verified).set("findings", findings).end())
    }
}

#[wasm_bindgen]
pub struct Tpp(edge::Tpp);

#[wasm_bindgen]
impl Tpp {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Tpp, Error> {
        let profile = match option(options, "profile")? {
            Some(profile) => Some(json_text(&profile)?),
            None => None,
        };
        Ok(Self(settings::tpp(Raw {
            environment: optional(options, "environment")?,
            client_id: optional(options, "clientId")?,
            client_secret: optional(options, "clientSecret")?,
            app: optional(options, "app")?,
            certificate: certificate(options)?,
            aspsp: optional(options, "aspsp")?,
            resource_base_url: optional(options, "resourceBaseUrl")?,
            auth_base_url: optional(options, "authBaseUrl")?,
            profile,
        })?))
    }

    pub fn authorise(&self, options: &JsValue) -> Result<JsValue, Error> {
        let scope = Scope::parse(&required(options, "scope")?)?;
        let uuid = given_or_random_uuid(optional(options, "uuid")?)?;
        let sandbox_sca = flag(options, "sandboxSca")?;
        let fields = Fields::new().text("uuid", uuid.as_str());
        Ok(fields.set("request", self.request(&Call::Authorise { uuid, scope, sandbox_sca })?).end())
    }

    pub fn exchange(&self, code: &JsValue) -> Result<JsValue, Error> {
        let code = Secret::token(text(code, "The code must be a string.")?)?;
        self.request(&Call::Exchange { code })
    }

    pub fn refresh(&self, refresh_token: &JsValue) -> Result<JsValue, Error> {
        let refresh_token = Secret::token(text(refresh_token, "The refresh token must be a string.")?)?;
        self.request(&Call::Refresh { refresh_token })
    }

    pub fn resource(&self, options: &JsValue) -> Result<JsValue, Error> {
        let method = Method::parse(&required(options, "method")?)?;
        let user_ip = optional(options, "userIp")?.map(|ip| UserIp::parse(&ip)).transpose()?;
        let call = ResourceCall::new(method, required(options, "path")?, user_ip, optional(options, "body")?)?;
        self.request(&Call::Resource(call, Secret::token(required(options, "accessToken")?)?))
    }

    #[wasm_bindgen(js_name = readAuthorise)]
    pub fn read_authorise(&self, status: &JsValue, body: &JsValue) -> Result<JsValue, Error> {
        let (status, body) = answer(status, body)?;
        let read = self.0.read_authorise(status, &body).map_err(|error| self.without_secrets(error))?;
        Ok(Fields::new().text("intentId", &read.intent_id).text("location", &read.location).end())
    }

    #[wasm_bindgen(js_name = readToken)]
    pub fn read_token(&self, status: &JsValue, body: &JsValue, now: &JsValue) -> Result<JsValue, Error> {
        let now = issued_at(now)?;
        let (status, body) = answer(status, body)?;
        let read = TokenAnswer::read(status, &body).map_err(|error| self.without_secrets(error))?;
        let scope = list(&read.scope, |permission| permission.as_str().into());
        let fields = Fields::new()
            .text("accessToken", read.access_token.expose())
            .text("tokenType", "Bearer")
            .set("expiresIn", read.expires_in)
            .set("expiresAt", number(now.seconds() + u64::from(read.expires_in)))
            .set("scope", scope);
        Ok(match &read.refresh_token {
            Some(refresh_token) => fields.text("refreshToken", refresh_token.expose()).end(),
            None => fields.end(),
        })
    }

    fn request(&self, call: &Call) -> Result<JsValue, Error> {
        Ok(request(&self.0.request(call, now()?)?))
    }

    fn without_secrets(&self, error: EdgeError) -> EdgeError {
        if let EdgeError::Refused(refusal) = error {
            EdgeError::Refused(Rc::new(GatewayError::clone(&refusal).without(&self.0.secrets())))
        } else {
            error
        }
    }
}

fn answer(status: &JsValue, body: &JsValue) -> Result<(u16, String), Error> {
    let status = status.as_f64().and_then(whole).and_then(|status| u16::try_from(status).ok());
    let status = status.filter(|status| (100..600).contains(status));
    let body = text(body, "The body must be a string.")?;
    Ok((status.ok_or(Error::Argument("The status must be an HTTP status code."))?, body))
}
