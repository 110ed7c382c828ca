//! The calls as a developer may watch them: what was sent, what was signed, what came back, and nothing secret.
//!
//! Nothing is redacted here. Each step is shaped anew with a mask where the secret would be, so that there is no
//! secret to be forgotten.

use crate::{
    Refusal,
    gateway::{
        Call, Client, Method, Secret,
        answer::{AuthoriseAnswer, TokenAnswer, is_success},
        call::as_map,
        secret::form_encode,
    },
    wire::{
        IssuedAt,
        json::Object,
        jws::{self, App},
        redirect::Redirect,
    },
};
use serde::Serialize;
use std::collections::VecDeque;

const MASK: &str = "***";
/// Bytes of a word that may be a secret: a line of a certificate.
const LONG_WORD: usize = 64;
/// Bytes of a rule's name, such as `RED-2a`: less than any secret has.
const LONGEST_RULE: usize = 8;
/// Steps kept; older ones go.
const KEPT: usize = 40;

/// The last steps of one consent, in memory alone.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CallLog {
    /// Oldest first.
    #[cfg_attr(feature = "typescript", ts(as = "Vec<Step>"))]
    steps: VecDeque<Step>,
}

/// One call, or one return from the bank.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct Step {
    /// The request, until it is answered.
    #[serde(skip)]
    id: Option<u32>,
    /// What was sent with it and must not be shown of its answer.
    #[serde(skip)]
    secret: Option<Secret>,
    /// When (RFC 3339).
    at: String,
    /// Of which kind.
    call: Kind,
    /// What was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Sent>,
    /// What was signed of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Signed>,
    /// What else is to be known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    /// What came back, once it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Received>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "StepKind"))]
