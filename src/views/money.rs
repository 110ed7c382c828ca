//! Amounts as decimal text with a sign. They are kept as they were written: no float ever holds one.

use crate::wire::json::{Value, quoted};
use serde::Serialize;

/// An amount: what is credited is positive, what is debited negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Money {
    /// The digits as the bank wrote them, such as `10.10` or `1E400`, behind a `-` for a debit.
    pub value: String,
    /// The currency's code as the bank wrote it, such as `GBP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl Money {
    /// As a JSON object, to the end of the text.
    pub(super) fn write(&self, text: &mut String) {
        text.push_str("{\"value\":");
        text.push_str(&quoted(&self.value));
        if let Some(currency) = &self.currency {
            text.push_str(",\"currency\":");
            text.push_str(&quoted(currency));
        }
        text.push('}');
    }
}

/// What a row says of its amounts' direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Credit,
    Debit,
    /// The row has no word for it: the amount's own sign is all there is.
    Unsaid,
    /// A word that is none of ours.
    Unknown,
}

impl Direction {
    /// Reads `Credit`, `CRDT`, `CR`, `C` and their counterparts, in any case.
    pub(super) fn of(word: Option<Value<'_>>) -> Self {
        let Some(word) = word.filter(|word| word.as_written() != "null") else { return Self::Unsaid };
        match word.as_str().unwrap_or_default().to_ascii_lowercase().as_str() {
            "credit" | "crdt" | "cr" | "c" => Self::Credit,
            "debit" | "dbit" | "dr" | "d" => Self::Debit,
            _ => Self::Unknown,
        }
    }
}

/// A written amount with the sign that its direction gives it; `None` for what is no decimal number, and where sign and
/// direction contradict each other.
pub(super) fn amount(written: &str, direction: Direction) -> Option<String> {
    let decimal = Decimal::parse(written)?;
    let (unsigned, is_zero) = (written.trim_start_matches(['+', '-']), decimal.digits.is_empty());
    let is_negative = match direction {
        Direction::Debit => true,
        Direction::Credit if decimal.is_negative => return None,
        Direction::Credit => false,
        Direction::Unsaid => decimal.is_negative,
        Direction::Unknown => return None,
    };
    Some(if is_negative && !is_zero { ["-", unsigned].concat() } else { unsigned.to_owned() })
}

/// A decimal number in its one form: two of the same value are equal, however they were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal {
    is_negative: bool,
    /// Without zeros at either end; none for zero.
    digits: String,
    /// Of the last digit.
    exponent: i64,
}

impl Decimal {
    /// Reads an optional sign, digits, an optional fraction and an optional exponent.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let (is_negative, unsigned) = match written.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, written.strip_prefix('+').unwrap_or(written)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if whole.is_empty() || ![whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
            return None;
        }
        let all = [whole, fraction].concat();
        let kept = all.trim_end_matches('0');
        let dropped = all.len() - kept.len();
        let digits = kept.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits, exponent: 0 });
        }
        let exponent =
            exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(i64::try_from(dropped).ok()?)?;
        Some(Self { is_negative, digits, exponent })
    }
}
