//! One order, one payment (`PAY-5`): which consent may send the payment of an order, and what is known of it.
//!
//! ```text
//! order.handle(event, now) -> [command]
//! ```
//!
//! A consent claims the order before its payment leaves. Whoever claims it later is granted it once the holder's payment
//! was rejected, or the holder says that it has not sent one and lets go. A holder that is gone may have sent one: then
//! nobody is granted the order any more.

use crate::{
    consent::{Claim, PaymentView},
    gateway::PaymentState,
};
use std::{collections::VecDeque, rc::Rc};

pub mod shell;
mod snapshot;

pub use snapshot::MAX_SNAPSHOT;

/// Milliseconds between two readings of the clock that both say that an order may be forgotten (`REV-2`).
const CONFIRMED_MS: u64 = 60 * 1000;

/// Who asked and gets exactly one answer. Chosen by the shell.
pub type Caller = u32;
/// A question to a consent. Chosen by the order, unique since its start.
pub type InquiryId = u32;
/// The SHA-256 of a payment's text.
pub type Digest = [u8; 32];

/// What happens to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A consent is about to send its payment.
    Claimed {
        /// Who asks.
        caller: Caller,
        /// The consent's object.
        by: String,
        /// The payment.
        digest: Digest,
    },
    /// Somebody wants to know whether it can be paid, before they send the customer to the bank.
    Checked {
        /// Who asks.
        caller: Caller,
        /// The payment, if it was stated.
        digest: Option<Digest>,
    },
    /// A consent tells how its payment stands.
    Told {
        /// Who tells.
        caller: Caller,
        /// The consent's object.
        by: String,
        /// How it stands.
        view: PaymentView,
    },
    /// A consent answered a question, or could not be asked.
    Heard {
        /// The question.
        id: InquiryId,
        /// The answer.
        standing: Standing,
    },
    /// The time asked for came, or the order was loaded again.
    Woken,
}

/// How a consent's payment stands, as the consent says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was sent.
    Sent(PaymentView),
    /// It was not; and if the consent was told to let go, it will not be without another claim.
    NotSent,
    /// There is no such consent any more.
    Gone,
    /// It could not be asked.
    Failed,
}

/// What the shell is to do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make this durable before carrying out what follows.
    Keep(String),
    /// Tell [`Event::Woken`] then, in place of any time before.
    Wake(u64),
    /// Erase all that was kept.
    Forget,
    /// Ask the holder how its payment stands.
    Inquire {
        /// The question.
        id: InquiryId,
        /// The consent's object.
        consent: String,
        /// It is to let go, if it has not sent it.
        lets_go: bool,
    },
    /// Answer a caller.
    Answer {
        /// Whom.
        caller: Caller,
        /// What.
        claim: Claim,
    },
}

/// What is kept of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The payment, which stays the same.
    pub digest: Digest,
    /// The consent that may have sent it, or may send it.
    pub holder: String,
    /// How that one's payment stands.
    pub view: PaymentView,
    /// When that was last heard of, in milliseconds since 1970.
    pub at: u64,
    /// When the clock first said that its time is over, in milliseconds since 1970.
    pub over_at: Option<u64>,
}

/// One order.
#[derive(Debug)]
pub struct Order {
    kept_ms: u64,
    record: Option<Record>,
    /// Those who wait for their turn. The first is being decided.
    queue: VecDeque<Ask>,
    inquiry: Option<InquiryId>,
    last_inquiry: InquiryId,
    commands: Vec<Command>,
}

/// Somebody who wants to pay the order.
#[derive(Debug)]
struct Ask {
    caller: Caller,
    /// The consent that claims it; nobody yet, who only checks.
    by: Option<String>,
    digest: Option<Digest>,
}

impl Order {
    /// An order of which this was kept, for that many milliseconds after it was last heard of.
    pub fn new(record: Option<Record>, kept_ms: u64) -> Self {
        Self { kept_ms, record, queue: VecDeque::new(), inquiry: None, last_inquiry: 0, commands: Vec::new() }
    }

    /// What is kept.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Takes one event at `now` (milliseconds since 1970) and says what to do, in order.
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Command> {
        self.read_clock(now);
        match event {
            Event::Claimed { caller, by, digest } => {
                self.queue.push_back(Ask { caller, by: Some(by), digest: Some(digest) });
            }
            Event::Checked { caller, digest } => self.queue.push_back(Ask { caller, by: None, digest }),
            Event::Told { caller, by, view } => {
                if self.record.as_ref().is_some_and(|record| record.holder == by) {
                    self.learn(view, now);
                }
                self.commands.push(Command::Answer { caller, claim: Claim::Granted });
            }
            Event::Heard { id, standing } => self.heard(id, standing, now),
            Event::Woken => self.woken(now),
        }
        while self.inquiry.is_none()
            && let Some(ask) = self.queue.pop_front()
        {
            match self.decide(&ask) {
                Some(claim) => self.settle(ask, claim, now),
                None => self.inquire(ask),
            }
        }
        std::mem::take(&mut self.commands)
    }

