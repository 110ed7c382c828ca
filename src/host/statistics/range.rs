//! The days that are asked about, and what days and quarters are called.

use super::DAYS_KEPT;
use crate::{Error, consent::figures::DAY_MS, host::told::rfc_3339, wire::json::number};

/// Days that are told of where none are named, today's included.
const DAYS_TOLD: u64 = 30;
/// Days from the March before the year 1 to 1970, and one.
const BEFORE_1970: u64 = 719_469;
/// Some days, both ends included: days since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl Range {
    /// Reads `from` and `to`: dates such as `2026-01-31`. Without `to` it ends today, without `from` it has 30 days.
    ///
    /// # Errors
    /// [`Error::Argument`] that says what they have to be.
    pub fn read(from: Option<&str>, to: Option<&str>, now: u64) -> Result<Self, Error> {
        let wrong = Error::Argument(
            "from and to are dates such as 2026-01-31 (UTC), from not after to, and at most 400 days in all.",
        );
        let read = |date: Option<&str>, absent: u64| match date {
            Some(date) => day(date).ok_or_else(|| wrong.clone()),
            None => Ok(absent),
        };
        let last = read(to, now / DAY_MS)?;
        let first = read(from, (last + 1).saturating_sub(DAYS_TOLD))?;
        if first > last || last - first >= DAYS_KEPT {
            return Err(wrong);
        }
        Ok(Self { first, last })
    }
}

/// The day of a date as ISO 8601 writes it, since 1970.
fn day(text: &str) -> Option<u64> {
    let [year, month, day] = parts(text)?;
    // Years begin in March, so that the day that some have more is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    days.checked_sub(BEFORE_1970).filter(|day| date(*day) == text)
}

/// Year, month and day.
fn parts(date: &str) -> Option<[u64; 3]> {
    let mut parts = date.split('-').map(|part| part.parse().ok());
    let date = [parts.next()??, parts.next()??, parts.next()??];
    Some(date).filter(|[year, month, day]| *year < 10_000 && *month < 13 && *day < 32)
}

/// A day's date.
pub(super) fn date(day: u64) -> String {
    let text = rfc_3339(day.saturating_mul(DAY_MS));
    text.split('T').next().unwrap_or_default().to_owned()
}

/// The quarter of a day: four times the year, and which of its quarters.
pub(super) fn quarter_of(day: u64) -> u64 {
    parts(&date(day)).map_or(0, |[year, month, _]| year * 4 + (month.saturating_sub(1)) / 3)
}

/// What a quarter is called.
pub(super) fn quarter(quarter: u64) -> String {
    [&number(quarter / 4), "-Q", &number(quarter % 4 + 1)].concat()
}
