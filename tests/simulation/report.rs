//! What a run says: how far it is, what broke, and its last line.

use crate::runner::Runner;
use std::{
    io::{IsTerminal as _, stdout},
    time::{Duration, Instant},
};

const OFTEN: Duration = Duration::from_secs(2);
const SELDOM: Duration = Duration::from_secs(30);
/// Lives between two looks at the clock.
const LIVES_A_LOOK: u64 = 1024;

/// The progress of a run.
pub struct Report {
    began: Instant,
    said: Instant,
    every: Duration,
    pub lives: u64,
    pub steps: u64,
}

impl Report {
    pub fn new() -> Self {
        let every = if stdout().is_terminal() { OFTEN } else { SELDOM };
        Self { began: Instant::now(), said: Instant::now(), every, lives: 0, steps: 0 }
    }

    /// Counts a life, and says now and then how it goes.
    pub fn lived(&mut self, steps: u32, runner: &Runner) {
        self.lives += 1;
        self.steps += u64::from(steps);
        if self.lives.is_multiple_of(LIVES_A_LOOK) && self.said.elapsed() >= self.every {
            self.said = Instant::now();
            self.progress(runner);
        }
    }

    /// One line: lives, steps, rate, and the faults of each kind.
    pub fn progress(&self, runner: &Runner) {
        #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a rate is shown roughly")]
        let rate = self.lives as f64 / self.began.elapsed().as_secs_f64();
        print!("{} lives, {} steps, {rate:.0} lives/s;", self.lives, self.steps);
        for (name, count) in runner.counts() {
            print!(" {name} {count}");
        }
        println!();
    }

    /// The last line.
    pub fn end(&self, violations: u32) {
        let seconds = self.began.elapsed().as_secs_f64();
        println!("lives={} steps={} violations={violations} seconds={seconds:.1}", self.lives, self.steps);
    }
}
