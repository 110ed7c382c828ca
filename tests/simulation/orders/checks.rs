//! What must hold of what a consent's machine does: of each request that leaves, each alarm, each turn.

use super::{
    Life, rules,
    seat::{Cause, Kind, Wish, is_of_status},
    snapshots::{expected, said},
};
use crate::{rules as common, shell::number};
use tell_connect::{
    consent::{PATIENCE_MS, PaymentView, Phase, Record, Submission, Wake, retry::LONGEST_WAIT_MS},
    gateway::{Call, PaymentState},
};

const HOUR_MS: u64 = 60 * 60 * 1000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// Milliseconds after its deadline at which a call is looked after.
const OVERDUE_MS: u64 = 20_000;
/// How often one question for the status is sent at most: three attempts, and one with another token.
const MOST_ATTEMPTS: u32 = 4;

impl Life<'_> {
    /// A payment is about to leave.
    pub fn check_pay(&mut self, seat: usize, call: &Call, now: u64) {
        let Call::Own(call, access) = call else { return };
        let it = self.seat(seat);
        it.posted += 1;
        let is_first = it.posted == 1;
        let Some(record) = it.record().cloned() else { return self.hold(false, rules::KEPT_FIRST) };
        let is_kept = record.paying.submission == Some(Submission::new(now));
        let is_same = record.paying.payment.as_ref().map(|payment| payment.text()) == call.body();
        let is_token = record.phase.grant().is_some_and(|grant| grant.access_token == *access);
        self.hold(is_first, rules::SENT_ONCE);
        self.hold(is_kept && is_same, rules::KEPT_FIRST);
        self.hold(is_token && call.path().path() == "/payments", common::FRESH);
        self.check_held(seat, &record);
    }

    /// The bank has taken what came; whether it made a payment.
    pub fn payment_made(&mut self, number: Option<usize>, seat: usize) {
        let now = self.clock.time();
        let Some(number) = number else { return };
        let others = self.bank.payments.iter().enumerate().filter(|(other, _)| *other != number);
        let is_one = { others }.all(|(_, other)| other.seat != seat && other.state(now) == PaymentState::Rejected);
        self.hold(is_one || self.is_excused, rules::ONE_PAYMENT);
    }

    /// A question for the status is about to leave.
    pub fn check_status(&mut self, seat: usize, call: &Call) {
        let Call::Own(call, access) = call else { return };
        let it = self.seat(seat);
        let Some(record) = it.record() else { return self.hold(false, rules::ASKED) };
        let submission = record.paying.submission.as_ref();
        let asked_at = submission.and_then(|submission| submission.asked_at);
        let reference = submission.and_then(|submission| submission.reference.as_ref());
        let is_named = reference.is_some_and(|name| call.path().path().strip_prefix("/payments/") == Some(name));
        let is_token = record.phase.grant().is_some_and(|grant| number(&grant.access_token) == number(access));
        let is_open = submission.is_some_and(|submission| !submission.state.is_final());
        let is_alone = !it.flights.iter().any(|flight| flight.is_open && flight.kind == Kind::Status);
        let is_asked = match &mut it.question {
            Some(question) => {
                question.sent += 1;
                Some(question.asked_at) == asked_at && question.sent <= MOST_ATTEMPTS
            }
            None => false,
        };
        self.hold(is_asked && is_alone && is_named && is_open, rules::ASKED);
        self.hold(is_token, common::FRESH);
    }

    /// A consent asks to be woken.
    pub fn check_wake(&mut self, seat: usize, wake: Wake, now: u64) {
        let went_back = self.clock.went_back();
        let it = self.seat(seat);
        if !is_of_status(wake.reason) || went_back || it.record().is_none() {
            return;
        }
        // It may be asked for before what it is for is durable.
        let Some(machine) = it.machine.as_ref().and_then(|machine| machine.payment()) else { return };
        let kept = it.paying().and_then(|paying| paying.submission.clone());
        let Some(kept) = kept else { return self.hold(false, rules::GAPS) };
        if kept.asked_at.is_some_and(|asked_at| asked_at > now) {
            return;
        }
        let asked_at = kept.asked_at.unwrap_or(kept.at);
        let slot = slot_after(&kept, asked_at);
        // While a question is under way, the next one is planned that comes after it.
        let is_next = it.question.is_some() && wake.at == slot_after(&kept, asked_at.max(now));
        let is_slot = wake.at == slot || is_next || kept.asked_at.is_some_and(|asked_at| wake.at == asked_at + 2000);
        let is_asked_now = it.question.is_some_and(|question| question.asked_at == now);
        let is_in_time = slot <= kept.at + DAY_MS;
        self.hold(is_slot && is_in_time || is_asked_now, rules::GAPS);
        self.hold(!machine.state.is_final() && machine.state != PaymentState::Submitting, rules::GAPS);
    }

    /// An order is about to be asked whether a payment may be sent.
    pub fn check_claims(&mut self, seat: usize, digest: [u8; 32]) {
        let it = self.seat(seat);
        let stated = it.paying().and_then(|paying| paying.payment.clone());
        let is_wanted = it.callers.iter().any(|waiting| match &waiting.wish {
            Wish::Pay { payment, .. } => {
                payment.as_ref().or(stated.as_ref()).is_some_and(|payment| payment.digest() == digest)
            }
            Wish::Look | Wish::Erase | Wish::Inquiry { .. } => false,
        });
        let is_sent = it.state.is_some();
        self.hold(is_wanted && !is_sent, rules::CLAIM);
    }

    /// All commands of a turn are carried out.
    pub fn check_turn(&mut self, seat: usize, before: Option<PaymentState>, cause: &Cause, now: u64) {
        self.check_known(seat);
        self.check_state(seat, before, cause);
        self.check_alarm(seat, now);
        // By a clock that was set back they wait for as long as it was put off before.
        let longest = if self.clock.went_back() { 2 * PATIENCE_MS } else { PATIENCE_MS };
        let it = self.seat(seat);
        let alarm = it.alarm.map(|alarm| alarm.at);
        let is_under_way = it.callers.is_empty() || it.flights.iter().any(|flight| flight.is_open);
        let is_soon = alarm.is_some_and(|at| at <= now + longest);
        let polls = matches!(cause, Cause::Woken | Cause::Started) && alarm.is_some_and(|at| at <= now);
        // What left by a clock that was ahead is followed by the right one.
        let submission = it.record().and_then(|record| record.paying.submission.as_ref());
        let is_past = submission.is_none_or(|submission| submission.state.is_final() || submission.at <= now);
        self.hold(is_past || !matches!(cause, Cause::Woken | Cause::Started), rules::GAPS);
        self.hold(is_under_way || is_soon, common::NO_WAIT);
        self.hold(!polls, common::NO_POLL);
    }

    /// What the machine knows is durable.
    fn check_known(&mut self, seat: usize) {
        let it = self.seat(seat);
        let machine = it.machine.as_ref();
        let phase = machine.and_then(|machine| machine.phase());
        let is_same = phase == it.record().map(|record| &record.phase)
            && machine.and_then(|machine| machine.payment()) == it.record().map(view_of);
        self.hold(is_same, common::DURABLE);
    }

    /// The payment's state follows from what happened, and from what the bank did.
    fn check_state(&mut self, seat: usize, before: Option<PaymentState>, cause: &Cause) {
        let now = self.clock.time();
        let it = self.seat(seat);
        let Some(state) = it.record().and(it.state) else { return };
        let is_held = it.record().is_some_and(|record| record.phase.grant().is_some());
        let is_of_question = matches!(cause, Cause::Answered { flight, .. } if flight.kind == Kind::Status);
        if before.is_some() && (is_held || !is_of_question) {
            self.hold(Some(state) == expected(before, cause), rules::STATE);
            // The first name is there to ask by, and the last word is told.
            let submission = self.seat(seat).paying().and_then(|paying| paying.submission.clone());
            let is_kept = said(cause).zip(submission).is_none_or(|(said, submission)| {
                (said.name.is_none() || submission.reference.is_some())
                    && (said.word.is_none() || said.word == submission.bank_status)
            });
            self.hold(is_kept, rules::BANK_SAID);
        }
        let is_resumed = !matches!(cause, Cause::Started) || state != PaymentState::Submitting;
        self.hold(is_resumed, rules::RESUMED);
        let payment = self.bank.payments.iter().find(|payment| payment.seat == seat);
        match state {
            PaymentState::Accepted | PaymentState::Settled | PaymentState::Credited | PaymentState::Blocked => {
                self.hold(payment.is_some(), rules::TRUE_YES);
            }
            PaymentState::Rejected => {
                let is_true = payment.is_none_or(|payment| payment.state(now) == PaymentState::Rejected);
                self.hold(is_true, rules::TRUE_NO);
            }
            _ => {}
        }
    }

    /// What is kept is looked after, even if nobody ever comes again.
    pub fn check_alarm(&mut self, seat: usize, now: u64) {
        if self.clock.went_back() {
            return;
        }
        let it = self.seat(seat);
        let Some(kept) = &it.kept else { return };
        let alarm = it.alarm.map_or(u64::MAX, |alarm| alarm.at);
        let has_notes = !kept.record.notes.is_empty();
        self.hold(!has_notes || alarm <= now + LONGEST_WAIT_MS, rules::NOTE_ARRIVES);
        let it = self.seat(seat);
        let Some(record) = it.record() else { return };
        let Some(submission) = &record.paying.submission else { return };
        let is_held = matches!(record.phase, Phase::Active { .. });
        let is_idle = it.callers.is_empty() && it.flights.iter().all(|flight| !flight.is_open);
        let is_open = !submission.state.is_final() && submission.reference.is_some();
        let slot = slot_after(submission, submission.asked_at.unwrap_or(submission.at).max(now));
        let is_followed = match submission.state {
            PaymentState::Submitting => alarm <= submission.at + OVERDUE_MS || alarm <= now + OVERDUE_MS,
            _ if is_open && is_held && is_idle && slot <= submission.at + DAY_MS => {
                alarm <= slot.max(now + PATIENCE_MS)
            }
            _ => true,
        };
        self.hold(is_followed, common::ALARM);
    }
}

/// The first time after another at which the bank is asked unasked: 5 s after the payment left, then in gaps that
/// double until they are an hour.
fn slot_after(submission: &Submission, time: u64) -> u64 {
    let (mut slot, mut gap) = (submission.at + 5000, 5000);
    while slot <= time && slot <= submission.at + DAY_MS {
        gap = if gap * 2 > HOUR_MS { HOUR_MS } else { gap * 2 };
        slot += gap;
    }
    slot
}

/// What may be told of the payment that is durable.
pub fn view_of(record: &Record) -> PaymentView {
    let submission = record.paying.submission.as_ref();
    let state = match (submission, record.phase.grant()) {
        (Some(submission), _) => submission.state,
        (None, Some(_)) => PaymentState::Ready,
        (None, None) => PaymentState::AwaitingConsent,
    };
    PaymentView {
        state,
        bank_status: submission.and_then(|submission| submission.bank_status.clone()),
        reference: submission.and_then(|submission| submission.reference.clone()),
        payment: record.paying.payment.clone(),
    }
}
