//! One life of an order: what is due next, until all is quiet.

use super::{
    Fault,
    bank::Bank,
    counter::Counter,
    seat::{Cause, Seat},
    wire::Message,
};
use crate::{choices::Choices, clock::Clock, faults::Faults, rules as common, trace::Trace};
use std::rc::Rc;
use tell_connect::{
    consent::{Event, SendId},
    gateway::{Applications, OrderKey, Payment},
};

/// More steps than any life takes that comes to rest.
const MOST_STEPS: u32 = 20_000;
/// A clock that jumps more often keeps a day from ever passing.
const MOST_JUMPS: u32 = 24;
/// The machines' clock is never so far ahead for long that an order would be forgotten.
const FARTHEST_MS: u64 = 200 * 24 * 60 * 60 * 1000;
/// Longer than an order is remembered.
const FAR_MS: u64 = 450 * 24 * 60 * 60 * 1000;

/// One life.
pub struct Life<'a> {
    pub choices: Choices,
    pub faults: &'a mut Faults<Fault>,
    pub trace: &'a mut Trace,
    pub clock: Clock,
    pub applications: Rc<Applications>,
    pub bank: Bank,
    pub wire: Vec<Message>,
    pub seats: Vec<Seat>,
    pub counter: Counter,
    pub order: OrderKey,
    /// The payment of the order, and another one.
    pub payments: (Payment, Payment),
    pub next_visit: Option<u64>,
    pub visits: u32,
    pub host_dead_until: u64,
    ahead_ms: u64,
    jumps: u32,
    /// The order was forgotten by time: it may be paid again.
    pub is_excused: bool,
    pub steps: u32,
    pub broken: Option<&'static str>,
}

/// What is due next.
pub enum Due {
    Message(usize),
    Deadline(usize, SendId),
    Alarm(usize),
    OrderAlarm,
    Visit,
    /// The machines' clock comes back from where it jumped to.
    ClockBack(u64),
}

impl<'a> Life<'a> {
    pub fn new(
        applications: &[Rc<Applications>],
        mut choices: Choices,
        faults: &'a mut Faults<Fault>,
        trace: &'a mut Trace,
    ) -> Self {
        faults.plan(&mut choices);
        let applications = match choices.below(3) {
            0 => applications.first(),
            _ => applications.last(),
        };
        let applications = applications.unwrap_or_else(|| unreachable!("there are applications")).clone();
        let bank = Bank::draw(&mut choices);
        let order = OrderKey::parse("order-1").unwrap_or_else(|_| unreachable!("it is a key"));
        Self {
            choices,
            faults,
            trace,
            clock: Clock::default(),
            applications,
            bank,
            wire: Vec::new(),
            seats: Vec::new(),
            counter: Counter::default(),
            order,
            payments: (payment("10.00"), payment("10.01")),
            next_visit: None,
            visits: 0,
            host_dead_until: 0,
            ahead_ms: 0,
            jumps: 0,
            is_excused: false,
            steps: 0,
            broken: None,
        }
    }

