//! Runs simulated lives natively: what has a clock, an environment and an output.
//!
//! `LIVES=n` lives end the run; without it, it runs until it is stopped (a debug build, as `cargo test` makes, stops
//! by itself). `SEED=n` repeats a run; the seed that a violation prints repeats its life as the first of a run.
//! `ORDERS=1` lives through orders and the consents that are to pay them, `SWEEPS=1` through days of what a host wants
//! to know without the customer. `FAULTS=often,crashes:off` sets how often what fails, `BREAK=send-before-keep` breaks
//! the shell of a consent: the words of a link to the page's simulator.
#![allow(missing_docs, reason = "a program has no API")]

mod report;

use report::Report;
use std::{env, process::ExitCode};
use tell_connect_simulation::{Choices, Flaw, Link, Patience, Runner, SAME_RUN, Subject, Trace, seed_of_life, shrink};

/// Lives of a debug build that nobody gave a number.
const FEW: u64 = 2000;
/// One life in so many is lived twice, to see that it is the same.
const TWICE_IN: u64 = 64;
/// The page as `make start` serves it.
const PAGE: &str = "http://localhost:8787/";

/// What the environment asks for.
struct Wanted {
    subject: Subject,
    seed: u64,
    lives: Option<u64>,
    faults: String,
    flaw: Option<Flaw>,
}

fn main() -> ExitCode {
    let (wanted, mut runner) = match wanted() {
        Ok(wanted) => wanted,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    // A trap is a violation like any other; what it says comes with its trace.
    std::panic::set_hook(Box::new(|_| ()));
    let mut report = Report::new();
    for life in 0..wanted.lives.unwrap_or(u64::MAX) {
        let seed = seed_of_life(wanted.seed, life);
        let lived = runner.live(Choices::of_seed(seed));
        report.lived(&lived, &runner);
        let broken = lived.broken.or_else(|| {
            let is_same = !life.is_multiple_of(TWICE_IN) || runner.live(Choices::of_seed(seed)).hash == lived.hash;
            (!is_same).then_some(SAME_RUN)
        });
        if let Some(rule) = broken {
            show(&mut runner, &Wanted { seed, ..wanted }, rule, report.lives);
            report.end(1);
            return ExitCode::FAILURE;
        }
    }
    report.progress(&runner);
    report.end(0);
    ExitCode::SUCCESS
}

fn wanted() -> Result<(Wanted, Runner), String> {
    let is_asked = |number: Option<u64>| number.is_some_and(|number| number > 0);
    let subject = match (is_asked(number("ORDERS")?), is_asked(number("SWEEPS")?)) {
        (true, _) => Subject::Orders,
        (false, true) => Subject::Sweeps,
        (false, false) => Subject::Consents,
    };
    let faults = word("FAULTS").unwrap_or_else(|| String::from("tested"));
    let flaw = match word("BREAK") {
        Some(name) => Some(Flaw::of(&name).ok_or(format!("BREAK=\"{name}\" is no way to break the shell."))?),
        None => None,
    };
    let mut runner = Runner::new(subject);
    if !runner.set(&faults, flaw) {
        return Err(format!("FAULTS=\"{faults}\" must be a level, and levels of faults: often,crashes:off"));
    }
    let seed = number("SEED")?.unwrap_or(1);
    let lives = number("LIVES")?.or(cfg!(debug_assertions).then_some(FEW));
    Ok((Wanted { subject, seed, lives, faults, flaw }, runner))
}

/// Shows how a life breaks a rule, as shortly as it can be made to.
fn show(runner: &mut Runner, wanted: &Wanted, rule: &'static str, lives: u64) {
    let Wanted { subject, seed, faults, flaw, .. } = wanted;
    let mut again = match subject {
        Subject::Consents => String::new(),
        Subject::Orders => String::from(" ORDERS=1"),
        Subject::Sweeps => String::from(" SWEEPS=1"),
    };
    again.extend((faults != "tested").then(|| format!(" FAULTS={faults}")));
    again.extend(flaw.map(|flaw| format!(" BREAK={}", flaw.id())));
    println!("violation in life {lives}: {rule}\nseed {seed}; to repeat: make simulate{again} SEED={seed} LIVES=1");
    if *subject == Subject::Consents {
        let text = format!("seed={seed}&faults={faults}");
        let link = Link::read(&text).map(|link| Link { flaw: *flaw, ..link }.write()).unwrap_or_default();
        println!("to see it step by step: make start, then {PAGE}{link}");
    }
    let list = runner.live(Choices::recorded(*seed)).list;
    let shortest = shrink(runner, list.clone(), rule, Patience::default());
    println!("the shortest trace found ({} of {} decisions):", shortest.len(), list.len());
    std::panic::set_hook(Box::new(|trap| println!("{trap}")));
    let mut trace = Trace::readable();
    runner.trace(Choices::of_list(shortest), &mut trace);
    for line in trace.steps().iter().flat_map(|step| step.lines().collect::<Vec<_>>()) {
        println!("{line}");
    }
}

/// A word from the environment.
fn word(name: &str) -> Option<String> {
    env::var(name).ok().filter(|text| !text.is_empty())
}

/// A number from the environment.
fn number(name: &str) -> Result<Option<u64>, String> {
    word(name).map_or(Ok(None), |text| {
        text.parse().map(Some).map_err(|_| format!("{name} must be a whole number from 0, not \"{text}\"."))
    })
}
