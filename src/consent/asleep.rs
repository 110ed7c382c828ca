//! A consent that was loaded, and has not woken yet.

use super::{Command, Consent, Event, Phase, Record, View};

/// A consent from its last durable snapshot. All it can do is wake.
#[derive(Debug)]
pub struct Asleep(Consent);

impl Asleep {
    /// Nothing happens to it before it is woken.
    pub(super) fn new(consent: Consent) -> Self {
        Self(consent)
    }

    /// Takes up what a crash interrupted, at `now` (milliseconds since 1970).
    pub fn wake(self, now: u64) -> (Consent, Vec<Command>) {
        let Self(mut consent) = self;
        consent.resume(now);
        let commands = consent.handle(Event::Woken, now);
        (consent, commands)
    }

    /// What may be known from outside.
    pub fn view(&self, now: u64) -> Option<View<'_>> {
        self.0.view(now)
    }

    /// The phase, for whoever checks the machine.
    pub fn phase(&self) -> Option<&Phase> {
        self.0.phase()
    }

    /// What is kept.
    pub fn record(&self) -> Option<&Record> {
        self.0.record()
    }
}
