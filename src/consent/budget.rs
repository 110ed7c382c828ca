//! Requests without the PSU: of one endpoint at most so many in any 24 hours (`ACC-2`, `ACC-8`).
//!
//! A request counts when it may have left: it is written down, durably, before it does, whatever becomes of its answer.
//! By a clock that was set back nothing becomes older, until it has come up to its latest reading. A clock that ran ahead
//! cannot be told from time that passed.

use super::deadlines::earlier_reading;
use crate::{
    gateway::ResourceCall,
    profile::{ON_THE_WAY_MS, Unattended},
};

/// Endpoints that are counted at once; a further one waits until one of them is free.
const MOST_ENDPOINTS: usize = 1024;
/// Milliseconds in which a further page continues the walk that was counted (`ACC-8`): an hour when it comes to the bank.
pub(super) const WALK_MS: u64 = 60 * 60 * 1000 - ON_THE_WAY_MS;

/// What was sent without the PSU of late.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// The latest reading of the clock, in milliseconds since 1970.
    pub clock: u64,
    /// Since which reading the clock has been behind the latest one.
    pub behind_since: Option<u64>,
    /// By endpoint, in the order in which they were first asked.
    pub spent: Vec<Spent>,
}

/// The requests of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Its path, without the query; with its method, where that is not GET.
    pub endpoint: String,
    /// When they may have left, in milliseconds since 1970, in that order.
    pub at: Vec<u64>,
}

/// What is left of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many more requests may be sent.
    pub left: u32,
    /// When the next one that was sent no longer counts, in milliseconds since 1970.
    pub next_at: Option<u64>,
}

impl Budget {
    /// Takes a reading of the clock. Whether what is to be kept of that has changed: nothing is while nothing is counted.
    ///
    /// Behind its latest reading a clock is either wrong now or was wrong then: nothing becomes older by it. It is taken
    /// for right once it has gone on from there, still behind, for as long as requests are counted.
    pub(super) fn read_clock(&mut self, readings: Unattended, now: u64) -> bool {
        let is_changed = self.take_reading(readings, now);
        is_changed && !self.spent.is_empty()
    }

    fn take_reading(&mut self, readings: Unattended, now: u64) -> bool {
        if now >= self.clock {
            self.clock = now;
            return self.behind_since.take().is_some();
        }
        let since = earlier_reading(self.behind_since, now);
        if now - since < readings.window_ms() {
            return self.behind_since.replace(since) != Some(since);
        }
        // From now on, for what was sent while it was behind.
        for at in self.spent.iter_mut().flat_map(|spent| &mut spent.at) {
            *at = now.min(*at);
        }
        (self.clock, self.behind_since) = (now, None);
        true
    }

    /// Counts a request that is about to leave, one of `limit` at most.
    ///
    /// # Errors
    /// When it may go, in milliseconds since 1970, where it may not.
    pub(super) fn spend(&mut self, call: &ResourceCall, limit: u32, readings: Unattended, now: u64) -> Result<(), u64> {
        let window = readings.window_ms();
        self.prune(|at| now < at + window);
        let endpoint = call.endpoint(readings.endpoint);
        let (at, count) = (self.latest(now), self.spent.len());
        match self.spent.iter_mut().find(|spent| spent.endpoint == endpoint) {
            Some(spent) => {
                // The oldest of as many as may be.
                let most = usize::try_from(limit).unwrap_or(usize::MAX);
                if let Some(blocking) = spent.at.len().checked_sub(most).and_then(|at| spent.at.get(at)) {
                    return Err(blocking + window);
                }
                spent.at.push(at);
            }
            None if count < MOST_ENDPOINTS => self.spent.push(Spent { endpoint, at: vec![at] }),
            None => {
                let free_at = self.spent.iter().filter_map(|spent| spent.at.iter().max()).min();
                return Err(free_at.copied().unwrap_or(now) + window);
            }
        }
        Ok(())
    }

    /// What is left of the endpoint that a call is of.
    pub(super) fn allowance(&self, call: &ResourceCall, readings: Unattended, now: u64) -> Allowance {
        let endpoint = call.endpoint(readings.endpoint);
        let spent = self.spent.iter().find(|spent| spent.endpoint == endpoint);
        spent.map_or(Allowance { left: readings.limit, next_at: None }, |spent| spent.allowance(readings, now))
    }

    /// Whether a walk through the list that a call is of was counted just now (`ACC-8`).
    pub(super) fn has_walk(&self, call: &ResourceCall, readings: Unattended, now: u64) -> bool {
        let endpoint = call.endpoint(readings.endpoint);
        let latest = self.latest(now);
        let is_new = |at: &u64| latest.abs_diff(*at) < WALK_MS;
        self.spent.iter().any(|spent| spent.endpoint == endpoint && spent.at.iter().any(is_new))
    }

    /// The latest that it can be: while the clock is behind, its latest reading and what has passed since.
    fn latest(&self, now: u64) -> u64 {
        self.behind_since.map_or(now, |since| self.clock + now.saturating_sub(since))
    }

    /// Lets go of what no longer counts.
    fn prune(&mut self, counts: impl Fn(u64) -> bool) {
        self.spent.retain_mut(|spent| {
            spent.at.retain(|at| counts(*at));
            !spent.at.is_empty()
        });
    }
}

impl Spent {
    /// What is left of it.
    pub fn allowance(&self, readings: Unattended, now: u64) -> Allowance {
        let counted = || self.at.iter().map(|at| at + readings.window_ms()).filter(|free_at| now < *free_at);
        let count = u32::try_from(counted().count()).unwrap_or(u32::MAX);
        Allowance { left: readings.limit.saturating_sub(count), next_at: counted().min() }
    }
}

#[cfg(test)]
mod tests;
