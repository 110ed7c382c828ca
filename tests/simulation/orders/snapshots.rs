//! What must hold of each snapshot of a consent: that it follows from the one before and from what happened.

use super::{
    Life,
    post::name,
    rules,
    seat::{Cause, Kept, Kind, Noted, Question, Seat, Wish},
    words::{Said, after},
};
use crate::rules as common;
use tell_connect::{
    consent::{Receiver, Record, Submission, What, deadlines::ENDED_KEPT_MS},
    gateway::{PaymentState, Secret},
};

/// Milliseconds that lie between two questions for the status at least.
const ASKED_EVERY_MS: u64 = 2000;
/// One snapshot in so many is written again.
const WRITTEN_IN: u64 = 8;

impl Life<'_> {
    /// Makes a snapshot durable.
    pub fn keep(&mut self, seat: usize, text: Secret, cause: &Cause, now: u64) {
        let old = self.seat(seat).kept.take();
        let record = match &old {
            Some(old) if old.text == text => Ok(old.record.clone()),
            _ => Record::read(text.expose()),
        };
        let Ok(record) = record else { return self.hold(false, common::LOADS) };
        let equals_itself = !self.trace.hash().is_multiple_of(WRITTEN_IN) || record.write() == text;
        self.hold(equals_itself, common::LOADS);
        let Some(old) = old else { return self.hold(false, common::STEPS) };
        if record.forgotten_at.is_none() {
            self.check_payment_step(seat, &old.record, &record, cause, now);
        } else {
            let it = self.seat(seat);
            let is_asked = matches!(cause, Cause::Erase) || old.record.forgotten_at.is_some() || it.is_excused;
            self.hold(is_asked, common::NOT_LOST);
            self.hold(record.phase.grant().is_none() && record.paying.payment.is_none(), common::NO_TOKEN);
        }
        self.check_notes_step(seat, &old.record, &record, cause);
        let it = self.seat(seat);
        it.state = record.paying.submission.as_ref().map(|submission| submission.state);
        it.kept = Some(Kept { text, record });
    }

    fn check_payment_step(&mut self, seat: usize, old: &Record, new: &Record, cause: &Cause, now: u64) {
        let is_same = (&old.uuid, old.scope, &old.application, old.requested_at)
            == (&new.uuid, new.scope, &new.application, new.requested_at);
        self.hold(is_same && old.forgotten_at.is_none(), common::STEPS);
        match (&old.paying.submission, &new.paying.submission) {
            (None, None) => self.hold(old.paying == new.paying, rules::STEPS),
            (None, Some(submission)) => {
                self.hold(*submission == Submission::new(now), rules::KEPT_FIRST);
                self.check_wanted(seat, old, new);
            }
            (Some(_), None) => self.hold(false, rules::SENT_ONCE),
            (Some(before), Some(submission)) => {
                let is_same = (&old.paying.payment, &old.paying.order) == (&new.paying.payment, &new.paying.order);
                // Nothing left at a time that is still to come.
                let is_set_back = before.at > now && submission.at == now;
                self.hold(is_same && (submission.at == before.at || is_set_back), rules::STEPS);
                self.check_submission_step(before, submission, cause);
                if submission.asked_at != before.asked_at {
                    let asked_at = submission.asked_at.unwrap_or(0);
                    let is_due = before
                        .asked_at
                        .is_none_or(|before| asked_at.abs_diff(before) >= ASKED_EVERY_MS || before > now);
                    self.hold(asked_at == now && is_due, rules::ASKED);
                    self.seat(seat).question = Some(Question { asked_at, sent: 0 });
                }
            }
        }
    }

    /// What is submitted is what somebody who waits wants to have paid, for their order, which holds it.
    fn check_wanted(&mut self, seat: usize, old: &Record, new: &Record) {
        let order = self.order.clone();
        let it = self.seat(seat);
        let (payment, stated) = (new.paying.payment.clone(), old.paying.payment.clone());
        let is_wanted = it.callers.iter().any(|waiting| match &waiting.wish {
            Wish::Pay { payment: asked, order } => {
                let asked = asked.as_ref().or(stated.as_ref());
                asked == payment.as_ref() && (order.is_none() || *order == new.paying.order)
            }
            Wish::Look | Wish::Erase | Wish::Inquiry { .. } => false,
        });
        self.hold(is_wanted && new.paying.order.as_ref() == Some(&order), rules::STEPS);
        self.hold(stated.is_none() || stated == payment, rules::STEPS);
        self.check_held(seat, new);
    }

    /// The order is this consent's, durably.
    pub fn check_held(&mut self, seat: usize, record: &Record) {
        let digest = record.paying.payment.as_ref().map(|payment| payment.digest());
        let is_held = self.counter.kept.as_ref().is_some_and(|(_, order)| {
            let is_of = order.holder == name(seat) && Some(order.digest) == digest;
            is_of && order.view.state == PaymentState::Submitting
        });
        self.hold(is_held || self.is_excused, rules::HELD);
    }

    fn check_submission_step(&mut self, before: &Submission, new: &Submission, cause: &Cause) {
        let expected = expected(Some(before.state), cause);
        self.hold(new.state == before.state || Some(new.state) == expected, rules::STATE);
        let said = said(cause);
        let is_word = new.bank_status == before.bank_status || said.is_some_and(|said| new.bank_status == said.word);
        let is_name = match &before.reference {
            Some(first) => new.reference.as_ref() == Some(first),
            None => new.reference.is_none() || said.is_some_and(|said| new.reference == said.name),
        };
        self.hold(is_word && is_name, rules::BANK_SAID);
    }

    /// Notes come with what they tell of, and go once they were delivered.
    fn check_notes_step(&mut self, seat: usize, old: &Record, new: &Record, cause: &Cause) {
        let state = |record: &Record| record.paying.submission.as_ref().map(|submission| submission.state);
        let is_news = state(old) != state(new) && state(new) != Some(PaymentState::Submitting);
        let host_listens = self.seat(seat).applications.host_listens;
        let added: Vec<_> = new.notes.iter().filter(|note| note.id >= old.noted).copied().collect();
        if let (true, Some(state)) = (is_news, state(new)) {
            let tells = |to| added.iter().filter(|note| note.to == to && note.what == What::Payment(state)).count();
            let is_told = tells(Receiver::Order) == 1 && tells(Receiver::Host) == usize::from(host_listens);
            self.hold(is_told, rules::NOTED);
        }
        let is_true = added.iter().all(|note| match note.what {
            What::Payment(_) => is_news,
            What::Connected | What::Renewed | What::Ended(_) => note.to == Receiver::Host,
        });
        self.hold(is_true && (host_listens || added.iter().all(|note| note.to == Receiver::Order)), rules::NOTED);
        let it = self.seat(seat);
        let is_new = added.iter().all(|note| it.notes.iter().all(|other| other.note.id != note.id));
        it.notes.extend(added.iter().map(|note| Noted { note: *note, is_received: false }));
        let is_kept = old.notes.iter().all(|note| new.notes.contains(note) || it.may_go(note.id, cause));
        self.hold(is_new && new.noted >= old.noted, rules::NOTE_SAME);
        self.hold(is_kept, rules::NOTE_KEPT);
    }

    /// All that was kept is about to be erased.
    pub fn check_forget(&mut self, seat: usize) {
        let it = self.seat(seat);
        let is_asked = it.is_forgotten || it.is_excused || it.kept.is_none();
        let is_delivered = it.is_excused || it.notes.iter().all(|noted| noted.is_received);
        self.hold(is_asked, common::NOT_LOST);
        self.hold(is_delivered, rules::NOTE_KEPT);
    }

    /// A consent reads the clock: what that says of its end may be taken for it.
    pub fn reads_clock(&mut self, seat: usize, now: u64) {
        let it = self.seat(seat);
        let Some(kept) = &it.kept else { return };
        let is_over = match (&kept.record.phase, kept.record.forgotten_at) {
            (tell_connect::consent::Phase::Ended { at, .. }, None) => now >= at + ENDED_KEPT_MS,
            (_, Some(at)) => now >= at + ENDED_KEPT_MS,
            (_, None) => false,
        };
        it.is_excused |= is_over;
        it.is_forgotten |= is_over;
    }
}

