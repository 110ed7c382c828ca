//! What is counted of calls, by day and kind (`STA-1`): figures that come out the same in whatever order they are added.

use super::{Answer, Loss, Record, Sketch};
use crate::{
    gateway::Call,
    profile::Scope,
    wire::json::{Object, Value},
};

/// Milliseconds of a day.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Milliseconds of a slot: the shortest time for which an interface is told to be up or down.
const SLOT_MS: u64 = 5 * 60 * 1000;
/// Slots that share a number.
const WORD: u64 = 48;
/// Where the bank says whether there is money for the payment (`PAY-3`).
pub const FUNDS: &str = "/payment-funds-confirmation";

/// Which of the bank's interfaces a call is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Account information.
    Aisp,
    /// Payments.
    Pisp,
    /// Whether there is money for one.
    Cbpii,
}

impl Kind {
    /// Every kind, by its number.
    pub const ALL: [Self; 3] = [Self::Aisp, Self::Pisp, Self::Cbpii];

    /// What a call of a consent with that scope is of.
    pub(super) fn of(call: &Call, scope: Scope) -> Self {
        match (call, scope) {
            (Call::Resource(call, _) | Call::Own(call, _), _) if call.path().path() == FUNDS => Self::Cbpii,
            (Call::Authorise { scope: Scope::Pisp, .. }, _) | (_, Scope::Pisp) => Self::Pisp,
            (_, Scope::Aisp) => Self::Aisp,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aisp => "aisp",
            Self::Pisp => "pisp",
            Self::Cbpii => "cbpii",
        }
    }

    /// Its number.
    pub fn number(self) -> u64 {
        match self {
            Self::Aisp => 0,
            Self::Pisp => 1,
            Self::Cbpii => 2,
        }
    }

    /// Reads its number.
    pub fn read(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// What became of a call. What the bank refuses is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The bank answered.
    Answered,
    /// The bank answered that it fails, or with what cannot be read.
    OfBank,
    /// The answer did not come in time.
    TooLate,
    /// There was no connection.
    OfNetwork,
}

impl Fate {
    /// What an answer says; `is_read` by the machine, which has to find an object in it.
    pub(super) fn of_answer(answer: &Answer, is_read: bool) -> Self {
        let is_good = (200..300).contains(&answer.status);
        let is_failure = answer.status >= 500 || is_good && is_read && Object::parse(&answer.body).is_err();
        if is_failure { Self::OfBank } else { Self::Answered }
    }

    /// What the lack of one says.
    pub(super) fn of_loss(loss: Loss) -> Self {
        match loss {
            Loss::Timeout => Self::TooLate,
            Loss::Unreachable => Self::OfNetwork,
            Loss::Unreadable => Self::OfBank,
        }
    }
}

/// What can be added up of calls, over any time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many were made.
    pub requests: u64,
    /// How many the bank failed at.
    pub of_bank: u64,
    /// How many the network failed at.
    pub of_network: u64,
    /// The milliseconds that those took together that were answered, or waited for in vain.
    pub ms: u64,
    /// The same, by size.
    pub times: Sketch,
}

impl Sums {
    /// All that another holds.
    pub fn merge(&mut self, other: &Self) {
        self.requests = self.requests.saturating_add(other.requests);
        self.of_bank = self.of_bank.saturating_add(other.of_bank);
        self.of_network = self.of_network.saturating_add(other.of_network);
        self.ms = self.ms.saturating_add(other.ms);
        self.times.merge(&other.times);
    }

    /// How many were failed at.
    pub fn failed(&self) -> u64 {
        self.of_bank.saturating_add(self.of_network)
    }
}

/// The slots of five minutes in which something was asked: by numbers that each stand for four hours, a bit to a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Slots(Vec<Word>);

/// Which four hours since 1970, in which slots something was asked, and in which of them not everything failed.
type Word = [u64; 3];

impl Slots {
    fn of(at: u64, is_up: bool) -> Self {
        let slot = at / SLOT_MS;
        let bit = 1 << (slot % WORD);
        Self(vec![[slot / WORD, bit, if is_up { bit } else { 0 }]])
    }

    fn add(&mut self, [at, asked, up]: Word) {
        let place = self.0.iter().position(|[found, ..]| *found >= at).unwrap_or(self.0.len());
        match self.0.get_mut(place) {
            Some([found, own_asked, own_up]) if *found == at => {
                *own_asked |= asked;
                *own_up |= up;
            }
            Some(_) | None => self.0.insert(place, [at, asked, up]),
        }
    }

    fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|word| self.add(*word));
    }
}

/// The figures of one kind over one time: a day (UTC), or a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Days since 1970; or quarters.
    pub at: u64,
    /// The kind.
    pub kind: Kind,
    /// The sums.
    pub sums: Sums,
    slots: Slots,
}

