//! What a consent is told and what it says: the whole of its conversation with the shell.

use super::super::{
    Secret,
    failure::Failure,
    tpp::{Call, ResourceCall},
};
use crate::{prelude::*, profile::Scope, redirect::Redirect, request::RequestUuid};
use core::fmt;

/// Someone who asked and gets exactly one answer. Chosen by the shell, unique among those that wait.
pub type Caller = u32;
/// A request under way. Chosen by the machine, unique since its start.
pub type SendId = u32;

/// What happens to a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A PSU wants to authorise.
    Start {
        /// Who asks.
        caller: Caller,
        /// What for.
        scope: Scope,
        /// A fresh UUID.
        uuid: RequestUuid,
        /// The application, by name; the first when none is named.
        application: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The deadline passed.
    Timeout,
    /// There was no connection, or it broke.
    Unreachable,
    /// The answer was cut off, too large or not text.
    Unreadable,
}

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
    /// Call [`Event::Woken`] at this time (milliseconds since 1970), in place of any asked for before; never, if none.
    Wake(Option<u64>),
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
    /// All is erased.
    Forgotten,
}

/// What may be known of a consent from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a> {
    /// What was asked for.
    pub scope: Scope,
    /// A refresh under way is the machine's own business: the state is `active` meanwhile.
    pub state: &'static str,
    /// What was granted.
    pub permissions: &'a [String],
    /// When it was granted, in milliseconds since 1970.
    pub granted_at: Option<u64>,
    /// When it ends, in milliseconds since 1970.
    pub ends_at: Option<u64>,
}
