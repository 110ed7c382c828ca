//! What holds secrets: signing, requests, and the consent machine.

use super::{
    Fields, flag, get, given_or_random_uuid, issued_at, message, option, optional, parts, random_uuid, required, text,
    whole,
};
use crate::prelude::*;
use crate::{
    Error,
    edge::{
        self, Certificate, Command, EdgeError, Event, Secret,
        consent::{Answer, Loss, Outcome},
        failure::Failure,
        journey::Journey,
        retry,
        settings::{self, Raw},
        tpp::{Call, Method, Request, ResourceCall},
        user_ip::UserIp,
    },
    jws::{App, IssuedAt},
    profile::{Profile, Scope},
    redirect::{self, Redirect},
    response::{GatewayError, TokenAnswer},
    text::replaced,
};
use alloc::rc::Rc;
use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::prelude::*;

impl From<EdgeError> for JsValue {
    fn from(error: EdgeError) -> Self {
        Error::from(error).into()
    }
}

/// What an error carries beside code and message.
pub(super) fn details(error: &Error) -> JsValue {
    let Error::Edge(error) = error else { return JsValue::UNDEFINED };
    if let EdgeError::Configuration(faults) = error {
        let list: Array = faults
            .iter()
            .map(|fault| Fields::new().set("setting", fault.setting.as_str()).set("problem", fault.problem).end())
            .collect();
        Fields::new().set("faults", list).end()
    } else if let EdgeError::Refused(refusal) = error {
        Fields::new().set("gateway", gateway(refusal)).end()
    } else {
        JsValue::UNDEFINED
    }
}

fn gateway(refusal: &GatewayError) -> JsValue {
    let fields = Fields::new().set("status", refusal.status);
    [("error", &refusal.error), ("errorDescription", &refusal.description), ("text", &refusal.text)]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
        .fold(fields, |fields, (name, value)| fields.set(name, value))
        .end()
}

fn now_ms() -> u64 {
    whole(Date::now()).unwrap_or_default()
}

fn now() -> Result<IssuedAt, Error> {
    IssuedAt::new(now_ms() / 1000)
}

fn iso(at_ms: u64) -> String {
    Date::new(&number(at_ms).into()).to_iso_string().into()
}

fn certificate(options: &JsValue) -> Result<Option<Vec<u8>>, Error> {
    let Some(value) = option(options, "certificate")? else { return Ok(None) };
    match (value.as_string(), value.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Ok(Some(text.into_bytes())),
        (None, Some(bytes)) => Ok(Some(bytes.to_vec())),
        (None, None) => Err(Error::Option("certificate")),
    }
}

#[wasm_bindgen]
pub struct Signer(edge::Signer);

#[wasm_bindgen]
impl Signer {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Signer, JsValue> {
        let app = App::new(required(options, "app")?)?;
        let certificate = certificate(options)?.ok_or(Error::Option("certificate"))?;
        Ok(Self(edge::Signer::new(app, Certificate::new(certificate)?, &Profile::default())?))
    }

    pub fn sign(&self, options: &JsValue) -> Result<String, JsValue> {
        let iat = match option(options, "iat")? {
            Some(iat) => issued_at(&iat)?,
            None => now()?,
        };
        Ok(self.0.sign(&required(options, "path")?, &required(options, "payload")?, iat)?)
    }

    pub fn verify(&self, token: &JsValue) -> Result<JsValue, JsValue> {
        let token = text(token, "The token must be a string.")?;
        Ok(parts(&self.0.verify(&token)?)?.end())
    }

    pub fn explain(&self, token: &JsValue, call: &JsValue) -> Result<JsValue, JsValue> {
        let token = text(token, "The token must be a string.")?;
        let (path, payload) =
            if call.is_undefined() { (None, None) } else { (optional(call, "path")?, optional(call, "payload")?) };
        let explanation = edge::explain(&self.0, &token, path.as_deref(), payload.as_deref())?;
        let findings: Array = explanation
            .findings
            .iter()
            .map(|finding| Fields::new().set("reading", finding.reading).set("advice", finding.advice).end())
            .collect();
        Ok(Fields::new().set("verified", explanation.verified).set("findings", findings).end())
    }
}

