//! The object's clock where it is wrong, and what that excuses.
//!
//! A clock that ran ahead cannot be told from time that passed: between two requests by it, less may have passed by the
//! bank's. Nor can one that was set back be told where no reading from before is durable. And by one that comes back from
//! where it ran ahead to, less has passed than did: an hour of a walk through pages takes longer. Nothing else is excused.

use super::{
    Fault, Life,
    bank::{DAY_MS, HOUR_MS, MINUTE_MS},
};

/// A clock that jumps more often tells nothing.
const MOST_JUMPS: u32 = 6;
/// How long a request may be on its way.
const ON_THE_WAY_MS: u64 = 2 * MINUTE_MS;

/// What is known of the object's clock.
#[derive(Default)]
pub struct Wrong {
    /// It was set back by so much, and is put right then.
    pub back: Option<Back>,
    /// How far it ran ahead, and when.
    ahead: Vec<Ahead>,
    /// How far it came back from there, and when.
    returned: Vec<(u64, u64)>,
    /// Its latest reading that the machine has, and the latest that is durable.
    seen: u64,
    durable: u64,
    jumps: u32,
}

pub struct Back {
    pub ends_at: u64,
    by: u64,
    began_at: u64,
    /// How far it will run ahead of what the machine can know.
    hidden: u64,
    /// The machine's first reading by it, and whether that is durable.
    first: Option<u64>,
    is_first_kept: bool,
}

struct Ahead {
    from: u64,
    to: u64,
    by: u64,
}

impl Wrong {
    /// The object starts from what is durable.
    pub fn started(&mut self) {
        self.seen = self.durable;
        if let Some(back) = &mut self.back {
            back.first = back.first.filter(|_| back.is_first_kept);
        }
    }

    /// The latest reading is durable now.
    pub fn kept(&mut self) {
        self.durable = self.seen;
    }

    /// A turn is over by a clock that was behind, which is to be durable where anything is counted.
    pub fn turned(&mut self, now: u64, is_counted: bool) {
        if is_counted && now < self.seen {
            self.durable = self.seen;
            if let Some(back) = &mut self.back {
                back.is_first_kept = true;
            }
        }
    }

    /// Whether anything was wrong with it of late.
    pub fn is_right_since(&self, time: u64) -> bool {
        self.back.is_none() && self.ahead.iter().all(|ahead| ahead.to < time)
    }

    /// Whether it was never wrong.
    pub fn was_never(&self) -> bool {
        self.jumps == 0
    }

    /// How much of the time between two times it may not have told.
    pub fn untold_between(&self, from: u64, to: u64) -> u64 {
        let from_there = self.returned.iter().filter(|(at, _)| *at >= from && *at <= to);
        from_there.map(|(_, by)| *by).sum::<u64>() + self.ahead_between(from, to)
    }

    /// How far it ran ahead between two times.
    pub fn ahead_between(&self, from: u64, to: u64) -> u64 {
        let from = from.saturating_sub(ON_THE_WAY_MS);
        let ahead = self.ahead.iter().filter(|ahead| ahead.to >= from && ahead.from <= to);
        let hidden = self.back.as_ref().map_or(0, |back| back.hidden);
        ahead.map(|ahead| ahead.by).sum::<u64>() + hidden
    }
}

impl Life<'_> {
    /// The machine reads its clock.
    pub fn reads_clock(&mut self, now: u64) {
        let wrong = &mut self.wrong;
        if let Some(back) = &mut wrong.back {
            // The best that it can know: its latest reading, and what has passed since its first one from behind.
            let known = if now >= wrong.seen { now } else { wrong.seen + (now - *back.first.get_or_insert(now)) };
            back.hidden = back.hidden.max((now + back.by).saturating_sub(known));
        }
        wrong.seen = wrong.seen.max(now);
    }

    pub fn clock_strikes(&mut self) {
        if self.wrong.jumps >= MOST_JUMPS || self.wrong.back.is_some() || self.clock.detour.is_some() {
            return;
        }
        if self.faults.strikes_once_in(2, Fault::ClockForward, &mut self.choices) {
            let by = self.choices.of([2_000, 70_000, 660_000, HOUR_MS, 7 * HOUR_MS, DAY_MS]);
            let time = self.clock.time();
            self.wrong.jumps += 1;
            self.wrong.ahead.push(Ahead { from: time, to: time, by });
            self.clock.jump_forward(by);
            if self.choices.once_in(2) {
                let after = self.choices.of([10_000, 0, 500, 300_000, 5 * HOUR_MS]);
                self.clock.detour = Some((time + after, by));
            }
            self.trace.line(time, || format!("the clock jumps {} s forward", by / 1000));
        } else if self.clock.machine() >= self.wrong.seen
            && self.faults.strikes_once_in(2, Fault::ClockBack, &mut self.choices)
        {
            let time = self.clock.time();
            // To about when the bank gave its last link, as if no time had passed since.
            let of_link = self.bank.links.last().map_or(HOUR_MS, |link| time - link.given_at);
            let of_link = of_link.clamp(5 * MINUTE_MS, DAY_MS);
            let by = self.choices.of([HOUR_MS, 2_000, 660_000, 7 * HOUR_MS, 23 * HOUR_MS, DAY_MS, of_link, of_link]);
            self.wrong.jumps += 1;
            // Before it has come up to where it was.
            let after = by / 16 * u64::from(1 + self.choices.below(15));
            self.wrong.back =
                Some(Back { ends_at: time + after, by, began_at: time, hidden: 0, first: None, is_first_kept: false });
            self.jump_back(by);
        }
    }

    fn jump_back(&mut self, by: u64) {
        self.clock.jump_back(by);
        // An alarm may go by this clock, or by one of its own.
        let early = if self.choices.once_in(2) { by } else { 0 };
        if let Some(alarm) = &mut self.seat.alarm {
            alarm.early = (alarm.early + early).min(alarm.at);
        }
        self.trace.line(self.clock.time(), || format!("the clock jumps {} s back", by / 1000));
    }

    /// It jumped back, and is right again.
    pub fn put_right(&mut self) {
        let Some(back) = self.wrong.back.take() else { return };
        let to = self.clock.time();
        self.clock.jump_forward(back.by);
        if back.hidden > 0 {
            self.wrong.ahead.push(Ahead { from: back.began_at, to, by: back.hidden });
        }
        self.trace.line(to, || format!("the clock is put right by {} s, {} ms unseen", back.by / 1000, back.hidden));
    }

    /// It jumped forward, and is right again.
    pub fn return_from_ahead(&mut self) {
        if let Some((_, by)) = self.clock.detour.take() {
            self.wrong.returned.push((self.clock.time(), by));
            self.jump_back(by);
        }
    }
}
