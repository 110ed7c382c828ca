//! What ends because time passes, and the next moment at which something is due. Nothing polls.

use super::{End, Phase, Record};
use serde::Serialize;

/// How long the PSU may take to come back from the bank, in milliseconds: a day.
pub const REQUEST_LIFETIME_MS: u64 = 24 * 60 * 60 * 1000;
/// Milliseconds between two readings of the clock that both say that the time is over: only then it is (`REV-2`).
pub const CONFIRMED_MS: u64 = 60 * 1000;
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
    /// A call of a resource has waited too long for its turn.
    TurnOverdue,
    /// An order has taken too long to answer a claim.
    ClaimOverdue,
    /// A payment that was sent is looked after, should a crash have interrupted it.
    PaymentOverdue,
    /// The bank is asked how far the payment is.
    PaymentStatus,
    /// What was not delivered is delivered again.
    Delivery,
    /// What the host wants to know is read.
    Sweep,
}

/// What the passing of time has done to a consent.
pub(super) enum Overdue {
    /// It ended.
    Ended(End),
    /// It ended a week ago: it is erased.
    Erased,
    /// What the clock says of its end is another than before, and noted in the record.
    Noted,
}

/// What is over by now. A code under way may outlive its time: its answer decides.
pub(super) fn overdue(record: &mut Record, is_in_flight: bool, now: u64) -> Option<Overdue> {
    let (at, _) = end_by_time(record);
    match &record.phase {
        // A clock set back does not vouch for the code's age either.
        Phase::Authorised { code_at, .. } => {
            (!is_in_flight && !record.is_code_alive(*code_at, now)).then_some(Overdue::Ended(End::CodeExpired))
        }
        Phase::Ended { .. } => (now >= at).then_some(Overdue::Erased),
        Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } => {
            // One reading may be of a clock that is wrong (`REV-2`).
            let first = earlier_reading(record.over_at, now);
            let over_at = (now >= at).then_some(first);
            if over_at.is_some_and(|first| now - first >= CONFIRMED_MS) {
                return Some(Overdue::Ended(End::Expired));
            }
            (std::mem::replace(&mut record.over_at, over_at) != over_at).then_some(Overdue::Noted)
        }
    }
}

/// The first of some readings of the clock, unless it has been set back since.
pub(super) fn earlier_reading(first: Option<u64>, now: u64) -> u64 {
    first.filter(|first| *first <= now).unwrap_or(now)
}

/// When the phase that a consent is in ends by itself, or the clock is read again to be sure.
pub(super) fn end_of(record: &Record, is_in_flight: bool) -> Option<Wake> {
    let (at, reason) = end_by_time(record);
    let at = record.over_at.map_or(at, |first| first.saturating_add(CONFIRMED_MS));
    let is_under_way = is_in_flight && matches!(record.phase, Phase::Authorised { .. });
    (!is_under_way).then_some(Wake { at, reason })
}

/// When time ends a phase, and why to wake then.
fn end_by_time(record: &Record) -> (u64, Reason) {
    match &record.phase {
        Phase::Requested => (record.requested_at.saturating_add(REQUEST_LIFETIME_MS), Reason::RequestEnds),
        Phase::Authorised { code_at, .. } => {
            (code_at.saturating_add(record.environment.code_lifetime_ms()), Reason::CodeEnds)
        }
        Phase::Active { grant } | Phase::Refreshing { grant, .. } => (grant.ends_at(), Reason::ConsentEnds),
        Phase::Ended { at, .. } => (at.saturating_add(ENDED_KEPT_MS), Reason::Erasure),
    }
}
