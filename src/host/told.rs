//! What a seat tells a shell to do and its callers, as it crosses into JavaScript. The TypeScript follows from here.

use super::{
    audit::Kind,
    notice::{HostEvent, PaymentTold},
    results::SweepResult,
};
use crate::{
    Code, Error, Fault,
    consent::{
        Allowance, Caller, ClaimId, CountId, Failure, Known, Outcome, PaymentView, Reason, Record, SendId, Spent,
        State, View,
    },
    gateway::{PaymentState, Request, Secret},
    profile::Scope,
};
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

/// What the shell is to do, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Command", optional_fields))]
pub enum Instruction {
    /// Make this durable before carrying out what follows.
    Keep {
        /// The consent's text. It holds secrets.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        snapshot: Secret,
    },
    /// Tell `woken` at this time, in place of any asked for before; never, without one.
    Wake {
        /// Milliseconds since 1970.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(as = "Option<f64>"))]
        at: Option<u64>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Erase all that was kept.
    Forget,
    /// Send this; tell `answered` or, after the deadline at the latest, `lost`.
    Send {
        /// Its id.
        id: SendId,
        /// For `fetch`. It holds secrets.
        request: Request,
        /// Milliseconds after which it is lost.
        #[cfg_attr(feature = "typescript", ts(as = "f64"))]
        deadline_ms: u64,
        /// Whether a successful answer is passed on as it came, so that `isWhole` may be told in place of its body.
        passes: bool,
        /// Whether a successful answer is wanted whole, however long.
        is_wanted_whole: bool,
        /// Whether the beginning of an answer that is passed on is to be told, for whoever develops; not in production.
        shows: bool,
    },
    /// Ask an order whether the payment may be sent, as the consent of this object; tell `claimed` (`PAY-5`).
    Claim {
        /// Its id.
        id: ClaimId,
        /// The order's object, by name.
        order: String,
        /// The payment.
        digest: String,
    },
    /// Tell a receiver; tell `noted` once it has it, or does not take it.
    Deliver {
        /// The note.
        id: u32,
        /// For the host; else for the order.
        #[serde(skip_serializing_if = "Option::is_none")]
        event: Option<Box<HostEvent>>,
        /// The order's object, by name.
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<String>,
        /// How its payment stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        payment: Option<PaymentTold>,
    },
    /// Hand this on to the host; tell `handed` once it has it, or does not take it.
    Hand {
        /// Its number.
        number: u32,
        /// The pieces.
        results: Vec<SweepResult>,
    },
    /// Have this counted by a shard of the statistics; tell `counted` once it has it, or does not take it in time.
    Count {
        /// Which it is.
        id: CountId,
        /// The shard's object, by name.
        shard: String,
        /// The batch, which is counted once.
        batch: String,
        /// What was counted.
        counts: String,
    },
    /// Answer a caller.
    Answer {
        /// Whom.
        caller: Caller,
        /// What.
        outcome: Told,
        /// They brought the code that the consent took (`SES-1`): theirs is the browser that it is of.
        #[serde(skip_serializing_if = "is_not")]
        #[cfg_attr(feature = "typescript", ts(as = "Option<bool>"))]
        took: bool,
    },
    /// Add a line to the audit trail, with the consent's digest.
    Audit {
        /// When (RFC 3339).
        at: String,
        /// What happened.
        kind: Kind,
        /// How, where there is more than one way.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(type = "ProblemCode"))]
        code: Option<Code>,
    },
}

/// What a caller gets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Outcome", optional_fields))]
pub enum Told {
    /// Send the customer to the bank.
    Requested {
        /// The authorisation's UUID.
        uuid: String,
        /// Where to.
        location: String,
        /// Until when the customer may come back (RFC 3339).
        expires_at: String,
    },
    /// The customer consented and the tokens are here.
    Connected,
    /// The customer did not consent.
    Declined,
    /// The answer to this request, as it came.
    Passed {
        /// The request.
        id: SendId,
        /// What is left of its endpoint, without the customer (`ACC-2`).
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Left>,
    },
    /// What is known of the payment.
    Payment {
        /// The HTTP status: 201 where it was submitted for this caller, 200 again, 202 while its fate is not known.
        status: u16,
        /// It was submitted for this caller.
        is_first: bool,
        /// As JSON: `{state, bankStatus?, reference?, payment?}`.
        body: String,
    },
    /// How the payment stands, for its order; left out where it was not sent.
    Standing {
        /// How.
        #[serde(skip_serializing_if = "Option::is_none")]
        payment: Option<PaymentTold>,
    },
    /// What is read without the customer from now on.
    Planned {
        /// When that begins (RFC 3339), if something is to be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        next_at: Option<String>,
    },
    /// All is erased.
    Forgotten,
    /// There is no answer of the bank's.
    Failed {
        /// Why.
        problem: Problem,
        /// Seconds after which a retry makes sense, where the gateway said so.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<f64>,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_not(took: &bool) -> bool {
    !took
}

/// What an RFC 9457 problem tells, with a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// What a program may match.
    #[cfg_attr(feature = "typescript", ts(type = "ProblemCode"))]
    pub code: Code,
    /// What the gateway said, where it said something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<Said>,
    /// In sandbox: why, in the gateway's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// In sandbox: the rule that was broken, as this project's own gateway names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What is known of the payment that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentTold>,
    /// With `budget_spent`: when it may be asked again (RFC 3339).
    #[serde(rename = "freeAt", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(rename = "freeAt"))]
    pub free_at: Option<String>,
    /// With `permission_missing`: which.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub permission: Option<&'static str>,
    /// With `configuration_invalid` and `payment_invalid`: every fault found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<Vec<Fault>>"))]
    pub faults: Vec<Fault>,
}

/// What is told of a gateway's answer: nothing of it but what can hold no secret (`ERR-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "GatewayAnswer", optional_fields))]
pub struct Said {
    /// Its HTTP status.
    pub status: u16,
    /// Its OAuth `error`, if it is a registered one (RFC 6749 section 5.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What may be known of a consent from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConsentView {
    /// What was asked for.
    pub scope: Scope,
    /// How far it is.
    pub state: State,
    /// What was granted.
    pub permissions: Vec<String>,
    /// When it was granted (RFC 3339); `null` before and after.
    pub granted_at: Option<String>,
    /// When it ends (RFC 3339); `null` before and after.
    pub expires_at: Option<String>,
    /// How often the bank may be asked without the customer.
    pub budget: BudgetTold,
    /// What people see the application called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub application: Option<String>,
    /// The same of the bank.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub bank: Option<String>,
}

/// How often the bank may be asked without the customer (`ACC-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Budget"))]
pub struct BudgetTold {
    /// How often each endpoint may be, in the hours below.
    pub limit: u32,
    /// Those hours.
    pub hours: u32,
    /// What is left of those that were asked in that time.
    pub endpoints: Vec<EndpointLeft>,
}

/// What is left of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EndpointLeft {
    /// Its path, without the query; with its method, where that is not GET.
    pub endpoint: String,
    /// How many more requests may be sent now.
    pub left: u32,
    /// When there is one more (RFC 3339).
    pub next_at: Option<String>,
    /// When it was last asked (RFC 3339).
    pub last_at: Option<String>,
}

