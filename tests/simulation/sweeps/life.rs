//! One life of a consent that is swept: what is due next, until some days are over.

use super::{
    Fault,
    bank::{Bank, DAY_MS, HOUR_MS, MINUTE_MS},
    host::Host,
    profiles::Wish,
    rules,
    seat::Seat,
    time::Wrong,
    wire::Message,
};
use crate::{choices::Choices, clock::Clock, faults::Faults, rules as common, trace::Trace};
use std::rc::Rc;
use tell_connect::{
    consent::{Event, Loss, SendId},
    gateway::Applications,
};

/// More steps than any life takes.
const MOST_STEPS: u32 = 60_000;
/// Wake-ups in a day at most: a delivery that fails is made again every five minutes or so.
const MOST_ALARMS: u32 = 1000;
/// Wake-ups at one moment at most.
const MOST_AT_ONCE: u32 = 12;

/// One life.
pub struct Life<'a> {
    pub choices: Choices,
    pub faults: &'a mut Faults<Fault>,
    pub trace: &'a mut Trace,
    pub clock: Clock,
    pub wrong: Wrong,
    pub bank: Bank,
    pub host: Host,
    pub seat: Seat,
    pub wire: Vec<Message>,
    pub days: u64,
    pub is_faultless: bool,
    /// The host plans while the bank gives the full history.
    pub asked_in_time: bool,
    next_tick: Option<u64>,
    /// Until when what is told as left may be less than what the bank has counted.
    pub inexact_until: u64,
    /// Wake-ups of a day, and of a moment.
    alarms: (u64, u32),
    at_once: (u64, u32),
    pub steps: u32,
    pub broken: Option<&'static str>,
}

/// What is due next.
enum Due {
    Message(usize),
    Deadline(SendId),
    Alarm,
    Tick,
    Plan,
    Page,
    /// The object's clock is put right.
    PutRight,
    /// It comes back from where it jumped to.
    ClockBack,
}

impl<'a> Life<'a> {
    pub fn new(
        applications: &[Rc<Applications>],
        mut choices: Choices,
        faults: &'a mut Faults<Fault>,
        trace: &'a mut Trace,
    ) -> Self {
        faults.plan(&mut choices);
        let is_faultless = choices.once_in(8);
        if is_faultless {
            faults.cease();
        }
        let number = if choices.once_in(2) { choices.below(u32::try_from(applications.len()).unwrap_or(1)) } else { 0 };
        let applications = usize::try_from(number).ok().and_then(|number| applications.get(number));
        let applications = applications.unwrap_or_else(|| unreachable!("there are applications")).clone();
        let clock = Clock::starting(choices.below(24 * 60));
        let now = clock.time();
        let seat = Seat::new(applications, now);
        let days = if choices.once_in(100) { 40 } else { choices.of([3, 2, 5]) };
        let mut bank = Bank::draw(&mut choices, seat.readings, now);
        bank.book(days, !faults.knows(Fault::ClockForward), &mut choices);
        let wish = Wish::draw(&mut choices, seat.readings, now);
        let at = now + choices.of([0, 30_000, 270_000, 6 * MINUTE_MS, 3 * HOUR_MS]);
        let host = Host { wanted: Some((at, wish)), ..Host::default() };
        Self {
            choices,
            faults,
            trace,
            clock,
            wrong: Wrong::default(),
            bank,
            host,
            seat,
            wire: Vec::new(),
            days,
            is_faultless,
            asked_in_time: at < now + 5 * MINUTE_MS,
            next_tick: Some(now),
            inexact_until: 0,
            alarms: (0, 0),
            at_once: (0, 0),
            steps: 0,
            broken: None,
        }
    }

    /// Lives it. What broke, if anything.
    pub fn live(&mut self) -> Option<&'static str> {
        let until = self.clock.time() + self.days * DAY_MS;
        self.live_until(until);
        self.come_to_rest();
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

    /// Nothing fails any more.
    pub fn calm_down(&mut self) {
        self.faults.cease();
        self.next_tick = None;
    }

    pub fn live_until(&mut self, until: u64) {
        while self.is_sound()
            && let Some((at, due)) = self.next()
            && at <= until
        {
            self.reach(at, due);
            // Of one that is over nothing is left to see after a while.
            if self.seat.ended_at.is_some_and(|ended_at| ended_at + DAY_MS < self.clock.time()) {
                return;
            }
        }
        self.clock.reach(until);
    }

