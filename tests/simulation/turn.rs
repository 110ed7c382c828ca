//! One turn of the machine: an event in, its commands carried out in order, unless the shell dies between two of them.

use crate::{
    faults::Fault,
    flaws::Flaw,
    gateway::Asked,
    life::Life,
    rules,
    shell::{Alarm, Cause, Flight, Kind, TokenCall, number, reads_odd_one},
    tell,
    trace::Who,
};
use tell_connect::{
    consent::{Asleep, Command, Consent, Event, Phase, SendId},
    gateway::{Call, Method},
};

/// What tells the id of a request that a broken shell sends twice from the first one's.
const TWIN: SendId = 1 << 31;

impl Life<'_> {
    /// Tells the machine what happened, once it runs.
    pub fn happen(&mut self, event: Event, cause: Cause) {
        self.start();
        if self.shell.machine.is_some() && self.is_sound() {
            self.turn(event, cause);
        }
    }

    /// Starts the machine if it died. It may die again at once.
    pub fn start(&mut self) {
        if self.shell.machine.is_some() {
            return;
        }
        let applications = self.shell.applications.clone();
        let Some(kept) = &self.shell.kept else {
            let Some(rest) = &self.shell.rest else {
                self.shell.machine = Some(Consent::new(applications));
                return;
            };
            match Consent::load(applications, rest.expose()) {
                Ok(asleep) => self.wake(asleep),
                Err(_) => self.hold(false, rules::LOADS),
            }
            return;
        };
        let text = match (self.flaw, &self.shell.older) {
            (Some(Flaw::OlderSnapshot), Some(older)) => older,
            _ => &kept.text,
        };
        let Ok(asleep) = Consent::load(applications, text.expose()) else {
            return self.hold(false, rules::LOADS);
        };
        let is_same = asleep.phase() == Some(&kept.record.phase);
        self.shell.call.may_be_spent = matches!(kept.record.phase, Phase::Refreshing { .. });
        self.hold(is_same, rules::LOADS);
        self.tell(Who::Shell, || String::from("the shell starts again"));
        self.wake(asleep);
        if self.shell.machine.is_some() {
            self.check_restart();
        }
    }

    /// A machine that was loaded wakes.
    fn wake(&mut self, asleep: Asleep) {
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.note_reading(false, now);
        let (machine, commands) = asleep.wake(now);
        self.shell.machine = Some(machine);
        self.carry_out_all(commands, &Cause::Woken, now);
    }

    fn turn(&mut self, event: Event, cause: Cause) {
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.note_reading(false, now);
        if self.trace.is_read() {
            let (who, what) = tell::event(&event);
            self.tell(who, || what);
        }
        self.note_cause(&cause);
        self.note_end(&cause);
        let Some(machine) = &mut self.shell.machine else { return };
        let commands = machine.handle(event, now);
        self.carry_out_all(commands, &cause, now);
    }

    fn carry_out_all(&mut self, mut commands: Vec<Command>, cause: &Cause, now: u64) {
        match self.flaw {
            Some(Flaw::SendBeforeKeep) => commands.sort_by_key(|command| !matches!(command, Command::Send { .. })),
            Some(Flaw::AnswerBeforeKeep) => commands.sort_by_key(|command| !matches!(command, Command::Answer { .. })),
            _ => {}
        }
        let mut must_keep = self.must_keep(cause, now);
        for command in commands {
            if self.crashes(now) || !self.is_sound() {
                return;
            }
            self.trace.done(|| tell::command(&command, now));
            let (keeps, wakes) = (matches!(command, Command::Keep(_)), matches!(command, Command::Wake(_)));
            self.hold(!must_keep || keeps || wakes, rules::UNREAD);
            self.carry_out(command, cause, now);
            if must_keep && keeps {
                self.check_unread(cause);
                must_keep = false;
            }
        }
        self.hold(!must_keep, rules::UNREAD);
        if !self.crashes(now) && self.is_sound() {
            self.shell.ringing = None;
            self.check_turn(cause, now);
        }
    }

    fn carry_out(&mut self, command: Command, cause: &Cause, now: u64) {
        match command {
            Command::Keep(text) => {
                self.trace.text(text.expose());
                match text.expose().contains("\"forgotten_at\"") {
                    true => self.keep_rest(text, cause, now),
                    false => self.keep(text, cause, now),
                }
            }
            Command::Wake(wake) => {
                let at = wake.map(|wake| wake.at);
                self.trace.number(at.unwrap_or(0));
                self.shell.ringing = None;
                self.shell.alarm = at.map(|at| Alarm { at, late: self.lateness(), early: 0 });
            }
            Command::Forget if self.flaw == Some(Flaw::NoErasure) => {}
            Command::Forget => {
                self.trace.text("forget");
                match self.shell.rest {
                    Some(_) => self.drop_rest(now),
                    None => self.forgotten(cause, now),
                }
            }
            Command::Send { id, call, deadline_ms } => self.send(id, call, deadline_ms, cause, now),
            // Payments have a simulation of their own.
            Command::Claim { .. } | Command::Deliver(_) | Command::Hand(_) => self.hold(false, rules::PAY_ALONE),
            Command::Count { id, batch } => self.hand_on(id, batch),
            Command::Answer { caller, outcome } => {
                self.trace.number(caller.into());
                self.check_answer(caller, &outcome, cause);
                self.hear(caller, outcome);
            }
        }
    }

    /// The consent is no more.
    pub fn forgotten(&mut self, cause: &Cause, now: u64) {
        self.check_forget(cause, now);
        self.shell.kept = None;
        self.shell.erased += 1;
        if matches!(cause, Cause::Forget) {
            self.shell.authorises = 0;
        }
        self.end_generation();
    }

    fn lateness(&mut self) -> u64 {
        match self.faults.strikes(Fault::AlarmLate, &mut self.choices) {
            true => self.choices.of([1_000, 20_000, 700_000, 90_000_000]),
            false => 0,
        }
    }

    fn send(&mut self, id: SendId, call: Call, deadline_ms: u64, cause: &Cause, now: u64) {
        self.trace.number(id.into());
        let (kind, secret) = match &call {
            Call::Authorise { .. } => (Kind::Authorise, Some(0)),
            Call::Exchange { code } => (Kind::Exchange, number(code)),
            Call::Refresh { refresh_token } => (Kind::Refresh, number(refresh_token)),
            Call::Resource(call, access) | Call::Own(call, access) => {
                let caller = call.path().with_query().rsplit(['/', '=']).next().and_then(|caller| caller.parse().ok());
                (caller.map_or(Kind::Probe, |caller| Kind::Resource { caller }), number(access))
            }
        };
        let secret = secret.unwrap_or(u32::MAX);
        let is_get = !matches!(&call, Call::Resource(call, _) | Call::Own(call, _) if call.method() != Method::Get);
        let (generation, consent) = (self.shell.call.generation, self.shell.erased);
        let deadline = self.clock.time() + deadline_ms;
        let flight = Flight { id, kind, secret, open: true, deadline, generation, consent };
        self.check_send(&flight, is_get, cause, now);
        self.shell.flights.push(flight);
        if self.flaw == Some(Flaw::TwoRefreshes) && kind == Kind::Refresh {
            self.check_send(&Flight { id: id.wrapping_add(TWIN), ..flight }, is_get, cause, now);
        }
        let asked = match call {
            Call::Authorise { uuid, .. } => {
                let uuid = uuid.as_str().to_owned();
                self.hold(!self.people.uuids.contains(&uuid), rules::FRESH_UUID);
                self.people.uuids.push(uuid.clone());
                Asked::Authorise { uuid }
            }
            Call::Exchange { .. } => Asked::Exchange { code: secret },
            Call::Refresh { .. } => Asked::Refresh { token: secret },
            Call::Resource(..) | Call::Own(..) => {
                let odd = matches!(kind, Kind::Resource { caller } if reads_odd_one(caller));
                Asked::Resource { access: secret, odd }
            }
        };
        self.leave(id, asked);
    }

    fn crashes(&mut self, now: u64) -> bool {
        let crashes = self.faults.strikes_once_in(6, Fault::Crash, &mut self.choices);
        if crashes {
            self.trace.number(u64::MAX);
            self.tell_of(Fault::Crash, Who::Shell, || String::from("the shell dies"));
            self.note_death();
            let shell = &mut self.shell;
            shell.counting = None;
            shell.machine = None;
            shell.started += 1;
            // Whoever waited sees the connection break.
            shell.callers.clear();
            shell.authorises = 0;
            self.people.browsing.clear();
            shell.flights.clear();
            shell.alarm = shell.alarm.or(shell.ringing.take());
            if self.flaw == Some(Flaw::AlarmLost) {
                shell.alarm = None;
            }
            shell.call = TokenCall { generation: shell.call.generation + 1, ..TokenCall::default() };
            self.check_alarm(now);
        }
        crashes
    }

    /// The tokens are there, or there will be none: what was known of the calls for them is over.
    pub fn end_generation(&mut self) {
        self.shell.call = TokenCall { generation: self.shell.call.generation + 1, ..TokenCall::default() };
    }
}
