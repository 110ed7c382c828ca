#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::{gateway::Request, host::settings::NAMES};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Of 2026-11-29.
pub(super) const NOW: u64 = 1_795_910_400_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const PEM: &str = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";

type Values = BTreeMap<String, String>;

/// Settings that are right.
pub(super) fn right(environment: &str) -> Values {
    let mut settings = vec![
        ("TELL_ENVIRONMENT", environment),
        ("TELL_CLIENT_ID", "c0ffee-client"),
        ("TELL_CLIENT_SECRET", "0123-secret/of+one"),
        ("TELL_APP", "app-1"),
        ("TELL_CERTIFICATE", PEM),
        ("TELL_ASPSP", "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac"),
        ("TELL_RESOURCE_BASE_URL", "https://api.bank.example/v1"),
        ("TELL_REDIRECT_URL", "https://tpp.example/api/callback"),
        ("TELL_VAULT_KEY", "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs="),
    ];
    if environment == "production" {
        settings.extend([("TELL_PAYMENTS", "backend"), ("TELL_STATISTICS_TOKEN", "hY7-kd83_Lq0pWz5")]);
    }
    settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn source(values: &Values) -> Source {
    Source { text: None, mode: None, variables: Some(values.clone()) }
}

/// Lets the doctor look, with an answer for each signed call; what was sent.
pub(super) fn examine(
    values: &Values,
    live: bool,
    mut answer: impl FnMut(&Request) -> Answer,
) -> (Report, Vec<Request>) {
    let start = Start { now: NOW, own: source(values), against: None, offline: true, live };
    let mut requests = Vec::new();
    let report = run(start, |ask| match ask {
        Ask::X509 { .. } => Told::X509 { facts: Some(facts(365)) },
        Ask::Reach { .. } => Told::X509 { facts: None },
        Ask::Send { request } => {
            let answer = answer(&request);
            requests.push(request);
            Told::Answer(answer)
        }
    });
    (report, requests)
}

fn facts(days: i64) -> X509 {
    let now = i64::try_from(NOW).unwrap();
    X509 {
        valid_from: now - DAY_MS,
        valid_to: now + days * DAY_MS,
        key_type: Some("rsa".to_owned()),
        key_bits: Some(2048),
    }
}

fn run(start: Start, mut told: impl FnMut(Ask) -> Told) -> Report {
    let mut doctor = Doctor::new(start);
    while let Some(ask) = doctor.next(NOW) {
        doctor.told(&told(ask)).unwrap();
    }
    doctor.report()
}

/// What was found: names and verdicts.
pub(super) fn plain(report: &Report) -> Vec<(&'static str, &'static str)> {
    let words = |verdict| match verdict {
        Verdict::Fault => "fault",
        Verdict::Warning => "warning",
        Verdict::Ok => "ok",
        Verdict::Skipped => "skipped",
    };
    let found = report.checks.iter().filter(|row| !row.findings.is_empty());
    found.map(|row| (row.name, words(row.verdict))).collect()
}

fn offline(values: &Values) -> Report {
    examine(values, false, |_| unreachable()).0
}

fn unreachable() -> Answer {
    Answer { status: None, body: String::new(), date: None, reason: None, at: NOW }
}

#[test]
fn liv_1_a_right_configuration_is_sound_in_every_check() {
    for environment in ["sandbox", "production"] {
        let report = offline(&right(environment));
        assert_eq!((plain(&report), report.verdict), (Vec::new(), Verdict::Ok), "{environment}");
    }
}

#[test]
fn liv_1_every_setting_of_the_worker_has_its_check_and_every_check_a_name_of_its_own() {
    let bound = ["TELL_EVENTS", "TELL_RESULTS", "STATISTICS"];
    for name in NAMES.iter().filter(|name| !bound.contains(name)) {
        assert!(startup::SETTINGS.iter().any(|(setting, _)| setting == name), "{name}");
    }
    let mut names: Vec<&str> = Check::ALL.iter().map(|check| check.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() == Check::ALL.len() && names.len() >= 30);
}

#[test]
fn cfg_4_what_the_worker_refuses_at_its_start_the_doctor_finds_and_says_in_the_same_words() {
    let mut values = right("production");
    for name in values.clone().keys() {
        values.insert(name.clone(), String::from("\u{7}wrong#?:"));
    }
    let refused = crate::host::Settings::read(|name| values.get(name).cloned(), Ok(crate::profile::Profile::default()));
    let faults = if let Err(Error::Configuration(faults)) = refused { faults } else { Vec::new() };
    assert!(faults.len() > 8, "{faults:?}");
    let report = offline(&values);
    let found: Vec<(String, String)> = report
        .checks
        .iter()
        .flat_map(|row| &row.findings)
        .map(|finding| (finding.setting.clone().unwrap_or_default(), finding.problem.clone()))
        .collect();
    for fault in faults {
        assert!(found.contains(&(fault.setting.clone(), fault.problem.to_owned())), "{fault:?}");
    }
}

#[test]
fn liv_1_a_certificate_is_in_date_and_its_end_is_told_thirty_days_before() {
    let cases = [
        (365, "production", None, ""),
        (30, "production", None, ""),
        (29, "production", Some("warning"), "It ends in 29 days."),
        (1, "production", Some("warning"), "It ends in a day."),
        (0, "production", Some("fault"), "It ended less than a day ago."),
        (-2, "production", Some("fault"), "It ended 2 days ago."),
        (-2, "sandbox", Some("warning"), "It ended 2 days ago."),
    ];
    for (days, environment, verdict, says) in cases {
        let start = Start { now: NOW, own: source(&right(environment)), against: None, offline: true, live: false };
        let report = run(start, |_| Told::X509 { facts: Some(facts(days)) });
        let expected: Vec<_> = verdict.into_iter().map(|verdict| ("certificate-expiry", verdict)).collect();
        assert_eq!(plain(&report), expected, "{days} {environment}");
        let row = report.checks.iter().find(|row| row.name == "certificate-expiry").unwrap();
        assert!(row.findings.first().is_none_or(|finding| finding.problem.starts_with(says)), "{row:?}");
    }
}

#[test]
fn jws_4_a_clock_that_is_off_is_told_by_the_gateways_date() {
    // The gateway's time is NOW.
    let date = "Sun, 29 Nov 2026 00:00:00 GMT";
    let cases = [
        (0, "sandbox", None),
        (4_000, "production", None),
        (9_000, "production", Some("warning")),
        (90_000, "production", Some("fault")),
        (90_000, "sandbox", Some("warning")),
    ];
    for (off, environment, verdict) in cases {
        for at in [NOW - off, NOW + off] {
            let start =
                Start { now: NOW, own: source(&right(environment)), against: None, offline: false, live: false };
            let report = run(start, |ask| match ask {
                Ask::X509 { .. } => Told::X509 { facts: Some(facts(365)) },
                Ask::Reach { .. } | Ask::Send { .. } => {
                    Told::Answer(Answer { status: Some(404), date: Some(date.to_owned()), at, ..unreachable() })
                }
            });
            assert_eq!(
                plain(&report),
                verdict.into_iter().map(|verdict| ("clock", verdict)).collect::<Vec<_>>(),
                "{off} {environment}"
            );
        }
    }
}

#[test]
fn cfg_3_a_base_that_does_not_answer_is_told_with_its_reason() {
    for reason in ["ENOTFOUND", "ECONNREFUSED", "TimeoutError", "ERR_TLS_CERT_ALTNAME_INVALID", "other"] {
        let start = Start { now: NOW, own: source(&right("sandbox")), against: None, offline: false, live: true };
        let report = run(start, |ask| match ask {
            Ask::X509 { .. } => Told::X509 { facts: Some(facts(365)) },
            Ask::Reach { .. } => Told::Answer(Answer { reason: Some(reason.to_owned()), ..unreachable() }),
            // What does not answer is not asked again: the doctor would refuse this.
            Ask::Send { .. } => Told::X509 { facts: None },
        });
        assert_eq!(
            plain(&report),
            [("auth-reachable", "fault"), ("resource-reachable", "fault"), ("live-call", "skipped")]
        );
    }
}

#[test]
fn err_2_what_was_not_asked_for_is_refused() {
    let mut doctor =
        Doctor::new(Start { now: NOW, own: source(&right("sandbox")), against: None, offline: true, live: false });
    assert!(doctor.told(&Told::X509 { facts: None }).is_err());
    doctor.next(NOW).unwrap();
    assert!(doctor.told(&Told::Answer(unreachable())).is_err());
}

#[test]
fn cfg_4_the_nearest_name_is_the_one_with_the_fewest_changes() {
    assert_eq!(
        [("", "abc"), ("kitten", "sitting"), ("same", "same"), ("ab", "ba")]
            .map(|(one, other)| names::distance(one, other)),
        [3, 3, 0, 2]
    );
}

proptest! {
    #[test]
    fn cfg_4_a_distance_is_the_same_both_ways_and_no_longer_than_a_name(one in "[AB_]{0,8}", other in "[AB_]{0,8}") {
        let steps = names::distance(&one, &other);
        prop_assert_eq!(steps, names::distance(&other, &one));
        prop_assert_eq!(steps == 0, one == other);
        prop_assert!(steps <= one.len().max(other.len()));
    }

    #[test]
    fn err_2_no_report_holds_a_value_however_wrong_it_is(
        name in proptest::sample::select(NAMES.to_vec()),
        environment in proptest::sample::select(vec!["sandbox", "production"]),
        front in "[ \"'<#?&{\\[\u{feff}\n]{0,3}",
        back in "[ \"'>#?&=}\\]\n]{0,3}",
    ) {
        let mut values = right(environment);
        values.insert(name.to_owned(), format!("{front}0z9q8x{back}"));
        let start = Start { now: NOW, own: source(&values), against: Some(source(&values)), offline: true, live: true };
        let report = run(start, |ask| match ask {
            Ask::X509 { .. } => Told::X509 { facts: None },
            Ask::Reach { .. } | Ask::Send { .. } => {
                Told::Answer(Answer { status: Some(401), body: format!("{values:?}"), ..unreachable() })
            }
        });
        let told = serde_json::to_string(&report).unwrap();
        prop_assert!(!told.contains("0z9q8x"), "{}", told);
        prop_assert!(!told.contains("0123-secret"), "{}", told);
    }
}
