//! What a run says: how far it is, what broke, and its last line.

use std::{
    io::{IsTerminal as _, stdout},
    time::{Duration, Instant},
};
use tell_connect_simulation::{Lived, Runner};

const OFTEN: Duration = Duration::from_secs(2);
const SELDOM: Duration = Duration::from_secs(30);
/// Lives between two looks at the clock.
const LIVES_A_LOOK: u64 = 1024;

/// The progress of a run.
pub(crate) struct Report {
    began: Instant,
    said: Instant,
    every: Duration,
    pub(crate) lives: u64,
    pub(crate) steps: u64,
}

impl Report {
    pub(crate) fn new() -> Self {
        let every = if stdout().is_terminal() { OFTEN } else { SELDOM };
        Self { began: Instant::now(), said: Instant::now(), every, lives: 0, steps: 0 }
    }

    /// Counts a life, and says now and then how it goes.
    pub(crate) fn lived(&mut self, lived: &Lived, runner: &Runner) {
        self.lives += 1;
        self.steps += u64::from(lived.steps);
        if self.lives.is_multiple_of(LIVES_A_LOOK) && self.said.elapsed() >= self.every {
            self.said = Instant::now();
            self.progress(runner);
        }
    }

    /// One line: lives, steps, rate, and the faults of each kind.
    pub(crate) fn progress(&self, runner: &Runner) {
        #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a rate is shown roughly")]
        let rate = self.lives as f64 / self.began.elapsed().as_secs_f64();
        print!("{} lives, {} steps, {rate:.0} lives/s;", self.lives, self.steps);
        for (name, count) in runner.counts() {
            print!(" {name} {count}");
        }
        println!();
    }

    /// The last line.
    pub(crate) fn end(&self, violations: u32) {
        let seconds = self.began.elapsed().as_secs_f64();
        println!("lives={} steps={} violations={violations} seconds={seconds:.1}", self.lives, self.steps);
    }
}
