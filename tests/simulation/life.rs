//! One life of a consent: what is due next, until all is quiet.

use crate::{
    choices::Choices,
    clock::Clock,
    counting::Counting,
    faults::{Fault, Faults},
    flaws::Flaw,
    gateway::{CONSENT_MS, Gateway, Manners},
    people::People,
    rules,
    shell::{Cause, Shell},
    trace::{Trace, Who},
    wire::Message,
};
use std::rc::Rc;
use tell_connect::{
    consent::{Event, Phase, grant::FRESH_MS},
    gateway::Applications,
};

/// More steps than any life takes that comes to rest: what happens, and what the machine is told.
const MOST_STEPS: u32 = 8000;
/// Longer than any `Retry-After`.
const QUIET_MS: u64 = 6 * 60 * 1000;

/// One life.
pub struct Life<'a> {
    pub choices: Choices,
    pub faults: &'a mut Faults,
    pub trace: &'a mut Trace,
    pub clock: Clock,
    pub gateway: Gateway,
    pub wire: Vec<Message>,
    pub shell: Shell,
    /// A consent that waits while another is asked for in its place.
    pub former: Option<Shell>,
    pub people: People,
    pub counting: Counting,
    pub steps: u32,
    /// How the shell is broken, if it is.
    pub flaw: Option<Flaw>,
    pub broken: Option<&'static str>,
}

/// What is due next.
enum Due {
    Message(usize),
    Deadline(usize),
    Alarm,
    Visit,
    /// The machine's clock comes back from where it jumped to.
    ClockBack(u64),
}

impl<'a> Life<'a> {
    pub fn new(
        applications: &[Rc<Applications>],
        mut choices: Choices,
        faults: &'a mut Faults,
        trace: &'a mut Trace,
    ) -> Self {
        faults.plan(&mut choices);
        let applications = match choices.below(2) {
            0 => applications.first(),
            _ => applications.last(),
        };
        let applications = applications.unwrap_or_else(|| unreachable!("there are applications"));
        let manners = Manners::draw(applications.environment, &mut choices);
        Self {
            choices,
            faults,
            trace,
            clock: Clock::default(),
            gateway: Gateway::new(manners),
            wire: Vec::new(),
            shell: Shell::new(applications.clone()),
            former: None,
            people: People::default(),
            counting: Counting::default(),
            steps: 0,
            flaw: None,
            broken: None,
        }
    }

