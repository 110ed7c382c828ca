//! A date as HTTP has it (RFC 9110 section 5.6.7).

use chrono::NaiveDate;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Its milliseconds since 1970, in any of the three forms: who is sent an old one has to know it.
pub(crate) fn read(text: &str) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match words.as_slice() {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let month = (1..).zip(MONTHS).find(|(_, name)| name == month).map(|(number, _)| number)?;
    // Of two digits: a year from 1970 to 2069.
    let year = match (year.len(), number(year)?) {
        (4, year) => year,
        (2, year) => {
            if year < 70 {
                2000 + year
            } else {
                1900 + year
            }
        }
        _ => return None,
    };
    let mut parts = time.split(':').map(|part| number(part).filter(|_| part.len() == 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(day)?)?;
    let seconds = date.and_hms_opt(hour, minute, second)?.and_utc().timestamp();
    u64::try_from(seconds).ok().filter(|_| parts.next().is_none())?.checked_mul(1000)
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn err_3_a_date_has_three_forms() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(read(text), Some(784_111_777_000), "{text}");
        }
        assert_eq!(read("Tuesday, 31-Dec-69 23:59:59 GMT"), Some(3_155_759_999_000));
    }

    #[test]
    fn err_3_what_is_no_date_is_none() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 GMT x",
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 994 08:49:37 GMT",
            "Sun, 06 Nov 19940 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun Nov  6 1994 08:49:37",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn err_3_a_date_is_read_as_another_reader_reads_it(seconds in 0..253_402_300_800_u64) {
            let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
            prop_assert_eq!(read(&text), Some(seconds * 1000), "{}", text);
        }
    }
}
