//! The calls as a developer may watch them: what was sent, what was signed, what came back, and nothing secret.
//!
//! What is sent is not redacted. Each step is shaped anew with a mask where the secret would be, so that there is no
//! secret to be forgotten. What comes back is another's text, and looked through ([`mask`]).

mod mask;

use super::{input::MAX_TOLD, told::rfc_3339};
use crate::{
    Code, Refusal,
    gateway::{
        Call, Client, Method, Secret,
        answer::{AuthoriseAnswer, TokenAnswer, is_success},
        call::as_map,
        secret::form_encode,
    },
    wire::{
        IssuedAt,
        json::{self, Object},
        jws::{self, App},
        redirect::Redirect,
    },
};
use mask::{MASK, mask_authorization, masked, without_strings};
use serde::Serialize;
use std::collections::VecDeque;

/// Secrets known at a time.
const KNOWN_SECRETS: usize = 4 * KEPT;
/// Bytes of a word that may be a secret: a line of a certificate.
const LONG_WORD: usize = 64;
/// Bytes of a rule's name, such as `RED-2a`: less than any secret has.
const LONGEST_RULE: usize = 8;
/// Steps kept; older ones go.
const KEPT: usize = 40;
/// Bytes kept of all bodies; the oldest go first.
const KEPT_BODIES: usize = 512 * 1024;

/// The last steps of one consent, in memory alone.
#[derive(Debug, Default)]
pub struct CallLog {
    steps: VecDeque<Step>,
    /// What was sent or came, and must not be shown of any answer, in each form that it was sent in; the last used last.
    secrets: Vec<Secret>,
}

/// The log as it is shown.
#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "CallLog", optional_fields))]
struct Journey<'a> {
    /// The gateway, by the base URL of its authorisations.
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    gateway: &'a str,
    /// How far the consent is; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional, type = "ConsentState | 'refreshing'"))]
    state: Option<&'static str>,
    /// Oldest first.
    #[cfg_attr(feature = "typescript", ts(as = "Vec<Step>"))]
    steps: &'a VecDeque<Step>,
}

/// One call, or one return from the bank.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct Step {
    /// The request, until it is answered.
    #[serde(skip)]
    id: Option<u32>,
    /// When it was sent, in milliseconds since 1970.
    #[serde(skip)]
    sent_at: u64,
    /// When (RFC 3339).
    at: String,
    /// Milliseconds until the answer was here, or was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u32>,
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
    /// What callers were told, where they were told of a failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Advice>,
}

/// A failure in our own words.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct Advice {
    /// What a program may match.
    #[cfg_attr(feature = "typescript", ts(type = "ProblemCode"))]
    code: Code,
    /// What to do.
    advice: &'static str,
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
    /// As much of the body as can hold no secret: of a resource its beginning, as it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    body: Option<String>,
    /// Of a resource: the bytes of its body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    size: Option<u32>,
    /// Of a failure: what the gateway says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    reason: Option<Reason>,
}

/// An answer as a log hears of it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body, or the beginning of one that is passed on.
    pub body: &'a str,
    /// Bytes of the whole.
    pub size: u32,
    /// Whether the whole is one JSON text, where that was looked at.
    pub is_whole: Option<bool>,
}

/// An answer that was noted.
#[derive(Debug)]
pub struct Noted {
    /// The step.
    pub step: usize,
    /// What the gateway says of its failure.
    pub reason: Option<Reason>,
}

impl CallLog {
    /// Notes a request that leaves at `now`, in milliseconds since 1970.
    pub fn sent(&mut self, id: u32, client: &Client, call: &Call, now: u64, iat: IssuedAt) {
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
        match call {
            Call::Authorise { .. } => {}
            Call::Exchange { code: secret }
            | Call::Refresh { refresh_token: secret }
            | Call::Resource(_, secret)
            | Call::Own(_, secret) => self.learn(secret.expose()),
        }
        for secret in client.secrets() {
            self.learn(secret);
        }
        self.push(Step { id: Some(id), signed: Some(signed), ..Step::new(kind, now, request) });
    }

    /// Notes a return from the bank, as which step it does; a foreign one as what it is (`RED-3`). `redirect_url` is the
    /// application's, where one is known.
    pub fn redirected(&mut self, redirect_url: Option<&str>, redirect: &Redirect, is_own: bool, now: u64) -> usize {
        let base = redirect_url.unwrap_or_default();
        let joint = if base.contains('?') { "&" } else { "?" };
        let code = redirect.code.as_ref().map_or("null", |_| MASK);
        let Redirect { intent_id, uuid, .. } = redirect;
        let url = [base, joint, "intent-id=", intent_id, "&uuid=", uuid, "&authorisation_code=", code].concat();
        let request = Sent { method: Method::Get, url, headers: Vec::new(), body: None };
        let note = (!is_own).then_some("It is of another authorisation: it was refused, and nothing was exchanged.");
        self.push(Step { note, ..Step::new(Kind::Redirect, now, request) });
        self.steps.len() - 1
    }

