//! What a life tells of itself where somebody reads it.

use crate::{
    faults::Fault,
    life::Life,
    shell::Kind,
    trace::{After, Done, Who},
};
use tell_connect::{
    consent::{Command, Event},
    gateway::Call,
};

/// Of a longer text the beginning is told.
const LONGEST: usize = 600;

impl Life<'_> {
    /// A step begins.
    pub fn tell(&mut self, who: Who, what: impl FnOnce() -> String) {
        if self.trace.is_read() {
            self.end_step();
            self.trace.begin(self.clock.time(), who, cut(what()));
        }
    }

    /// A step begins with a fault that struck just now.
    pub fn tell_of(&mut self, fault: Fault, who: Who, what: impl FnOnce() -> String) {
        if self.trace.is_read() {
            let name = self.faults.struck.as_mut().and_then(Vec::pop);
            self.tell(who, what);
            debug_assert!(name.is_some(), "{fault:?} struck");
            if let (Some(struck), Some(name)) = (&mut self.faults.struck, name) {
                struck.push(name);
            }
        }
    }

    /// What strikes from now on belongs to the step that comes.
    pub fn end_step(&mut self) {
        if self.trace.is_read() {
            let after = self.after();
            let mut none = Vec::new();
            self.trace.end(after, self.faults.struck.as_mut().unwrap_or(&mut none));
        }
    }

    fn after(&self) -> After {
        let (shell, now) = (&self.shell, self.clock.machine());
        let distance = |to: u64, from: u64| {
            let whole = |time| i64::try_from(time).unwrap_or(i64::MAX);
            whole(to).saturating_sub(whole(from))
        };
        let open = shell.flights.iter().filter(|flight| flight.open);
        After {
            state: shell.kept.as_ref().map_or("none", |kept| kept.record.phase.name()),
            runs: shell.machine.is_some(),
            snapshot: shell.kept.as_ref().map(|kept| kept.text.expose().to_owned()),
            alarm: shell.alarm.map(|alarm| distance(alarm.at, now)),
            ahead: distance(now, self.clock.time()),
            under_way: open.map(|flight| format!("#{} {}", flight.id, kind(flight.kind))).collect(),
            waiting: u32::try_from(shell.callers.len()).unwrap_or(u32::MAX),
        }
    }
}

/// What an event is, and whose doing.
pub fn event(event: &Event) -> (Who, String) {
    match event {
        Event::Start { caller, scope, .. } => {
            (Who::Customer, format!("caller {caller} wants to go to the bank: {}", scope.name()))
        }
        Event::Redirected { caller, redirect } => {
            let with = redirect.code.as_ref().map_or("without a code", |_| "with a code");
            (Who::Customer, format!("caller {caller} comes back from the bank {with}, for {}", redirect.intent_id))
        }
        Event::Wanted { caller, call } => {
            (Who::Customer, format!("caller {caller} asks for {} {}", call.method().name(), call.path().with_query()))
        }
        Event::Forget { caller } => (Who::Customer, format!("caller {caller} deletes the consent")),
        Event::Replaced { caller } => (Who::Customer, format!("caller {caller} has another consent in its place")),
        Event::Answered { id, answer } => {
            (Who::Network, format!("the answer to #{id}: {} {}", answer.status, answer.body))
        }
        Event::Lost { id, loss } => (Who::Network, format!("#{id} is lost: {loss:?}")),
        Event::Woken => (Who::Alarm, String::from("the machine is woken")),
        Event::Counted { is_taken: true, .. } => (Who::Statistics, String::from("the calls are counted")),
        Event::Counted { .. } => (Who::Statistics, String::from("nobody knows whether the calls were counted")),
        other => (Who::Customer, format!("{other:?}")),
    }
}

/// A command: of a snapshot, the text.
pub fn command(command: &Command, now: u64) -> Done {
    let done = |name, about| Done { name, about };
    match command {
        Command::Keep(text) => done("keep", text.expose().to_owned()),
        Command::Wake(Some(wake)) if wake.at >= now => {
            done("wake", format!("in {} s: {:?}", (wake.at - now).div_ceil(1000), wake.reason))
        }
        Command::Wake(wake) => {
            done("wake", wake.map_or_else(|| String::from("never"), |wake| format!("now: {:?}", wake.reason)))
        }
        Command::Forget => done("forget", String::new()),
        Command::Send { id, call, .. } => done("send", format!("#{id} {}", sent(call))),
        Command::Count { batch, .. } => done("count", batch.id.write()),
        Command::Answer { caller, outcome } => done("answer", cut(format!("caller {caller}: {outcome:?}"))),
        other => done("do", cut(format!("{other:?}"))),
    }
}

fn sent(call: &Call) -> String {
    match call {
        Call::Authorise { uuid, .. } => format!("authorise {}", uuid.as_str()),
        Call::Exchange { code } => format!("exchange of {}", code.expose()),
        Call::Refresh { refresh_token } => format!("refresh with {}", refresh_token.expose()),
        Call::Resource(call, access) | Call::Own(call, access) => {
            format!("{} {} with {}", call.method().name(), call.path().with_query(), access.expose())
        }
    }
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Authorise => String::from("authorise"),
        Kind::Exchange => String::from("exchange"),
        Kind::Refresh => String::from("refresh"),
        Kind::Resource { caller } => format!("read for caller {caller}"),
        Kind::Probe => String::from("probe"),
    }
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}
