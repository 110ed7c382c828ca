//! What is kept of a consent's one payment, and what callers are told of it.

use super::{Phase, Record};
use crate::{
    gateway::{OrderKey, Payment, PaymentAnswer, PaymentState},
    wire::json::quoted,
};

/// The one payment of a PISP consent (`PAY-1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paying {
    /// What is to be paid, or was: as it was stated with the authorisation (`PAY-6`), or submitted.
    pub payment: Option<Payment>,
    /// The order that it is for (`PAY-5`).
    pub order: Option<OrderKey>,
    /// That it was sent. Nothing sends another one then (`PAY-2`).
    pub submission: Option<Submission>,
}

/// A payment that may have reached the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// When it left, in milliseconds since 1970.
    pub at: u64,
    /// How far it is.
    pub state: PaymentState,
    /// The bank's word for that.
    pub bank_status: Option<String>,
    /// The bank's name for it.
    pub reference: Option<String>,
    /// When the bank was last asked how far it is, in milliseconds since 1970.
    pub asked_at: Option<u64>,
}

impl Submission {
    /// One that leaves now.
    pub fn new(now: u64) -> Self {
        Self { at: now, state: PaymentState::Submitting, bank_status: None, reference: None, asked_at: None }
    }

    /// Takes what the bank says; whether that is news.
    pub(super) fn take(&mut self, answer: PaymentAnswer) -> bool {
        let before = self.clone();
        if let Some(word) = answer.state {
            self.state = self.state.after(word);
        }
        self.bank_status = answer.bank_status.or(self.bank_status.take());
        // The first name that the bank gave it is the one to ask by.
        self.reference = self.reference.take().or(answer.reference);
        *self != before
    }
}

/// What may be told of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentView {
    /// How far it is.
    pub state: PaymentState,
    /// The bank's word for that.
    pub bank_status: Option<String>,
    /// The bank's name for it.
    pub reference: Option<String>,
    /// The payment, as it was given.
    pub payment: Option<Payment>,
}

impl PaymentView {
    /// What may be told of a record's.
    pub fn of(record: &Record) -> Self {
        let Paying { payment, submission, .. } = &record.paying;
        let state = match (submission, &record.phase) {
            (Some(submission), _) => submission.state,
            (None, Phase::Active { .. } | Phase::Refreshing { .. }) => PaymentState::Ready,
            (None, Phase::Requested | Phase::Authorised { .. } | Phase::Ended { .. }) => PaymentState::AwaitingConsent,
        };
        let bank_status = submission.as_ref().and_then(|submission| submission.bank_status.clone());
        let reference = submission.as_ref().and_then(|submission| submission.reference.clone());
        Self { state, bank_status, reference, payment: payment.clone() }
    }

    /// Of one that is about to leave.
    pub fn submitting() -> Self {
        Self { state: PaymentState::Submitting, bank_status: None, reference: None, payment: None }
    }

    /// Without the payment itself, which whoever submits it has at hand.
    #[must_use]
    pub fn brief(self) -> Self {
        Self { payment: None, ..self }
    }

    /// As JSON, the payment byte for byte in it.
    pub fn json(&self) -> String {
        let member = |name: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| [",\"", name, "\":", &quoted(value)].concat())
        };
        let payment = self.payment.as_ref();
        let payment = payment.map_or_else(String::new, |payment| [",\"payment\":", payment.text()].concat());
        let (bank_status, reference) = (member("bankStatus", &self.bank_status), member("reference", &self.reference));
        ["{\"state\":\"", self.state.name(), "\"", &bank_status, &reference, &payment, "}"].concat()
    }
}
