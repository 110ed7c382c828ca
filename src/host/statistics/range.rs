//! The days that are asked about, and what days and quarters are called.

use super::DAYS_KEPT;
use crate::{Error, consent::figures::DAY_MS, host::told::rfc_3339, wire::json::number};
use chrono::{DateTime, Datelike as _, NaiveDate};

/// Days that are told of where none are named, today's included.
const DAYS_TOLD: u64 = 30;
/// Days from the first of the calendar to 1970.
const BEFORE_1970: i32 = 719_163;

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
fn day(date: &str) -> Option<u64> {
    let is_plain = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let mut parts = Some(date).filter(|_| is_plain)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    u64::try_from(date.num_days_from_ce() - BEFORE_1970).ok().filter(|_| is_whole)
}

/// A day's date.
pub(super) fn date(day: u64) -> String {
    let text = rfc_3339(day.saturating_mul(DAY_MS));
    text.split('T').next().unwrap_or_default().to_owned()
}

/// The quarter of a day: four times the year, and which of its quarters.
pub(super) fn quarter_of(day: u64) -> u64 {
    let seconds = i64::try_from(day.saturating_mul(DAY_MS / 1000)).unwrap_or_default();
    let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    u64::try_from(time.year()).unwrap_or_default() * 4 + u64::from(time.month0() / 3)
}

/// What a quarter is called.
pub(super) fn quarter(quarter: u64) -> String {
    [&number(quarter / 4), "-Q", &number(quarter % 4 + 1)].concat()
}
