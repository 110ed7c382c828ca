//! A browser's call that concerns more than one consent: what is asked of which, in order, and what the browser hears.
//!
//! ```text
//! visit.next(reply) -> step
//! ```
//!
//! The shell carries out each step and hands back what the consent replied; the last step answers the browser.

use super::{
    given::Given,
    input::Wish,
    told::{Problem, Told},
};
use crate::{Code, profile::Scope};
use serde::{Deserialize, Serialize};

/// What the shell is to do next.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "VisitStep", optional_fields))]
pub enum Step {
    /// Ask a consent, and call `next` with what it replies.
    Ask {
        /// Which.
        of: Which,
        /// What.
        wish: Wish,
    },
    /// The browser now has the new session of that scope, in place of its former one; it is sent to the bank.
    Requested {
        /// Whose cookie is set.
        scope: Scope,
        /// The authorisation's UUID.
        uuid: String,
        /// Where the browser is to go.
        location: String,
        /// Until when it may come back (RFC 3339).
        expires_at: String,
    },
    /// The browser is sent to the page with this fragment.
    ToPage {
        /// `connected`, `declined` or `error=` and a code.
        fragment: String,
    },
    /// The browser is told that it cannot be.
    Problem {
        /// Why.
        problem: Problem,
        /// Seconds after which a retry makes sense.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<f64>,
    },
}

/// A consent, from where a browser stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Which {
    /// One that begins now, under a new session.
    New,
    /// The one under this browser's session for account access.
    Aisp,
    /// The one under this browser's session for a payment.
    Pisp,
}

impl From<Scope> for Which {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Aisp => Self::Aisp,
            Scope::Pisp => Self::Pisp,
        }
    }
}

/// The sessions that a browser has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sessions {
    /// For account access.
    pub aisp: bool,
    /// For a payment.
    pub pisp: bool,
}

impl Sessions {
    fn has(self, scope: Scope) -> bool {
        match scope {
            Scope::Aisp => self.aisp,
            Scope::Pisp => self.pisp,
        }
    }
}

/// How the bank's redirect was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Knock {
    /// The HTTP method.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub method: Option<String>,
    /// The header `Sec-Purpose`.
    pub sec_purpose: Option<String>,
    /// The header `Purpose`.
    pub purpose: Option<String>,
}

impl Knock {
    /// Whether it only looks ahead, and must spend nothing (`RED-4`).
    fn looks_ahead(&self) -> bool {
        let purpose = self.sec_purpose.as_ref().or(self.purpose.as_ref());
        let purpose = purpose.map(|purpose| purpose.to_ascii_lowercase()).unwrap_or_default();
        self.method.as_deref() != Some("GET") || purpose.contains("prefetch") || purpose.contains("prerender")
    }
}

/// One call of a browser's, under way.
#[derive(Debug)]
pub struct Visit(State);

#[derive(Debug)]
enum State {
    Authorise { sessions: Sessions, scope: Given, application: Given },
    Requesting { sessions: Sessions, scope: Given },
    Forgetting { then: Box<Step> },
    Callback { looks_ahead: bool, url: String, sessions: Sessions },
    Returning { url: String, left: Vec<Scope>, worst: Code },
    Over,
}

impl Visit {
    /// The browser asks to be sent to the bank. `scope` and `application` are as it gave them.
    pub fn authorise(sessions: Sessions, scope: Given, application: Given) -> Self {
        Self(State::Authorise { sessions, scope, application })
    }

    /// The bank sent the browser back, to this URL.
    pub fn callback(sessions: Sessions, knock: &Knock, url: String) -> Self {
        Self(State::Callback { looks_ahead: knock.looks_ahead(), url, sessions })
    }

    /// The next step, after the reply to the step before, if that was to ask.
    pub fn next(&mut self, reply: Option<Told>) -> Step {
        match (std::mem::replace(&mut self.0, State::Over), reply) {
            (State::Authorise { sessions, scope, application }, _) => {
                self.0 = State::Requesting { sessions, scope: scope.clone() };
                Step::Ask { of: Which::New, wish: Wish::Start { scope, application } }
            }
            (State::Requesting { sessions, scope }, Some(reply)) => self.requested(sessions, scope, reply),
            (State::Forgetting { then }, _) => *then,
            (State::Callback { looks_ahead: true, .. }, _) => problem(Code::TooEarly),
            (State::Callback { url, sessions, .. }, _) => {
                let left = [Scope::Pisp, Scope::Aisp].into_iter().filter(|scope| sessions.has(*scope)).collect();
                self.returning(url, left, Code::RedirectMismatch)
            }
            (State::Returning { url, left, worst }, Some(Told::Failed { problem, .. })) => {
                // The other cookie's consent may be the one that was asked for under this uuid: its word counts.
                let worst = if worst == Code::RedirectMismatch { problem.code } else { worst };
                self.returning(url, left, worst)
            }
            (State::Returning { .. }, Some(Told::Connected)) => Step::ToPage { fragment: String::from("connected") },
            (State::Returning { .. }, Some(Told::Declined)) => Step::ToPage { fragment: String::from("declined") },
            (State::Requesting { .. } | State::Returning { .. } | State::Over, _) => problem(Code::Internal),
        }
    }

    /// A new consent is asked for: this browser can reach its former one of that scope no longer, so that no token of
    /// it is left lying about.
    fn requested(&mut self, sessions: Sessions, scope: Given, reply: Told) -> Step {
        match (reply, scope.optional("scope").ok().flatten().and_then(|name| Scope::parse(&name).ok())) {
            (Told::Requested { uuid, location, expires_at }, Some(scope)) => {
                let requested = Step::Requested { scope, uuid, location, expires_at };
                if !sessions.has(scope) {
                    return requested;
                }
                self.0 = State::Forgetting { then: Box::new(requested) };
                Step::Ask { of: scope.into(), wish: Wish::Forget }
            }
            (Told::Failed { problem, retry_after }, _) => Step::Problem { problem, retry_after },
            _ => problem(Code::Internal),
        }
    }

    /// Asks the next of the browser's consents whether the redirect is its own.
    fn returning(&mut self, url: String, mut left: Vec<Scope>, worst: Code) -> Step {
        let Some(scope) = left.pop() else { return Step::ToPage { fragment: format!("error={worst}") } };
        self.0 = State::Returning { url: url.clone(), left, worst };
        Step::Ask { of: scope.into(), wish: Wish::Redirected { url: Given::Text(url) } }
    }
}

fn problem(code: Code) -> Step {
    Step::Problem { problem: code.into(), retry_after: None }
}

#[cfg(test)]
mod tests;
