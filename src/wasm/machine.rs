//! What keeps a consent: a worker's settings and the consent machine.

use super::{
    js::{Array, Date, Fields, Uint8Array, get, list},
    message, option, optional, random_uuid, required,
    secret::{json_text, number, request},
    whole,
};
use crate::prelude::*;
use crate::{
    Error,
    edge::{
        self, Command, Event, Secret,
        consent::{Answer, Loss, Outcome},
        failure::Failure,
        journey::Journey,
        retry,
        tpp::{Method, ResourceCall},
        user_ip::UserIp,
    },
    jws::IssuedAt,
    profile::Scope,
    redirect::{self, Redirect},
};
use wasm_bindgen::prelude::*;

/// A worker's settings, checked.
#[wasm_bindgen]
pub struct Settings(Rc<edge::Settings>);

#[wasm_bindgen]
impl Settings {
    pub fn read(env: &JsValue, profile: &JsValue) -> Result<Settings, Error> {
        let profile = if profile.is_undefined() { None } else { Some(json_text(profile)?) };
        let get = |name: &str| get(env, name).ok()?.as_string();
        Ok(Self(Rc::new(edge::Settings::read(get, profile)?)))
    }

    #[wasm_bindgen(getter)]
    pub fn environment(&self) -> String {
        self.0.environment.name().to_owned()
    }

    #[wasm_bindgen(js_name = vaultKeys)]
    pub fn vault_keys(&self) -> JsValue {
        list(&self.0.vault_keys, |key| Uint8Array::new(key).into())
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
    pub fn new(settings: &Settings, snapshot: &JsValue) -> Result<Consent, Error> {
        let settings = settings.0.clone();
        let machine = if snapshot.is_undefined() {
            edge::Consent::new(settings.clone())
        } else {
            let snapshot = snapshot.as_string().ok_or(Error::Option("snapshot"))?;
            edge::Consent::load(settings.clone(), Secret::new(snapshot).expose())?
        };
        Ok(Self { settings, machine, journey: Journey::default() })
    }

    pub fn handle(&mut self, event: &JsValue, now: &JsValue) -> Result<JsValue, Error> {
        let now = now.as_f64().and_then(whole).ok_or(Error::IssuedAt)?;
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
        let permissions = list(view.permissions, |name| name.as_str().into());
        let time = |at: Option<u64>| at.map_or(JsValue::NULL, |at| iso(at).into());
        Fields::new()
            .text("scope", view.scope.name())
            .text("state", view.state)
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
        let kind = |kind: &str| Fields::new().text("type", kind);
        Ok(match command {
            Command::Keep(snapshot) => kind("keep").text("snapshot", snapshot.expose()).end(),
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

fn outcome(outcome: Result<Outcome, Failure>) -> JsValue {
    let kind = |kind: &str| Fields::new().text("kind", kind);
    match outcome {
        Ok(Outcome::Requested { uuid, location, ends_at }) => {
            kind("requested").text("uuid", &uuid).text("location", &location).text("expiresAt", &iso(ends_at)).end()
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
    if let Failure::Input(error) = failure { message(error) } else { failure.message().to_owned() }
}

/// RFC 9457.
fn problem(failure: &Failure) -> JsValue {
    let problem =
        Fields::new().set("status", failure.status()).text("detail", &detail(failure)).text("code", failure.code());
    let Some((status, error)) = failure.gateway() else { return problem.end() };
    let gateway = Fields::new().set("status", status);
    let gateway = match error {
        Some(error) => gateway.text("error", error),
        None => gateway,
    };
    problem.set("gateway", gateway.end()).end()
}

fn iso(at_ms: u64) -> String {
    Date::new(number(at_ms)).to_iso_string()
}
