//! What must be so after some days in which nothing fails: all that the bank gives was delivered.

use super::{Life, bank::DAY_MS, rules};
use tell_connect::profile::EndpointReading;

impl Life<'_> {
    /// Some days in which nothing fails.
    pub fn come_to_rest(&mut self) {
        let began_at = self.clock.time();
        self.check_rounds();
        self.calm_down();
        (self.host.dead_until, self.bank.stubborn_until, self.bank.outage) = (0, 0, None);
        self.put_right();
        self.return_from_ahead();
        let readings = self.seat.readings;
        let is_slow = readings.endpoint == EndpointReading::Template || !readings.pages_count_once;
        let days = match (is_slow, self.wrong.was_never()) {
            (true, _) => 8,
            (false, false) => 5,
            (false, true) => 3,
        };
        self.live_until(began_at + days * DAY_MS);
        self.check_delivered(began_at);
    }

    fn check_delivered(&mut self, until: u64) {
        if !self.is_sound() || self.seat.ended_at.is_some() || self.bank.is_revoked {
            return;
        }
        let time = self.clock.time();
        let wish = &self.host.planned;
        let since = wish.since.unwrap_or(0);
        let wanted = self.bank.bookings.iter().filter(|it| !it.is_planned && !it.is_delivered);
        let wanted = wanted.filter(|it| it.dated >= since && it.seen_at.max(self.opened_at(it.account)) <= until);
        let missing: Vec<(u64, u64, u32)> = wanted
            .filter(|it| wish.has(&format!("/accounts/a{}/transactions", it.account + 1)))
            .map(|it| (it.dated, it.seen_at, it.account))
            .collect();
        // What grows too old while something fails, the bank no longer gives.
        let is_given = |dated: u64| dated + 89 * DAY_MS >= time;
        let all_given = missing.iter().all(|(dated, ..)| !is_given(*dated));
        self.trace.line(time, || format!("not delivered, by date, since when, account: {missing:?}"));
        self.hold(all_given, rules::DELIVERED);
        let is_in_time = self.is_faultless && self.asked_in_time;
        let has_all = missing.iter().all(|(_, _, account)| self.opened_at(*account) > self.bank.granted_at);
        self.hold(!is_in_time || has_all, rules::HISTORY);
    }

    fn opened_at(&self, account: u32) -> u64 {
        self.bank.accounts.get(usize::try_from(account).unwrap_or(0)).copied().unwrap_or(0)
    }

    /// Where nothing fails, each round of each list came.
    fn check_rounds(&mut self) {
        let readings = self.seat.readings;
        let is_plain = readings.endpoint == EndpointReading::Path && readings.pages_count_once;
        if !self.is_faultless || !is_plain {
            return;
        }
        // A day's rounds come five minutes later than those of the day before, the second at its own hour.
        let gap = (readings.window_ms() + 5 * 60 * 1000) / u64::from(self.host.planned.times);
        let expected = u32::try_from(self.days * DAY_MS / gap).unwrap_or(0);
        let path = if self.host.planned.has("/accounts") { "/accounts" } else { "/accounts/a1/transactions" };
        let came = self.host.rounds.iter().find(|(of, _)| of == path).map_or(0, |(_, count)| *count);
        self.trace.line(self.clock.time(), || format!("{came} rounds of {expected}"));
        self.hold((expected..=expected + 2).contains(&came), rules::ROUNDS);
    }
}
