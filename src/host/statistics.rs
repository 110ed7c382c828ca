//! The statistics (`STA-1`, `STA-2`): a fixed number of shards, by consent, each with its days and its quarters.
//!
//! Nothing in here reads or writes: a batch names the rows that it touches, and says how they are afterwards. A day is
//! added to its quarter as it is counted, so that a quarter stays right when its days are erased.

use crate::{
    Error,
    consent::{Counts, figures::DAY_MS, tally::BatchId},
    wire::json::number,
};

pub mod answer;
pub mod door;
pub mod range;

use range::quarter_of;

/// How many shards there are. Another number would count some consents' repeated batches twice.
pub const SHARDS: u64 = 16;
/// For so many days, today's included, each day is told by itself.
pub const DAYS_KEPT: u64 = 400;
/// For so many quarters, this one included, their sums are: ten years.
const QUARTERS_KEPT: u64 = 40;
/// For so many days the ids of what was counted are remembered. A batch that is older is not counted any more: whether it
/// was before, nobody knows.
const IDS_KEPT: u64 = 3;
/// The longest that a shard may take to count a batch, in milliseconds: half of what a killed process may lose.
pub const COUNT_MS: u64 = 2500;

/// How often a shard erases what has had its time, in milliseconds.
pub const ERASED_MS: u64 = DAY_MS;
/// Largest row that is read, in bytes: a quarter in which all was asked at every hour, in times of all sizes.
pub const MAX_ROW: usize = 1024 * 1024;

const IDS: &str = "id/";
const DAYS: &str = "day/";
const QUARTERS: &str = "quarter/";

/// A row of a shard.
pub type Row = (String, String);

/// The shard that counts a batch, by the name of its object.
pub fn shard_of(id: BatchId) -> String {
    name(id.consent % SHARDS)
}

/// Every shard.
pub fn shards() -> Vec<String> {
    (0..SHARDS).map(name).collect()
}

fn name(shard: u64) -> String {
    ["shard-", &number(shard)].concat()
}

/// A row's name: of those of one kind in the order of their numbers.
fn key(of: &str, at: u64) -> String {
    let at = number(at);
    [of, "000000".get(at.len()..).unwrap_or_default(), &at].concat()
}

/// A batch that came to a shard.
#[derive(Debug)]
pub struct Intake {
    id: BatchId,
    counts: Counts,
}

impl Intake {
    /// Reads what a consent handed on.
    ///
    /// # Errors
    /// [`Error::Option`] with what cannot be read.
    pub fn read(id: &str, counts: &str) -> Result<Self, Error> {
        let id = BatchId::read(id).ok_or(Error::Option("batch"))?;
        Ok(Self { id, counts: Counts::read(counts).ok_or(Error::Option("counts"))? })
    }

    /// The rows that it touches: that of its id, then of its days, then of its quarters.
    pub fn keys(&self) -> Vec<String> {
        let day_made = key(IDS, self.id.at / DAY_MS);
        let mut keys = vec![[&day_made, "/", &self.id.write()].concat()];
        for (of, times) in [(DAYS, self.counts.times()), (QUARTERS, self.quarters().times())] {
            keys.extend(times.into_iter().map(|at| key(of, at)));
        }
        keys
    }

    /// How the rows are once it is counted, of how they were, in the order of their keys. None, if it was before.
    ///
    /// # Errors
    /// [`Error::SnapshotDamaged`] for a row that cannot be read: then nothing is counted.
    pub fn take(&self, rows: Vec<Option<String>>, now: u64) -> Result<Vec<Row>, Error> {
        let mut rows = rows.into_iter();
        if rows.next().flatten().is_some() || self.id.at / DAY_MS + IDS_KEPT < now / DAY_MS {
            return Ok(Vec::new());
        }
        let mut keys = self.keys().into_iter();
        let mut kept: Vec<Row> = keys.next().map(|id| (id, String::from("1"))).into_iter().collect();
        for ((key, more), row) in keys.zip(self.parts()).zip(rows) {
            let mut counts = match row {
                Some(text) => Counts::read(&text).ok_or(Error::SnapshotDamaged)?,
                None => Counts::default(),
            };
            counts.merge(&more);
            kept.push((key, counts.write()));
        }
        Ok(kept)
    }

    /// What goes to each row: those of days, then those of quarters.
    fn parts(&self) -> Vec<Counts> {
        let apart = |counts: Counts| counts.times().into_iter().map(move |at| counts.of(at)).collect::<Vec<_>>();
        [apart(self.counts.clone()), apart(self.quarters())].concat()
    }

    fn quarters(&self) -> Counts {
        self.counts.within(quarter_of)
    }
}

/// The rows that hold what was counted from one day to another: from the first key up to, without it, the second.
pub fn rows_of(range: &range::Range) -> [[String; 2]; 2] {
    let days = [key(DAYS, range.first), key(DAYS, range.last + 1)];
    [days, [key(QUARTERS, 0), key(QUARTERS, u64::MAX)]]
}

/// The rows that have had their time at `now`, in the same way.
pub fn over(now: u64) -> [[String; 2]; 3] {
    let today = now / DAY_MS;
    let until = |of: &str, at: u64| [key(of, 0), key(of, at)];
    [
        until(IDS, today.saturating_sub(IDS_KEPT)),
        until(DAYS, (today + 1).saturating_sub(DAYS_KEPT)),
        until(QUARTERS, (quarter_of(today) + 1).saturating_sub(QUARTERS_KEPT)),
    ]
}

#[cfg(test)]
mod tests;