impl Entry {
    /// One call that was sent at `at` and took so many milliseconds.
    pub(super) fn of(kind: Kind, at: u64, took: u64, fate: Fate) -> Self {
        let mut sums = Sums { requests: 1, ..Sums::default() };
        match fate {
            Fate::Answered => {}
            Fate::OfBank => sums.of_bank = 1,
            Fate::TooLate | Fate::OfNetwork => sums.of_network = 1,
        }
        // How soon a connection breaks says nothing of how long a request takes.
        if fate != Fate::OfNetwork {
            sums.ms = took;
            sums.times.note(took);
        }
        Self { at: at / DAY_MS, kind, sums, slots: Slots::of(at, fate == Fate::Answered) }
    }

    /// The same as a part of another time.
    #[must_use]
    pub fn within(&self, at: u64) -> Self {
        Self { at, ..self.clone() }
    }

    /// All that another of the same kind holds.
    fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.slots.merge(&other.slots);
    }

    /// In how many slots something was asked, and in how many of them not everything failed.
    pub fn slots(&self) -> [u64; 2] {
        self.slots.0.iter().fold([0, 0], |[asked, up], [_, in_asked, in_up]| {
            [asked + u64::from(in_asked.count_ones()), up + u64::from(in_up.count_ones())]
        })
    }

    fn numbers(&self) -> Vec<u64> {
        let Sums { requests, of_bank, of_network, ms, times } = &self.sums;
        let words = u64::try_from(self.slots.0.len()).unwrap_or_default();
        let head = [self.at, self.kind.number(), *requests, *of_bank, *of_network, *ms, words];
        head.into_iter().chain(self.slots.0.iter().flatten().copied()).chain(times.numbers()).collect()
    }

    fn read(numbers: &[u64]) -> Option<Self> {
        let [at, kind, requests, of_bank, of_network, ms, words, rest @ ..] = numbers else { return None };
        let mut slots = Slots::default();
        let mut rest = rest.iter().copied();
        for _ in 0..*words {
            slots.add([rest.next()?, rest.next()?, rest.next()?]);
        }
        let times = Sketch::read(rest)?;
        let sums = Sums { requests: *requests, of_bank: *of_bank, of_network: *of_network, ms: *ms, times };
        Some(Self { at: *at, kind: Kind::read(*kind)?, sums, slots })
    }
}

/// Figures of some times and kinds, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Vec<Entry>);

impl Counts {
    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What there is of each time and kind.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: Entry) {
        let key = |entry: &Entry| (entry.at, entry.kind);
        let at = self.0.iter().position(|found| key(found) >= key(&entry)).unwrap_or(self.0.len());
        match self.0.get_mut(at) {
            Some(found) if key(found) == key(&entry) => found.merge(&entry),
            Some(_) | None => self.0.insert(at, entry),
        }
    }

    /// That of one time and kind, if something was asked.
    pub fn get(&self, at: u64, kind: Kind) -> Option<&Entry> {
        self.0.iter().find(|entry| (entry.at, entry.kind) == (at, kind))
    }

    /// The times of which something is known, in order.
    pub fn times(&self) -> Vec<u64> {
        let mut times: Vec<u64> = self.0.iter().map(|entry| entry.at).collect();
        times.dedup();
        times
    }

    /// All that another holds.
    pub fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|entry| self.add(entry));
    }

    /// No more entries than so many: what is oldest counts as of the next day of its kind, so that no call is lost.
    pub(super) fn bound(&mut self, most: usize) {
        while self.0.len() > most {
            let next = |at: usize, entry: &Entry| self.0.iter().skip(at + 1).find(|later| later.kind == entry.kind);
            let drawn = self.0.iter().enumerate().find_map(|(at, entry)| Some((at, next(at, entry)?.at)));
            let Some((at, into)) = drawn else { return };
            let oldest = self.0.remove(at);
            self.add(Entry { at: into, ..oldest });
        }
    }

    /// As text: a list of lists of numbers, as `worker/STORAGE.md` has them.
    pub fn write(&self) -> String {
        let lists: Vec<Vec<u64>> = self.0.iter().map(Entry::numbers).collect();
        // Numbers cannot fail to be written.
        serde_json::to_string(&lists).unwrap_or_default()
    }

    /// Reads that.
    pub fn read(text: &str) -> Option<Self> {
        let mut counts = Self::default();
        for list in Value::parse(text)?.items()? {
            let numbers: Option<Vec<u64>> = list.items()?.into_iter().map(Value::as_u64).collect();
            counts.add(Entry::read(&numbers?)?);
        }
        Some(counts)
    }
}

/// The scope by which a consent's calls are counted.
pub(super) fn scope_of(record: Option<&Record>) -> Scope {
    record.map_or(Scope::Aisp, |record| record.scope)
}

#[cfg(test)]
mod tests;
