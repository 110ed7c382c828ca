//! What ends because time passes, and the next moment at which something is due. Nothing polls.

use super::{End, Phase, Record};
use serde::Serialize;

/// How long the PSU may take to come back from the bank, in milliseconds: a day.
pub const REQUEST_LIFETIME_MS: u64 = 24 * 60 * 60 * 1000;
/// How long an ended consent can still say how it ended, in milliseconds: a week. It holds no token.
pub const ENDED_KEPT_MS: u64 = 7 * 24 * 60 * 60 * 1000;

/// A wake-up: when, in milliseconds since 1970, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// When.
    pub at: u64,
    /// Why.
    pub reason: Reason,
}

/// Why the machine is to be woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "WakeReason"))]
pub enum Reason {
    /// The PSU will have taken too long to come back.
    RequestEnds,
    /// The code will be too old.
    CodeEnds,
    /// The 90 days will be over.
    ConsentEnds,
    /// What ended is erased.
    Erasure,
    /// The call of `/authorise` is made again.
    AuthoriseRetry,
    /// The call of `/access-token` is made again.
    TokenRetry,
    /// The call of `/access-token` is looked after, should a crash have interrupted it.
    TokenOverdue,
    /// A call of a resource is made again.
    ReadRetry,
}

/// What the passing of time has done to a consent.
pub(super) enum Overdue {
    /// It ended.
    Ended(End),
    /// It ended a week ago: it is erased.
    Erased,
}

/// What is over by now. A code under way may outlive its time: its answer decides.
pub(super) fn overdue(record: &Record, is_in_flight: bool, now: u64) -> Option<Overdue> {
    let is_over = match &record.phase {
        // A clock set back does not vouch for the code's age either.
        Phase::Authorised { code_at, .. } => !is_in_flight && !record.is_code_alive(*code_at, now),
        Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } | Phase::Ended { .. } => {
            end_of(record, is_in_flight).is_some_and(|wake| now >= wake.at)
        }
    };
    is_over.then_some(match &record.phase {
        Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } => Overdue::Ended(End::Expired),
        Phase::Authorised { .. } => Overdue::Ended(End::CodeExpired),
        Phase::Ended { .. } => Overdue::Erased,
    })
}

/// When the phase that a consent is in ends by itself.
pub(super) fn end_of(record: &Record, is_in_flight: bool) -> Option<Wake> {
    let (at, reason) = match &record.phase {
        Phase::Requested => (record.requested_at.saturating_add(REQUEST_LIFETIME_MS), Reason::RequestEnds),
        Phase::Authorised { .. } if is_in_flight => return None,
        Phase::Authorised { code_at, .. } => {
            (code_at.saturating_add(record.environment.code_lifetime_ms()), Reason::CodeEnds)
        }
        Phase::Active { grant } | Phase::Refreshing { grant, .. } => (grant.ends_at(), Reason::ConsentEnds),
        Phase::Ended { at, .. } => (at.saturating_add(ENDED_KEPT_MS), Reason::Erasure),
    };
    Some(Wake { at, reason })
}
