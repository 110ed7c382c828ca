//! Those who wait for tokens: browsers back from the bank, and calls that cannot be sent without.

use super::{Caller, Failure, PATIENCE_MS, out::Out, reads::Read};

/// Who waits, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Waiters(Vec<Waiting>);

#[derive(Debug)]
struct Waiting {
    who: Waiter,
    since: u64,
}

/// Somebody who waits for tokens.
#[derive(Debug)]
pub(super) enum Waiter {
    /// A browser that came back from the bank.
    Browser(Caller),
    /// A call that cannot be sent without one.
    Read(Read),
    /// The payment, which cannot either.
    Payment,
}

/// Who of those that wait is told that there are no tokens for now.
#[derive(Clone, Copy)]
pub(super) enum Leaving {
    /// All of them.
    Everyone,
    /// Those who would have waited too long by then.
    ImpatientAt(u64),
}

impl Waiters {
    /// One more waits, `since` that time.
    pub(super) fn join(&mut self, who: Waiter, since: u64) {
        self.0.push(Waiting { who, since });
    }

    /// The clock was set back: nobody has waited since a time that is still to come.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        for waiting in &mut self.0 {
            waiting.since = waiting.since.min(now);
            if let Waiter::Read(read) = &mut waiting.who {
                read.clock_went_back(now);
            }
        }
    }

    /// Whether nobody waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells some that they wait in vain.
    pub(super) fn leave(&mut self, leaving: Leaving, failure: &Failure, out: &mut Out) {
        let leaves = |waiting: &mut Waiting| match leaving {
            Leaving::Everyone => true,
            Leaving::ImpatientAt(at) => at.saturating_sub(waiting.since) >= PATIENCE_MS,
        };
        for Waiting { who, .. } in self.0.extract_if(.., leaves) {
            match who {
                Waiter::Browser(caller) => out.answer(caller, Err(failure.clone())),
                Waiter::Read(read) => out.read(read.reader(), Err(failure.clone())),
                Waiter::Payment => out.payment_gets_no_token(failure.clone()),
            }
        }
    }

    /// All go on, none waits any more.
    pub(super) fn release(&mut self) -> impl Iterator<Item = Waiter> + use<> {
        std::mem::take(&mut self.0).into_iter().map(|waiting| waiting.who)
    }
}
