//! The readings of a bank, and the plans of a host.

use crate::choices::Choices;
use tell_connect::{
    consent::{Day, Plan},
    profile::Unattended,
};

/// Profiles, the plainest first.
pub const PROFILES: [&str; 10] = [
    "{}",
    r#"{"sweepReserve":0}"#,
    r#"{"sweepReserve":2}"#,
    r#"{"unattendedLimit":10}"#,
    r#"{"unattendedLimit":10,"sweepReserve":0}"#,
    r#"{"endpoint":"template"}"#,
    r#"{"endpoint":"template","sweepReserve":0,"unattendedLimit":10}"#,
    r#"{"pagesCountOnce":false}"#,
    r#"{"pagesCountOnce":false,"unattendedLimit":10,"endpoint":"template"}"#,
    r#"{"sweepOverlapDays":2,"readsAtOnce":1}"#,
];

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// What a host wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub paths: Vec<&'static str>,
    pub times: u32,
    /// The first day, in milliseconds since 1970.
    pub since: Option<u64>,
}

impl Wish {
    pub fn draw(choices: &mut Choices, readings: Unattended, now: u64) -> Self {
        let paths: &[&str] = match choices.below(8) {
            0..3 => &["/accounts/*/transactions"],
            3 => &["/accounts/a1/transactions"],
            4 => &["/accounts/*/balance", "/accounts/*/transactions"],
            5 => &["/accounts", "/accounts/*/transactions"],
            6 => &["/accounts/a1/transactions", "/accounts/a2/transactions", "/accounts/*/transactions"],
            _ => &["/accounts"],
        };
        let times = 1 + choices.below(readings.of_sweeps().min(3));
        let days = choices.of([None, None, Some(30), Some(400), Some(0), Some(89), Some(91)]);
        Self { paths: paths.to_vec(), times, since: days.map(|days| (now / DAY_MS - days) * DAY_MS) }
    }

    pub fn plan(&self, readings: Unattended) -> Plan {
        let paths = self.paths.iter().map(|path| (*path).to_owned()).collect();
        Plan::new(paths, Some(self.times), self.since.map(Day::of), readings)
            .unwrap_or_else(|_| unreachable!("a plan that a host can have"))
    }

    /// Whether a path is asked for, or has to be to know the accounts.
    pub fn has(&self, path: &str) -> bool {
        let is_every = |wanted: &&str| wanted.contains('*');
        let accounts = path == "/accounts" && self.paths.iter().any(is_every);
        accounts || self.paths.iter().any(|wanted| is_of(wanted, path))
    }
}

/// Whether a path is one of those that a plan's path stands for.
fn is_of(wanted: &str, path: &str) -> bool {
    let (mut wanted, mut parts) = (wanted.split('/'), path.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || one == "*" => {}
            _ => return false,
        }
    }
}
