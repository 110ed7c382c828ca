//! The doctor's examination of an env file (`LIV-1`, `JWS-10`).

use crate::configured::RIGHT;
use tell_connect::host::doctor::{Answer, Ask, Check, Doctor, Report, Source, Start, Told, Verdict};

/// Of 2026-11-29, in milliseconds.
const NOW: u64 = 1_795_910_400_000;

/// The input is lines that follow those of right settings in an env file; behind an empty line, how the gateway
/// answers: `status body`, a line each, over and over.
pub(crate) fn check(text: &str) {
    let (changes, answers) = text.split_once("\n\n").unwrap_or((text, ""));
    let right = RIGHT.map(|(name, value)| format!("{name}='{value}'\n")).concat();
    let file = [&right, "TELL_ENVIRONMENT=sandbox\n", changes].concat();
    let (report, calls) = examined(&file, answers);
    assert!(calls <= 8 && report.calls == calls, "JWS-10: {calls} calls");
    let names: Vec<&str> = report.checks.iter().map(|row| row.name).collect();
    assert!(Check::ALL.iter().map(|check| check.name()).eq(names), "LIV-1: each check is told once");
    let worst = report.checks.iter().map(|row| row.verdict).max();
    assert_eq!(Some(report.verdict), worst.map(|worst| worst.max(Verdict::Ok)), "LIV-1: the worst is told");
    for finding in report.checks.iter().flat_map(|row| &row.findings) {
        assert!(finding.verdict != Verdict::Ok && !finding.problem.is_empty(), "LIV-1: {finding:?} says what is wrong");
    }
    if report.environment.is_none_or(|environment| environment.name() != "sandbox") {
        assert_eq!(calls, 0, "ENV-5: a sandbox alone is asked");
    }
    assert_eq!(report, examined(&file, answers).0, "LIV-1: always the same");
}

fn examined(file: &str, answers: &str) -> (Report, u32) {
    let source = || Source { text: Some(file.to_owned()), mode: Some(0o100_644), variables: None };
    let start = Start { now: NOW, own: source(), against: Some(source()), offline: false, live: true };
    let mut answers = answers.lines().cycle();
    let mut calls = 0;
    let mut doctor = Doctor::new(start);
    while let Some(ask) = doctor.next(NOW) {
        let answer = match ask {
            Ask::X509 { .. } => Told::X509 { facts: None },
            Ask::Reach { .. } => Told::Answer(answer("404 no")),
            Ask::Send { .. } => {
                calls += 1;
                Told::Answer(answer(answers.next().unwrap_or_default()))
            }
        };
        assert!(doctor.told(&answer).is_ok(), "LIV-1: what was asked for is taken");
    }
    (doctor.report(), calls)
}

fn answer(line: &str) -> Answer {
    let (status, body) = line.split_once(' ').unwrap_or((line, ""));
    Answer { status: status.parse().ok(), body: body.to_owned(), date: Some(body.to_owned()), reason: None, at: NOW }
}