#[wasm_bindgen]
pub struct Tpp(edge::Tpp);

#[wasm_bindgen]
impl Tpp {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Tpp, JsValue> {
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

    pub fn authorise(&self, options: &JsValue) -> Result<JsValue, JsValue> {
        let scope = Scope::parse(&required(options, "scope")?)?;
        let uuid = given_or_random_uuid(optional(options, "uuid")?)?;
        let sandbox_sca = flag(options, "sandboxSca")?;
        let fields = Fields::new().set("uuid", uuid.as_str());
        Ok(fields.set("request", self.request(&Call::Authorise { uuid, scope, sandbox_sca })?).end())
    }

    pub fn exchange(&self, code: &JsValue) -> Result<JsValue, JsValue> {
        let code = Secret::token(text(code, "The code must be a string.")?)?;
        Ok(self.request(&Call::Exchange { code })?)
    }

    pub fn refresh(&self, refresh_token: &JsValue) -> Result<JsValue, JsValue> {
        let refresh_token = Secret::token(text(refresh_token, "The refresh token must be a string.")?)?;
        Ok(self.request(&Call::Refresh { refresh_token })?)
    }

    pub fn resource(&self, options: &JsValue) -> Result<JsValue, JsValue> {
        let method = Method::parse(&required(options, "method")?)?;
        let user_ip = optional(options, "userIp")?.map(|ip| UserIp::parse(&ip)).transpose()?;
        let call = ResourceCall::new(method, required(options, "path")?, user_ip, optional(options, "body")?)?;
        Ok(self.request(&Call::Resource(call, Secret::token(required(options, "accessToken")?)?))?)
    }

    #[wasm_bindgen(js_name = readAuthorise)]
    pub fn read_authorise(&self, status: &JsValue, body: &JsValue) -> Result<JsValue, JsValue> {
        let (status, body) = answer(status, body)?;
        let read = self.0.read_authorise(status, &body).map_err(|error| self.without_secrets(error))?;
        Ok(Fields::new().set("intentId", read.intent_id).set("location", read.location).end())
    }

    #[wasm_bindgen(js_name = readToken)]
    pub fn read_token(&self, status: &JsValue, body: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
        let now = issued_at(now)?;
        let (status, body) = answer(status, body)?;
        let read = TokenAnswer::read(status, &body).map_err(|error| self.without_secrets(error))?;
        let scope: Array = read.scope.iter().map(|permission| JsValue::from(permission.as_str())).collect();
        let fields = Fields::new()
            .set("accessToken", read.access_token.expose())
            .set("tokenType", "Bearer")
            .set("expiresIn", read.expires_in)
            .set("expiresAt", number(now.seconds() + u64::from(read.expires_in)))
            .set("scope", scope);
        Ok(match &read.refresh_token {
            Some(refresh_token) => fields.set("refreshToken", refresh_token.expose()).end(),
            None => fields.end(),
        })
    }

    fn request(&self, call: &Call) -> Result<JsValue, Error> {
        Ok(request(&self.0.request(call, now()?)?))
    }

