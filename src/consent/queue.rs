//! Calls that wait for their turn, since only so many of a consent are under way at once (`ACC-7`).

use super::{Failure, PATIENCE_MS, Reason, Wake, out::Out, reads::Read, retry};
use std::collections::VecDeque;

/// Calls that wait at most; whoever comes after them is told to come back.
const LONGEST: usize = 128;
/// Seconds after which to come back.
const COME_BACK_S: u64 = 5;

/// Who waits, and until when, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<(Read, u64)>);

impl Queue {
    /// One more waits, unless too many do.
    pub(super) fn join(&mut self, read: Read, out: &mut Out, now: u64) {
        if self.0.len() < LONGEST {
            self.0.push_back((read, now + PATIENCE_MS));
        } else {
            out.answer(read.caller(), Err(Failure::Crowded(COME_BACK_S)));
        }
    }

    /// The turn of so many has come.
    pub(super) fn leave(&mut self, count: usize) -> Vec<Read> {
        self.0.drain(..count.min(self.0.len())).map(|(read, _)| read).collect()
    }

    /// Whoever has waited too long is told to come back.
    pub(super) fn expire(&mut self, out: &mut Out, now: u64) {
        while self.0.front().is_some_and(|(_, until)| *until <= now)
            && let Some((read, _)) = self.0.pop_front()
        {
            out.answer(read.caller(), Err(Failure::Crowded(COME_BACK_S)));
        }
    }

    /// When the first will have waited too long.
    pub(super) fn deadline(&self) -> Option<Wake> {
        self.0.front().map(|(_, until)| Wake { at: *until, reason: Reason::TurnOverdue })
    }

    /// The clock was set back: nobody waits until it has come up again.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        for (read, until) in &mut self.0 {
            read.clock_went_back(now);
            *until = retry::after_going_back(*until, PATIENCE_MS, now);
        }
    }

    /// The consent is over: all who wait are told.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        for (read, _) in std::mem::take(&mut self.0) {
            out.answer(read.caller(), Err(failure.clone()));
        }
    }
}