    /// Lives it. What broke, if anything.
    pub fn live(&mut self) -> Option<&'static str> {
        self.next_visit = Some(self.clock.time());
        while self.next_visit.is_some() && self.is_sound() {
            self.disturb();
            if let Some((at, due)) = self.next() {
                self.reach(at, due);
            }
        }
        self.faults.cease();
        self.host_dead_until = 0;
        self.come_to_rest();
        if self.is_sound() && self.choices.once_in(6) {
            self.check_followed();
        }
        if self.is_sound() && self.choices.once_in(2) {
            self.check_liveness();
        }
        self.broken
    }

    /// Notes a rule that does not hold. The first one counts.
    pub fn hold(&mut self, holds: bool, rule: &'static str) {
        if !holds {
            self.broken = self.broken.or(Some(rule));
        }
    }

    pub fn is_sound(&self) -> bool {
        self.broken.is_none()
    }

    pub fn seat(&mut self, seat: usize) -> &mut Seat {
        self.seats.get_mut(seat).unwrap_or_else(|| unreachable!("there is no such consent"))
    }

    /// Whatever happens at any moment.
    fn disturb(&mut self) {
        let count = u32::try_from(self.seats.len()).unwrap_or(0);
        let may_jump = self.jumps < MOST_JUMPS;
        if may_jump && self.faults.strikes_once_in(4, Fault::ClockForward, &mut self.choices) {
            self.jump_forward();
        }
        if may_jump && self.faults.strikes_once_in(4, Fault::ClockBack, &mut self.choices) {
            let by = self.choices.of([500, 2_000, 70_000, 660_000, 3_660_000, 86_400_000]);
            self.jump_back(by);
        }
        if self.faults.strikes_once_in(4, Fault::HostDead, &mut self.choices) {
            let seconds = self.choices.of([10, 100, 3600, 20_000]);
            self.host_dead_until = self.clock.time() + seconds * 1000;
        }
        if self.faults.strikes_once_in(2, Fault::OrderCrash, &mut self.choices) && self.counter.machine.is_some() {
            self.order_dies();
        }
        if count > 0 && self.faults.strikes_once_in(2, Fault::Crash, &mut self.choices) {
            let seat = usize::try_from(self.choices.below(count)).unwrap_or(0);
            if self.seat(seat).machine.is_some() {
                self.dies(seat);
            }
        }
        if count > 0 && self.faults.strikes_once_in(4, Fault::Revocation, &mut self.choices) {
            let seat = usize::try_from(self.choices.below(count)).unwrap_or(0);
            self.bank.revoke(seat);
            self.trace.line(self.clock.time(), || format!("the PSU revokes c{seat} at the bank"));
        }
    }

    fn jump_forward(&mut self) {
        let by = self.choices.of([500, 2_000, 9_000, 70_000, 660_000, 3_660_000, 86_400_000, 700_000_000, FAR_MS]);
        let is_far = self.ahead_ms + by > FARTHEST_MS;
        if self.clock.detour.is_some() && is_far {
            return;
        }
        self.clock.jump_forward(by);
        if self.clock.detour.is_none() && (is_far || self.choices.once_in(2)) {
            let after = self.choices.of([10_000, 0, 500, 50_000]);
            self.clock.detour = Some((self.clock.time() + after, by));
        } else {
            self.ahead_ms += by;
        }
        self.clock_jumped();
        self.trace.line(self.clock.time(), || format!("the clock jumps {} s forward", by / 1000));
    }

    fn jump_back(&mut self, by: u64) {
        self.clock.jump_back(by);
        // An alarm may go by this clock, or by one of its own.
        let early = if self.choices.once_in(2) { by } else { 0 };
        let alarms = self.seats.iter_mut().filter_map(|seat| seat.alarm.as_mut());
        for alarm in alarms.chain(self.counter.alarm.as_mut()) {
            alarm.early = (alarm.early + early).min(alarm.at);
        }
        self.clock_jumped();
        self.trace.line(self.clock.time(), || format!("the clock jumps {} s back", by / 1000));
    }

    fn clock_jumped(&mut self) {
        self.jumps += 1;
        for seat in &mut self.seats {
            seat.is_mistimed = true;
        }
    }

    pub fn next(&self) -> Option<(u64, Due)> {
        let time_of = |alarm: &crate::shell::Alarm| self.clock.time_of(alarm.at - alarm.early) + alarm.late;
        let mut next: Option<(u64, Due)> = None;
        let mut take = |at: u64, due: Due| {
            if next.as_ref().is_none_or(|(before, _)| at < *before) {
                next = Some((at, due));
            }
        };
        for (at, message) in self.wire.iter().enumerate() {
            take(message.due, Due::Message(at));
        }
        for (number, seat) in self.seats.iter().enumerate() {
            for flight in seat.flights.iter().filter(|flight| flight.is_open) {
                take(flight.deadline, Due::Deadline(number, flight.id));
            }
            if let Some(alarm) = &seat.alarm {
                take(time_of(alarm), Due::Alarm(number));
            }
        }
        if let Some(alarm) = &self.counter.alarm {
            take(time_of(alarm), Due::OrderAlarm);
        }
        if let Some(at) = self.next_visit {
            take(at, Due::Visit);
        }
        if let Some((at, by)) = self.clock.detour {
            take(at, Due::ClockBack(by));
        }
        next
    }

    pub fn reach(&mut self, at: u64, due: Due) {
        self.clock.reach(at);
        self.steps += 1;
        match due {
            Due::Message(at) => {
                let message = self.wire.remove(at);
                self.arrive(message);
            }
            Due::Deadline(seat, id) => self.deadline_passed(seat, id),
            Due::Alarm(seat) => self.alarm(seat),
            Due::OrderAlarm => self.order_alarm(),
            Due::Visit => self.visit(),
            Due::ClockBack(by) => {
                self.clock.detour = None;
                self.jump_back(by);
            }
        }
        self.hold(self.steps < MOST_STEPS, common::NO_WAIT);
    }

    fn alarm(&mut self, seat: usize) {
        self.trace.line(self.clock.time(), || format!("c{seat}'s alarm goes off"));
        let it = self.seat(seat);
        it.ringing = it.alarm.take();
        self.happen(seat, Event::Woken, Cause::Woken);
        if self.faults.strikes(Fault::AlarmTwice, &mut self.choices) {
            self.happen(seat, Event::Woken, Cause::Woken);
        }
    }
}

fn payment(amount: &str) -> Payment {
    let text = format!(
        "{{\"PaymentType\":\"Domestic\",\"BeneficiaryName\":\"A\",\"SchemeName\":\"SortCodeAccountNumber\",\
         \"BeneficiaryIdentification\":\"20000012345678\",\"Amount\":\"{amount}\",\"Currency\":\"GBP\",\
         \"Reference\":\"r\"}}"
    );
    Payment::parse(text).unwrap_or_else(|_| unreachable!("it is a payment"))
}
