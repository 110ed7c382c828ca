//! What rows say of whom the money went to, compared as banks change it: case, spaces, a suffix, a cut.

use super::super::day::number;

/// What banks and card schemes write around a name.
const AROUND: &[&str] = &[
    "AT",
    "AUTH",
    "AUTHORISATION",
    "BACS",
    "BCC",
    "BGC",
    "CARD",
    "CD",
    "CLP",
    "CONTACTLESS",
    "CPM",
    "CR",
    "CREDIT",
    "DD",
    "DEBIT",
    "DIRECT",
    "DR",
    "FASTER",
    "FP",
    "FPI",
    "FPO",
    "FROM",
    "GB",
    "GBP",
    "GBR",
    "IZ",
    "LIMITED",
    "LTD",
    "MASTERCARD",
    "ON",
    "PAYMENT",
    "PAYMENTS",
    "PAYPAL",
    "PENDING",
    "PLC",
    "POS",
    "PURCHASE",
    "REF",
    "RECURRING",
    "SO",
    "SQ",
    "STANDING",
    "ORDER",
    "SUMUP",
    "TO",
    "TRANSFER",
    "UK",
    "VIA",
    "VIS",
    "VISA",
    "WWW",
    "COM",
    "ZETTLE",
];

/// Words that make it another transaction, though the rest is the same.
const KINDS: &[&str] = &[
    "BANK",
    "CASHBACK",
    "CHARGE",
    "CHARGES",
    "EATS",
    "FEE",
    "FEES",
    "FUEL",
    "INSURANCE",
    "INTEREST",
    "MOBILE",
    "PETROL",
    "PFS",
    "PHARMACY",
    "PRIME",
    "REFUND",
    "REFUNDED",
    "RETURNED",
    "REVERSAL",
    "REVERSED",
    "TIP",
];

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Fewest letters that a name's front has to have, ending with a word.
const FRONT: usize = 4;
/// The same, cut within a word.
const CUT: usize = 8;
/// Fewest characters of what has a digit in it to be a number that names something: an order, a reference.
const NUMBER: usize = 5;

/// One text of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The words of the name, joined.
    name: String,
    /// Where in the name each word ends.
    ends: Vec<usize>,
    /// Where in the name a word of another kind of transaction begins.
    kinds: Vec<usize>,
    numbers: Vec<String>,
    /// Day and month, where the text has a date.
    pub(super) date: Option<(i64, i64)>,
}

impl Words {
    /// `None` for a text that names nobody.
    pub(super) fn read(text: &str) -> Option<Self> {
        let upper: String = text.chars().map(plain).collect();
        let all: Vec<&str> = upper.split(' ').filter(|word| !word.is_empty()).collect();
        let mut words = Self::default();
        let mut rest = all.as_slice();
        let mut named = Vec::new();
        while let Some((word, after)) = rest.split_first() {
            if let Some((date, taken)) = date(rest) {
                words.date.get_or_insert(date);
                rest = rest.get(taken..).unwrap_or_default();
                continue;
            }
            rest = after;
            if word.chars().any(|letter| letter.is_ascii_digit()) {
                if word.len() >= NUMBER {
                    words.numbers.push((*word).to_owned());
                }
            } else if !AROUND.contains(word) {
                named.push(*word);
            }
        }
        if named.is_empty() {
            // PayPal's own, and whoever else is named as what stands around names.
            named.extend(all.iter().filter(|word| !word.chars().any(|letter| letter.is_ascii_digit())));
        }
        for word in named {
            if KINDS.contains(&word) {
                words.kinds.push(words.name.len());
            }
            words.name.push_str(word);
            words.ends.push(words.name.len());
        }
        (!words.name.is_empty()).then_some(words)
    }

    /// Whether both can be of one name.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (short, long) = if self.name.len() <= other.name.len() { (self, other) } else { (other, self) };
        let cut = short.name.len();
        let least = if long.ends.contains(&cut) { FRONT } else { CUT };
        let is_front = long.name.starts_with(&short.name) && short.name.chars().count() >= least;
        let is_other = long.kinds.iter().any(|begin| *begin >= cut);
        (short.name == long.name || (is_front && !is_other)) && !self.is_numbered_apart(other)
    }

    /// Whether each has numbers that name something, and none is the other's.
    fn is_numbered_apart(&self, other: &Self) -> bool {
        let shares = |number: &String| other.numbers.iter().any(|it| it.starts_with(number) || number.starts_with(it));
        !self.numbers.is_empty() && !other.numbers.is_empty() && !self.numbers.iter().any(shares)
    }
}