    /// Notes the answer to a request, `None` when none came. Of a failure, what the gateway says of it.
    pub fn answered(&mut self, id: u32, heard: Option<Heard<'_>>, now: u64) -> Option<Noted> {
        let at = self.steps.iter().position(|step| step.id == Some(id))?;
        let reason = heard.and_then(|heard| self.reason(heard));
        let shown = heard.filter(|_| reason.is_none());
        let call = self.steps.get(at)?.call;
        let body = shown.and_then(|heard| self.shown_body(call, heard));
        let step = self.steps.get_mut(at)?;
        step.id = None;
        step.ms = u32::try_from(now.saturating_sub(step.sent_at)).ok();
        step.response = Some(Received {
            status: heard.map(|heard| heard.status),
            body,
            size: shown.filter(|_| matches!(call, Kind::Resource | Kind::Payment)).map(|heard| heard.size),
            reason: reason.clone(),
        });
        self.let_bodies_go();
        Some(Noted { step: at, reason })
    }

    /// Notes what callers were told because of a step.
    pub fn told(&mut self, step: usize, code: Code, advice: &'static str) {
        if let Some(step) = self.steps.get_mut(step) {
            step.told = Some(Advice { code, advice });
        }
    }

    /// The steps as JSON, oldest first, of a consent that is so far: `{"gateway":"…","state":"…","steps":[…]}`.
    pub fn json(&self, gateway: &str, state: Option<&'static str>) -> String {
        // Texts, numbers and lists cannot fail to be written.
        serde_json::to_string(&Journey { gateway, state, steps: &self.steps }).unwrap_or_default()
    }

    /// What a failure says. A text could echo a secret; and what is secret and not known here is long: no word as long as
    /// a line of a certificate is shown.
    fn reason(&self, heard: Heard<'_>) -> Option<Reason> {
        let Heard { status, body, .. } = heard;
        if is_success(status) {
            return None;
        }
        let refusal = Refusal::read(status, body);
        let error = refusal.registered_error();
        let secrets: Vec<&str> = self.secrets.iter().map(Secret::expose).collect();
        let description = refusal.without(&secrets).error_description.map(|text| {
            let word = |word| if str::len(word) < LONG_WORD { word } else { MASK };
            text.split(' ').map(word).collect::<Vec<_>>().join(" ")
        });
        let rule = Object::parse(body).ok().and_then(|answer| Some(answer.str("rule")?.into_owned()));
        let rule = rule.filter(|rule| rule.len() <= LONGEST_RULE && rule.bytes().all(|byte| byte.is_ascii_graphic()));
        Some(Reason { error, description, rule })
    }

    /// What can be shown of an answer: members known to hold no secret, written anew; of a resource the beginning, but
    /// for the strings that tell a secret.
    fn shown_body(&mut self, call: Kind, heard: Heard<'_>) -> Option<String> {
        let Heard { status, body, is_whole, .. } = heard;
        match call {
            Kind::Authorise => {
                let AuthoriseAnswer { intent_id, location } = AuthoriseAnswer::read(status, body).ok()?;
                serde_json::to_string(&ShownAuthorise { intent_id, location }).ok()
            }
            Kind::Exchange | Kind::Refresh => {
                let answer = TokenAnswer::salvage(body)?;
                self.learn(answer.access_token.expose());
                let refresh_token = answer.refresh_token.map(|secret| {
                    self.learn(secret.expose());
                    MASK
                });
                let shown = ShownTokens {
                    access_token: MASK,
                    refresh_token,
                    token_type: "Bearer",
                    expires_in: answer.expires_in,
                    scope: answer.scope.join(","),
                };
                serde_json::to_string(&shown).ok()
            }
            Kind::Resource | Kind::Payment => {
                // Outside of strings, what is no JSON could say anything. Tokens are no resource.
                if !is_whole.unwrap_or_else(|| json::check(body).is_ok()) || TokenAnswer::salvage(body).is_some() {
                    return None;
                }
                let beginning = body.get(..body.floor_char_boundary(MAX_TOLD))?;
                Some(without_strings(beginning, &self.secrets))
            }
            Kind::Redirect => None,
        }
    }

    fn learn(&mut self, secret: &str) {
        for form in [secret.to_owned(), form_encode(secret)] {
            let form = Secret::new(form);
            self.secrets.retain(|known| *known != form);
            if self.secrets.len() == KNOWN_SECRETS {
                self.secrets.remove(0);
            }
            self.secrets.push(form);
        }
    }

    fn let_bodies_go(&mut self) {
        let mut left = KEPT_BODIES;
        for received in self.steps.iter_mut().rev().filter_map(|step| step.response.as_mut()) {
            left = left.saturating_sub(received.body.as_ref().map_or(0, String::len));
            if left == 0 && received.size.is_some() {
                received.body = None;
            }
        }
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
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "GatewayReason", optional_fields))]
pub struct Reason {
    /// A registered error.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub error: Option<&'static str>,
    /// In its own words, without a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The rule that was broken, as this project's own gateway names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl Step {
    fn new(call: Kind, now: u64, request: Sent) -> Self {
        Self {
            id: None,
            sent_at: now,
            at: rfc_3339(now),
            ms: None,
            call,
            request: Some(request),
            signed: None,
            note: None,
            response: None,
            told: None,
        }
    }
}

/// The TypeScript of the steps.
#[cfg(feature = "typescript")]
pub fn types(declare: &mut dyn FnMut(&str)) {
    use ts_rs::{Config, TS};
    let config = Config::default();
    for declaration in [
        Journey::decl(&config),
        Step::decl(&config),
        Advice::decl(&config),
        Reason::decl(&config),
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