/// What is left of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Allowance"))]
pub struct Left {
    /// How many more requests may be sent now.
    pub left: u32,
    /// When there is one more (RFC 3339); `null` while there are all.
    pub next_at: Option<String>,
}

impl From<Allowance> for Left {
    fn from(allowance: Allowance) -> Self {
        Self { left: allowance.left, next_at: allowance.next_at.map(rfc_3339) }
    }
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        let gateway = failure.gateway().map(|(status, error)| Said { status, error: error.map(str::to_owned) });
        let detail = if let Failure::Input(error) = failure { error.sentence() } else { failure.message().to_owned() };
        let faults = if let Failure::Input(Error::Payment(faults) | Error::Configuration(faults)) = failure {
            faults.clone()
        } else {
            Vec::new()
        };
        let payment = failure.known().map(PaymentTold::from);
        let free_at = if let Failure::BudgetSpent { free_at, .. } = failure { Some(rfc_3339(*free_at)) } else { None };
        let permission = if let Failure::PermissionMissing(name) = failure { Some(*name) } else { None };
        Self {
            gateway,
            detail,
            faults,
            payment,
            free_at,
            permission,
            status: failure.status(),
            ..failure.code().into()
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        let (status, detail) = (code.status(), code.sentence().to_owned());
        Self {
            status,
            detail,
            code,
            gateway: None,
            description: None,
            rule: None,
            payment: None,
            free_at: None,
            permission: None,
            faults: Vec::new(),
        }
    }
}

