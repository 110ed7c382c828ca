//! What must hold where the bank refuses access tokens (`REV-1`): when it is asked whether the consent holds, and what
//! becomes of its word.

use crate::{
    answers::Meaning,
    life::Life,
    rules,
    shell::{Cause, Flight, Kind, number},
};
use tell_connect::consent::Phase;

/// Milliseconds in which a call that saw the token renewed has its answer, whatever goes wrong.
const JUST_MS: u64 = 2 * 60 * 1000;

impl Life<'_> {
    /// The question is asked once at a time, of a token that the bank refused somebody.
    pub fn check_probe(&mut self, flight: &Flight, now: u64) {
        self.check_fresh(flight, now);
        let is_alone = !self
            .shell
            .flights
            .iter()
            .any(|other| other.open && other.kind == Kind::Probe && other.consent == flight.consent);
        let is_doubted = self.shell.refused.contains(&flight.secret);
        let may_end = self.is_just_renewed(flight.secret) || self.shell.vouched == Some(flight.secret);
        let is_renewable = self.shell.kept.as_ref().is_some_and(|kept| kept.refresh_token().is_some());
        let pays = self.shell.kept.as_ref().is_some_and(|kept| kept.pays());
        self.hold(is_alone && is_doubted && (may_end || !is_renewable) && !pays, rules::PROBE);
    }

    /// A refresh is about to leave. A resource that is refused needs none while the accounts vouch for the token.
    pub fn check_needed(&mut self, cause: &Cause, now: u64) {
        let Some(kept) = &self.shell.kept else { return };
        // One that failed is made again for whatever reason.
        let generation = self.shell.call.generation;
        let is_again =
            self.shell.flights.iter().any(|other| other.kind == Kind::Refresh && other.generation == generation);
        let is_idle = match (cause, &kept.record.phase) {
            (Cause::Answered { flight: refused, status: 401, .. }, Phase::Refreshing { grant, .. }) => {
                let is_newest = number(&grant.access_token) == Some(refused.secret) && now < grant.access_ends_at;
                is_newest && !refused.is_of_accounts() && self.shell.vouched == Some(refused.secret)
            }
            _ => false,
        };
        self.hold(!is_idle || is_again, rules::VOUCHED);
    }

    /// What the bank said when asked is kept.
    pub fn check_vouched(&mut self, cause: &Cause, now: u64) {
        let is_noted = match (cause, self.shell.kept.as_ref().map(|kept| &kept.record.phase)) {
            (
                Cause::Answered { flight: Flight { kind: Kind::Probe, open: true, secret, .. }, meaning, .. },
                Some(Phase::Active { grant }),
            ) if number(&grant.access_token) == Some(*secret) => match meaning {
                Meaning::Resource | Meaning::Limited => grant.vouched_at == Some(now),
                Meaning::TokenRefused | Meaning::Unclear => grant.vouched_at.is_none(),
                Meaning::Garbage => grant.vouched_at != Some(now),
                _ => true,
            },
            _ => true,
        };
        self.hold(is_noted, rules::VOUCHED);
    }

    /// Whether that access token replaced a refused one just now, by the true time (`REV-1`). Whoever waited while the
    /// clock was set back saw it renewed, however long ago.
    pub fn is_just_renewed(&self, access: u32) -> bool {
        let now = self.clock.time();
        self.shell.renewal.is_some_and(|(before, after, at)| {
            after == access && self.shell.refused.contains(&before) && (now - at < JUST_MS || self.shell.excused)
        })
    }
}
