//! A shard of the statistics, and what it must hold in the end: each call once, unless a crash took it (`STA-2`).

use crate::{faults::Fault, flaws::Flaw, life::Life, rules, shell::Cause, wire::Cargo};
use std::collections::BTreeMap;
use tell_connect::{
    consent::{Batch, CountId, Event, Record, deadlines::ENDED_KEPT_MS, figures::Kind, retry::LONGEST_WAIT_MS},
    gateway::Secret,
};

/// The most that a process which is killed may lose.
const LOST_MS: u64 = 5000;
/// After so long a shell takes a batch for not counted.
const GIVEN_UP_MS: u64 = 2500;
/// So often what waits in the end is handed on again.
const AGAIN: u8 = 12;

/// What was counted, and what is to be.
#[derive(Default)]
pub struct Counting {
    /// The shard: what each id stands for, and which start of the shell it is of.
    taken: BTreeMap<String, (String, u32)>,
    /// How many calls it counted.
    counted: usize,
    /// The calls whose end a machine was told: when, and whether it may have died before they were handed on.
    ended: Vec<(u64, bool)>,
}

impl Counting {
    /// Whatever was not handed on yet may be lost: of all, or of the last seconds.
    pub fn lose(&mut self, since: u64) {
        self.ended.iter_mut().filter(|(at, _)| *at >= since).for_each(|(_, is_lost)| *is_lost = true);
    }

    fn lacks(&self) -> bool {
        self.ended.iter().filter(|(_, is_lost)| !is_lost).count() > self.counted
    }
}

impl Life<'_> {
    /// A machine is told how a call ended.
    pub fn note_end(&mut self, cause: &Cause) {
        self.shell.is_young = false;
        if let Cause::Answered { flight, .. } | Cause::Lost { flight } = cause
            && flight.open
        {
            self.counting.ended.push((self.clock.time(), false));
        }
    }

    /// The shell died. Where nothing was kept, what was counted was in memory alone.
    pub fn note_death(&mut self) {
        let is_kept = self.shell.kept.is_some() && !self.shell.is_young || self.shell.rest.is_some();
        self.counting.lose(if is_kept { self.clock.time().saturating_sub(LOST_MS) } else { 0 });
    }

    /// What is left of a consent that was forgotten.
    pub fn keep_rest(&mut self, text: Secret, cause: &Cause, now: u64) {
        self.hold(!text.expose().contains('~'), rules::NO_TOKEN);
        if self.shell.kept.is_some() {
            self.forgotten(cause, now);
        }
        self.shell.rest = Some(text);
    }

    /// What was left of a consent goes.
    pub fn drop_rest(&mut self, now: u64) {
        let rest = self.shell.rest.take().and_then(|rest| Record::read(rest.expose()).ok());
        if rest.and_then(|rest| rest.forgotten_at).is_none_or(|at| at + ENDED_KEPT_MS <= now) {
            // Its week is over, by a clock that may have jumped.
            self.counting.lose(0);
        }
    }

    /// A batch leaves for its shard.
    pub fn hand_on(&mut self, id: CountId, batch: Batch) {
        self.trace.number(id.into());
        self.trace.text(&batch.id.write());
        let name = batch.id.write();
        let is_one = self.shell.counting.as_ref().is_none_or(|(_, under_way)| *under_way == name);
        self.hold(is_one, rules::ONE_BATCH);
        self.shell.counting = Some((id, name));
        let mut delay = self.choices.of([5, 1, 50]);
        if self.faults.strikes(Fault::CountTwice, &mut self.choices) {
            let later = self.choices.of([10, 3_000, 400_000]);
            self.put(id, later, Cargo::Count { batch: batch.clone(), is_answered: false });
        }
        let is_lost = self.faults.strikes_once_in(2, Fault::CountLost, &mut self.choices);
        let is_slow = self.faults.strikes(Fault::CountSlow, &mut self.choices);
        if is_slow {
            delay += self.choices.of([1_000, 2_400, 2_600, 60_000, 400_000]);
        }
        if is_lost || is_slow {
            self.put(id, GIVEN_UP_MS, Cargo::Counted(self.flaw == Some(Flaw::CountedUnheard)));
        }
        if !is_lost || self.choices.once_in(2) {
            self.put(id, delay, Cargo::Count { batch, is_answered: !is_lost });
        }
    }

    /// A batch reaches the shard, which counts it unless it has.
    pub fn count(&mut self, batch: &Batch, started: u32) {
        let (id, text) = (batch.id.write(), batch.counts.write());
        match self.counting.taken.get(&id) {
            // After a crash a clock that was set back can come by the very millisecond of another batch.
            Some((_, other)) if *other != started && self.clock.went_back() => self.counting.lose(0),
            Some((known, _)) => {
                let is_same = *known == text;
                self.hold(is_same, rules::COUNTED);
            }
            None => {
                let all = batch.counts.within(|_| 0);
                let of = |kind| all.get(0, kind).map_or(0, |figures| figures.requests());
                let requests: u64 = Kind::ALL.into_iter().map(of).sum();
                self.counting.counted += usize::try_from(requests).unwrap_or(usize::MAX);
                self.counting.taken.insert(id, (text, started));
            }
        }
        let is_once = self.counting.counted <= self.counting.ended.len();
        self.hold(is_once, rules::COUNTED);
    }

    /// The shell hears of a batch, unless it has given it up.
    pub fn counted(&mut self, id: CountId, is_taken: bool) {
        if self.shell.counting.as_ref().is_some_and(|(under_way, _)| *under_way == id) {
            self.shell.counting = None;
            self.happen(Event::Counted { id, is_taken }, Cause::Counted);
        }
    }

    /// Nothing fails any more: all is counted that no crash took.
    pub fn check_counted(&mut self) {
        for _ in 0..AGAIN {
            if !self.counting.lacks() || !self.is_sound() {
                break;
            }
            self.clock.reach(self.clock.time() + LONGEST_WAIT_MS);
            self.happen(Event::Woken, Cause::Woken);
            self.come_to_rest();
        }
        self.hold(!self.is_sound() || !self.counting.lacks(), rules::COUNTED);
    }
}
