//! Times as banks write them: a date, perhaps a time of day, perhaps an offset. Two are compared by what was written,
//! and by what it is in UTC: which of the two a bank kept when it booked is not told.

/// A date, with the time where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Days since 1970, as written.
    pub(super) day: i64,
    /// Seconds since that day began, as written.
    pub(super) second: Option<i64>,
    /// Seconds east of UTC; where none is written, none are taken.
    offset: i64,
}

const DAY: i64 = 24 * 60 * 60;

impl Moment {
    /// Reads `2026-03-02`, and `2026-03-02T08:15:30.123+01:00` or any front of it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, month, date) = (number(text.get(..4)?)?, number(text.get(5..7)?)?, number(text.get(8..10)?)?);
        if text.get(4..5)? != "-" || text.get(7..8)? != "-" {
            return None;
        }
        let day = day_of(year, month, date)?;
        let Some(time) = text.get(10..).filter(|time| !time.is_empty()) else {
            return Some(Self { day, second: None, offset: 0 });
        };
        let time = time.strip_prefix(['T', 't', ' '])?;
        let (time, offset) = match time.find(['Z', 'z', '+', '-']) {
            Some(at) => (time.get(..at)?, offset(time.get(at..)?)?),
            None => (time, 0),
        };
        let (hour, minute) = (number(time.get(..2)?)?, number(time.get(3..5)?)?);
        let second = match time.get(6..8) {
            Some(second) => number(second)?,
            None => 0,
        };
        let is_time = hour < 24 && minute < 60 && second <= 60 && time.get(2..3)? == ":";
        is_time.then_some(Self { day, second: Some(hour * 3600 + minute * 60 + second), offset })
    }

    /// Seconds since 1970.
    pub(super) fn instant(self) -> Option<i64> {
        Some(self.day * DAY + self.second? - self.offset)
    }

    /// Days since 1970 in UTC; without a time, as written.
    pub(super) fn utc_day(self) -> i64 {
        self.instant().map_or(self.day, |instant| instant.div_euclid(DAY))
    }

    /// The two days that it can be said to be of.
    pub(super) fn days(self) -> [i64; 2] {
        [self.day, self.utc_day()]
    }
}

/// How many days of the working week begin after one day and until the other, that one included.
pub(super) fn working_days(from: i64, to: i64) -> i64 {
    // 1970 began on a Thursday.
    let before = |day: i64| {
        let since_monday = day + 4;
        since_monday.div_euclid(7) * 5 + since_monday.rem_euclid(7).min(5)
    };
    before(to) - before(from)
}

/// Days since 1970 of a date of the Gregorian calendar, by the usual count from a March.
pub(super) fn day_of(year: i64, month: i64, date: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&date) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let days = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + days - 719_468)
}

/// Day and month of a day since 1970.
pub(super) fn date_of(day: i64) -> (i64, i64) {
    let day = (day + 719_468).rem_euclid(146_097);
    let day_of_year = day - (365 * year_of(day) + year_of(day) / 4 - year_of(day) / 100);
    let month = (5 * day_of_year + 2) / 153;
    (day_of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 })
}

/// The year, from a March, of a day of the four centuries.
fn year_of(day: i64) -> i64 {
    (day - day / 1460 + day / 36_524 - day / 146_096) / 365
}

fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (hours, minutes) = (number(text.get(1..3)?)?, text.get(3..).unwrap_or_default().trim_start_matches(':'));
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    if hours > 15 || minutes > 59 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    Some(if text.starts_with('-') { -seconds } else { seconds })
}

/// Digits alone, at most four of them.
pub(super) fn number(text: &str) -> Option<i64> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_every_form_that_banks_write() {
        let midnight = day_of(2026, 3, 2).unwrap();
        assert_eq!(midnight * DAY, 1_772_409_600);
        for (text, second) in [
            ("2026-03-02", None),
            ("2026-03-02T08:15", Some(29_700)),
            ("2026-03-02 08:15:30", Some(29_730)),
            ("2026-03-02T08:15:30.123456Z", Some(29_730)),
            ("2026-03-02T08:15:30+01:00", Some(29_730)),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!((moment.day, moment.second), (midnight, second), "{text}");
        }
        assert_eq!(Moment::parse("2026-07-02T00:20:00+0100").unwrap().days(), [20_636, 20_635]);
        assert_eq!(Moment::parse("2026-07-01T20:00:00-05:00").unwrap().days(), [20_635, 20_636]);
        for text in
            ["", "2026", "2026-3-2", "02/03/2026", "2026-13-01", "2026-03-02T25:00", "2026-03-02Tnoon", "éééééééé"]
        {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_has_the_date_that_it_was_made_of() {
        for year in [1970, 2000, 2026, 2028, 2100] {
            for month in 1..=12 {
                for date in 1..=28 {
                    assert_eq!(date_of(day_of(year, month, date).unwrap()), (date, month), "{year}");
                }
            }
        }
        assert_eq!(date_of(day_of(2028, 2, 29).unwrap()), (29, 2));
    }

    #[test]
    fn working_days_leave_weekends_out() {
        let monday = day_of(2026, 3, 2).unwrap();
        for (from, to, days) in
            [(0, 0, 0), (0, 1, 1), (0, 2, 2), (4, 5, 0), (4, 6, 0), (4, 7, 1), (5, 7, 1), (4, 8, 2), (0, 7, 5)]
        {
            assert_eq!(working_days(monday + from, monday + to), days, "{from} {to}");
        }
    }
}
