//! What must be so once nothing fails any more: nobody waits, each note is delivered, the order can be paid or was.

use super::{Life, post::number, rules, seat::Terms, words};
use crate::rules as common;
use tell_connect::{consent::Phase, gateway::PaymentState};

const HOUR_MS: u64 = 60 * 60 * 1000;

impl Life<'_> {
    /// Lets all that is under way come to an end: then nobody waits any more, and all notes are delivered.
    pub fn come_to_rest(&mut self) {
        while self.is_sound()
            && (!self.wire.is_empty()
                || self.clock.detour.is_some()
                || !self.counter.callers.is_empty()
                || self.seats.iter().any(|seat| seat.is_busy()))
            && let Some((at, due)) = self.next()
        {
            self.reach(at, due);
        }
        if !self.is_sound() {
            return;
        }
        let waits = self.seats.iter().any(|seat| !seat.callers.is_empty()) || !self.counter.callers.is_empty();
        self.hold(!waits, common::NO_WAIT);
        let is_told = |seat: &super::seat::Seat| seat.is_excused || seat.notes.iter().all(|noted| noted.is_received);
        let all_told = self.seats.iter().all(is_told);
        self.hold(all_told, rules::NOTE_ARRIVES);
    }

    /// Each payment that the bank names is followed for a day: what becomes of it is known then.
    pub fn check_followed(&mut self) {
        let began = self.clock.time();
        let until = began + 25 * HOUR_MS;
        while self.is_sound()
            && let Some((at, due)) = self.next()
            && at <= until
        {
            self.reach(at, due);
        }
        self.come_to_rest();
        for number in 0..self.seats.len() {
            let Some(payment) = self.bank.payments.iter().find(|payment| payment.seat == number) else { continue };
            let (at, last) = payment.last();
            let is_revoked = self.bank.is_revoked(number);
            let it = self.seat(number);
            let Some(record) = it.record() else { continue };
            let Some(submission) = &record.paying.submission else { continue };
            let is_held = matches!(&record.phase, Phase::Active { grant } if grant.refresh_token.is_some());
            let is_followed = is_held && !is_revoked && !it.is_mistimed && submission.reference.is_some();
            // There is a question for it after all that failed.
            let is_in_time = at.max(began) + 2 * HOUR_MS < submission.at + 24 * HOUR_MS;
            let knows = submission.state == words::after(submission.state, last);
            self.hold(!(is_followed && is_in_time) || knows, rules::FOLLOWED);
        }
    }

    /// Somebody connects anew and pays: the order is paid where nobody may have paid it, and is not where somebody may.
    pub fn check_liveness(&mut self) {
        self.bank.relent();
        let holder = self.counter.kept.as_ref().and_then(|(_, record)| number(&record.holder));
        let is_rejected =
            self.counter.kept.as_ref().is_some_and(|(_, record)| record.view.state == PaymentState::Rejected);
        let may_be_paid = self.seats.iter().any(|seat| seat.may_have_paid());
        // Whoever is gone may have paid it, as far as the order can know.
        let is_gone =
            |life: &mut Self| holder.is_some_and(|holder| life.seat(holder).record().is_none()) && !is_rejected;
        let was_gone = is_gone(self);
        let digest = self.counter.kept.as_ref().map(|(_, record)| record.digest);
        let is_other = digest.is_some_and(|digest| digest == self.payments.1.digest());
        let terms = Terms { payment: Some(self.payment(is_other)), order: Some(self.order.clone()) };
        let before = self.bank.payments.len();
        let seat = self.seats.len();
        self.connect_with(terms, true);
        self.pay(seat, None, None);
        self.come_to_rest();
        // Time may have come for the order, or for a consent, only as it was asked.
        let excused = self.is_excused || self.seats.iter().any(|seat| seat.is_excused);
        if !self.is_sound() || excused {
            return;
        }
        // It may also have been erased by time as it was asked.
        let is_gone = was_gone || is_gone(self);
        let is_paid = self.bank.payments.len() > before;
        self.hold(is_paid || may_be_paid || is_gone, rules::CAN_BE_PAID);
        // What was rejected meanwhile has made room.
        let is_paid_twice = self.seats.iter().take(seat).any(|seat| seat.may_have_paid());
        self.hold(!is_paid || !is_paid_twice && !is_gone, rules::STAYS_PAID);
    }
}
