//! Whether auth base and resources answer, and what time the gateway has.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::Place,
};
use crate::{consent::http_date, host::settings::WORKER, profile::Environment};
use serde::Deserialize;

/// Milliseconds by which clocks may differ before it is said, and before it is a fault: codes live for 60 seconds.
const ASKEW_MS: u64 = 5 * 1000;
const WRONG_MS: u64 = 60 * 1000;

/// What came of a request.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorAnswer", optional_fields))]
pub struct Answer {
    /// The status; nothing, where no answer came.
    pub status: Option<u16>,
    /// The body; empty where no answer came.
    pub body: String,
    /// The header `Date`.
    pub date: Option<String>,
    /// Without an answer: what the platform calls the reason.
    pub reason: Option<String>,
    /// When it came, in milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
}

/// A base that is asked.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) url: String,
    setting: String,
    check: Check,
}

/// What is to be asked: a plain GET of each base, without credentials.
pub(super) fn targets(place: &Place) -> Vec<Target> {
    let Some(settings) = place.settings(place.profile()) else { return Vec::new() };
    let auth = place.get(WORKER.auth_base_url).unwrap_or_else(|| settings.environment().auth_base());
    let target = |check, setting: &str, url: &str| Target { url: url.to_owned(), setting: setting.to_owned(), check };
    let mut targets = vec![target(Check::AuthReachable, WORKER.auth_base_url, auth)];
    for base in place.bases().iter().filter(|base| base.name != WORKER.auth_base_url) {
        targets.push(target(Check::ResourceReachable, &base.name, &base.value));
    }
    targets
}

/// Looks at an answer.
pub(super) fn check(target: &Target, answer: &Answer, environment: Option<Environment>, book: &mut Book) {
    let Target { setting, check, .. } = target;
    match answer.status {
        None => {
            let problem = match answer.reason.as_deref() {
                Some("ENOTFOUND" | "EAI_AGAIN") => {
                    "Its host has no address. Is the name right, and does this machine reach the network?"
                }
                Some("ECONNREFUSED") => "Nothing listens at its port. Is the port right, and does the gateway run?",
                Some("TimeoutError" | "ETIMEDOUT" | "UND_ERR_CONNECT_TIMEOUT") => {
                    "No answer came within 10 seconds. Does a firewall stand between?"
                }
                Some(reason) if reason.contains("CERT") || reason.contains("SSL") || reason.contains("TLS") => {
                    "Its TLS certificate is not one that this machine trusts. Is something between that reads along?"
                }
                Some(_) | None => {
                    "No connection to it came about. Is the URL right, and does this machine reach the network?"
                }
            };
            book.found(*check, Verdict::Fault, Some(setting), problem.to_owned());
        }
        Some(status) => {
            let problem = "It answers with a failure of its own (5xx). Ask again later, or ask the bank.";
            book.warning_if(*check, setting, status >= 500, problem);
        }
    }
    let Some(theirs) = answer.date.as_deref().and_then(http_date::read) else { return };
    book.looked(Check::Clock);
    let off = theirs.abs_diff(answer.at);
    if off > ASKEW_MS {
        let (way, seconds) = (if theirs > answer.at { "behind" } else { "ahead of" }, off / 1000);
        let verdict = match environment {
            Some(Environment::Production) if off > WRONG_MS => Verdict::Fault,
            Some(Environment::Production | Environment::Sandbox) | None => Verdict::Warning,
        };
        let problem = format!(
            "This machine's clock is {seconds} seconds {way} the gateway's, so what it signs may be refused. Set it \
             by NTP."
        );
        book.found(Check::Clock, verdict, Some(setting), problem);
    }
}
