//! One turn of the machine: an event in, its commands carried out in order, unless the object dies between two.

use super::{
    Fault, Life,
    seat::{Flight, Wants},
    wire::{Asked, Cargo},
};
use crate::{rules as common, shell::Alarm, shell::number};
use std::rc::Rc;
use tell_connect::{
    consent::{Caller, Command, Consent, Event, SendId, Swept},
    gateway::{Call, ResourceCall, Secret},
};

impl Life<'_> {
    /// Somebody who will wait for one answer; unless the object dies as it starts for them.
    pub fn caller(&mut self, wants: Wants) -> Option<Caller> {
        self.start();
        self.seat.machine.is_some().then(|| self.seat.caller(wants))
    }

    /// Tells the machine what happened, once it runs.
    pub fn happen(&mut self, event: Event) {
        self.start();
        if self.seat.machine.is_none() || !self.is_sound() {
            return;
        }
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || match &event {
            Event::Answered { id, answer } => format!("Answered #{id} {}", answer.status),
            other => format!("{other:?}"),
        });
        self.reads_clock(now);
        let Some(machine) = &mut self.seat.machine else { return };
        let commands = machine.handle(event, now);
        self.carry_out_all(commands, now);
    }

    /// Starts the machine if it died. It may die again at once.
    pub fn start(&mut self) {
        if self.seat.machine.is_some() || !self.is_sound() {
            return;
        }
        let applications = self.seat.applications.clone();
        let Some(kept) = &self.seat.kept else {
            self.seat.machine = Some(Consent::new(applications));
            return;
        };
        let Ok(asleep) = Consent::load(applications, kept.expose()) else {
            return self.hold(false, common::LOADS);
        };
        let loads = asleep.record().is_none_or(|record| record.write() == *kept);
        self.hold(loads, common::LOADS);
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || String::from("the object starts"));
        self.wrong.started();
        self.reads_clock(now);
        let (machine, commands) = asleep.wake(now);
        self.seat.machine = Some(machine);
        self.carry_out_all(commands, now);
    }

    fn carry_out_all(&mut self, commands: Vec<Command>, now: u64) {
        for command in commands {
            if self.crashes() || !self.is_sound() {
                return;
            }
            self.trace.line(self.clock.time(), || shown(&command));
            self.carry_out(command, now);
        }
        if !self.crashes() && self.is_sound() {
            self.seat.ringing = None;
            let counted = self.seat.machine.as_ref().and_then(|machine| machine.record());
            self.wrong.turned(now, counted.is_some_and(|record| !record.budget.spent.is_empty()));
            self.check_turn();
        }
    }

    fn carry_out(&mut self, command: Command, now: u64) {
        match command {
            Command::Keep(text) => {
                self.trace.text(text.expose());
                if text.expose().contains("\"unattended_clock\"") {
                    self.wrong.kept();
                }
                self.check_kept(text.expose());
                self.seat.kept = Some(text);
            }
            Command::Wake(wake) => {
                self.trace.number(wake.map_or(0, |wake| wake.at));
                let late = self.lateness();
                self.seat.ringing = None;
                self.seat.reason = wake.map(|wake| wake.reason);
                self.seat.alarm = wake.map(|wake| Alarm { at: wake.at, late, early: 0 });
            }
            Command::Forget => {
                self.trace.text("forget");
                self.seat.kept = None;
            }
            Command::Send { id, call, deadline_ms } => self.send(id, call, deadline_ms, now),
            Command::Hand(swept) => self.hand(*swept),
            Command::Answer { caller, outcome } => {
                self.trace.number(caller.into());
                let Some(at) = self.seat.callers.iter().position(|waiting| waiting.caller == caller) else {
                    return self.hold(false, common::ONE_ANSWER);
                };
                let waiting = self.seat.callers.remove(at);
                self.told(waiting.wants, outcome);
            }
            // Of a consent that is asked for with nothing else, nobody is told; and nothing is counted here.
            Command::Claim { .. } | Command::Deliver(_) | Command::Count { .. } => {
                self.hold(false, super::rules::PLANNED)
            }
        }
    }

    fn lateness(&mut self) -> u64 {
        match self.faults.strikes(Fault::AlarmLate, &mut self.choices) {
            true => self.choices.of([1_000, 20_000, 700_000, 90_000_000]),
            false => 0,
        }
    }

    fn send(&mut self, id: SendId, call: Call, deadline_ms: u64, now: u64) {
        self.trace.number(id.into());
        let resource = |call: &ResourceCall, access: &Secret, is_swept| Asked::Resource {
            whole: call.path().with_query().to_owned(),
            access: number(access).unwrap_or(u32::MAX),
            is_attended: call.user_ip().is_some(),
            is_swept,
        };
        let asked = match &call {
            Call::Refresh { refresh_token } => Asked::Refresh { token: number(refresh_token).unwrap_or(u32::MAX) },
            Call::Resource(call, access) => resource(call, access, false),
            Call::Own(call, access) => resource(call, access, true),
            Call::Authorise { .. } | Call::Exchange { .. } => return self.hold(false, super::rules::PLANNED),
        };
        let is_new = self.seat.flight(id).is_none();
        self.hold(is_new, common::UNIQUE);
        self.check_send(&asked, now);
        let deadline = self.clock.time() + deadline_ms;
        let whole = if let Asked::Resource { whole, .. } = &asked { whole.clone() } else { String::new() };
        self.seat.flights.retain(|flight| flight.is_open || flight.deadline + 500_000 > deadline);
        self.seat.flights.push(Flight { id, whole, is_open: true, deadline, number: None });
        self.leave(id, asked);
    }

    /// What a sweep brought goes to the host.
    fn hand(&mut self, swept: Swept) {
        self.trace.number(swept.number.into());
        self.check_handed(&swept);
        let mut delay = self.choices.of([5, 0, 40]);
        let number = swept.number;
        if self.faults.strikes(Fault::HandLost, &mut self.choices) {
            if self.choices.once_in(2) {
                self.put(delay, Cargo::Handed(number, false));
            }
            return;
        }
        if self.faults.strikes(Fault::HandSlow, &mut self.choices) {
            delay += self.choices.of([1_000, 30_000, 119_000, 121_000, 4_000_000]);
        }
        self.put(delay, Cargo::Hand(Rc::new(swept)));
    }

    fn crashes(&mut self) -> bool {
        let crashes = self.faults.strikes_once_in(12, Fault::Crash, &mut self.choices);
        if crashes {
            self.dies();
        }
        crashes
    }

    pub fn dies(&mut self) {
        self.trace.number(u64::MAX);
        self.trace.line(self.clock.time(), || String::from("the object dies"));
        self.is_inexact();
        self.seat.machine = None;
        self.seat.started += 1;
        self.seat.callers.clear();
        self.seat.flights.clear();
        self.seat.alarm = self.seat.alarm.or(self.seat.ringing.take());
    }
}

/// A command as a trace shows it: of a snapshot, what is of sweeps.
fn shown(command: &Command) -> String {
    match command {
        Command::Keep(text) => {
            let text = text.expose();
            let at = text.find("\"unattended\"").or(text.find("\"sweep\""));
            format!("    Keep {}", at.and_then(|at| text.get(at..)).unwrap_or_default())
        }
        Command::Send { id, call: Call::Own(call, access) | Call::Resource(call, access), .. } => {
            format!("    Send #{id} {} {}", call.path().with_query(), access.expose())
        }
        Command::Send { id, .. } => format!("    Send #{id} refresh"),
        Command::Hand(swept) => format!("    Hand {} {} page {}", swept.number, swept.path, swept.page),
        other => format!("    {other:?}"),
    }
}
