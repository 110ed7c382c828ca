//! What is kept of a consent: the durable record, and how far it has come.

use super::{Backlog, Budget, Grant, Note, Paying, Sweep};
use crate::{
    Code,
    gateway::{Secret, answer::TokenAnswer},
    profile::{Environment, Scope},
};

/// The SHA-256 of an authorisation code.
pub type CodeDigest = [u8; 32];

/// The durable part of a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The environment it was made in; never used in another (`ENV-5`).
    pub environment: Environment,
    /// What was asked for.
    pub scope: Scope,
    /// The TPP's UUID of the authorisation.
    pub uuid: String,
    /// The gateway's id of the authorisation.
    pub intent_id: String,
    /// The application that asked, by name.
    pub application: String,
    /// When, in milliseconds since 1970.
    pub requested_at: u64,
    /// The digest of the code that was taken: whoever brings that code again is the browser that it was sent with
    /// (`SES-1`).
    pub code_digest: Option<CodeDigest>,
    /// The host's name for the customer.
    pub customer: Option<String>,
    /// Whether it is to replace a consent from before (`CON-1`).
    pub renews: bool,
    /// Its one payment (`PAY-1`).
    pub paying: Paying,
    /// What was asked without the PSU (`ACC-2`).
    pub budget: Budget,
    /// What the host wants to know without the PSU, and how far that is.
    pub sweep: Option<Sweep>,
    /// What others are still to be told, oldest first.
    pub notes: Vec<Note>,
    /// What the statistics have not taken yet.
    pub tally: Backlog,
    /// How many notes there have been.
    pub noted: u32,
    /// When it was forgotten, in milliseconds since 1970: what is left of it is what others are to be told.
    pub forgotten_at: Option<u64>,
    /// When the clock first said that its time is over, in milliseconds since 1970; while that is not sure (`REV-2`).
    pub over_at: Option<u64>,
    /// How far it has come.
    pub phase: Phase,
}

impl Record {
    /// Whether nobody is to be told anything of it any more.
    pub(super) fn owes_nothing(&self) -> bool {
        self.notes.is_empty() && self.tally.is_empty()
    }

    /// Whether a code that came at `code_at` can still be sent (`TOK-2`, `ENV-2`).
    ///
    /// A clock set back below the code's arrival no longer vouches for its age, unless by less than its lifetime.
    pub(super) fn is_code_alive(&self, code_at: u64, now: u64) -> bool {
        now.abs_diff(code_at) < self.environment.code_lifetime_ms()
    }
}

/// How far a consent has come. Only phases that need a secret can hold one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The PSU was sent to the bank.
    Requested,
    /// The PSU came back with a code, which may have been sent.
    Authorised {
        /// The code.
        code: Secret,
        /// When it came, in milliseconds since 1970.
        code_at: u64,
        /// An answer of the gateway that is not read yet, or could not be (`TOK-5`).
        unread: Option<Secret>,
    },
    /// The tokens are good.
    Active {
        /// The tokens.
        grant: Grant,
    },
    /// The refresh token may have been sent; nobody knows whether it is spent (`REF-3`).
    Refreshing {
        /// The tokens as they were.
        grant: Grant,
        /// An answer of the gateway that is not read yet, or could not be (`TOK-5`).
        unread: Option<Secret>,
    },
    /// The consent is over, and its tokens are gone.
    Ended {
        /// How.
        end: End,
        /// When, in milliseconds since 1970.
        at: u64,
    },
}

impl Phase {
    /// The name under which it is kept.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Authorised { .. } => "authorised",
            Self::Active { .. } => "active",
            Self::Refreshing { .. } => "refreshing",
            Self::Ended { end, .. } => end.name(),
        }
    }

    /// The grant that a kept answer stands for, if it can be read.
    pub(super) fn read_unread(&self, now: u64) -> Option<Grant> {
        let (written, before) = match self {
            Self::Authorised { unread, .. } => (unread.as_ref()?, None),
            Self::Refreshing { unread, grant } => (unread.as_ref()?, Some(grant)),
            Self::Requested | Self::Active { .. } | Self::Ended { .. } => return None,
        };
        let answer = TokenAnswer::salvage(written.expose())?;
        Some(match before {
            Some(grant) => grant.renewed(answer, written, now),
            None => Grant::new(answer, written, now),
        })
    }

    /// The tokens, while there are any.
    pub fn grant(&self) -> Option<&Grant> {
        match self {
            Self::Active { grant } | Self::Refreshing { grant, .. } => Some(grant),
            Self::Requested | Self::Authorised { .. } | Self::Ended { .. } => None,
        }
    }
}

/// How a consent ended. Its tokens are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The PSU declined or could not be authenticated (`RED-2`).
    Declined,
    /// The code was too old to be exchanged (`TOK-2`).
    CodeExpired,
    /// The bank no longer honours the consent (`REV-1`).
    Revoked,
    /// Whether the bank honours it can no longer be known: the PSU must authorise again (`REF-3`).
    Reauthorise,
    /// The PSU never came back, or 90 days passed.
    Expired,
}

impl End {
    /// Every end.
    pub const ALL: [Self; 5] = [Self::Declined, Self::CodeExpired, Self::Revoked, Self::Reauthorise, Self::Expired];

    /// The code that callers are told.
    pub fn code(self) -> Code {
        match self {
            Self::Declined => Code::Declined,
            Self::CodeExpired => Code::CodeExpired,
            Self::Revoked => Code::Revoked,
            Self::Reauthorise => Code::Reauthorise,
            Self::Expired => Code::Expired,
        }
    }

    /// The name under which it is kept.
    pub fn name(self) -> &'static str {
        self.code().as_str()
    }
}
