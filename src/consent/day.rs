//! A day of the calendar, as banks book on it.

use chrono::{DateTime, Datelike as _, NaiveDate};

const HOUR_MS: u64 = 60 * 60 * 1000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u32);

impl Day {
    /// The day of a time in milliseconds since 1970, in UTC.
    pub fn of(at_ms: u64) -> Self {
        Self(u32::try_from(at_ms / DAY_MS).unwrap_or(u32::MAX))
    }

    /// Reads a date, or a date and time, as ISO 8601 begins them: `2026-01-31`. From 1970 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let mut number = |length: usize| {
            let part =
                parts.next().filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()));
            part?.parse::<u32>().ok()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        u32::try_from(date.to_epoch_days()).ok().map(Self)
    }

    /// So many days before it; the first there is, where that is later.
    #[must_use]
    pub fn before(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// So many days after it.
    #[must_use]
    pub fn after(self, days: u32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Its first moment in UTC, in milliseconds since 1970.
    pub fn begins_at(self) -> u64 {
        u64::from(self.0) * DAY_MS
    }

    /// The hour of a time in milliseconds since 1970, as ISO 8601 writes when it begins.
    pub fn hour(at_ms: u64) -> String {
        let hour = at_ms % DAY_MS / HOUR_MS;
        let zero = if hour < 10 { "0" } else { "" };
        [&Self::of(at_ms).text(), "T", zero, &hour.to_string(), ":00:00Z"].concat()
    }

    /// As ISO 8601 writes it.
    pub fn text(self) -> String {
        let seconds = i64::from(self.0) * 24 * 60 * 60;
        let date = DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive();
        let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
        [&date.year().to_string(), "-", &two(date.month()), "-", &two(date.day())].concat()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn acc_5_a_booking_time_is_of_its_day() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("1970-01-02T23:59:59Z", Some(1)),
            ("2026-11-29T00:00:00.000+01:00", Some(20_786)),
            ("2024-02-29", Some(19_782)),
            ("2023-02-29", None),
            ("2026-1-1", None),
            ("+026-01-01", None),
            ("29/11/2026", None),
            ("2026-11-3", None),
            ("", None),
            ("20261129T000000", None),
            ("1969-12-31", None),
            ("2026-11-2ü", None),
        ] {
            assert_eq!(Day::parse(text).map(|day| day.0), expected, "{text}");
        }
        assert_eq!(Day::of(1_767_225_600_000).text(), "2026-01-01");
        assert_eq!(Day::of(0).before(7), Day(0));
        assert_eq!(Day::of(1_767_225_600_000).begins_at(), 1_767_225_600_000);
        assert_eq!(Day::hour(1_767_225_600_000 + 3_599_999), "2026-01-01T00:00:00Z");
        assert_eq!(Day::hour(1_767_225_600_000 + 23 * 3_600_000), "2026-01-01T23:00:00Z");
    }

    proptest! {
        #[test]
        fn acc_5_a_day_is_written_as_it_is_read(day in 0..2_932_896_u32) {
            prop_assert_eq!(Day::parse(&Day(day).text()), Some(Day(day)));
        }
    }
}
