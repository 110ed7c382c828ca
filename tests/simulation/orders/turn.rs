//! One turn of a consent's machine: an event in, its commands carried out in order, unless the object dies between two.

use super::{
    Fault, Life,
    bank::Asked,
    post,
    seat::{Cause, Flight, Kind, Wish},
    wire::kind_of,
};
use crate::{rules as common, shell::Alarm, shell::number};
use tell_connect::{
    consent::{Caller, Command, Consent, Event, Outcome, SendId},
    gateway::{Call, Method},
    host::order::Standing,
};

/// An alarm that is later than that may leave a day's last question unasked.
const MOST_LATE_MS: u64 = 1_000_000;

impl Life<'_> {
    /// Somebody who will wait for one answer; unless the object dies as it starts for them.
    pub fn caller(&mut self, seat: usize, wish: Wish) -> Option<Caller> {
        self.start(seat);
        let it = self.seat(seat);
        it.machine.is_some().then(|| it.caller(wish))
    }

    /// Tells a machine what happened, once it runs.
    pub fn happen(&mut self, seat: usize, event: Event, cause: Cause) {
        self.start(seat);
        if self.seat(seat).machine.is_none() || !self.is_sound() {
            return;
        }
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || match &event {
            Event::Answered { id, answer } => format!("c{seat}: Answered #{id} {} {}", answer.status, answer.body),
            other => format!("c{seat}: {other:?}"),
        });
        self.reads_clock(seat, now);
        let Some(machine) = &mut self.seat(seat).machine else { return };
        let commands = machine.handle(event, now);
        self.carry_out_all(seat, commands, &cause, now);
    }

    /// Starts a machine if it died. It may die again at once.
    pub fn start(&mut self, seat: usize) {
        if self.seat(seat).machine.is_some() || !self.is_sound() {
            return;
        }
        let now = self.clock.machine();
        let it = self.seat(seat);
        let applications = it.applications.clone();
        let Some(kept) = &it.kept else {
            it.machine = Some(Consent::new(applications));
            return;
        };
        let Ok(asleep) = Consent::load(applications, kept.text.expose()) else {
            return self.hold(false, common::LOADS);
        };
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || format!("c{seat} starts"));
        self.reads_clock(seat, now);
        let (machine, commands) = asleep.wake(now);
        self.seat(seat).machine = Some(machine);
        self.carry_out_all(seat, commands, &Cause::Started, now);
    }

    fn carry_out_all(&mut self, seat: usize, commands: Vec<Command>, cause: &Cause, now: u64) {
        let before = self.seat(seat).state;
        for command in commands {
            if self.crashes(seat) || !self.is_sound() {
                return;
            }
            self.trace.line(self.clock.time(), || shown(&command));
            self.carry_out(seat, command, cause, now);
        }
        if !self.crashes(seat) && self.is_sound() {
            self.seat(seat).ringing = None;
            self.check_turn(seat, before, cause, now);
        }
    }

    fn carry_out(&mut self, seat: usize, command: Command, cause: &Cause, now: u64) {
        match command {
            Command::Keep(text) => {
                self.trace.text(text.expose());
                self.keep(seat, text, cause, now);
            }
            Command::Wake(wake) => {
                self.trace.number(wake.map_or(0, |wake| wake.at));
                if let Some(wake) = wake {
                    self.check_wake(seat, wake, now);
                }
                let late = self.lateness();
                let it = self.seat(seat);
                it.ringing = None;
                it.is_mistimed |= late > MOST_LATE_MS;
                it.alarm = wake.map(|wake| Alarm { at: wake.at, late, early: 0 });
            }
            Command::Forget => {
                self.trace.text("forget");
                self.check_forget(seat);
                self.seat(seat).kept = None;
            }
            Command::Send { id, call, deadline_ms } => self.send(seat, id, call, deadline_ms, now),
            Command::Claim { id, order, digest } => {
                self.trace.number(id.into());
                self.check_claims(seat, digest);
                // Another order's object is out of reach.
                if order == self.order {
                    self.send_claim(seat, id, digest);
                }
            }
            Command::Hand(_) => self.hold(false, super::rules::PAYER),
            Command::Deliver(notice) => {
                self.trace.number(notice.note.id.into());
                self.check_notice(seat, &notice);
                self.send_notice(seat, notice);
            }
            // What is counted the lives of consents see.
            Command::Count { .. } => self.hold(false, common::ONE_ANSWER),
            Command::Answer { caller, outcome } => {
                self.trace.number(caller.into());
                let callers = &mut self.seat(seat).callers;
                let Some(at) = callers.iter().position(|waiting| waiting.caller == caller) else {
                    return self.hold(false, common::ONE_ANSWER);
                };
                let waiting = callers.remove(at);
                self.check_answer(seat, &waiting.wish, &outcome, cause);
                if let Wish::Inquiry { started, id } = waiting.wish {
                    let standing = match outcome {
                        Ok(Outcome::Standing(Some(view))) => Standing::Sent(view),
                        Ok(Outcome::Standing(None)) => Standing::NotSent,
                        Err(tell_connect::consent::Failure::NotFound) => Standing::Gone,
                        _ => Standing::Failed,
                    };
                    self.send_post(post::Post::Standing { started, id, standing });
                }
            }
        }
    }

    fn lateness(&mut self) -> u64 {
        match self.faults.strikes(Fault::AlarmLate, &mut self.choices) {
            true => self.choices.of([1_000, 20_000, 700_000, 90_000_000]),
            false => 0,
        }
    }

    fn send(&mut self, seat: usize, id: SendId, call: Call, deadline_ms: u64, now: u64) {
        self.trace.number(id.into());
        let asked = match &call {
            Call::Exchange { .. } | Call::Refresh { .. } => Asked::Tokens,
            Call::Own(call, access) => {
                let access = number(access).unwrap_or(u32::MAX);
                match call.method() {
                    Method::Post => Asked::Pay { access },
                    _ => {
                        let reference = call.path().path().strip_prefix("/payments/").unwrap_or_default().to_owned();
                        Asked::Status { access, reference }
                    }
                }
            }
            Call::Authorise { .. } | Call::Resource(..) => return self.hold(false, super::rules::PAYER),
        };
        let kind = kind_of(&asked);
        let is_new = self.seat(seat).flight(id).is_none();
        self.hold(is_new, common::UNIQUE);
        match kind {
            Kind::Pay => self.check_pay(seat, &call, now),
            Kind::Status => self.check_status(seat, &call),
            Kind::Tokens => {}
        }
        let deadline = self.clock.time() + deadline_ms;
        self.seat(seat).flights.push(Flight { id, kind, is_open: true, is_answered: false, deadline });
        self.leave(seat, id, asked);
    }

    fn crashes(&mut self, seat: usize) -> bool {
        let crashes = self.faults.strikes_once_in(6, Fault::Crash, &mut self.choices);
        if crashes {
            self.dies(seat);
        }
        crashes
    }

    pub fn dies(&mut self, seat: usize) {
        self.trace.number(u64::MAX);
        self.trace.line(self.clock.time(), || format!("c{seat} dies"));
        let now = self.clock.machine();
        let it = self.seat(seat);
        it.machine = None;
        it.started += 1;
        // Whoever waited sees the connection break; the order is told after a while that nobody answers.
        it.callers.clear();
        it.flights.clear();
        it.has_first = false;
        it.question = None;
        it.alarm = it.alarm.or(it.ringing.take());
        self.check_alarm(seat, now);
    }
}

/// A command as a trace shows it: of a snapshot, the text.
fn shown(command: &Command) -> String {
    match command {
        Command::Keep(text) => {
            let text = text.expose();
            format!("    Keep {}", text.find("\"order\"").map_or(text, |at| text.get(at..).unwrap_or_default()))
        }
        Command::Send { id, call: Call::Own(call, access), .. } => {
            format!("    Send #{id} {} {} {}", call.method().name(), call.path().path(), access.expose())
        }
        other => format!("    {other:?}"),
    }
}
