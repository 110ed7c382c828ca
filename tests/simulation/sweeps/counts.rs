//! What the bank counts, by its own clock: requests without the customer, of one endpoint, in any 24 hours.

use super::bank::{DAY_MS, HOUR_MS};
use tell_connect::profile::{EndpointReading, Unattended};

/// A request that reached the bank without the customer.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub at: u64,
    pub endpoint: String,
    /// It is of a sweep's own.
    pub is_swept: bool,
}

pub struct Counts {
    readings: Unattended,
    pub arrivals: Vec<Arrival>,
}

/// An endpoint in the bank's own words: the path, or that without the account's name.
pub fn endpoint(path: &str, readings: Unattended) -> String {
    let path = path.split('?').next().unwrap_or_default();
    if readings.endpoint == EndpointReading::Template
        && let Some((id, rest)) = path.strip_prefix("/accounts/").and_then(|rest| rest.split_once('/'))
        && !id.is_empty()
    {
        return format!("/accounts/{{id}}/{rest}");
    }
    path.to_owned()
}

impl Counts {
    pub fn new(readings: Unattended) -> Self {
        Self { readings, arrivals: Vec::new() }
    }

    /// Whether a link that was given then goes on with what was counted.
    pub fn goes_on(&self, given_at: u64, now: u64) -> bool {
        self.readings.pages_count_once && now < given_at + HOUR_MS
    }

    /// One more came.
    pub fn add(&mut self, at: u64, path: &str, is_swept: bool) {
        // Longer than anything looks back.
        self.arrivals.retain(|arrival| at < arrival.at + 2 * DAY_MS);
        self.arrivals.push(Arrival { at, endpoint: endpoint(path, self.readings), is_swept });
    }

    /// The times of the endpoint's requests, oldest first.
    pub fn times(&self, endpoint: &str, swept_alone: bool) -> impl DoubleEndedIterator<Item = u64> {
        let is_it = move |arrival: &&Arrival| arrival.endpoint == endpoint && (arrival.is_swept || !swept_alone);
        self.arrivals.iter().filter(is_it).map(|arrival| arrival.at)
    }

    /// How many came since then.
    pub fn since(&self, endpoint: &str, since: u64) -> u32 {
        let count = self.times(endpoint, false).filter(|at| *at > since).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}