impl Seat {
    /// Whether a note may be gone: its receiver has it, and said so.
    fn may_go(&self, note: u32, cause: &Cause) -> bool {
        let is_said = matches!(cause, Cause::Noted { id, is_delivered: true } if *id == note);
        is_said && self.notes.iter().any(|noted| noted.note.id == note && noted.is_received)
    }
}

/// What an answer that is still awaited, or was given up, says of the payment.
pub fn said(cause: &Cause) -> Option<&Said> {
    match cause {
        Cause::Answered { flight, said } => {
            let is_awaited = match flight.kind {
                Kind::Pay => !flight.is_answered,
                Kind::Status => flight.is_open,
                Kind::Tokens => false,
            };
            is_awaited.then_some(said)
        }
        Cause::Asked
        | Cause::Erase
        | Cause::Claimed { .. }
        | Cause::Noted { .. }
        | Cause::Lost { .. }
        | Cause::Woken
        | Cause::Started => None,
    }
}

/// What a payment's state is after what happened, if it was submitted before.
pub fn expected(before: Option<PaymentState>, cause: &Cause) -> Option<PaymentState> {
    let before = before?;
    let word = match cause {
        Cause::Answered { flight, .. } => {
            let is_submission = flight.kind == Kind::Pay;
            said(cause).and_then(|said| said.state.or(is_submission.then_some(PaymentState::Unknown)))
        }
        Cause::Lost { flight } if flight.kind == Kind::Pay => Some(PaymentState::Unknown),
        Cause::Started => Some(PaymentState::Unknown),
        Cause::Lost { .. }
        | Cause::Asked
        | Cause::Erase
        | Cause::Claimed { .. }
        | Cause::Noted { .. }
        | Cause::Woken => None,
    };
    Some(word.map_or(before, |word| after(before, word)))
}