enum Kind {
    Authorise,
    Redirect,
    Exchange,
    Refresh,
    Resource,
    Payment,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct Sent {
    /// The method.
    method: Method,
    /// The URL.
    url: String,
    /// Names and values, secrets masked.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
    headers: Vec<(&'static str, String)>,
    /// The body, secrets masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// The two JSON texts of the signature.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct Signed {
    /// The header's.
    header: String,
    /// The payload's, secrets masked.
    payload: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct Received {
    /// `null` when no answer came.
    status: Option<u16>,
    /// As much of the body as can hold no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    body: Option<String>,
}

impl CallLog {
    /// Notes a request that leaves. `at` is the time as text (RFC 3339).
    pub fn sent(&mut self, id: u32, client: &Client, call: &Call, at: &str, iat: IssuedAt) {
        let (kind, masked) = masked(call);
        let shape = client.shape(&masked);
        let mut headers = vec![
            ("accept", String::from("application/json")),
            ("authorization", mask_authorization(shape.authorization.expose()).to_owned()),
            ("x-jws-signature", MASK.to_owned()),
        ];
        headers.extend(shape.content_type.map(|content_type| ("content-type", content_type.to_owned())));
        headers.extend(shape.user_ip.map(|user_ip| ("x-user-ip", user_ip)));
        let body = shape.body.map(|body| body.expose().to_owned());
        let app: &App = client.app();
        let signed = Signed {
            header: jws::header(app, client.signed_path(&shape.path), iat),
            payload: shape.payload.expose().to_owned(),
        };
        let request = Sent { method: shape.method, url: shape.url, headers, body };
        let secret = match call {
            Call::Authorise { .. } => None,
            Call::Exchange { code: secret }
            | Call::Refresh { refresh_token: secret }
            | Call::Resource(_, secret)
            | Call::Own(_, secret) => Some(secret.clone()),
        };
        self.push(Step { id: Some(id), secret, signed: Some(signed), ..Step::new(kind, at, request) });
    }

    /// Notes a return from the bank; a foreign one as what it is (`RED-3`). `redirect_url` is the application's, where
    /// one is known.
    pub fn redirected(&mut self, redirect_url: Option<&str>, redirect: &Redirect, is_own: bool, at: &str) {
        let base = redirect_url.unwrap_or_default();
        let joint = if base.contains('?') { "&" } else { "?" };
        let code = redirect.code.as_ref().map_or("null", |_| MASK);
        let Redirect { intent_id, uuid, .. } = redirect;
        let url = [base, joint, "intent-id=", intent_id, "&uuid=", uuid, "&authorisation_code=", code].concat();
        let request = Sent { method: Method::Get, url, headers: Vec::new(), body: None };
        let note = (!is_own).then_some("It is of another authorisation: it was refused, and nothing was exchanged.");
        self.push(Step { note, ..Step::new(Kind::Redirect, at, request) });
    }

    /// Notes the answer to a request, `None` when none came. Of a failure, what the gateway says of it: `client` is
    /// whose call it was.
    pub fn answered(&mut self, id: u32, answer: Option<(u16, &str)>, client: Option<&Client>) -> Option<Reason> {
        let step = self.steps.iter_mut().find(|step| step.id == Some(id))?;
        step.id = None;
        let secret = step.secret.take();
        let reason = answer.and_then(|(status, body)| Reason::of(status, body, client?, secret.as_ref()));
        let body = answer.and_then(|(status, body)| match &reason {
            Some(reason) => serde_json::to_string(reason).ok(),
            None => shown_body(step.call, status, body),
        });
        step.response = Some(Received { status: answer.map(|(status, _)| status), body });
        reason
    }

    /// The steps as JSON, oldest first: `{"steps":[…]}`.
    pub fn json(&self) -> String {
        // Texts, numbers and lists cannot fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() == KEPT {
            self.steps.pop_front();
        }
        self.steps.push_back(step);
    }
}

/// What a gateway of the sandbox says of a failure, for whoever develops against it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A registered error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// In its own words, without a secret.
    #[serde(rename = "error_description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The rule that was broken, as this project's own gateway names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl Reason {
    /// Reads the answer to a call with this secret. A text could echo that, or what the client sends with every call;
    /// and what else is secret is long: no word as long as a line of a certificate is shown.
    fn of(status: u16, body: &str, client: &Client, secret: Option<&Secret>) -> Option<Self> {
        if is_success(status) {
            return None;
        }
        let refusal = Refusal::read(status, body);
        let error = refusal.registered_error();
        let secret = secret.map(Secret::expose).unwrap_or_default();
        let masked = client.masked(&refusal).without(&[secret, &form_encode(secret)]);
        let description = masked.error_description.map(|text| {
            let word = |word| if str::len(word) < LONG_WORD { word } else { MASK };
            text.split(' ').map(word).collect::<Vec<_>>().join(" ")
        });
        let rule = Object::parse(body).ok().and_then(|answer| Some(answer.str("rule")?.into_owned()));
        let rule = rule.filter(|rule| rule.len() <= LONGEST_RULE && rule.bytes().all(|byte| byte.is_ascii_graphic()));
        Some(Self { error, description, rule })
    }
}

impl Step {
    fn new(call: Kind, at: &str, request: Sent) -> Self {
        Self {
            id: None,
            secret: None,
            at: at.to_owned(),
            call,
            request: Some(request),
            signed: None,
            note: None,
            response: None,
        }
    }
}

/// A call with a mask for each secret.
fn masked(call: &Call) -> (Kind, Call) {
    let mask = || Secret::new(MASK.to_owned());
    match call {
        Call::Authorise { uuid, scope, sandbox_sca, .. } => {
            let (uuid, scope, sandbox_sca) = (uuid.clone(), *scope, *sandbox_sca);
            (Kind::Authorise, Call::Authorise { uuid, scope, sandbox_sca, payment: None })
        }
        Call::Exchange { .. } => (Kind::Exchange, Call::Exchange { code: mask() }),
        Call::Refresh { .. } => (Kind::Refresh, Call::Refresh { refresh_token: mask() }),
        Call::Own(call, _) if call.method() != Method::Get => {
            let call = call.with_body(call.body().map(|_| String::from("{}")));
            (Kind::Payment, Call::Own(call, mask()))
        }
        Call::Resource(call, _) | Call::Own(call, _) => {
            let call = call.with_body(call.body().map(|_| String::from("{}")));
            (Kind::Resource, Call::Resource(call, mask()))
        }
    }
}

fn mask_authorization(value: &str) -> &'static str {
    if value.starts_with("Basic ") { "Basic ***" } else { "Bearer ***" }
}

/// What can be shown of an answer: members known to hold no secret, written anew.
fn shown_body(call: Kind, status: u16, body: &str) -> Option<String> {
    match call {
        Kind::Authorise => {
            let AuthoriseAnswer { intent_id, location } = AuthoriseAnswer::read(status, body).ok()?;
            serde_json::to_string(&ShownAuthorise { intent_id, location }).ok()
        }
        Kind::Exchange | Kind::Refresh => {
            let answer = TokenAnswer::salvage(body)?;
            let shown = ShownTokens {
                access_token: MASK,
                refresh_token: answer.refresh_token.map(|_| MASK),
                token_type: "Bearer",
                expires_in: answer.expires_in,
                scope: answer.scope.join(","),
            };
            serde_json::to_string(&shown).ok()
        }
        Kind::Redirect | Kind::Resource | Kind::Payment => None,
    }
}

/// The TypeScript of the steps.
#[cfg(feature = "typescript")]
pub fn types(declare: &mut dyn FnMut(&str)) {
    use ts_rs::{Config, TS};
    let config = Config::default();
    for declaration in [
        CallLog::decl(&config),
        Step::decl(&config),
        Kind::decl(&config),
        Sent::decl(&config),
        Signed::decl(&config),
        Received::decl(&config),
    ] {
        declare(&format!("export {declaration}"));
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ShownAuthorise {
    intent_id: String,
    location: String,
}

#[derive(Serialize)]
struct ShownTokens {
    access_token: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'static str>,
    token_type: &'static str,
    expires_in: u32,
    scope: String,
}

#[cfg(test)]
mod tests;