    fn next(&self) -> Option<(u64, Due)> {
        let mut next: Option<(u64, Due)> = None;
        let mut take = |at: u64, due: Due| {
            if next.as_ref().is_none_or(|(before, _)| at < *before) {
                next = Some((at, due));
            }
        };
        for (at, message) in self.wire.iter().enumerate() {
            take(message.due, Due::Message(at));
        }
        for flight in self.seat.flights.iter().filter(|flight| flight.is_open) {
            take(flight.deadline, Due::Deadline(flight.id));
        }
        if let Some(alarm) = &self.seat.alarm {
            take(self.clock.time_of(alarm.at - alarm.early) + alarm.late, Due::Alarm);
        }
        if let Some(at) = self.next_tick {
            take(at, Due::Tick);
        }
        if let Some((at, _)) = self.host.wanted {
            take(at, Due::Plan);
        }
        if let Some((at, _)) = self.host.next_page {
            take(at, Due::Page);
        }
        if let Some(back) = &self.wrong.back {
            take(back.ends_at, Due::PutRight);
        }
        if let Some((at, _)) = self.clock.detour {
            take(at, Due::ClockBack);
        }
        next
    }

    fn reach(&mut self, at: u64, due: Due) {
        self.clock.reach(at);
        self.steps += 1;
        match due {
            Due::Message(at) => {
                let message = self.wire.swap_remove(at);
                self.arrive(message);
            }
            Due::Deadline(id) => self.lost(id, Loss::Timeout),
            Due::Alarm => self.alarm(),
            Due::Tick => self.tick(),
            Due::Plan => self.plan(),
            Due::Page => {
                if let Some((_, whole)) = self.host.next_page.take() {
                    self.want(&whole, false);
                }
            }
            Due::PutRight => self.put_right(),
            Due::ClockBack => self.return_from_ahead(),
        }
        self.hold(self.steps < MOST_STEPS, common::NO_WAIT);
    }

    fn alarm(&mut self) {
        let time = self.clock.time();
        self.trace.line(time, || format!("the alarm goes off: {:?}", self.seat.reason));
        let (day, count) = &mut self.alarms;
        (*day, *count) = if *day == time / DAY_MS { (*day, *count + 1) } else { (time / DAY_MS, 1) };
        let (moment, at_once) = &mut self.at_once;
        (*moment, *at_once) = if *moment == time { (time, *at_once + 1) } else { (time, 1) };
        let holds = *count < MOST_ALARMS && *at_once < MOST_AT_ONCE;
        self.hold(holds, rules::NO_LOOP);
        self.seat.ringing = self.seat.alarm.take();
        self.happen(Event::Woken);
        if self.faults.strikes(Fault::AlarmTwice, &mut self.choices) {
            self.happen(Event::Woken);
        }
    }

    /// Whatever happens by itself, some times a day.
    fn tick(&mut self) {
        let time = self.clock.time();
        let gap = self.choices.of([9 * HOUR_MS, 5 * HOUR_MS, HOUR_MS, 20 * MINUTE_MS, 15 * HOUR_MS, 30_000]);
        self.next_tick = (!self.is_faultless).then_some(time + gap);
        self.outage_strikes();
        if self.faults.strikes(Fault::Eviction, &mut self.choices) && self.seat.machine.is_some() {
            self.dies();
        }
        if self.faults.strikes(Fault::LinksDie, &mut self.choices) {
            for link in &mut self.bank.links {
                link.is_dead = true;
            }
        }
        if self.faults.strikes_once_in(2, Fault::Refusal, &mut self.choices) {
            self.bank.stubborn_until = time + self.choices.of([1, 12]) * HOUR_MS;
        }
        // A token that dies as it comes is a consent that is over (`REV-1`).
        let is_old = self.bank.token_ends_at < time + HOUR_MS - 5 * MINUTE_MS;
        if is_old && self.faults.strikes(Fault::TokenDies, &mut self.choices) {
            self.bank.token_ends_at = self.bank.token_ends_at.min(time);
        }
        if self.faults.strikes_once_in(9, Fault::Revocation, &mut self.choices) {
            self.bank.is_revoked = true;
            self.trace.line(time, || String::from("the PSU revokes the consent at the bank"));
        }
        self.check_view();
        self.people_act();
        self.clock_strikes();
    }
}
