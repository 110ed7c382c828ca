//! Whole lives of consents, simulated: the machine of `src/consent/machine.rs` against a model of the gateway, under a
//! virtual clock, with whatever can go wrong. `simulate.rs` runs them natively, `wasm/simulator` in the page.
//!
//! Nothing in here has a clock, a thread or an output: a seed and a plan of faults say all that happens.
//!
//! | file | subject |
//! |---|---|
//! | `choices.rs` | every decision, from a seed or a list |
//! | `clock.rs` | the true time and the machine's |
//! | `faults.rs`, `levels.rs` | what goes wrong, how often it does, and how often somebody wants it to |
//! | `flaws.rs` | ways to break the shell, which the rules are to notice |
//! | `gateway.rs`, `answers.rs` | the gateway's own truth, and how it puts it |
//! | `wire.rs` | messages under way |
//! | `counting.rs` | a shard of the statistics, and what it must hold |
//! | `shell.rs`, `turn.rs` | carries out commands, dies, starts again |
//! | `people.rs`, `browser.rs` | PSU, callers, strangers, and what browsers ask of several consents |
//! | `life.rs` | one life from its first visit to its rest |
//! | `rules.rs`, `checks.rs`, `doubts.rs`, `snapshots.rs` | what must hold after every step |
//! | `orders/`, `sweeps/` | the lives of orders, and of sweeps |
//! | `trace.rs`, `tell.rs` | what happened in a life, step by step |
//! | `runner.rs`, `shrink.rs` | running lives, and making a broken one short |
//! | `link.rs`, `play.rs` | a life as a link, and what the page's simulator asks |
#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "pub says that another file uses it; what others use is listed below")]
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
mod flaws;
mod gateway;
mod levels;
mod life;
mod link;
mod orders;
mod people;
mod play;
mod rules;
mod runner;
mod shell;
mod shrink;
mod snapshots;
mod sweeps;
mod tell;
mod trace;
mod turn;
mod wire;

pub use choices::{Choices, seed_of_life};
pub use faults::Described;
pub use flaws::{Flaw, FlawTold};
pub use link::Link;
pub use play::{Batch, LifeTold, LinkTold, Offer, Play, Violation};
pub use rules::SAME_RUN;
pub use runner::{Lived, Runner, Subject};
pub use shrink::{Patience, shrink};
pub use trace::{After, Done, Step, Trace, Who};
