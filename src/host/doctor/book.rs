//! What was found, check by check, and what is told of it.

use super::checks::Check;
use crate::profile::Environment;
use serde::Serialize;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorVerdict", rename_all = "lowercase"))]
pub enum Verdict {
    /// It was not looked at: it does not concern this configuration, was not asked for, or something else comes first.
    Skipped,
    /// It is sound.
    Ok,
    /// It works, but is hardly meant.
    Warning,
    /// It does not work, or must not be so.
    Fault,
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorFinding", optional_fields))]
pub struct Finding {
    /// How bad it is.
    pub verdict: Verdict,
    /// The setting, where it is one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// What is wrong and what to do. It never holds a secret.
    pub problem: String,
}

/// A check and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorCheck"))]
pub struct Row {
    /// Its name: it never changes.
    pub name: &'static str,
    /// The rule of `docs/protocol.md`.
    pub rule: &'static str,
    /// What holds when it is sound.
    pub title: &'static str,
    /// The worst that it found.
    pub verdict: Verdict,
    /// All that it found.
    pub findings: Vec<Finding>,
}

/// All checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorReport"))]
pub struct Report {
    /// The worst of all; never `skipped`.
    pub verdict: Verdict,
    /// The environment, where it is set.
    pub environment: Option<Environment>,
    /// The line that a configuration needs whose profile is not the gateway's.
    pub profile: Option<String>,
    /// How many signed calls were made.
    pub calls: u32,
    /// Every check, in a fixed order.
    pub checks: Vec<Row>,
}

/// Collects what checks find.
#[derive(Debug, Default)]
pub(super) struct Book(Vec<(Check, Option<Finding>)>);

impl Book {
    /// The check was made: without a finding it is sound.
    pub(super) fn looked(&mut self, check: Check) {
        self.0.push((check, None));
    }

    /// The check was made, and found something or nothing.
    pub(super) fn judge(&mut self, check: Check, setting: &str, found: Option<(Verdict, &str)>) {
        self.looked(check);
        if let Some((verdict, problem)) = found {
            self.found(check, verdict, Some(setting), problem.to_owned());
        }
    }

    /// The check was made, and is a fault if so.
    pub(super) fn fault_if(&mut self, check: Check, setting: &str, is_so: bool, problem: &str) {
        self.judge(check, setting, is_so.then_some((Verdict::Fault, problem)));
    }

    /// The check was made, and is a warning if so.
    pub(super) fn warning_if(&mut self, check: Check, setting: &str, is_so: bool, problem: &str) {
        self.judge(check, setting, is_so.then_some((Verdict::Warning, problem)));
    }

    /// The check found something.
    pub(super) fn found(&mut self, check: Check, verdict: Verdict, setting: Option<&str>, problem: String) {
        let finding = Finding { verdict, setting: setting.map(str::to_owned), problem };
        self.0.push((check, Some(finding)));
    }

    /// Whether a check found something so bad.
    pub(super) fn has(&self, check: Check, verdict: Verdict) -> bool {
        self.0.iter().any(|(of, found)| *of == check && found.as_ref().is_some_and(|found| found.verdict == verdict))
    }

    /// What is told.
    pub(super) fn report(&self, environment: Option<Environment>, profile: Option<String>, calls: u32) -> Report {
        let checks: Vec<Row> = Check::ALL.iter().map(|check| self.row(*check)).collect();
        let worst = checks.iter().map(|row| row.verdict).max();
        Report { verdict: worst.unwrap_or(Verdict::Ok).max(Verdict::Ok), environment, profile, calls, checks }
    }

    fn row(&self, check: Check) -> Row {
        let of_check = || self.0.iter().filter(|(of, _)| *of == check).map(|(_, finding)| finding);
        let findings: Vec<Finding> = of_check().flatten().cloned().collect();
        let sound = if of_check().any(Option::is_none) { Verdict::Ok } else { Verdict::Skipped };
        let worst = findings.iter().map(|finding| finding.verdict).max();
        let verdict = worst.unwrap_or(sound);
        Row { name: check.name(), rule: check.rule(), title: check.title(), verdict, findings }
    }
}