/// The date that words begin with, and how many they are: `02MAR26`, `02 MAR`, `02 03 2026`, `2026 03 02`.
fn date(words: &[&str]) -> Option<((i64, i64), usize)> {
    let [first, rest @ ..] = words else { return None };
    if let Some((day, after)) = first.get(..2).zip(first.get(2..5)) {
        let year = first.get(5..).unwrap_or_default();
        let is_year = year.is_empty() || (matches!(year.len(), 2 | 4) && number(year).is_some());
        if let Some(month) = month(after).filter(|_| is_year) {
            return Some((day_and_month(day, month)?, 1));
        }
    }
    let second = rest.first()?;
    if let Some(month) = month(second) {
        let has_year = rest.get(1).is_some_and(|year| matches!(year.len(), 2 | 4) && number(year).is_some());
        return Some((day_and_month(first, month)?, if has_year { 3 } else { 2 }));
    }
    let third = rest.get(1)?;
    let month = number(second).filter(|_| second.len() == 2)?;
    match (first.len(), third.len()) {
        (2, 4) if number(third).is_some() => Some((day_and_month(first, month)?, 3)),
        (4, 2) if number(first).is_some() => Some((day_and_month(third, month)?, 3)),
        _ => None,
    }
}

fn day_and_month(day: &str, month: i64) -> Option<(i64, i64)> {
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    (1..=12).contains(&month).then_some((day, month))
}

fn month(word: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|name| *name == word)?;
    i64::try_from(at + 1).ok()
}

/// A letter in capitals and without its accent, as far as cards' names have any; a space for what is no letter.
/// Unicode's own tables would cost a page some kilobytes.
fn plain(letter: char) -> char {
    match letter {
        'À'..='Å' | 'à'..='å' => 'A',
        'Ç' | 'ç' => 'C',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ì'..='Ï' | 'ì'..='ï' => 'I',
        'Ñ' | 'ñ' => 'N',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'O',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}' => ' ',
        letter if letter.is_ascii() && !letter.is_ascii_alphanumeric() => ' ',
        letter => letter.to_ascii_uppercase(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        Words::read(a).unwrap().is_like(&Words::read(b).unwrap())
    }

    #[test]
    fn acc_4_names_are_alike_as_banks_change_them() {
        for (a, b) in [
            ("Pret A Manger", "PRET A MANGER"),
            ("PRET A MANGER", "PRETAMANGER LONDON GB"),
            ("TESCO STORES 3297", "Tesco Stores"),
            ("TRANSPORT FOR LONDON", "TRANSPORT FOR LON"),
            ("SQ *BLUE BOTTLE", "Blue Bottle Coffee"),
            ("CARD PAYMENT TO Café Müller ON 02 MAR", "CAFE MULLER"),
            ("PAYPAL", "PayPal *"),
            ("AMZN Mktp UK*2A34K", "AMZN MKTP UK*2A34K9XY0"),
            ("H&M", "H & M"),
        ] {
            assert!(alike(a, b) && alike(b, a), "{a} | {b}");
        }
        for (a, b) in [
            ("PRET A MANGER", "PRESTO"),
            ("NEXT", "NEXTDOOR DELI"),
            ("UBER", "UBER EATS"),
            ("AMAZON", "AMAZON PRIME"),
            ("COSTA COFFEE", "COSTA COFFEE NON-STERLING FEE"),
            ("PAYPAL *STEAM", "PAYPAL *EBAY"),
            ("AMZN Mktp UK*2A34K", "AMZN Mktp UK*9Z81Q"),
            ("EE", "EEL PIE"),
        ] {
            assert!(!alike(a, b) && !alike(b, a), "{a} | {b}");
        }
    }

    #[test]
    fn acc_4_a_date_in_a_text_is_read_and_is_no_part_of_the_name() {
        for text in ["BOOTS 02MAR", "BOOTS 02MAR26", "BOOTS ON 02 MAR 2026", "BOOTS ON 02-03-2026", "2026-03-02 BOOTS"]
        {
            let words = Words::read(text).unwrap();
            assert_eq!((words.date, words.name.as_str()), (Some((2, 3)), "BOOTS"), "{text}");
        }
        assert_eq!(Words::read("BOOTS 3297").unwrap().date, None);
        assert_eq!(Words::read("99 MAR 1234 56").unwrap().date, None);
    }
}