impl From<Result<Outcome, Failure>> for Told {
    fn from(outcome: Result<Outcome, Failure>) -> Self {
        match outcome {
            Ok(Outcome::Requested { uuid, location, ends_at }) => {
                Self::Requested { uuid, location, expires_at: rfc_3339(ends_at) }
            }
            Ok(Outcome::Connected) => Self::Connected,
            Ok(Outcome::Declined) => Self::Declined,
            Ok(Outcome::Passed(id)) => Self::Passed { id, budget: None },
            Ok(Outcome::Unattended(id, allowance)) => Self::Passed { id, budget: Some(allowance.into()) },
            Ok(Outcome::Payment(known)) => {
                let is_unknown =
                    |view: &PaymentView| matches!(view.state, PaymentState::Submitting | PaymentState::Unknown);
                let is_first = matches!(known, Known::Submitted(_));
                let (status, view) = match known {
                    Known::Submitted(view) | Known::Again(view) if is_unknown(&view) => (202, view),
                    Known::Submitted(view) => (201, view),
                    Known::Again(view) | Known::Status(view) => (200, view),
                };
                Self::Payment { status, is_first, body: view.json() }
            }
            Ok(Outcome::Standing(view)) => Self::Standing { payment: view.as_ref().map(PaymentTold::from) },
            Ok(Outcome::Planned(next_at)) => Self::Planned { next_at: next_at.map(rfc_3339) },
            Ok(Outcome::Forgotten) => Self::Forgotten,
            Err(failure) => {
                Self::Failed { problem: (&failure).into(), retry_after: failure.retry_after().map(f64::from) }
            }
        }
    }
}

/// Whose a consent is, for its host alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ConsentAbout", optional_fields))]
pub struct About {
    /// The authorisation's UUID.
    pub uuid: String,
    /// What was asked for.
    pub scope: Scope,
    /// The application, by name.
    pub application: String,
    /// The host's name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
}

impl From<&Record> for About {
    fn from(record: &Record) -> Self {
        let Record { uuid, scope, application, customer, .. } = record;
        Self { uuid: uuid.clone(), scope: *scope, application: application.clone(), customer: customer.clone() }
    }
}

impl From<View<'_>> for ConsentView {
    fn from(view: View<'_>) -> Self {
        let endpoint = |spent: &&Spent| {
            let allowance = spent.allowance(view.unattended, view.now);
            EndpointLeft {
                endpoint: spent.endpoint.clone(),
                left: allowance.left,
                next_at: allowance.next_at.map(rfc_3339),
                last_at: spent.at.iter().max().map(|at| rfc_3339(*at)),
            }
        };
        Self {
            budget: BudgetTold {
                limit: view.unattended.limit,
                hours: view.unattended.hours,
                endpoints: view.budget.iter().map(endpoint).collect(),
            },
            scope: view.scope,
            state: view.state,
            permissions: view.permissions.to_vec(),
            granted_at: view.granted_at.map(rfc_3339),
            expires_at: view.ends_at.map(rfc_3339),
            application: None,
            bank: None,
        }
    }
}

impl ConsentView {
    /// As one may know it of whom it is not shown that they came back from the bank (`SES-1`).
    pub fn masked(self) -> Self {
        if !self.state.is_connected() {
            return self;
        }
        let budget = BudgetTold { endpoints: Vec::new(), ..self.budget };
        Self { state: State::Authorised, permissions: Vec::new(), granted_at: None, expires_at: None, budget, ..self }
    }
}

/// Milliseconds since 1970 as `2026-01-01T00:00:00.000Z`.
pub(crate) fn rfc_3339(at_ms: u64) -> String {
    // No record holds a time that chrono could not write: a snapshot of one is damage.
    let time = i64::try_from(at_ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
