//! A consent's object: what it knows while it runs, and what outlives it.

use super::words::Said;
use crate::shell::Alarm;
use std::rc::Rc;
use tell_connect::{
    consent::{Backlog, Budget, Caller, Consent, Grant, Note, Paying, Phase, Reason, Receiver, Record, SendId, What},
    gateway::{Applications, OrderKey, Payment, PaymentState, Secret},
    profile::{Environment, Scope},
};

/// A consent's object, and what outlives it: storage and alarm.
pub struct Seat {
    pub applications: Rc<Applications>,
    /// `None` between a crash and the next event.
    pub machine: Option<Consent>,
    /// How often it was started.
    pub started: u32,
    pub kept: Option<Kept>,
    pub alarm: Option<Alarm>,
    /// The alarm whose event is being handled; it goes off again unless that is done.
    pub ringing: Option<Alarm>,
    pub flights: Vec<Flight>,
    pub callers: Vec<Waiting>,
    last_caller: Caller,
    /// Payments that left, ever.
    pub posted: u32,
    /// Somebody was told that it was submitted for them, since the start.
    pub has_first: bool,
    /// How far its payment is, as it was last durable: it outlives the consent.
    pub state: Option<PaymentState>,
    /// Every note there ever was, and whether its receiver got it.
    pub notes: Vec<Noted>,
    /// The question for the status that is under way.
    pub question: Option<Question>,
    /// It was deleted, or replaced.
    pub is_forgotten: bool,
    /// What of its life cannot be held against it: its clock said that its time was over.
    pub is_excused: bool,
    /// The clock jumped while it was there, or an alarm was very late.
    pub is_mistimed: bool,
}

/// The snapshot that is durable.
pub struct Kept {
    pub text: Secret,
    pub record: Record,
}

/// Somebody who waits for one answer.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub caller: Caller,
    pub wish: Wish,
}

/// What they want.
#[derive(Clone, Debug)]
pub enum Wish {
    Pay {
        payment: Option<Payment>,
        order: Option<OrderKey>,
    },
    Look,
    Erase,
    /// The order asks: its start, and the question.
    Inquiry {
        started: u32,
        id: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Tokens,
    Pay,
    Status,
}

/// A request that was sent since the object was started.
#[derive(Clone, Copy, Debug)]
pub struct Flight {
    pub id: SendId,
    pub kind: Kind,
    /// No answer came yet, nor was it given up.
    pub is_open: bool,
    /// An answer came.
    pub is_answered: bool,
    pub deadline: u64,
}

/// A note, as it was first made durable.
pub struct Noted {
    pub note: Note,
    pub is_received: bool,
}

/// A question for the status: when it was raised, and how often it was sent.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub asked_at: u64,
    pub sent: u32,
}

/// Why the machine is called.
#[derive(Clone, Debug)]
pub enum Cause {
    Asked,
    Erase,
    Claimed { is_granted: bool },
    Noted { id: u32, is_delivered: bool },
    Answered { flight: Flight, said: Said },
    Lost { flight: Flight },
    Woken,
    Started,
}

/// What a consent begins with.
pub struct Terms {
    pub payment: Option<Payment>,
    pub order: Option<OrderKey>,
}

impl Seat {
    pub fn new(applications: Rc<Applications>, record: Record) -> Self {
        let notes = record.notes.iter().map(|note| Noted { note: *note, is_received: false }).collect();
        Self {
            applications,
            machine: None,
            started: 0,
            // As it was asked for with what is kept.
            alarm: Some(Alarm { at: record.requested_at + 10_000, late: 0, early: 0 }),
            kept: Some(Kept { text: record.write(), record }),
            ringing: None,
            flights: Vec::new(),
            callers: Vec::new(),
            last_caller: 0,
            posted: 0,
            has_first: false,
            state: None,
            notes,
            question: None,
            is_forgotten: false,
            is_excused: false,
            is_mistimed: false,
        }
    }

    /// Somebody who will wait for one answer.
    pub fn caller(&mut self, wish: Wish) -> Caller {
        self.last_caller += 1;
        self.callers.push(Waiting { caller: self.last_caller, wish });
        self.last_caller
    }

    /// Something is under way, or somebody waits.
    pub fn is_busy(&self) -> bool {
        let has_notes = self.kept.as_ref().is_some_and(|kept| !kept.record.notes.is_empty());
        has_notes || !self.callers.is_empty() || self.flights.iter().any(|flight| flight.is_open)
    }

    pub fn flight(&mut self, id: SendId) -> Option<&mut Flight> {
        self.flights.iter_mut().find(|flight| flight.id == id)
    }

    /// What is durable, while the consent is there.
    pub fn record(&self) -> Option<&Record> {
        self.kept.as_ref().map(|kept| &kept.record).filter(|record| record.forgotten_at.is_none())
    }

    pub fn paying(&self) -> Option<&Paying> {
        self.record().map(|record| &record.paying)
    }

    /// Whether the order may have been paid by it.
    pub fn may_have_paid(&self) -> bool {
        self.state.is_some_and(|state| state != PaymentState::Rejected)
    }
}

/// The record of a consent that the customer has just granted: with its tokens, or with the code for them.
pub fn granted(number: usize, terms: Terms, tokens: Option<(u32, u32)>, host_listens: bool, now: u64) -> Record {
    let phase = match tokens {
        Some((access, seconds)) => Phase::Active {
            grant: Grant {
                access_token: Secret::new(format!("A~{access}")),
                access_ends_at: now + u64::from(seconds) * 1000,
                refresh_token: (number % 5 != 3).then(|| Secret::new(format!("R~{access}"))),
                unusable: None,
                permissions: Vec::new(),
                granted_at: now,
                renewed_at: None,
                vouched_at: None,
            },
        },
        None => Phase::Authorised { code: Secret::new(String::from("C~1")), code_at: now, unread: None },
    };
    let is_noted = host_listens && tokens.is_some();
    let note = Note { id: 0, at: now, to: Receiver::Host, what: What::Connected };
    Record {
        environment: Environment::Sandbox,
        scope: Scope::Pisp,
        uuid: format!("00000000-0000-4000-8000-{number:012}"),
        intent_id: format!("i-{number}"),
        application: String::from("default"),
        requested_at: now,
        code_digest: None,
        customer: None,
        renews: false,
        paying: Paying { payment: terms.payment, order: terms.order, submission: None },
        budget: Budget::default(),
        sweep: None,
        notes: is_noted.then_some(note).into_iter().collect(),
        noted: u32::from(is_noted),
        tally: Backlog::default(),
        forgotten_at: None,
        over_at: None,
        phase,
    }
}

/// Why an alarm is due that the machine asked for.
pub fn is_of_status(reason: Reason) -> bool {
    reason == Reason::PaymentStatus
}
