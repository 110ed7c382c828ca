//! The host: what it plans, what it takes, what it reads by itself; and the customer.

use super::{
    Fault, Life,
    bank::{HOUR_MS, MINUTE_MS},
    lists,
    profiles::Wish,
    rules,
    seat::Wants,
    wire::Cargo,
};
use std::rc::Rc;
use tell_connect::{
    consent::{Caller, Event, Failure, Outcome, Swept},
    gateway::{Method, ResourceCall, UserIp},
};

/// What the host knows, and wants.
#[derive(Default)]
pub struct Host {
    /// What it was told that is planned.
    pub planned: Wish,
    /// What it is about to plan, and when it tries.
    pub wanted: Option<(u64, Wish)>,
    /// What may be planned as well, since its answer has not come.
    pub doubtful: Vec<Wish>,
    pub dead_until: u64,
    /// Each number that it took, and the bank's own for that.
    pub got: Vec<(u32, usize)>,
    /// A further page that it will ask for.
    pub next_page: Option<(u64, String)>,
    /// Answers to the sweep's first pages, by path.
    pub rounds: Vec<(String, u32)>,
}

impl Life<'_> {
    /// The host tries to plan.
    pub fn plan(&mut self) {
        let Some((at, wish)) = &mut self.host.wanted else { return };
        *at = self.clock.time() + MINUTE_MS;
        let wish = wish.clone();
        let plan = wish.plan(self.seat.readings);
        self.host.doubtful.push(wish.clone());
        if let Some(caller) = self.caller(Wants::Plan(wish)) {
            self.happen(Event::Planned { caller, plan });
        }
    }

    /// Somebody is answered.
    pub fn told(&mut self, wants: Wants, outcome: Result<Outcome, Failure>) {
        match (wants, outcome) {
            (Wants::Plan(wish), Ok(Outcome::Planned(at))) => {
                let is_kept = self.seat.record().is_some_and(|record| match record.sweep {
                    Some(sweep) => sweep.plan == wish.plan(self.seat.readings),
                    None => wish.paths.is_empty(),
                });
                self.hold(is_kept && at.is_some() != wish.paths.is_empty(), rules::PLAN_KEPT);
                self.host.planned = wish;
                self.host.doubtful.clear();
                self.host.wanted = None;
                if self.faults.strikes(Fault::Replan, &mut self.choices) {
                    let wish = Wish::draw(&mut self.choices, self.seat.readings, self.clock.time());
                    self.host.wanted = Some((self.clock.time() + self.choices.of([20, 60, 9_000]), wish));
                }
            }
            (Wants::Plan(_), Err(Failure::Ended(_) | Failure::NotFound)) => {
                self.host.wanted = None;
                let is_over = self.seat.ended_at.is_some() || self.is_over();
                self.hold(is_over, rules::OWN_CALLER);
            }
            (Wants::Plan(_), _) | (Wants::Resource { .. }, Ok(Outcome::Planned(_))) => {
                self.hold(false, rules::OWN_CALLER);
            }
            (Wants::Resource { whole, is_attended }, outcome) => self.read(&whole, is_attended, outcome),
        }
    }

    fn read(&mut self, whole: &str, is_attended: bool, outcome: Result<Outcome, Failure>) {
        let (id, allowance) = match outcome {
            Ok(Outcome::Passed(id)) if is_attended => (id, None),
            Ok(Outcome::Unattended(id, allowance)) if !is_attended => (id, Some(allowance)),
            Ok(_) => return self.hold(false, rules::OWN_CALLER),
            Err(Failure::BudgetSpent { free_at, .. }) => return self.check_refused(whole, is_attended, free_at),
            Err(_) => return,
        };
        let number = self.seat.flight(id).filter(|flight| flight.whole == whole).map(|flight| flight.number);
        self.hold(number.is_some(), rules::OWN_CALLER);
        if let Some(allowance) = allowance {
            self.check_left(whole, allowance.left);
            let link = number.flatten().and_then(|number| self.bank.sent.get(number)?.link);
            if let Some(link) = link
                && self.choices.once_in(2)
            {
                let path = whole.split('?').next().unwrap_or_default();
                let at = self.clock.time() + self.choices.of([0, 3, 20, 50]) * MINUTE_MS;
                self.host.next_page = Some((at, format!("{path}?page=c{link}")));
            }
        }
    }

    /// Somebody reads.
    pub fn want(&mut self, whole: &str, is_attended: bool) {
        let ip = is_attended.then(|| UserIp::parse("203.0.113.1").unwrap_or_else(|_| unreachable!("it is public")));
        let call = ResourceCall::new(Method::Get, whole, ip, None).unwrap_or_else(|_| unreachable!("it is a path"));
        let wants = Wants::Resource { whole: whole.to_owned(), is_attended };
        let caller: Option<Caller> = self.caller(wants);
        if let Some(caller) = caller {
            self.happen(Event::Wanted { caller, call });
        }
    }

    /// Host and customer do something, now and then.
    pub fn people_act(&mut self) {
        const PATHS: [&str; 4] =
            ["/accounts/a1/transactions", "/accounts", "/accounts/a1/balance", "/accounts/a2/transactions"];
        if self.faults.strikes_once_in(1, Fault::HostReads, &mut self.choices) {
            for _ in 0..self.choices.of([1, 2, 5]) {
                let path = self.choices.of(PATHS);
                self.want(path, false);
            }
        }
        if self.faults.strikes_once_in(1, Fault::CustomerReads, &mut self.choices) {
            for _ in 0..self.choices.of([1, 9]) {
                let path = self.choices.of(PATHS);
                self.want(path, true);
            }
        }
        if self.host.wanted.is_none() && self.faults.strikes_once_in(3, Fault::Replan, &mut self.choices) {
            let wish = match self.choices.below(4) {
                0 => Wish { times: 1, ..Wish::default() },
                _ => Wish::draw(&mut self.choices, self.seat.readings, self.clock.time()),
            };
            self.host.wanted = Some((self.clock.time(), wish));
        }
        if self.faults.strikes(Fault::HostDead, &mut self.choices) {
            let hours = self.choices.of([1, 9, 70]);
            self.host.dead_until = self.clock.time() + hours * HOUR_MS;
            self.trace.line(self.clock.time(), || format!("the host is away for {hours} h"));
        }
    }

    /// Something reaches the host, of a start of the object.
    pub fn host_gets(&mut self, swept: &Rc<Swept>, started: u32) {
        let is_taken = self.clock.time() >= self.host.dead_until;
        self.trace.line(self.clock.time(), || format!("the host gets {} and takes it: {is_taken}", swept.number));
        if is_taken && let Some(number) = lists::number(&swept.body) {
            self.check_taken(swept, number);
            let of = self.bank.sent.get(number).map(|sent| sent.bookings.clone()).unwrap_or_default();
            for booking in of {
                if let Some(booking) = self.bank.bookings.get_mut(booking) {
                    booking.is_delivered = true;
                }
            }
        }
        if started != self.seat.started {
            return;
        }
        if is_taken && self.faults.strikes(Fault::TakenLost, &mut self.choices) {
            if self.choices.once_in(2) {
                self.put(5, Cargo::Handed(swept.number, false));
            }
            return;
        }
        let delay = self.choices.of([5, 0, 300]);
        self.put(delay, Cargo::Handed(swept.number, is_taken));
    }

    /// The bank answered the first page of a list to a sweep.
    pub fn count_round(&mut self, whole: &str) {
        let path = whole.split('?').next().unwrap_or_default();
        match self.host.rounds.iter_mut().find(|(of, _)| of == path) {
            Some((_, count)) => *count += 1,
            None => self.host.rounds.push((path.to_owned(), 1)),
        }
    }
}
