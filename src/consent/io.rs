//! What a consent is told and what it says: the whole of its conversation with the shell.

use super::{
    Allowance, Batch, Claim, CountId, End, Failure, Notice, PaymentView, Phase, Plan, Record, Spent, Swept, Wake,
};
use crate::{
    Error,
    gateway::{Call, OrderKey, Payment, ResourceCall, Secret, UserIp},
    profile::{Scope, Unattended},
    wire::{redirect::Redirect, request::RequestUuid},
    words::from_words,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Attempts of `/authorise`, each with a UUID of its own.
pub const AUTHORISE_ATTEMPTS: usize = 3;

/// Someone who asked and gets exactly one answer. Chosen by the shell, unique among those that wait.
pub type Caller = u32;
/// A request under way. Chosen by the machine, unique since its start.
pub type SendId = u32;
/// A claim of an order under way. Chosen by the machine, unique since its start.
pub type ClaimId = u32;

/// What a consent is asked for with, beside scope and application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The payment that the customer is to agree to (`PAY-6`).
    pub payment: Option<Payment>,
    /// The order that the payment is for (`PAY-5`).
    pub order: Option<OrderKey>,
    /// The host's name for the customer.
    pub customer: Option<String>,
    /// Whether it is to replace a consent from before (`CON-1`).
    pub renews: bool,
}

/// What happens to a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A PSU wants to authorise.
    Start {
        /// Who asks.
        caller: Caller,
        /// What for.
        scope: Scope,
        /// Fresh UUIDs, one for each attempt (`ENV-3`, `ERR-3`).
        uuids: [RequestUuid; AUTHORISE_ATTEMPTS],
        /// The application, by name; the first when none is named.
        application: Option<String>,
        /// What else is agreed.
        terms: Terms,
    },
    /// The bank sent the PSU back.
    Redirected {
        /// Who asks.
        caller: Caller,
        /// What the redirect says.
        redirect: Redirect,
    },
    /// A resource of the bank's is wanted.
    Wanted {
        /// Who asks.
        caller: Caller,
        /// Which.
        call: ResourceCall,
    },
    /// The payment is to be submitted, or what became of it told (`PAY-4`).
    Pay {
        /// Who asks.
        caller: Caller,
        /// The payment; the one that was stated, without it (`PAY-6`).
        payment: Option<Payment>,
        /// The order that it is for, if none was stated or the same (`PAY-5`).
        order: Option<OrderKey>,
        /// The PSU's address.
        user_ip: Option<UserIp>,
    },
    /// How far is the payment? (`PAY-3`)
    PaymentWanted {
        /// Who asks.
        caller: Caller,
        /// The PSU's address.
        user_ip: Option<UserIp>,
    },
    /// The order answered a claim.
    Claimed {
        /// The claim.
        id: ClaimId,
        /// What it said.
        claim: Claim,
    },
    /// The order asks how the payment stands (`PAY-5`).
    Inquired {
        /// Who asks.
        caller: Caller,
        /// Another consent is to pay if this one has not: this one must then ask the order again.
        lets_go: bool,
    },
    /// A note was delivered, or was not.
    Noted {
        /// The note.
        id: u32,
        /// Whether its receiver has it.
        is_delivered: bool,
    },
    /// A host says what it wants to know without the PSU.
    Planned {
        /// Who asks.
        caller: Caller,
        /// What.
        plan: Plan,
    },
    /// What a sweep brought was handed on, or was not.
    Handed {
        /// Its number.
        number: u32,
        /// Whether the host has it.
        is_taken: bool,
    },
    /// A shard of the statistics took a batch, or did not.
    Counted {
        /// The batch.
        id: CountId,
        /// Whether it has it.
        is_taken: bool,
    },
    /// Another consent took this one's place (`CON-1`): it is forgotten, unless it has a payment to follow.
    Replaced {
        /// Who asks.
        caller: Caller,
    },
    /// The consent is to be forgotten.
    Forget {
        /// Who asks.
        caller: Caller,
    },
    /// The gateway answered.
    Answered {
        /// The request.
        id: SendId,
        /// The answer.
        answer: Answer,
    },
    /// No answer came, and none will be taken.
    Lost {
        /// The request.
        id: SendId,
        /// Why.
        loss: Loss,
    },
    /// The time asked for by [`Command::Wake`] came, or the machine was started again.
    Woken,
}

/// An answer, as far as it decides anything.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Milliseconds to wait, as the gateway's `Retry-After` says.
    pub retry_after_ms: Option<u64>,
    /// The body.
    pub body: String,
}

/// Without the body, which may hold tokens.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Loss {
    /// The deadline passed.
    Timeout,
    /// There was no connection, or it broke.
    Unreachable,
    /// The answer was cut off, too large or not text.
    Unreadable,
}

from_words!(Loss, Error::Option("loss"), {
    "timeout" => Self::Timeout,
    "unreachable" => Self::Unreachable,
    "unreadable" => Self::Unreadable,
});

