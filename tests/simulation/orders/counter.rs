//! The order's object: the machine of `src/host/order.rs`, what outlives it, and who waits for it.

use super::{
    Fault, Life,
    post::{Post, number},
};
use crate::{rules as common, shell::Alarm};
use tell_connect::{
    consent::{Claim, ClaimId, PaymentView},
    host::order::{Caller, Command, Digest, Event, InquiryId, Order, Record, Standing},
};

/// Milliseconds for which an order is remembered: 400 days.
pub const KEPT_MS: u64 = 400 * 24 * 60 * 60 * 1000;

/// The object.
#[derive(Default)]
pub struct Counter {
    pub machine: Option<Order>,
    pub started: u32,
    pub kept: Option<(String, Record)>,
    pub callers: Vec<(Caller, Return)>,
    last_caller: Caller,
    pub alarm: Option<Alarm>,
    ringing: Option<Alarm>,
    /// The question that is under way.
    pub inquiry: Option<InquiryId>,
    /// Since when each reading of the clock has said that its time is over.
    pub over_since: Option<u64>,
}

/// Whom an answer is for.
#[derive(Clone, Debug)]
pub enum Return {
    Claim { seat: usize, started: u32, id: ClaimId, digest: Digest },
    Told { seat: usize, started: u32, id: u32 },
    Check { digest: Option<Digest> },
}

/// Why the machine is called.
#[derive(Clone, Debug)]
pub enum OrderCause {
    Claimed,
    Checked,
    Told { seat: usize, view: PaymentView },
    Heard { id: InquiryId, standing: Standing },
    Woken,
}

impl Life<'_> {
    /// Somebody who waits for the order; unless that dies as it starts for them.
    pub fn order_caller(&mut self, back: Return) -> Option<Caller> {
        self.order_starts();
        self.counter.machine.as_ref()?;
        self.counter.last_caller += 1;
        self.counter.callers.push((self.counter.last_caller, back));
        Some(self.counter.last_caller)
    }

    /// Starts the order's machine if it died. It may die again at once.
    fn order_starts(&mut self) {
        if self.counter.machine.is_some() {
            return;
        }
        let record = match &self.counter.kept {
            Some((text, record)) => {
                let read = Record::read(text);
                self.hold(read.as_ref() == Ok(record), common::LOADS);
                read.ok()
            }
            None => None,
        };
        self.counter.machine = Some(Order::new(record, KEPT_MS));
        self.trace.line(self.clock.time(), || String::from("the order starts"));
        self.order_turn(Event::Woken, &OrderCause::Woken);
    }

    pub fn order_happens(&mut self, event: Event, cause: OrderCause) {
        self.order_starts();
        if self.counter.machine.is_some() && self.is_sound() {
            self.order_turn(event, &cause);
        }
    }

    pub fn order_alarm(&mut self) {
        self.counter.ringing = self.counter.alarm.take();
        self.order_happens(Event::Woken, OrderCause::Woken);
    }

    fn order_turn(&mut self, event: Event, cause: &OrderCause) {
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || format!("order: {event:?}"));
        self.order_reads_clock(false, now);
        // Of several questions that were under way, one is heard.
        let is_current = matches!(cause, OrderCause::Heard { id, .. } if self.counter.inquiry == Some(*id));
        if is_current {
            self.counter.inquiry = None;
        }
        let Some(machine) = &mut self.counter.machine else { return };
        let commands = machine.handle(event, now);
        for command in commands {
            if self.order_crashes() || !self.is_sound() {
                return;
            }
            self.trace.line(self.clock.time(), || format!("    {command:?}"));
            self.order_does(command, cause, is_current, now);
        }
        if self.order_crashes() {
            return;
        }
        self.counter.ringing = None;
        self.order_reads_clock(true, now);
        self.check_order_turn(cause);
    }

    fn order_does(&mut self, command: Command, cause: &OrderCause, is_current: bool, now: u64) {
        match command {
            Command::Keep(text) => {
                self.trace.text(&text);
                self.order_keeps(text, cause, is_current);
            }
            Command::Wake(at) => {
                self.trace.number(at);
                self.counter.alarm = Some(Alarm { at, late: 0, early: 0 });
            }
            Command::Forget => {
                self.check_order_forgets(now);
                self.counter.kept = None;
                self.counter.alarm = None;
            }
            Command::Inquire { id, consent, lets_go } => {
                self.trace.number(id.into());
                self.counter.inquiry = Some(id);
                let is_holder = self.counter.kept.as_ref().is_some_and(|(_, record)| record.holder == consent);
                self.hold(is_holder, super::rules::CLAIM);
                if let Some(seat) = number(&consent) {
                    self.send_inquiry(id, seat, lets_go);
                }
            }
            Command::Answer { caller, claim } => self.order_answers(caller, claim, cause, is_current),
        }
    }

    fn order_answers(&mut self, caller: Caller, claim: Claim, cause: &OrderCause, is_current: bool) {
        self.trace.number(caller.into());
        let waiting = self.counter.callers.iter().position(|(waiting, _)| *waiting == caller);
        let Some(at) = waiting else { return self.hold(false, common::ONE_ANSWER) };
        let (_, back) = self.counter.callers.remove(at);
        self.check_claim(&back, &claim, cause, is_current);
        match back {
            Return::Claim { seat, started, id, .. } => {
                self.send_post(Post::Claimed { seat, started, id, claim });
            }
            Return::Told { seat, started, id } => {
                self.receive(seat, id);
                self.send_post(Post::Noted { seat, started, id, is_delivered: true });
            }
            Return::Check { .. } => {}
        }
    }

    fn order_crashes(&mut self) -> bool {
        let crashes = self.faults.strikes_once_in(6, Fault::OrderCrash, &mut self.choices);
        if crashes {
            self.order_dies();
        }
        crashes
    }

    pub fn order_dies(&mut self) {
        self.trace.number(u64::MAX);
        self.trace.line(self.clock.time(), || String::from("the order dies"));
        let counter = &mut self.counter;
        counter.machine = None;
        counter.started += 1;
        counter.inquiry = None;
        counter.alarm = counter.alarm.or(counter.ringing.take());
        // Whoever waited sees the connection break, or waits for nothing.
        for (_, back) in std::mem::take(&mut counter.callers) {
            if self.choices.once_in(2) {
                continue;
            }
            match back {
                Return::Claim { seat, started, id, .. } => {
                    self.put(0, super::wire::Cargo::Post(Post::Claimed { seat, started, id, claim: Claim::Failed }));
                }
                Return::Told { seat, started, id } => {
                    self.put(0, super::wire::Cargo::Post(Post::Noted { seat, started, id, is_delivered: false }));
                }
                Return::Check { .. } => {}
            }
        }
    }
}
