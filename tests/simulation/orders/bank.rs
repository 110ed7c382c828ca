//! A model of the bank, written apart from the core: which payments it made, and how far each is by its own, true time.

use super::words::{self, Answer};
use crate::{answers, choices::Choices};
use tell_connect::gateway::PaymentState;

/// Milliseconds by which an access token outlives what was said of it: the way takes time.
const LEEWAY_MS: u64 = 5000;
const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;

/// How far a payment is, by the milliseconds since it was made.
type Course = &'static [(u64, &'static str)];

/// What becomes of payments. The first is the tamest.
const COURSES: [Course; 11] = [
    &[(0, "ACSP"), (10 * SECOND, "ACSC")],
    &[(0, "ACSP")],
    &[(0, "RCVD"), (5 * SECOND, "ACSP"), (60 * SECOND, "ACSC"), (2 * HOUR, "ACCC")],
    &[(0, "Pending"), (20 * SECOND, "RJCT")],
    &[(0, "ACSP"), (HOUR, "RJCT")],
    &[(0, "BLCK"), (HOUR, "ACSC"), (2 * HOUR, "Credited")],
    &[(0, "BLCK"), (40 * SECOND, "Rejected")],
    &[(0, "ACSC"), (10 * SECOND, "ACCC")],
    &[(0, "Reticulating"), (30 * SECOND, "AcceptedSettlementCompleted"), (50 * SECOND, "BLCK"), (HOUR, "ACSC")],
    &[(0, "ACCC")],
    &[(0, "ACSC"), (100 * SECOND, "RJCT")],
];

/// What a request asks for, with the token that it shows.
#[derive(Clone, Debug)]
pub enum Asked {
    Tokens,
    Pay { access: u32 },
    Status { access: u32, reference: String },
}

/// How this life's bank does things.
pub struct Bank {
    access_seconds: u32,
    /// By number: whose they are, and until when they are good.
    accesses: Vec<(usize, u64)>,
    revoked: Vec<usize>,
    pub payments: Vec<Payment>,
    /// It takes every payment from now on.
    relents: bool,
}

/// A payment that the bank made.
pub struct Payment {
    pub seat: usize,
    at: u64,
    course: Course,
}

impl Payment {
    pub fn word(&self, now: u64) -> &'static str {
        let reached = self.course.iter().rev().find(|(after, _)| self.at + after <= now);
        reached.map_or("RCVD", |(_, word)| word)
    }

    pub fn state(&self, now: u64) -> PaymentState {
        words::state_of(self.word(now))
    }

    /// How far it will have come in the end.
    pub fn last(&self) -> (u64, PaymentState) {
        let (after, word) = self.course.last().copied().unwrap_or((0, "RCVD"));
        (self.at + after, words::state_of(word))
    }
}

impl Bank {
    pub fn draw(choices: &mut Choices) -> Self {
        Self {
            access_seconds: choices.of([3600, 3600, 300, 90, 61]),
            accesses: Vec::new(),
            revoked: Vec::new(),
            payments: Vec::new(),
            relents: false,
        }
    }

    /// A token for a consent.
    pub fn issue(&mut self, seat: usize, now: u64) -> (u32, u32) {
        self.accesses.push((seat, now + u64::from(self.access_seconds) * 1000 + LEEWAY_MS));
        (answers::count(&self.accesses) - 1, self.access_seconds)
    }

    pub fn revoke(&mut self, seat: usize) {
        self.revoked.push(seat);
    }

    pub fn is_revoked(&self, seat: usize) -> bool {
        self.revoked.contains(&seat)
    }

    pub fn relent(&mut self) {
        self.relents = true;
    }

    /// What it says of a second payment of a consent, if there is a first.
    pub fn conflict(&self, seat: usize, choices: &mut Choices) -> Option<Answer> {
        let first = self.payments.iter().position(|payment| payment.seat == seat)?;
        Some(words::conflict(first, choices))
    }

    fn opens(&self, access: u32, now: u64) -> bool {
        let access = usize::try_from(access).ok().and_then(|access| self.accesses.get(access));
        access.is_some_and(|(seat, ends_at)| now < *ends_at && !self.revoked.contains(seat))
    }

    /// Answers a request.
    pub fn answer(&mut self, seat: usize, asked: &Asked, now: u64, choices: &mut Choices) -> Answer {
        match asked {
            Asked::Tokens if self.revoked.contains(&seat) => words::grant_refused(),
            Asked::Tokens => {
                let (access, seconds) = self.issue(seat, now);
                words::tokens(access, seconds)
            }
            Asked::Pay { access } | Asked::Status { access, .. } if !self.opens(*access, now) => {
                words::token_refused(matches!(asked, Asked::Pay { .. }))
            }
            Asked::Pay { .. } => self.pay(seat, now, choices),
            Asked::Status { reference, .. } => {
                let number = reference.strip_prefix("P-").and_then(|number| number.parse::<usize>().ok());
                match number.and_then(|number| self.payments.get(number)) {
                    Some(payment) => words::status(payment.word(now), choices),
                    None => words::not_found(),
                }
            }
        }
    }

    fn pay(&mut self, seat: usize, now: u64, choices: &mut Choices) -> Answer {
        match if self.relents { 0 } else { choices.below(8) } {
            6 => words::refused(choices),
            // It is named, and was never made.
            7 => words::rejected_at_once(choices),
            _ => {
                let course = choices.of(COURSES);
                self.payments.push(Payment { seat, at: now, course });
                words::taken(self.payments.len() - 1, course.first().map_or("RCVD", |(_, word)| word), choices)
            }
        }
    }
}