    /// Whether whoever asks may pay; `None` where the holder has to be asked.
    fn decide(&self, ask: &Ask) -> Option<Claim> {
        let Some(record) = &self.record else { return Some(Claim::Granted) };
        if ask.digest.is_some_and(|digest| digest != record.digest) {
            return Some(Claim::Mismatch);
        }
        let is_own = ask.by.as_ref() == Some(&record.holder);
        let state = record.view.state;
        // The holder itself guards that it sends one payment.
        let is_free = state == if is_own { PaymentState::Submitting } else { PaymentState::Rejected };
        if is_free {
            return Some(Claim::Granted);
        }
        (is_own || state.is_final()).then(|| Claim::Taken(Rc::new(record.view.clone())))
    }

    /// Whoever is granted a claim holds the order, which is durable before they hear of it.
    fn settle(&mut self, ask: Ask, claim: Claim, now: u64) {
        if let (Claim::Granted, Some(by), Some(digest)) = (&claim, ask.by, ask.digest) {
            let view = PaymentView::submitting();
            self.keep(Record { digest, holder: by, view, at: now, over_at: None });
        }
        self.commands.push(Command::Answer { caller: ask.caller, claim });
    }

    fn inquire(&mut self, ask: Ask) {
        let Some(record) = &self.record else { return };
        let consent = record.holder.clone();
        self.last_inquiry = self.last_inquiry.wrapping_add(1);
        self.inquiry = Some(self.last_inquiry);
        self.commands.push(Command::Inquire { id: self.last_inquiry, consent, lets_go: ask.by.is_some() });
        self.queue.push_front(ask);
    }

    /// The holder answered: the first in turn is, too.
    fn heard(&mut self, id: InquiryId, standing: Standing, now: u64) {
        if self.inquiry != Some(id) {
            return;
        }
        self.inquiry = None;
        let Some(ask) = self.queue.pop_front() else { return };
        let claim = match standing {
            Standing::Failed => Claim::Failed,
            // A payment that was told of as sent is not unsent by another word.
            Standing::NotSent if self.state() == Some(PaymentState::Submitting) => Claim::Granted,
            Standing::NotSent => self.taken_unless_free(&ask),
            Standing::Sent(view) => {
                self.learn(view, now);
                self.taken_unless_free(&ask)
            }
            Standing::Gone => {
                // It may have sent one before it went.
                self.learn(PaymentView { state: PaymentState::Unknown, ..PaymentView::submitting() }, now);
                self.taken_unless_free(&ask)
            }
        };
        self.settle(ask, claim, now);
    }

    /// What was just heard is the newest there is to know.
    fn taken_unless_free(&self, ask: &Ask) -> Claim {
        let taken = || self.record.as_ref().map_or(Claim::Failed, |record| Claim::Taken(Rc::new(record.view.clone())));
        self.decide(ask).unwrap_or_else(taken)
    }

    fn state(&self) -> Option<PaymentState> {
        self.record.as_ref().map(|record| record.view.state)
    }

    /// Keeps what is new of the holder's payment.
    fn learn(&mut self, view: PaymentView, now: u64) {
        let Some(record) = &self.record else { return };
        let state = record.view.state.after(view.state);
        let PaymentView { bank_status, reference, .. } = record.view.clone();
        // An older view, which comes late, has an older word.
        let newer = view.bank_status.filter(|_| state == view.state);
        let view = PaymentView {
            state,
            bank_status: newer.or(bank_status),
            reference: view.reference.or(reference),
            payment: None,
        };
        if view != record.view {
            self.keep(Record { view, at: now, over_at: None, ..record.clone() });
        }
    }

    fn keep(&mut self, record: Record) {
        self.commands.push(Command::Wake(record.at.saturating_add(self.kept_ms)));
        self.commands.push(Command::Keep(record.write()));
        self.record = Some(record);
    }

    /// What one reading of the clock said, another takes back (`REV-2`).
    fn read_clock(&mut self, now: u64) {
        let Some(record) = self.record.as_ref().filter(|record| record.over_at.is_some()) else { return };
        if now < record.at.saturating_add(self.kept_ms) {
            self.keep(Record { over_at: None, ..record.clone() });
        }
    }

    /// An order that was not heard of for so long is forgotten, once a second reading of the clock says so too (`REV-2`).
    fn woken(&mut self, now: u64) {
        let Some(record) = &self.record else { return };
        let ends_at = record.at.saturating_add(self.kept_ms);
        let first = record.over_at.filter(|first| *first <= now);
        match first {
            _ if now < ends_at => self.commands.push(Command::Wake(ends_at)),
            Some(first) if now - first >= CONFIRMED_MS => {
                self.record = None;
                self.commands.push(Command::Forget);
            }
            Some(first) => self.commands.push(Command::Wake(first + CONFIRMED_MS)),
            None => {
                let record = Record { over_at: Some(now), ..record.clone() };
                self.commands.push(Command::Wake(now + CONFIRMED_MS));
                self.commands.push(Command::Keep(record.write()));
                self.record = Some(record);
            }
        }
    }
}

#[cfg(test)]
mod tests;