    fn without_secrets(&self, error: EdgeError) -> EdgeError {
        if let EdgeError::Refused(refusal) = error {
            EdgeError::Refused(Box::new(refusal.without(&self.0.secrets())))
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

fn json_text(value: &JsValue) -> Result<String, Error> {
    js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).ok_or(EdgeError::Profile.into())
}

fn request(request: &Request) -> JsValue {
    let headers =
        request.headers.iter().fold(Fields::new(), |headers, (name, value)| headers.set(name, value.as_str()));
    let fields = Fields::new()
        .set("method", request.method.name())
        .set("url", request.url.as_str())
        .set("headers", headers.end());
    match &request.body {
        Some(body) => fields.set("body", body.as_str()).end(),
        None => fields.end(),
    }
}

fn outcome(outcome: Result<Outcome, Failure>) -> JsValue {
    let kind = |kind: &str| Fields::new().set("kind", kind);
    match outcome {
        Ok(Outcome::Requested { uuid, location, ends_at }) => {
            kind("requested").set("uuid", uuid).set("location", location).set("expiresAt", iso(ends_at)).end()
        }
        Ok(Outcome::Connected) => kind("connected").end(),
        Ok(Outcome::Declined) => kind("declined").end(),
        Ok(Outcome::Passed(id)) => kind("passed").set("id", id).end(),
        Ok(Outcome::Forgotten) => kind("forgotten").end(),
        Err(failure) => {
            let failed = kind("failed").set("problem", problem(&failure));
            match failure.retry_after() {
                Some(seconds) => failed.set("retryAfter", number(seconds)).end(),
                None => failed.end(),
            }
        }
    }
}

/// The sentence of a problem, naming the option that is wrong.
fn detail(failure: &Failure) -> String {
    match failure {
        Failure::Input(error) => message(error),
        other => other.message().to_owned(),
    }
}

/// RFC 9457.
fn problem(failure: &Failure) -> JsValue {
    let problem = Fields::new()
        .set("title", replaced(failure.code(), "_", " "))
        .set("status", failure.status())
        .set("detail", detail(failure))
        .set("code", failure.code());
    let Some((status, error)) = failure.gateway() else { return problem.end() };
    let gateway = Fields::new().set("status", status);
    let gateway = match error {
        Some(error) => gateway.set("error", error),
        None => gateway,
    };
    problem.set("gateway", gateway.end()).end()
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "times and counts are far below 2^53")]
fn number(value: u64) -> f64 {
    value as f64
}

/// A worker's settings, checked.
#[wasm_bindgen]
pub struct Settings(Rc<edge::Settings>);

#[wasm_bindgen]
impl Settings {
    pub fn read(env: &JsValue, profile: &JsValue) -> Result<Settings, JsValue> {
        let profile = if profile.is_undefined() { None } else { Some(json_text(profile)?) };
        let get = |name: &str| get(env, name).ok()?.as_string();
        Ok(Self(Rc::new(edge::Settings::read(get, profile)?)))
    }

    #[wasm_bindgen(getter)]
    pub fn environment(&self) -> String {
        self.0.environment.name().to_owned()
    }

    #[wasm_bindgen(js_name = vaultKeys)]
    pub fn vault_keys(&self) -> Array {
        self.0.vault_keys.iter().map(|key| JsValue::from(Uint8Array::from(key.as_slice()))).collect()
    }
}

#[wasm_bindgen]
pub struct Consent {
    settings: Rc<edge::Settings>,
    machine: edge::Consent,
    journey: Journey,
}

#[wasm_bindgen]
impl Consent {
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &Settings, snapshot: Option<String>) -> Result<Consent, JsValue> {
        let settings = settings.0.clone();
        let machine = match snapshot {
            Some(snapshot) => edge::Consent::load(settings.clone(), Secret::new(snapshot).expose())?,
            None => edge::Consent::new(settings.clone()),
        };
        Ok(Self { settings, machine, journey: Journey::default() })
    }

    pub fn handle(&mut self, event: &JsValue, now: f64) -> Result<JsValue, JsValue> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        // Checked before anything happens, so that no request can fail to be signed after it was decided.
        let iat = IssuedAt::new(now / 1000)?;
        let commands = match self.event(event, now)? {
            Ok(event) => self.machine.handle(event, now),
            Err((caller, error)) => vec![Command::Answer { caller, outcome: Err(Failure::Input(error)) }],
        };
        let list = Array::new();
        for command in commands {
            list.push(&self.command(command, now, iat)?);
        }
        Ok(list.into())
    }

    pub fn view(&self) -> JsValue {
        let Some(view) = self.machine.view() else { return JsValue::UNDEFINED };
        let permissions: Array = view.permissions.iter().map(|name| JsValue::from(name.as_str())).collect();
        let time = |at: Option<u64>| at.map_or(JsValue::NULL, |at| iso(at).into());
        Fields::new()
            .set("scope", view.scope.name())
            .set("state", view.state)
            .set("permissions", permissions)
            .set("grantedAt", time(view.granted_at))
            .set("expiresAt", time(view.ends_at))
            .end()
    }

    pub fn journey(&self) -> String {
        self.journey.json()
    }

