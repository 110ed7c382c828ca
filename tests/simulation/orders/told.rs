//! What must hold of what callers and receivers are told.

use super::{
    Life,
    checks::view_of,
    post::name,
    rules,
    seat::{Cause, Kind, Seat, Wish},
    snapshots::said,
};
use crate::rules as common;
use tell_connect::{
    consent::{Failure, Known, Notice, Outcome, PaymentView, Record},
    gateway::{OrderKey, Payment, PaymentState},
};

impl Life<'_> {
    /// A caller is told something.
    pub fn check_answer(&mut self, seat: usize, wish: &Wish, outcome: &Result<Outcome, Failure>, cause: &Cause) {
        match wish {
            Wish::Pay { payment, order } => self.check_payer(seat, (payment.as_ref(), order.as_ref()), outcome, cause),
            Wish::Look => self.check_watcher(seat, outcome),
            Wish::Erase => self.hold(matches!(outcome, Ok(Outcome::Forgotten)), common::TRUE_ANSWER),
            Wish::Inquiry { .. } => {
                let record = self.seat(seat).record().cloned();
                let is_true = match outcome {
                    Ok(Outcome::Standing(Some(view))) => {
                        record.is_some_and(|record| record.paying.submission.is_some() && brief(&record) == *view)
                    }
                    Ok(Outcome::Standing(None)) => record.is_some_and(|record| record.paying.submission.is_none()),
                    Err(failure) => *failure == Failure::NotFound && record.is_none(),
                    Ok(_) => false,
                };
                self.hold(is_true, common::TRUE_ANSWER);
            }
        }
    }

    fn check_payer(
        &mut self,
        seat: usize,
        (payment, order): (Option<&Payment>, Option<&OrderKey>),
        outcome: &Result<Outcome, Failure>,
        cause: &Cause,
    ) {
        let it = self.seat(seat);
        let record = it.record().cloned();
        let is_submitted = it.state.is_some();
        let kept = record.as_ref().and_then(|record| record.paying.payment.as_ref());
        let is_other = payment.is_some_and(|payment| kept.is_some_and(|kept| kept != payment));
        let is_other_order = order.is_some_and(|order| {
            record.as_ref().is_some_and(|it| it.paying.order.as_ref().is_some_and(|it| it != order))
        });
        let is_brief = |view: &PaymentView| record.as_ref().is_some_and(|record| brief(record) == *view);
        match outcome {
            Ok(Outcome::Payment(Known::Submitted(view))) => {
                let is_first = !std::mem::replace(&mut it.has_first, true);
                let is_own = it.flights.iter().any(|flight| flight.kind == Kind::Pay && !flight.is_open);
                let is_same = is_brief(view);
                self.hold(is_first && is_own, rules::FIRST);
                self.hold(is_same && !is_other && !is_other_order, rules::SAME_VIEW);
            }
            Ok(Outcome::Payment(Known::Again(view))) => {
                let comes = matches!(cause, Cause::Asked);
                let is_second = comes || it.has_first;
                let is_same = is_brief(view);
                self.hold(is_second, rules::FIRST);
                self.hold(is_same && !is_other && !is_other_order && is_submitted, rules::SAME_VIEW);
            }
            Err(Failure::AlreadySubmitted(view)) => {
                let is_another_wanted = it.wants_other(payment, order);
                let holds = is_brief(view) && (is_submitted && is_other || is_another_wanted);
                self.hold(holds, rules::TOLD);
            }
            Err(Failure::PaymentMismatch) => self.hold(is_other && !is_submitted, rules::TOLD),
            Err(Failure::OrderMismatch) => {
                let digest = payment.or(kept).map(|payment| payment.digest());
                let is_of_another =
                    self.counter.kept.as_ref().is_some_and(|(_, record)| digest.is_some_and(|it| record.digest != it));
                self.hold(is_other_order || !is_submitted && (is_of_another || self.is_excused), rules::TOLD);
            }
            Err(Failure::OrderPaid(view)) => {
                let is_of_another = self.counter.kept.as_ref().is_some_and(|(_, record)| record.holder != name(seat));
                let may_be = view.state != PaymentState::Rejected && self.is_perhaps_paid(seat);
                let is_late = matches!(cause, Cause::Claimed { is_granted: false });
                // An order may have changed hands while its answer was under way.
                self.hold(
                    !is_submitted && is_late && (is_of_another && may_be || self.is_late_word(seat) || self.is_excused),
                    rules::TOLD,
                );
            }
            Err(Failure::NotFound) => self.hold(record.is_none(), rules::TOLD),
            // The bank's own refusal of the payment, to all who waited for it.
            Err(_) if said(cause).is_some_and(|said| said.state == Some(PaymentState::Rejected)) => {
                let is_rejected = it.state == Some(PaymentState::Rejected);
                self.hold(is_rejected, rules::TOLD);
            }
            Err(Failure::Input(_) | Failure::NotReadOnly | Failure::Location | Failure::AlreadyStarted) => {
                self.hold(false, rules::TOLD);
            }
            // Nothing was sent.
            Err(_) => self.hold(!is_submitted, rules::TOLD),
            Ok(_) => self.hold(false, common::TRUE_ANSWER),
        }
    }

    fn check_watcher(&mut self, seat: usize, outcome: &Result<Outcome, Failure>) {
        let it = self.seat(seat);
        let record = it.record().cloned();
        let is_true = match outcome {
            Ok(Outcome::Payment(Known::Status(view))) => record.is_some_and(|record| view_of(&record) == *view),
            Err(Failure::NotFound) => record.is_none(),
            Err(Failure::Ended(_)) => it.state.is_none() && record.is_some_and(|record| record.phase.grant().is_none()),
            _ => false,
        };
        self.hold(is_true, rules::SAME_VIEW);
    }

    /// Whether another consent may have paid the order, or is gone and may have.
    fn is_perhaps_paid(&self, seat: usize) -> bool {
        let others = self.seats.iter().enumerate().filter(|(other, _)| *other != seat);
        { others }.any(|(_, other)| other.may_have_paid() || other.is_forgotten)
    }

    /// Whether another consent's payment was sent at all, so that an older word may have been of it.
    fn is_late_word(&self, seat: usize) -> bool {
        self.seats.iter().enumerate().any(|(other, it)| other != seat && it.posted > 0)
    }

    /// A note is about to be delivered: as it was when it came about.
    pub fn check_notice(&mut self, seat: usize, notice: &Notice) {
        let it = self.seat(seat);
        let first = it.notes.iter().find(|noted| noted.note.id == notice.note.id);
        let is_same = first.is_some_and(|noted| noted.note == notice.note);
        let Some(record) = it.kept.as_ref().map(|kept| &kept.record) else {
            return self.hold(false, rules::NOTE_KEPT);
        };
        let is_kept = record.notes.contains(&notice.note);
        let is_of = (&notice.uuid, &notice.application, &notice.order)
            == (&record.uuid, &record.application, &record.paying.order);
        let is_true = notice.payment.as_ref().is_none_or(|view| *view == brief(record));
        self.hold(is_same && is_of && is_true, rules::NOTE_SAME);
        self.hold(is_kept, rules::NOTE_KEPT);
    }
}

impl Seat {
    /// Whether another payment is under way than somebody asks for.
    fn wants_other(&self, payment: Option<&Payment>, order: Option<&OrderKey>) -> bool {
        self.callers.iter().any(|waiting| match &waiting.wish {
            Wish::Pay { payment: other, order: other_order } => {
                payment.is_some_and(|it| other.as_ref() != Some(it)) || order != other_order.as_ref()
            }
            Wish::Look | Wish::Erase | Wish::Inquiry { .. } => false,
        })
    }
}

fn brief(record: &Record) -> PaymentView {
    PaymentView { payment: None, ..view_of(record) }
}
