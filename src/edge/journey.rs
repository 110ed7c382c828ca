//! The journey as a developer may watch it: what was sent, what was signed, what came back, and nothing secret.
//!
//! Nothing is redacted here. Each step is shaped anew with a mask where the secret would be, so that there is no
//! secret to be forgotten.

use super::{
    Secret, Tpp,
    tpp::{Call, ResourceCall},
};
use crate::prelude::*;
use crate::{
    json::Writer,
    jws::{self, IssuedAt},
    redirect::Redirect,
    response::{AuthoriseAnswer, GatewayError, TokenAnswer, is_success},
    text::{cut, joined, listed},
};
use alloc::collections::VecDeque;

const MASK: &str = "***";
/// Steps kept; older ones go.
const KEPT: usize = 40;

/// The last steps of one consent, in memory alone.
#[derive(Debug, Default)]
pub struct Journey {
    steps: VecDeque<Step>,
}

#[derive(Debug)]
struct Step {
    id: Option<u32>,
    call: &'static str,
    /// The step's members so far, as JSON without the closing brace.
    text: Writer,
}

impl Journey {
    /// Notes a request that leaves. `at` is the time as text (RFC 3339).
    pub fn sent(&mut self, id: u32, tpp: &Tpp, call: &Call, at: &str, iat: IssuedAt) {
        let (name, masked) = masked(call);
        let shape = tpp.shape(&masked);
        let headers = Writer::new()
            .str("accept", "application/json")
            .str("authorization", mask_authorization(&shape.authorization))
            .str("x-jws-signature", MASK)
            .when(shape.content_type, |headers, content_type| headers.str("content-type", content_type))
            .when(shape.user_ip.as_deref(), |headers, user_ip| headers.str("x-user-ip", user_ip));
        let request = Writer::new()
            .str("method", shape.method.name())
            .str("url", &shape.url)
            .raw("headers", &headers.end())
            .when(shape.body.as_deref(), |request, body| request.str("body", body));
        let signed = Writer::new()
            .str("header", &jws::header(tpp.app(), &tpp.signed_path(&shape.path), iat))
            .str("payload", &shape.payload);
        let text = step(at, name).raw("request", &request.end()).raw("signed", &signed.end());
        self.push(Step { id: Some(id), call: name, text });
    }

    /// Notes the PSU's return from the bank.
    pub fn redirected(&mut self, redirect_url: &str, redirect: &Redirect, at: &str) {
        let joint = if cut(redirect_url, b'?').is_some() { "&" } else { "?" };
        let code = redirect.code.as_ref().map_or("null", |_| MASK);
        let Redirect { intent_id, uuid, .. } = redirect;
        let parts = [redirect_url, joint, "intent-id=", intent_id, "&uuid=", uuid, "&authorisation_code=", code];
        let url = joined(&parts);
        let request = Writer::new().str("method", "GET").str("url", &url).raw("headers", "{}");
        self.push(Step { id: None, call: "redirect", text: step(at, "redirect").raw("request", &request.end()) });
    }

    /// Notes the answer to a request; `None` when none came.
    pub fn answered(&mut self, id: u32, answer: Option<(u16, &str)>) {
        let Some(step) = self.steps.iter_mut().find(|step| step.id == Some(id)) else { return };
        step.id = None;
        let response = match answer {
            None => Writer::new().raw("status", "null"),
            Some((status, body)) => Writer::new()
                .u64("status", status.into())
                .when(shown_body(step.call, status, body), |response, body| response.str("body", &body)),
        };
        let text = core::mem::take(&mut step.text);
        step.text = text.raw("response", &response.end());
    }

    /// The steps as JSON, oldest first: `{"steps":[…]}`.
    pub fn json(&self) -> String {
        let steps: Vec<String> = self.steps.iter().map(|step| step.text.clone().end()).collect();
        joined(&["{\"steps\":[", &listed(&steps), "]}"])
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() == KEPT {
            self.steps.pop_front();
        }
        self.steps.push_back(step);
    }
}

fn step(at: &str, call: &str) -> Writer {
    Writer::new().str("at", at).str("call", call)
}

/// A call with a mask for each secret.
fn masked(call: &Call) -> (&'static str, Call) {
    let mask = || Secret::new(MASK.to_owned());
    match call {
        Call::Authorise { .. } => ("authorise", call.clone()),
        Call::Exchange { .. } => ("exchange", Call::Exchange { code: mask() }),
        Call::Refresh { .. } => ("refresh", Call::Refresh { refresh_token: mask() }),
        Call::Resource(ResourceCall { method, path, user_ip, body }, _) => {
            let body = body.as_ref().map(|_| String::from("{}"));
            let call = ResourceCall { method: *method, path: path.clone(), user_ip: user_ip.clone(), body };
            ("resource", Call::Resource(call, mask()))
        }
    }
}

fn mask_authorization(value: &str) -> &'static str {
    if value.starts_with("Basic ") { "Basic ***" } else { "Bearer ***" }
}

/// What can be shown of an answer: members known to hold no secret, written anew.
fn shown_body(call: &str, status: u16, body: &str) -> Option<String> {
    if !is_success(status) {
        let error = GatewayError::read(status, body).registered_error()?;
        return Some(Writer::new().str("error", error).end());
    }
    match call {
        "authorise" => {
            let answer = AuthoriseAnswer::read(status, body).ok()?;
            Some(Writer::new().str("intent-id", &answer.intent_id).str("location", &answer.location).end())
        }
        "exchange" | "refresh" => {
            let answer = TokenAnswer::salvage(body)?;
            let shown = Writer::new()
                .str("access_token", MASK)
                .when(answer.refresh_token, |shown, _| shown.str("refresh_token", MASK))
                .str("token_type", "Bearer")
                .u64("expires_in", answer.expires_in.into())
                .str("scope", &listed(&answer.scope));
            Some(shown.end())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
