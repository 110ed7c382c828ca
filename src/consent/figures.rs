//! What is counted of calls, by day and kind (`STA-1`): figures that come out the same in whatever order they are added.

use super::{Answer, Loss, Record, sketch};
use crate::{
    gateway::Call,
    profile::Scope,
    wire::json::{Object, number},
};

/// Milliseconds of a day.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Milliseconds of a slot: the shortest time for which an interface is told to be up or down.
const SLOT_MS: u64 = 5 * 60 * 1000;
/// Slots that share a number: those of four hours.
const WORD: u64 = 48;
/// Rows of one time: one to a kind, and one that is free.
const ROWS: u64 = 4;
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

    fn number(self) -> u64 {
        match self {
            Self::Aisp => 0,
            Self::Pisp => 1,
            Self::Cbpii => 2,
        }
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

/// What a cell holds: how many calls were made, how many the bank and the network failed at, and the milliseconds that
/// those took together that were answered, or waited for in vain.
const REQUESTS: u64 = 0;
const OF_BANK: u64 = 1;
const OF_NETWORK: u64 = 2;
const MS: u64 = 3;
/// And how many calls took how long: a cell to each bucket of times.
const TIMES: u64 = 16;
/// The slots in which something was asked: a cell to each four hours since 1970, a bit to a slot. What it holds is not
/// added up.
const ASKED: u64 = 1_000_000;
/// The same of those slots in which not everything failed.
const UP: u64 = 2_000_000;
/// One more than the last.
const END: u64 = 3_000_000;

/// Whose it is, what it is, and how much: the row of a time and a kind, the cell, the figure.
type Cell = (u64, u64, u64);

/// Figures by time (a day, UTC; or a quarter) and kind. They come out the same in whatever order they are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(Vec<Cell>);

impl Counts {
    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One call that was sent at `at` and took so many milliseconds.
    pub(super) fn note(&mut self, kind: Kind, at: u64, took: u64, fate: Fate) {
        let row = at / DAY_MS * ROWS + kind.number();
        let (word, bit) = (at / SLOT_MS / WORD, 1 << (at / SLOT_MS % WORD));
        self.add((row, REQUESTS, 1));
        self.add((row, ASKED + word, bit));
        match fate {
            Fate::Answered => self.add((row, UP + word, bit)),
            Fate::OfBank => self.add((row, OF_BANK, 1)),
            Fate::TooLate | Fate::OfNetwork => self.add((row, OF_NETWORK, 1)),
        }
        // How soon a connection breaks says nothing of how long a request takes.
        if fate != Fate::OfNetwork {
            self.add((row, MS, took));
            self.add((row, TIMES + sketch::bucket(took), 1));
        }
    }

    fn add(&mut self, (row, what, figure): Cell) {
        match self.0.binary_search_by_key(&(row, what), |(row, what, _)| (*row, *what)) {
            Err(at) => self.0.insert(at, (row, what, figure)),
            Ok(at) => {
                if let Some((_, _, known)) = self.0.get_mut(at) {
                    *known = if what >= ASKED { *known | figure } else { known.saturating_add(figure) };
                }
            }
        }
    }

    /// All that another holds.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|cell| self.add(*cell));
    }

    /// The figures of one time and kind, if something was asked.
    pub fn get(&self, at: u64, kind: Kind) -> Option<Figures<'_>> {
        let row = at * ROWS + kind.number();
        let from = self.0.partition_point(|(found, ..)| *found < row);
        let own = self.0.get(from..)?;
        let own = own.get(..own.partition_point(|(found, ..)| *found == row))?;
        (!own.is_empty()).then_some(Figures(own))
    }

    /// The times of which something is known, in order.
    pub fn times(&self) -> Vec<u64> {
        let mut times: Vec<u64> = self.0.iter().map(|(row, ..)| row / ROWS).collect();
        times.dedup();
        times
    }

    /// The figures of some time alone.
    #[must_use]
    pub fn of(&self, at: u64) -> Self {
        Self(self.0.iter().filter(|(row, ..)| row / ROWS == at).copied().collect())
    }

    /// The same by other times, of which each has some of these.
    #[must_use]
    pub fn within(&self, time: impl Fn(u64) -> u64) -> Self {
        let mut counts = Self::default();
        self.0.iter().for_each(|(row, what, figure)| {
            counts.add((time(row / ROWS) * ROWS + row % ROWS, *what, *figure));
        });
        counts
    }

    /// No more days than so many: what is oldest counts as of the day after, so that no call is lost.
    pub(super) fn bound(&mut self, most: usize) {
        loop {
            let times = self.times();
            let (true, Some([oldest, next])) = (times.len() > most, times.first_chunk()) else { return };
            *self = self.within(|at| if at == *oldest { *next } else { at });
        }
    }

    /// As text: numbers, three to a cell, as `worker/STORAGE.md` has them.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (row, what, figure) in &self.0 {
            for part in [row, what, figure] {
                if !text.is_empty() {
                    text.push(',');
                }
                text.push_str(&number(*part));
            }
        }
        text
    }

    /// Reads that.
    pub fn read(text: &str) -> Option<Self> {
        let mut counts = Self::default();
        let mut parts = text.split(',').map(|part| part.parse().ok());
        while let Some(row) = parts.next() {
            let cell = (row?, parts.next()??, parts.next()??);
            let is_known = cell.1 < END && Kind::ALL.iter().any(|kind| kind.number() == cell.0 % ROWS);
            counts.add(Some(cell).filter(|_| is_known)?);
        }
        Some(counts)
    }
}

