//! What others are to be told of a consent, until they were: the host, and the order that its payment is for.
//!
//! A note is made durable with what it tells of, before anything leaves, and is taken out once it was delivered: each is
//! delivered at least once, with the same id each time, however long its receiver is away.

use super::{End, PaymentView, Reason, Record, Wake, out::Out, retry};
use crate::{
    gateway::{OrderKey, PaymentState},
    profile::Scope,
};

/// Milliseconds after which a delivery under way is made again.
const OVERDUE_MS: u64 = 60 * 1000;

/// What is to be told to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number within the consent.
    pub id: u32,
    /// When it came about, in milliseconds since 1970.
    pub at: u64,
    /// Who is told.
    pub to: Receiver,
    /// What happened.
    pub what: What,
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// The host, by its queue or its handler.
    Host,
    /// The order that the payment is for (`PAY-5`).
    Order,
}

/// What happened to a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The customer consented and the tokens are here.
    Connected,
    /// The same, in place of a consent from before.
    Renewed,
    /// It ended after it was granted.
    Ended(End),
    /// Its payment is in another state.
    Payment(PaymentState),
}

impl What {
    /// The words for it, as they are told and kept.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Connected => ["connected", ""],
            Self::Renewed => ["renewed", ""],
            Self::Ended(end) => [end.name(), ""],
            Self::Payment(state) => ["payment.", state.name()],
        }
    }

    /// Reads them.
    pub(super) fn parse(words: &str) -> Option<Self> {
        if let Some(state) = words.strip_prefix("payment.") {
            return PaymentState::try_from(state.to_owned()).ok().map(Self::Payment);
        }
        let ends = End::ALL.map(Self::Ended);
        [Self::Connected, Self::Renewed].into_iter().chain(ends).find(|what| what.words().concat() == words)
    }
}

/// A note with what its receiver needs to make something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The note.
    pub note: Note,
    /// The authorisation's UUID.
    pub uuid: String,
    /// What was asked for.
    pub scope: Scope,
    /// The application, by name.
    pub application: String,
    /// The host's name for the customer.
    pub customer: Option<String>,
    /// The order that the payment is for.
    pub order: Option<OrderKey>,
    /// The payment as it stands.
    pub payment: Option<PaymentView>,
}

impl Notice {
    fn of(note: Note, record: &Record) -> Self {
        let is_payment = matches!(note.what, What::Payment(_));
        Self {
            note,
            uuid: record.uuid.clone(),
            scope: record.scope,
            application: record.application.clone(),
            customer: record.customer.clone(),
            order: record.paying.order.clone(),
            payment: is_payment.then(|| PaymentView::of(record).brief()),
        }
    }
}

/// The deliveries under way since the machine started.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    under_way: Vec<u32>,
    /// How often a delivery failed since the last that did not.
    failures: u8,
    /// When they are tried again: after one failed, or should a crash have interrupted them.
    due: Option<u64>,
}

impl Outbox {
    /// Has delivered what is neither under way nor put off.
    pub(super) fn go_on(&mut self, record: &Record, out: &mut Out, now: u64) {
        let is_due = self.due.is_some_and(|due| due <= now);
        if is_due {
            self.under_way.clear();
        }
        let is_put_off = self.failures > 0 && !is_due;
        for note in record.notes.iter().filter(|_| !is_put_off) {
            if !self.under_way.contains(&note.id) {
                self.under_way.push(note.id);
                self.due = Some(now + OVERDUE_MS);
                out.deliver(Notice::of(*note, record));
            }
        }
        if record.notes.is_empty() {
            *self = Self::default();
        }
    }

    /// One was delivered, or was not. Whether the record changed.
    pub(super) fn heard(&mut self, id: u32, is_delivered: bool, record: &mut Record, now: u64) -> bool {
        if is_delivered {
            self.under_way.retain(|under_way| *under_way != id);
            self.failures = 0;
            let before = record.notes.len();
            record.notes.retain(|note| note.id != id);
            return record.notes.len() < before;
        }
        self.failures = self.failures.saturating_add(1);
        self.due = Some(now + (8 * retry::backoff_ms(self.failures, &record.uuid)).min(retry::LONGEST_WAIT_MS));
        false
    }

    /// The clock was set back: nothing waits until it has come up again.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        self.due = self.due.map(|due| retry::after_going_back(due, retry::LONGEST_WAIT_MS, now));
    }

    /// When they are tried again.
    pub(super) fn deadline(&self) -> Option<Wake> {
        self.due.map(|at| Wake { at, reason: Reason::Delivery })
    }
}
