//! How often a bank may be asked without the PSU, and how far back its lists reach: the readings of `ACC-2` and `ACC-8`.

use super::MemberName;
use crate::{Error, words::from_words};

/// Milliseconds that a request may be on its way to the bank.
pub const ON_THE_WAY_MS: u64 = 60 * 1000;

/// What counts as one endpoint (`ACC-2`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "lowercase"))]
pub enum EndpointReading {
    /// A method and concrete path.
    #[default]
    Path,
    /// A method and path without the account's id.
    Template,
}

from_words!(EndpointReading, Error::Profile, { "path" => Self::Path, "template" => Self::Template });

/// Access without the PSU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct Unattended {
    /// Requests of one endpoint without the PSU in the hours below, 1 to 1,000 (`ACC-8`). Default: 4.
    #[cfg_attr(feature = "typescript", ts(rename = "unattendedLimit"))]
    pub limit: u32,
    /// Those hours, 1 to 168. Default: 24.
    #[cfg_attr(feature = "typescript", ts(rename = "unattendedHours"))]
    pub hours: u32,
    /// What counts as one endpoint.
    pub endpoint: EndpointReading,
    /// Whether the pages of one walk through a list count once. Default: they do.
    pub pages_count_once: bool,
    /// How many of the requests of an endpoint sweeps leave to the host, at most 1,000. Default: 1.
    pub sweep_reserve: u32,
    /// Days that a sweep asks for again, since a bank may book late, at most 90. Default: 7.
    pub sweep_overlap_days: u32,
    /// Minutes after the consent was granted in which the bank gives the full history, at most 1,440. Default: 5.
    pub full_history_minutes: u32,
    /// Days of history that it gives afterwards, 1 to 3,660. Default: 90.
    pub history_days: u32,
}

impl Unattended {
    /// The time in which requests are counted, in milliseconds: those hours, and as long as a request may be on its way,
    /// since the bank counts it when it comes.
    pub fn window_ms(self) -> u64 {
        u64::from(self.hours) * 60 * 60 * 1000 + ON_THE_WAY_MS
    }

    /// How many requests of an endpoint a sweep may make in that time: one at least.
    pub fn of_sweeps(self) -> u32 {
        self.limit.saturating_sub(self.sweep_reserve).max(1)
    }
}

impl Default for Unattended {
    fn default() -> Self {
        Self {
            limit: 4,
            hours: 24,
            endpoint: EndpointReading::Path,
            pages_count_once: true,
            sweep_reserve: 1,
            sweep_overlap_days: 7,
            full_history_minutes: 5,
            history_days: 90,
        }
    }
}

/// What lists call the parameters of their queries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct Parameters {
    /// The one that names a further page. Default: `page`.
    #[cfg_attr(feature = "typescript", ts(rename = "pageParameter", type = "string"))]
    pub page: MemberName,
    /// The one that says from which booking time on. Default: `fromBookingDateTime`.
    #[cfg_attr(feature = "typescript", ts(rename = "fromParameter", type = "string"))]
    pub from: MemberName,
}

impl Default for Parameters {
    fn default() -> Self {
        let name = |name: &str| MemberName(name.to_owned());
        Self { page: name("page"), from: name("fromBookingDateTime") }
    }
}
