//! Whole lives of consents, simulated: the machine of `src/consent/machine.rs` against a model of the gateway, under a
//! virtual clock, with whatever can go wrong.
//!
//! `LIVES=n` lives end the run; without it, it runs until it is stopped (a debug build, as `cargo test` makes, stops
//! by itself). `SEED=n` repeats a run; the seed that a violation prints repeats its life as the first of a run.
//! `ORDERS=1` lives through orders and the consents that are to pay them: `orders/`. `SWEEPS=1` lives through days of
//! what a host wants to know without the customer: `sweeps/`.
//!
//! | file | subject |
//! |---|---|
//! | `choices.rs` | every decision, from a seed or a list |
//! | `clock.rs` | the true time and the machine's |
//! | `faults.rs` | what goes wrong, and how often |
//! | `gateway.rs`, `answers.rs` | the gateway's own truth, and how it puts it |
//! | `wire.rs` | messages under way |
//! | `counting.rs` | a shard of the statistics, and what it must hold |
//! | `shell.rs`, `turn.rs` | carries out commands, dies, starts again |
//! | `people.rs`, `browser.rs` | PSU, callers, strangers, and what browsers ask of several consents |
//! | `life.rs` | one life from its first visit to its rest |
//! | `rules.rs`, `checks.rs`, `doubts.rs`, `snapshots.rs` | what must hold after every step |
//! | `orders/`, `sweeps/` | the lives of orders, and of sweeps |
//! | `trace.rs`, `shrink.rs`, `report.rs`, `runner.rs` | running lives, and telling of them |

#![allow(unreachable_pub, reason = "a program has no API: pub says that another file uses it")]
#![allow(clippy::wildcard_enum_match_arm, reason = "a check names what it is about, and leaves the rest alone")]
#![allow(clippy::panic, clippy::unreachable, reason = "a simulation that is wrong in itself stops there")]

mod answers;
mod browser;
mod checks;
mod choices;
mod clock;
mod counting;
mod doubts;
mod faults;
mod gateway;
mod life;
mod orders;
mod people;
mod report;
mod rules;
mod runner;
mod shell;
mod shrink;
mod snapshots;
mod sweeps;
mod trace;
mod turn;
mod wire;

use choices::{Choices, seed_of_life};
use report::Report;
use runner::{Runner, Subject};
use std::{env, process::ExitCode};
use trace::Trace;

/// Lives of a debug build that nobody gave a number.
const FEW: u64 = 2000;
/// One life in so many is lived twice, to see that it is the same.
const TWICE_IN: u64 = 64;

fn main() -> ExitCode {
    let given = (|| Ok((number("SEED")?, number("LIVES")?, number("ORDERS")?, number("SWEEPS")?)))();
    let (seed, lives, subject) = match given {
        Ok((seed, lives, orders, sweeps)) => {
            let is_asked = |number: Option<u64>| number.is_some_and(|number| number > 0);
            let subject = match (is_asked(orders), is_asked(sweeps)) {
                (true, _) => Subject::Orders,
                (false, true) => Subject::Sweeps,
                (false, false) => Subject::Consents,
            };
            (seed.unwrap_or(1), lives.or(cfg!(debug_assertions).then_some(FEW)), subject)
        }
        Err(fault) => {
            let fault: String = fault;
            eprintln!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    // A trap is a violation like any other; what it says comes with its trace.
    std::panic::set_hook(Box::new(|_| ()));
    let mut runner = Runner::new(subject);
    let mut report = Report::new();
    for life in 0..lives.unwrap_or(u64::MAX) {
        let seed = seed_of_life(seed, life);
        let lived = runner.live(Choices::of_seed(seed));
        report.lived(lived.steps, &runner);
        let broken = lived.broken.or_else(|| {
            let is_same = !life.is_multiple_of(TWICE_IN) || runner.live(Choices::of_seed(seed)).hash == lived.hash;
            (!is_same).then_some(rules::SAME_RUN)
        });
        if let Some(rule) = broken {
            show(&mut runner, seed, rule, (subject, report.lives));
            report.end(1);
            return ExitCode::FAILURE;
        }
    }
    report.progress(&runner);
    report.end(0);
    ExitCode::SUCCESS
}

/// Shows how a life breaks a rule, as shortly as it can be made to.
fn show(runner: &mut Runner, seed: u64, rule: &'static str, (subject, lives): (Subject, u64)) {
    let of = match subject {
        Subject::Consents => "",
        Subject::Orders => " ORDERS=1",
        Subject::Sweeps => " SWEEPS=1",
    };
    println!("violation in life {lives}: {rule}\nseed {seed}; to repeat: make simulate{of} SEED={seed} LIVES=1");
    let list = runner.live(Choices::recorded(seed)).list;
    let shortest = shrink::shrink(runner, list.clone(), rule);
    println!("the shortest trace found ({} of {} decisions):", shortest.len(), list.len());
    std::panic::set_hook(Box::new(|trap| println!("{trap}")));
    let mut trace = Trace::readable();
    runner.trace(Choices::of_list(shortest), &mut trace);
    for line in trace.lines() {
        println!("{line}");
    }
}

/// A number from the environment.
fn number(name: &str) -> Result<Option<u64>, String> {
    match env::var(name) {
        Ok(text) if !text.is_empty() => {
            text.parse().map(Some).map_err(|_| format!("{name} must be a whole number from 0, not \"{text}\"."))
        }
        _ => Ok(None),
    }
}
