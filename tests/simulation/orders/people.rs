//! Who pays: people who click twice, retry, come back in another browser, and ask for something else.

use super::{
    Fault, Life,
    counter::{OrderCause, Return},
    seat::{Cause, Seat, Terms, Wish, granted},
};
use tell_connect::{
    consent::Event,
    gateway::{OrderKey, Payment},
    host::order,
};

/// Consents of one order at most, but for the one that pays in the end.
const MOST_SEATS: usize = 5;

impl Life<'_> {
    /// Somebody comes, and perhaps another one later.
    pub fn visit(&mut self) {
        self.next_visit = None;
        self.visits += 1;
        if self.visits < 40 && self.choices.below(9) > 0 {
            let ms = self.choices.of([1000, 0, 100, 2000, 700, 9_000, 20_000, 61_000, 700_000, 3_700_000, 100_000_000]);
            self.next_visit = Some(self.clock.time() + ms);
        }
        let count = self.seats.len();
        if count == 0 || count < MOST_SEATS && self.choices.once_in(4) {
            self.connect();
        }
        let seat = self.any_seat();
        if self.faults.strikes_once_in(3, Fault::Deletion, &mut self.choices) {
            return self.erase(seat, false);
        }
        match self.choices.below(8) {
            0..5 => self.pay_somehow(seat),
            5 | 6 => self.look(seat),
            _ => self.check(),
        }
    }

    fn any_seat(&mut self) -> usize {
        let count = u32::try_from(self.seats.len()).unwrap_or(u32::MAX);
        // The newest is the tamest.
        let back = self.choices.below(count);
        usize::try_from(count - 1 - back).unwrap_or(0)
    }

    /// The customer grants a consent, perhaps in place of the one before.
    fn connect(&mut self) {
        let former = self.seats.len().checked_sub(1);
        let is_other = self.faults.strikes(Fault::Another, &mut self.choices);
        let payment = self.choices.once_in(2).then(|| self.payment(is_other));
        let order = self.choices.once_in(2).then(|| self.order.clone());
        let is_exchanged = !self.choices.once_in(4);
        self.connect_with(Terms { payment, order }, is_exchanged);
        if let Some(former) = former
            && self.faults.strikes(Fault::Replaced, &mut self.choices)
        {
            self.erase(former, true);
        }
    }

    pub fn connect_with(&mut self, terms: Terms, is_exchanged: bool) {
        let seat = self.seats.len();
        let now = self.clock.machine();
        let tokens = is_exchanged.then(|| self.bank.issue(seat, self.clock.time()));
        let applications = self.applications.clone();
        let record = granted(seat, terms, tokens, applications.host_listens, now);
        self.trace.line(self.clock.time(), || format!("c{seat} is connected"));
        self.seats.push(Seat::new(applications, record));
        self.start(seat);
    }

    pub fn payment(&self, is_other: bool) -> Payment {
        if is_other { self.payments.1.clone() } else { self.payments.0.clone() }
    }

    fn pay_somehow(&mut self, seat: usize) {
        let times = match self.faults.strikes(Fault::Crowd, &mut self.choices) {
            true => self.choices.of([2, 2, 3, 30]),
            false => 1,
        };
        for _ in 0..times {
            let is_other = self.faults.strikes(Fault::Another, &mut self.choices);
            let is_other_order = self.faults.strikes(Fault::Another, &mut self.choices);
            let paying = self.seat(seat).paying().cloned().unwrap_or_default();
            let says_nothing = paying.payment.is_some() && self.choices.once_in(2);
            let payment = (!says_nothing).then(|| match &paying.payment {
                Some(stated) if !is_other => stated.clone(),
                _ => self.payment(is_other),
            });
            let order = match paying.order {
                Some(_) if self.choices.once_in(2) => None,
                _ if is_other_order => OrderKey::parse("another").ok(),
                _ => Some(self.order.clone()),
            };
            self.pay(seat, payment, order);
        }
    }

    pub fn pay(&mut self, seat: usize, payment: Option<Payment>, order: Option<OrderKey>) {
        let wish = Wish::Pay { payment: payment.clone(), order: order.clone() };
        let Some(caller) = self.caller(seat, wish) else { return };
        self.happen(seat, Event::Pay { caller, payment, order, user_ip: None }, Cause::Asked);
    }

    pub fn look(&mut self, seat: usize) {
        let Some(caller) = self.caller(seat, Wish::Look) else { return };
        self.happen(seat, Event::PaymentWanted { caller, user_ip: None }, Cause::Asked);
    }

    fn erase(&mut self, seat: usize, is_replaced: bool) {
        let Some(caller) = self.caller(seat, Wish::Erase) else { return };
        let it = self.seat(seat);
        // A payment is followed to its end, whatever its customer does next.
        let may_go = !(is_replaced && it.state.is_some());
        it.is_forgotten |= may_go;
        let event = if is_replaced { Event::Replaced { caller } } else { Event::Forget { caller } };
        let cause = if may_go { Cause::Erase } else { Cause::Asked };
        self.happen(seat, event, cause);
    }

    /// Somebody asks whether the order can be paid, before a customer is sent to the bank.
    fn check(&mut self) {
        let digest = self.choices.once_in(2).then(|| self.payments.0.digest());
        if let Some(caller) = self.order_caller(Return::Check { digest }) {
            self.order_happens(order::Event::Checked { caller, digest }, OrderCause::Checked);
        }
    }
}