    /// An event as the machine takes it, or whom to tell what is wrong with what they asked.
    fn event(&mut self, event: &JsValue, now: u64) -> Result<Result<Event, (u32, Error)>, Error> {
        let id = |name| -> Result<u32, Error> {
            let value = option(event, name)?.and_then(|value| value.as_f64()).and_then(whole);
            value.and_then(|value| value.try_into().ok()).ok_or(Error::Option(name))
        };
        Ok(match required(event, "type")?.as_str() {
            "answered" => {
                let (id, status) = (id("id")?, id("status")?);
                let status = u16::try_from(status).map_err(|_| Error::Option("status"))?;
                let body = optional(event, "body")?.unwrap_or_default();
                let retry_after = optional(event, "retryAfter")?;
                self.journey.answered(id, Some((status, &body)));
                let retry_after_ms = retry_after.and_then(|header| retry::retry_after_ms(&header, now));
                Ok(Event::Answered { id, answer: Answer { status, retry_after_ms, body } })
            }
            "lost" => {
                let id = id("id")?;
                self.journey.answered(id, None);
                let loss = match required(event, "loss")?.as_str() {
                    "timeout" => Loss::Timeout,
                    "unreadable" => Loss::Unreadable,
                    _ => Loss::Unreachable,
                };
                Ok(Event::Lost { id, loss })
            }
            "woken" => Ok(Event::Woken),
            kind => {
                let caller = id("caller")?;
                self.wish(kind, caller, event, now).map_err(|error| (caller, error))
            }
        })
    }

    /// An event that a caller waits on.
    fn wish(&mut self, kind: &str, caller: u32, event: &JsValue, now: u64) -> Result<Event, Error> {
        match kind {
            "start" => Ok(Event::Start {
                caller,
                scope: Scope::parse(&optional(event, "scope")?.unwrap_or_default())?,
                uuid: random_uuid()?,
                application: optional(event, "application")?,
            }),
            "redirected" => {
                let redirect = redirect::parse(&required(event, "url")?)?;
                self.note_redirect(&redirect, now);
                Ok(Event::Redirected { caller, redirect })
            }
            "wanted" => {
                let visitor = option(event, "visitor")?;
                let user_ip = visitor.map(|visitor| self.user_ip(&visitor)).transpose()?;
                let method = Method::parse(&required(event, "method")?)?;
                let call = ResourceCall::new(method, required(event, "path")?, user_ip, optional(event, "body")?)?;
                Ok(Event::Wanted { caller, call })
            }
            "forget" => Ok(Event::Forget { caller }),
            _ => Err(Error::Option("type")),
        }
    }

    /// The PSU's address, of a visitor as the edge saw it.
    fn user_ip(&self, visitor: &JsValue) -> Result<UserIp, Error> {
        let host = required(visitor, "host")?;
        Ok(UserIp::of_visitor(self.settings.environment, &host, optional(visitor, "ip")?.as_deref())?)
    }

    fn note_redirect(&mut self, redirect: &Redirect, now: u64) {
        if let Some(application) = self.machine.application() {
            self.journey.redirected(&application.redirect_url, redirect, &iso(now));
        }
    }

    fn command(&mut self, command: Command, now: u64, iat: IssuedAt) -> Result<JsValue, Error> {
        let kind = |kind: &str| Fields::new().set("type", kind);
        Ok(match command {
            Command::Keep(snapshot) => kind("keep").set("snapshot", snapshot.expose()).end(),
            Command::Wake(None) => kind("wake").end(),
            Command::Wake(Some(at)) => kind("wake").set("at", number(at)).end(),
            Command::Forget => kind("forget").end(),
            Command::Send { id, call, deadline_ms } => {
                let tpp = &self.machine.application().ok_or(Error::Argument("No application."))?.tpp;
                self.journey.sent(id, tpp, &call, &iso(now), iat);
                let request = request(&tpp.request(&call, iat)?);
                kind("send").set("id", id).set("request", request).set("deadlineMs", number(deadline_ms)).end()
            }
            Command::Answer { caller, outcome: result } => {
                kind("answer").set("caller", caller).set("outcome", outcome(result)).end()
            }
        })
    }
}