/// The figures of one kind over one time.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a>(&'a [Cell]);

impl Figures<'_> {
    fn within(&self, from: u64, until: u64) -> impl Iterator<Item = (u64, u64)> {
        let own = self.0.iter().filter(move |(_, what, _)| (from..until).contains(what));
        own.map(move |(_, what, figure)| (what - from, *figure))
    }

    fn sum(&self, from: u64, until: u64) -> u64 {
        self.within(from, until).fold(0, |sum, (_, figure)| sum.saturating_add(figure))
    }

    /// How many calls were made.
    pub fn requests(&self) -> u64 {
        self.sum(REQUESTS, OF_BANK)
    }

    /// How many the bank failed at.
    pub fn of_bank(&self) -> u64 {
        self.sum(OF_BANK, OF_NETWORK)
    }

    /// How many the network failed at.
    pub fn of_network(&self) -> u64 {
        self.sum(OF_NETWORK, MS)
    }

    /// How many failed.
    pub fn failed(&self) -> u64 {
        self.sum(OF_BANK, MS)
    }

    /// Of those that were answered, or waited for in vain: the milliseconds that they took together, and their number.
    pub fn took(&self) -> (u64, u64) {
        (self.sum(MS, TIMES), self.sum(TIMES, ASKED))
    }

    /// The milliseconds in which so many of a hundred of those were done.
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let (_, count) = self.took();
        let rank = count.saturating_mul(percent).div_ceil(100).max(1);
        let mut passed = 0_u64;
        self.within(TIMES, ASKED).find_map(|(bucket, figure)| {
            passed = passed.saturating_add(figure);
            (passed >= rank).then(|| sketch::middle(bucket))
        })
    }

    /// In how many slots something was asked, and in how many of them not everything failed.
    pub fn slots(&self) -> [u64; 2] {
        [(ASKED, UP), (UP, END)]
            .map(|(from, until)| self.within(from, until).map(|(_, bits)| u64::from(bits.count_ones())).sum())
    }
}

/// The scope by which a consent's calls are counted.
pub(super) fn scope_of(record: Option<&Record>) -> Scope {
    record.map_or(Scope::Aisp, |record| record.scope)
}

#[cfg(test)]
mod tests;