impl Loss {
    pub(super) fn failure(self) -> Failure {
        match self {
            Self::Timeout => Failure::Timeout,
            Self::Unreachable => Failure::Unreachable,
            Self::Unreadable => Failure::BadAnswer,
        }
    }
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make this snapshot durable before carrying out what follows.
    Keep(Secret),
    /// Call [`Event::Woken`] then, in place of any time asked for before; never, if none.
    Wake(Option<Wake>),
    /// Erase all that was kept.
    Forget,
    /// Sign and send; answer with [`Event::Answered`] or, after the deadline at the latest, [`Event::Lost`].
    Send {
        /// Its id.
        id: SendId,
        /// What.
        call: Call,
        /// Milliseconds after which it is lost.
        deadline_ms: u64,
    },
    /// Ask an order whether the payment may be sent; answer with [`Event::Claimed`] (`PAY-5`).
    Claim {
        /// Its id.
        id: ClaimId,
        /// The order.
        order: OrderKey,
        /// The digest of the payment.
        digest: [u8; 32],
    },
    /// Tell a receiver; answer with [`Event::Noted`].
    Deliver(Box<Notice>),
    /// Hand on to the host what a sweep brought; answer with [`Event::Handed`].
    Hand(Box<Swept>),
    /// Have this counted by its shard of the statistics; answer with [`Event::Counted`] (`STA-2`).
    Count {
        /// Which it is.
        id: CountId,
        /// What.
        batch: Batch,
    },
    /// Answer a caller.
    Answer {
        /// Whom.
        caller: Caller,
        /// What.
        outcome: Result<Outcome, Failure>,
    },
}

/// What a caller gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Send the PSU to the bank.
    Requested {
        /// The authorisation's UUID.
        uuid: String,
        /// Where to.
        location: String,
        /// Until when the PSU may come back, in milliseconds since 1970.
        ends_at: u64,
    },
    /// The PSU consented and the tokens are here.
    Connected,
    /// The PSU did not consent.
    Declined,
    /// The answer to this request, as it came (`ACC-4`).
    Passed(SendId),
    /// The same of one without the PSU, and what is left of its endpoint (`ACC-2`).
    Unattended(SendId, Allowance),
    /// What is known of the payment.
    Payment(Known),
    /// How the payment stands; `None` where it was not sent.
    Standing(Option<PaymentView>),
    /// When the first round of the plan begins, in milliseconds since 1970; without one nothing is planned.
    Planned(Option<u64>),
    /// All is erased.
    Forgotten,
}

/// What is known of a payment, by what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was submitted for this caller.
    Submitted(PaymentView),
    /// It was submitted before (`PAY-4`).
    Again(PaymentView),
    /// How far it is (`PAY-3`).
    Status(PaymentView),
}

/// How a consent is told to callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ConsentState"))]
pub enum State {
    /// The customer was sent to the bank.
    Requested,
    /// The customer came back with a code, which is being exchanged.
    Authorised,
    /// The tokens are good, as far as anyone knows. A refresh under way is the machine's own business.
    Active,
    /// The consent's one payment was sent.
    Spent,
    /// The customer said no, or could not be authenticated.
    Declined,
    /// The code was too old to be exchanged.
    CodeExpired,
    /// The bank no longer honours the consent.
    Revoked,
    /// Whether the bank honours it can no longer be known.
    Reauthorise,
    /// The customer never came back, or the 90 days are over.
    Expired,
}

from_words!(State, Error::Option("state"), {
    "requested" => Self::Requested,
    "authorised" => Self::Authorised,
    "active" => Self::Active,
    "spent" => Self::Spent,
    "declined" => Self::Declined,
    "code_expired" => Self::CodeExpired,
    "revoked" => Self::Revoked,
    "reauthorise" => Self::Reauthorise,
    "expired" => Self::Expired,
});

impl State {
    /// Whether there are tokens of it.
    pub fn is_connected(self) -> bool {
        matches!(self, Self::Active | Self::Spent)
    }

    /// How it ended, if it did.
    pub fn end(self) -> Option<End> {
        match self {
            Self::Requested | Self::Authorised | Self::Active | Self::Spent => None,
            Self::Declined => Some(End::Declined),
            Self::CodeExpired => Some(End::CodeExpired),
            Self::Revoked => Some(End::Revoked),
            Self::Reauthorise => Some(End::Reauthorise),
            Self::Expired => Some(End::Expired),
        }
    }

    /// How a record is told.
    pub fn of(record: &Record) -> Self {
        match &record.phase {
            Phase::Requested => Self::Requested,
            Phase::Authorised { .. } => Self::Authorised,
            Phase::Active { .. } | Phase::Refreshing { .. } if record.paying.submission.is_some() => Self::Spent,
            Phase::Active { .. } | Phase::Refreshing { .. } => Self::Active,
            Phase::Ended { end: End::Declined, .. } => Self::Declined,
            Phase::Ended { end: End::CodeExpired, .. } => Self::CodeExpired,
            Phase::Ended { end: End::Revoked, .. } => Self::Revoked,
            Phase::Ended { end: End::Reauthorise, .. } => Self::Reauthorise,
            Phase::Ended { end: End::Expired, .. } => Self::Expired,
        }
    }
}

/// What may be known of a consent from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a> {
    /// What was asked for.
    pub scope: Scope,
    /// How far it is.
    pub state: State,
    /// What was granted.
    pub permissions: &'a [String],
    /// When it was granted, in milliseconds since 1970.
    pub granted_at: Option<u64>,
    /// When it ends, in milliseconds since 1970.
    pub ends_at: Option<u64>,
    /// What was asked without the PSU of late (`ACC-2`).
    pub budget: Vec<&'a Spent>,
    /// How often it may be.
    pub unattended: Unattended,
    /// When it is looked at, in milliseconds since 1970.
    pub now: u64,
}

impl<'a> View<'a> {
    /// What may be known of a record.
    pub fn of(record: &'a Record, unattended: Unattended, now: u64) -> Self {
        let grant = record.phase.grant();
        let is_counted = |spent: &&Spent| spent.allowance(unattended, now).next_at.is_some();
        Self {
            scope: record.scope,
            state: State::of(record),
            permissions: grant.map_or(&[], |grant| &grant.permissions),
            granted_at: grant.map(|grant| grant.granted_at),
            ends_at: grant.map(|grant| grant.ends_at()),
            budget: record.budget.spent.iter().filter(is_counted).collect(),
            unattended,
            now,
        }
    }
}
