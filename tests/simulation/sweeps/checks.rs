//! What must hold after every step.

use super::{
    Life,
    bank::{DAY_MS, HOUR_MS, MINUTE_MS},
    counts, rules,
    wire::Asked,
};
use tell_connect::consent::{Reason, Swept};

/// A request counts until it is a day old even where it came late: at most so much longer than a day.
const LONGER_MS: u64 = 70_000;

impl Life<'_> {
    /// For a day nobody can say what the bank has got of what was counted.
    pub fn is_inexact(&mut self) {
        self.inexact_until = self.clock.time() + DAY_MS + HOUR_MS;
    }

    fn is_exact(&self) -> bool {
        self.clock.time() >= self.inexact_until && self.wrong.was_never()
    }

    fn is_clock_right(&self) -> bool {
        let right = self.clock.time().saturating_sub(DAY_MS + HOUR_MS);
        self.wrong.is_right_since(right) && self.clock.detour.is_none()
    }

    /// A request without the customer reached the bank.
    pub fn bank_counts(&mut self, whole: &str, is_swept: bool) {
        let time = self.clock.time();
        let link = whole.split_once("?page=c").and_then(|(_, link)| self.bank.links.get(link.parse::<usize>().ok()?));
        let endpoint = counts::endpoint(whole, self.seat.readings);
        if let Some(given_at) = link.map(|link| link.given_at) {
            let untold = self.wrong.untold_between(given_at, time);
            if self.bank.counts.goes_on(given_at + untold, time) {
                // The object counts anew what goes on longer than an hour after the list was begun.
                let is_long =
                    self.bank.counts.times(&endpoint, false).next_back().is_none_or(|at| at + 50 * MINUTE_MS < time);
                if is_long || untold > 0 {
                    self.is_inexact();
                }
                return;
            }
        }
        self.bank.counts.add(time, whole, is_swept);
        let limit = usize::try_from(self.seat.readings.limit).unwrap_or(usize::MAX);
        let of_sweeps = usize::try_from(self.seat.readings.of_sweeps()).unwrap_or(usize::MAX);
        for (alone, limit, rule) in [(false, limit, rules::NO_FIFTH), (true, of_sweeps, rules::RESERVE)] {
            let before = self.bank.counts.times(&endpoint, alone).rev().nth(limit);
            let holds = (alone && !is_swept)
                || before.is_none_or(|before| time - before + self.wrong.ahead_between(before, time) >= DAY_MS);
            self.hold(holds, rule);
        }
    }

    /// A request is about to leave.
    pub fn check_send(&mut self, asked: &Asked, now: u64) {
        let Asked::Resource { whole, is_attended, is_swept, .. } = asked else { return };
        if *is_swept {
            let path = whole.split('?').next().unwrap_or_default();
            let is_planned = std::iter::once(&self.host.planned).chain(&self.host.doubtful).any(|wish| wish.has(path));
            self.hold(is_planned, rules::PLANNED);
        }
        self.hold(self.seat.ended_at.is_none() && !self.is_over(), rules::ENDED);
        if *is_attended || whole.contains("?page=") && self.seat.readings.pages_count_once {
            return;
        }
        let endpoint = counts::endpoint(whole, self.seat.readings);
        let is_kept = self.seat.record().is_some_and(|record| {
            let spent = record.budget.spent.iter().find(|spent| spent.endpoint == endpoint);
            spent.is_some_and(|spent| spent.at.iter().any(|at| *at >= now))
        });
        self.hold(is_kept, rules::COUNTED_FIRST);
    }

    /// Whether the machine knows that the consent is over.
    pub fn is_over(&self) -> bool {
        let record = self.seat.machine.as_ref().and_then(|machine| machine.record());
        self.seat.machine.is_some() && record.is_none_or(|record| record.phase.grant().is_none())
    }

    /// After a turn that was carried out.
    pub fn check_turn(&mut self) {
        let record = self.seat.machine.as_ref().and_then(|machine| machine.record());
        let sweeps = record.and_then(|record| record.phase.grant().and(record.sweep.as_ref()));
        let is_planned = sweeps.is_some_and(|sweep| !sweep.plan.paths.is_empty());
        self.hold(is_planned || self.seat.reason != Some(Reason::Sweep), rules::ENDED);
    }

    /// What is to be durable.
    pub fn check_kept(&mut self, text: &str) {
        let phase = text.split("\"phase\":\"").nth(1).and_then(|rest| rest.split('"').next());
        if !matches!(phase, Some("active" | "refreshing")) && self.seat.ended_at.is_none() {
            self.seat.ended_at = Some(self.clock.time());
            let may_end = self.bank.is_revoked || self.bank.has_refused || !self.wrong.was_never();
            self.hold(may_end, rules::NO_END);
        }
    }

    /// How often the bank was asked of an endpoint, by its own count: at least, and at most.
    fn used(&self, endpoint: &str) -> (u32, u32) {
        let time = self.clock.time();
        let open = self.seat.flights.iter().filter(|flight| flight.is_open);
        let open = open.filter(|flight| counts::endpoint(&flight.whole, self.seat.readings) == endpoint).count();
        let open = u32::try_from(open).unwrap_or(0);
        let counts = &self.bank.counts;
        (counts.since(endpoint, time - DAY_MS), counts.since(endpoint, time - DAY_MS - LONGER_MS) + open)
    }

    /// A caller was told what is left.
    pub fn check_left(&mut self, whole: &str, left: u32) {
        let endpoint = counts::endpoint(whole, self.seat.readings);
        let (least, most) = self.used(&endpoint);
        let used = self.seat.readings.limit.saturating_sub(left);
        let holds = !self.is_clock_right() || least <= used && (!self.is_exact() || used <= most);
        self.hold(holds, rules::TOLD);
    }

    /// What may be known from outside.
    pub fn check_view(&mut self) {
        let now = self.clock.machine();
        let readings = self.seat.readings;
        let Some(view) = self.seat.machine.as_ref().and_then(|machine| machine.view(now)) else { return };
        let told: Vec<(String, u32)> =
            view.budget.iter().map(|spent| (spent.endpoint.clone(), spent.allowance(readings, now).left)).collect();
        let mut arrivals: Vec<String> =
            self.bank.counts.arrivals.iter().map(|arrival| arrival.endpoint.clone()).collect();
        arrivals.extend(told.iter().map(|(of, _)| of.clone()));
        arrivals.sort_unstable();
        arrivals.dedup();
        for endpoint in arrivals {
            let left = told.iter().find(|(of, _)| *of == endpoint).map_or(readings.limit, |(_, left)| *left);
            self.check_left(&endpoint, left);
        }
    }

    /// A caller was refused for the number of requests.
    pub fn check_refused(&mut self, whole: &str, is_attended: bool, free_at: u64) {
        let endpoint = counts::endpoint(whole, self.seat.readings);
        let (_, most) = self.used(&endpoint);
        let is_true = !self.is_exact() || most >= self.seat.readings.limit;
        self.hold(!is_attended && is_true && free_at > self.clock.machine(), rules::HONEST_REFUSAL);
    }

    /// What is handed on is what the bank sent.
    pub fn check_handed(&mut self, swept: &Swept) {
        let sent = super::lists::number(&swept.body).and_then(|number| self.bank.sent.get(number));
        let is_same = sent.is_some_and(|sent| sent.body == swept.body && sent.path == swept.path);
        let is_page = sent.is_some_and(|sent| sent.page == swept.page && sent.is_last == swept.is_last);
        self.hold(is_same, rules::AS_IT_CAME);
        self.hold(is_page, rules::PAGES);
    }

    /// The host takes something.
    pub fn check_taken(&mut self, swept: &Swept, number: usize) {
        let before = self.host.got.iter().find(|(got, _)| *got == swept.number).map(|(_, number)| *number);
        match before {
            Some(before) => self.hold(before == number, rules::ONE_NUMBER),
            None => self.host.got.push((swept.number, number)),
        }
    }
}
