//! What happens because time passes. Nothing polls: the machine names the next moment at which something is due.

use super::{
    super::{failure::End, snapshot::Phase},
    Consent, TOKEN_DEADLINE_MS,
    reader::Reader,
};

/// How long the PSU may take to come back from the bank, in milliseconds: a day.
pub const REQUEST_LIFETIME_MS: u64 = 24 * 60 * 60 * 1000;
/// How long an ended consent can still say how it ended, in milliseconds: a week. It holds no token.
pub const ENDED_KEPT_MS: u64 = 7 * 24 * 60 * 60 * 1000;
/// A crash while a call was under way is noticed this long after the call left: a second after its deadline.
const LOST_AFTER_MS: u64 = TOKEN_DEADLINE_MS + 1000;

impl Consent {
    /// Whether a code can still be sent (`TOK-2`, `ENV-2`).
    ///
    /// A clock set back below the code's arrival no longer vouches for its age, unless by less than its lifetime.
    pub(super) fn is_code_alive(&self, code_at: u64, now: u64) -> bool {
        now.abs_diff(code_at) < self.settings.environment.code_lifetime_ms()
    }

    /// Ends what is over.
    pub(super) fn time_passed(&mut self, now: u64) {
        let Some(record) = &self.record else { return };
        match &record.phase {
            Phase::Requested if now >= record.requested_at.saturating_add(REQUEST_LIFETIME_MS) => {
                self.end(End::Expired, now)
            }
            Phase::Authorised { code_at, .. } if self.token.sent.is_none() && !self.is_code_alive(*code_at, now) => {
                self.end(End::CodeExpired, now);
            }
            Phase::Active { grant } | Phase::Refreshing { grant, .. } if now >= grant.ends_at() => {
                self.end(End::Expired, now);
            }
            Phase::Ended { at, .. } if now >= at.saturating_add(ENDED_KEPT_MS) => self.forget(),
            Phase::Requested
            | Phase::Authorised { .. }
            | Phase::Active { .. }
            | Phase::Refreshing { .. }
            | Phase::Ended { .. } => {}
        }
    }

    /// Does what is due. The wake-up is used up: it is asked for anew, even where it stays the same.
    pub(super) fn woken(&mut self, now: u64) {
        self.wake_at = None;
        // A call that outlives its deadline, by a clock that jumped, is looked after once more.
        if let Some((_, since)) = &mut self.token.sent
            && *since + LOST_AFTER_MS <= now
        {
            *since = now;
        }
        if self.token.retry_at.is_some_and(|at| at <= now) {
            self.call_token(now);
        }
        self.readers_retry(now);
    }

    /// The next moment at which something is due.
    pub(super) fn next_wake(&self) -> Option<u64> {
        let record = self.record.as_ref()?;
        let of_phase = match &record.phase {
            Phase::Requested => Some(record.requested_at.saturating_add(REQUEST_LIFETIME_MS)),
            // A code under way may outlive its time: its answer decides.
            Phase::Authorised { .. } if self.token.sent.is_some() => None,
            Phase::Authorised { code_at, .. } => {
                Some(code_at.saturating_add(self.settings.environment.code_lifetime_ms()))
            }
            Phase::Active { grant } | Phase::Refreshing { grant, .. } => Some(grant.ends_at()),
            Phase::Ended { at, .. } => Some(at.saturating_add(ENDED_KEPT_MS)),
        };
        let of_call = self.token.sent.map(|(_, since)| since + LOST_AFTER_MS);
        let of_token = sooner(of_call, self.token.retry_at);
        self.readers.iter().map(Reader::retry_at).fold(sooner(of_phase, of_token), sooner)
    }
}

fn sooner(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
