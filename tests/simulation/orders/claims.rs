//! What must hold of the order's object.

use super::{
    Life,
    counter::{KEPT_MS, OrderCause, Return},
    post::{name, number},
    rules,
    words::{after, state_of},
};
use crate::rules as common;
use tell_connect::{
    consent::Claim,
    gateway::PaymentState,
    host::order::{Record, Standing},
};

/// Milliseconds between two readings of the clock that both say that an order may be forgotten (`REV-2`).
const CONFIRMED_MS: u64 = 60 * 1000;

impl Life<'_> {
    /// The order reads the clock. `is_done`: it lives to take back what another reading said.
    pub fn order_reads_clock(&mut self, is_done: bool, now: u64) {
        let is_over = self.counter.kept.as_ref().is_some_and(|(_, record)| now >= record.at + KEPT_MS);
        if is_over {
            self.counter.over_since = self.counter.over_since.filter(|since| *since <= now).or(Some(now));
        } else if is_done {
            self.counter.over_since = None;
        }
    }

    /// The order makes a record durable.
    pub fn order_keeps(&mut self, text: String, cause: &OrderCause, is_current: bool) {
        let Ok(record) = Record::read(&text) else { return self.hold(false, common::LOADS) };
        self.hold(record.write() == text, common::LOADS);
        let old = self.counter.kept.take().map(|(_, record)| record);
        if let Some(old) = &old {
            self.check_order_step(old, &record, cause, is_current);
        }
        let state = record.view.state;
        self.hold(old.is_some() || state == PaymentState::Submitting, rules::ORDER_STATE);
        self.counter.kept = Some((text, record));
    }

    fn check_order_step(&mut self, old: &Record, new: &Record, cause: &OrderCause, is_current: bool) {
        self.hold(old.digest == new.digest, rules::CLAIM);
        let (before, state) = (old.view.state, new.view.state);
        // Whatever was heard first has been kept before this.
        let lets_go = is_current && matches!(cause, OrderCause::Heard { standing: Standing::NotSent, .. });
        if old.holder != new.holder {
            let is_free = before == PaymentState::Rejected || before == PaymentState::Submitting && lets_go;
            self.hold(is_free, rules::HOLDER);
            return self.hold(state == PaymentState::Submitting, rules::ORDER_STATE);
        }
        let word = match cause {
            OrderCause::Told { seat, view } if name(*seat) == old.holder => Some(view.state),
            OrderCause::Heard { standing: Standing::Sent(view), .. } if is_current => Some(view.state),
            OrderCause::Heard { standing: Standing::Gone, .. } if is_current => Some(PaymentState::Unknown),
            _ => None,
        };
        let is_word = word.is_some_and(|word| state == after(before, word));
        // What is blocked may go on: an older word of it may be taken for a newer one, until the holder is asked.
        let is_of_state = matches!(state, PaymentState::Accepted | PaymentState::Blocked)
            || new.view.bank_status.as_ref().is_none_or(|word| state_of(word) == state);
        self.hold(is_word || state == before, rules::ORDER_STATE);
        self.hold(is_of_state, rules::BANK_SAID);
    }

    /// The order answers: a claim by what is durable.
    pub fn check_claim(&mut self, back: &Return, claim: &Claim, cause: &OrderCause, is_current: bool) {
        let (by, digest) = match back {
            Return::Claim { seat, digest, .. } => (Some(*seat), Some(*digest)),
            Return::Check { digest } => (None, *digest),
            Return::Told { seat, .. } => return self.check_learned(*seat, cause),
        };
        let record = self.counter.kept.as_ref().map(|(_, record)| record.clone());
        let is_other = digest.is_some_and(|digest| record.as_ref().is_some_and(|record| record.digest != digest));
        let is_failed = is_current && matches!(cause, OrderCause::Heard { standing: Standing::Failed, .. });
        let holds = match claim {
            Claim::Mismatch => is_other,
            Claim::Failed => is_failed,
            // Whoever only asks is told so while nobody is known to have paid.
            Claim::Granted => {
                let state = record.as_ref().map_or(PaymentState::Submitting, |record| record.view.state);
                !is_other && matches!(state, PaymentState::Submitting | PaymentState::Rejected)
            }
            Claim::Taken(view) => {
                let is_free = view.state == PaymentState::Rejected
                    && by.is_none_or(|by| record.as_ref().is_some_and(|record| record.holder != name(by)));
                let is_known = record.as_ref().is_some_and(|record| record.view == **view);
                is_known && !is_other && !is_free
            }
        };
        self.hold(holds, rules::CLAIM);
        if let (Claim::Granted, Some(seat)) = (claim, by) {
            let is_kept = record
                .is_some_and(|record| record.holder == name(seat) && record.view.state == PaymentState::Submitting);
            let is_free = self.seats.iter().enumerate().all(|(other, it)| other == seat || !it.may_have_paid());
            self.hold(is_kept && (is_free || self.is_excused), rules::GRANTED);
        }
    }

    /// What the holder told is durable before it is told so.
    fn check_learned(&mut self, seat: usize, cause: &OrderCause) {
        let Some((_, record)) = &self.counter.kept else { return };
        let OrderCause::Told { view, .. } = cause else { return };
        let knows = record.holder != name(seat)
            || after(record.view.state, view.state) == record.view.state
                && (view.reference.is_none() || record.view.reference.is_some());
        self.hold(knows, rules::ORDER_STATE);
    }

    pub fn check_order_forgets(&mut self, now: u64) {
        let is_over = self.counter.over_since.is_some_and(|since| now - since >= CONFIRMED_MS);
        self.hold(is_over, rules::FORGOTTEN);
        self.is_excused = true;
    }

    /// All commands of a turn are carried out.
    pub fn check_order_turn(&mut self, cause: &OrderCause) {
        let counter = &self.counter;
        let known = counter.machine.as_ref().and_then(|machine| machine.record());
        let is_durable = known == counter.kept.as_ref().map(|(_, record)| record);
        let is_heard = counter.callers.is_empty() || counter.inquiry.is_some();
        let has_alarm = counter.kept.as_ref().is_none_or(|(_, record)| {
            counter.alarm.is_some_and(|alarm| alarm.at <= record.at.max(record.over_at.unwrap_or(0)) + KEPT_MS)
        });
        let holder = counter.kept.as_ref().and_then(|(_, record)| number(&record.holder));
        let is_one = holder.is_none_or(|holder| holder < self.seats.len());
        self.hold(is_durable && is_one, common::DURABLE);
        self.hold(is_heard, common::NO_WAIT);
        self.hold(has_alarm || matches!(cause, OrderCause::Woken), common::ALARM);
    }
}