    /// Lives it. What broke, if anything.
    pub fn live(&mut self) -> Option<&'static str> {
        self.people.next_visit = Some(self.clock.time());
        while self.people.next_visit.is_some() && self.is_sound() {
            self.settle(false);
            self.disturb();
            if let Some((at, due)) = self.next() {
                self.reach(at, due);
            }
        }
        self.faults.cease();
        self.come_to_rest();
        if self.is_sound() && self.choices.once_in(2) {
            self.check_health();
        }
        if self.is_sound() && self.choices.once_in(4) {
            self.check_end();
        }
        if self.is_sound() {
            self.check_counted();
        }
        self.end_step();
        self.broken
    }

    /// Notes a rule that does not hold. The first one counts.
    pub fn hold(&mut self, holds: bool, rule: &'static str) {
        self.trace.looked_at(rule);
        if !holds {
            self.broken = self.broken.or(Some(rule));
        }
    }

    pub fn is_sound(&self) -> bool {
        self.broken.is_none()
    }

    /// Whatever happens at any moment.
    fn disturb(&mut self) {
        self.end_step();
        if self.faults.strikes_once_in(4, Fault::ClockForward, &mut self.choices) {
            let by = self.choices.of([2_000, 70_000, 660_000, 3_660_000, 86_400_000, 200_000_000, 7_776_000_000]);
            self.clock.jump_forward(by);
            if self.clock.detour.is_none() && self.choices.once_in(2) {
                let after = self.choices.of([10_000, 0, 500, 50_000, 300_000]);
                self.clock.detour = Some((self.clock.time() + after, by));
            }
            self.tell(Who::Clock, || format!("the clock jumps {} s forward", by / 1000));
        }
        if self.faults.strikes_once_in(2, Fault::ClockBack, &mut self.choices) {
            let by = self.choices.of([2_000, 70_000, 660_000, 3_660_000, 86_400_000, 200_000_000]);
            self.jump_back(by);
        }
        if self.faults.strikes_once_in(4, Fault::Revocation, &mut self.choices) {
            self.gateway.revoke();
            self.tell(Who::Bank, || String::from("the PSU revokes the consent at the bank"));
        }
    }

    fn jump_back(&mut self, by: u64) {
        self.clock.jump_back(by);
        // An alarm may go by this clock, or by one of its own.
        let goes_on = self.choices.once_in(2);
        for shell in [Some(&mut self.shell), self.former.as_mut()].into_iter().flatten() {
            shell.clock_went_back(if goes_on { by } else { 0 });
        }
        self.tell(Who::Clock, || format!("the clock jumps {} s back", by / 1000));
    }

    fn next(&self) -> Option<(u64, Due)> {
        let messages = self.wire.iter().enumerate().map(|(at, message)| (message.due, Due::Message(at)));
        let flights = self.shell.flights.iter().enumerate().filter(|(_, flight)| flight.open);
        let flights = flights.filter(|_| self.flaw != Some(Flaw::NoDeadline));
        let deadlines = flights.map(|(at, flight)| (flight.deadline, Due::Deadline(at)));
        let alarm = self.shell.alarm.map(|alarm| (self.clock.time_of(alarm.at - alarm.early) + alarm.late, Due::Alarm));
        let visit = self.people.next_visit.map(|at| (at, Due::Visit));
        let back = self.clock.detour.map(|(at, by)| (at, Due::ClockBack(by)));
        messages.chain(deadlines).chain(alarm).chain(visit).chain(back).min_by_key(|(at, _)| *at)
    }

    fn reach(&mut self, at: u64, due: Due) {
        self.end_step();
        self.clock.reach(at);
        self.steps += 1;
        match due {
            Due::Message(at) => {
                let message = self.wire.remove(at);
                self.arrive(message);
            }
            Due::Deadline(at) => self.deadline_passed(at),
            Due::Alarm => self.alarm(),
            Due::Visit => self.visit(),
            Due::ClockBack(by) => {
                self.clock.detour = None;
                self.jump_back(by);
            }
        }
        while self.is_sound()
            && let Some((browsing, reply)) = self.people.replies.pop()
        {
            self.reply(browsing, reply);
        }
        self.hold(self.steps < MOST_STEPS, rules::NO_WAIT);
    }

    fn alarm(&mut self) {
        self.tell(Who::Alarm, || String::from("the alarm goes off"));
        self.shell.alarm_goes_off();
        self.happen(Event::Woken, Cause::Woken);
        if self.faults.strikes(Fault::AlarmTwice, &mut self.choices) {
            self.happen(Event::Woken, Cause::Woken);
        }
    }

    /// Lets all that is under way come to an end: then nobody waits any more.
    pub fn come_to_rest(&mut self) {
        while self.is_sound()
            && (!self.wire.is_empty() || self.shell.is_busy())
            && let Some((at, due)) = self.next()
        {
            self.reach(at, due);
        }
        self.settle(true);
        self.hold(!self.is_sound() || self.shell.callers.is_empty(), rules::NO_WAIT);
    }

    /// Nothing fails any more: whoever has a consent that the gateway honours gets what the bank has.
    fn check_health(&mut self) {
        let quiet = self.clock.time() + QUIET_MS;
        while self.is_sound()
            && let Some((at, due)) = self.next()
            && at <= quiet
        {
            self.reach(at, due);
        }
        self.come_to_rest();
        self.clock.reach(quiet);
        let now = self.clock.machine();
        let Some(refresh) = self.shell.kept.as_ref().and_then(|kept| match &kept.record.phase {
            Phase::Active { grant } | Phase::Refreshing { grant, .. } if now < grant.granted_at + CONSENT_MS => {
                kept.refresh_token()
            }
            _ => None,
        }) else {
            return;
        };
        let honours = self.gateway.honours(refresh, self.clock.time());
        self.gateway.relent();
        self.people.passed = false;
        // One may be told what the bank tells them, and another a minute later: then what was known of the token is over.
        // A clock that was set back may have it that the gateway's `Retry-After` of long ago still holds.
        for _ in 0..7 {
            if self.people.passed {
                break;
            }
            self.want(false);
            self.come_to_rest();
            self.clock.reach(self.clock.time() + FRESH_MS);
        }
        let passed = self.people.passed;
        self.hold(!honours || passed, rules::HEALED);
    }

    /// Time passes, nobody comes: each alarm does something, and the last one leaves nothing.
    fn check_end(&mut self) {
        for _ in 0..8 {
            match self.next() {
                Some((at, due)) if self.is_sound() => self.reach(at, due),
                _ => break,
            }
            self.come_to_rest();
        }
        let is_empty = self.shell.kept.is_none() && self.shell.rest.is_none();
        self.hold(!self.is_sound() || is_empty, rules::EMPTIED);
    }
}
