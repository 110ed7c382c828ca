#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::views::transactions;
use proptest::prelude::*;

/// Rows written as `P id day[Ttime] [text] [amount]`.
fn rows(lines: &[&str]) -> Vec<Transaction> {
    let row = |line: &&str| {
        let mut words = line.split(' ');
        let mut word = |otherwise| words.next().unwrap_or(otherwise);
        let status = if word("") == "P" { "Pending" } else { "Booked" };
        let (id, day, text, amount) = (word(""), word(""), word("PRET"), word("3.40"));
        format!(
            r#"{{"Status":"{status}","TransactionId":"{id}","BookingDateTime":"2026-03-{day}","Amount":"{amount}",
                "Currency":"GBP","CreditDebit":"Debit","TransactionInformation":"{text}"}}"#
        )
    };
    transactions(&format!("[{}]", lines.iter().map(row).collect::<Vec<_>>().join(","))).unwrap()
}

fn ids(earlier: &[&str], later: &[&str]) -> String {
    let (earlier, later) = (rows(earlier), rows(later));
    let row = |kept| match kept {
        Kept::Earlier(at) => &earlier[at],
        Kept::Later(at) => &later[at],
    };
    let kept = merge(&earlier, &later).unwrap();
    kept.into_iter().map(|kept| row(kept).transaction_id.clone().unwrap()).collect::<Vec<_>>().join(" ")
}

#[test]
fn acc_4_a_transaction_is_not_shown_twice_when_it_is_booked() {
    assert_eq!(ids(&["P p1 02T08:10:12Z", "B b0 01"], &["B b1 03", "B b0 01"]), "b1 b0");
    assert_eq!(ids(&["B b0 01"], &["P p1 02T08:10:12Z", "B b0 01"]), "p1 b0", "one is new");
    assert_eq!(ids(&["B b0 01", "B b1 02"], &["B b2 03", "B b1 02"]), "b2 b1 b0", "one is older than the list");
    assert_eq!(ids(&[], &[]), "");
}

#[test]
fn acc_4_two_equal_coffees_of_a_day_stay_two() {
    let pending = ["P p1 02T08:10:12Z", "P p2 02T15:10:12Z"];
    assert_eq!(ids(&pending, &["B b2 03", "B b1 03"]), "b2 b1");
    assert_eq!(ids(&pending, &["P p2 02T15:10:12Z", "B b1 03"]), "p2 b1");
    assert_eq!(
        ids(&["P p1 02", "P p2 02"], &["P q1 02", "P q2 02", "P q3 02"]),
        "q1 q2 q3",
        "ids made anew at each read"
    );
    assert_eq!(ids(&["B b1 02", "B b2 02"], &["B b3 02", "B b2 02", "B b1 02"]), "b3 b2 b1");
}

#[test]
fn acc_4_the_same_coffee_each_morning_is_counted_each_morning() {
    // The bank books at the next day's midnight: by themselves, Monday's booked and Tuesday's pending could be one.
    let tuesday = ["P p3 03T08:10:12Z", "B b2 03T00:00:00Z"];
    let wednesday = ["P p4 04T08:12:00Z", "B b3 04T00:00:00Z", "B b2 03T00:00:00Z"];
    assert_eq!(ids(&["P p2 02T08:11:00Z"], &tuesday), "p3 b2");
    assert_eq!(ids(&tuesday, &wednesday), "p4 b3 b2");
    assert_eq!(ids(&tuesday, &["P p3 03T08:10:12Z", "B b2 03T00:00:00Z"]), "p3 b2", "nothing new");
}

#[test]
fn acc_4_a_pending_row_that_is_gone_is_found_among_those_booked_days_later() {
    assert_eq!(ids(&["P p1 02T08:10:12Z"], &["B b1 05T13:07:31Z"]), "b1");
    assert_eq!(ids(&["P p1 02T08:10:12Z"], &["P p1 02T08:10:12Z", "B b1 05T13:07:31Z"]), "p1 b1", "it is not gone");
    assert_eq!(ids(&["P p1 02T08:10:12Z"], &["B b1 09T00:00:00Z"]), "b1 p1", "a week is too long");
    assert_eq!(ids(&["P p1 02T08:10:12Z"], &["B b1 03 BOOTS"]), "b1 p1", "another shop");
}

#[test]
fn acc_4_another_amount_is_another_transaction_even_under_the_same_id() {
    assert_eq!(ids(&["P one 02 PRET 3.40"], &["B one 03 PRET 3.41"]), "one one");
    assert_eq!(ids(&["P p1 02 SHELL 1.00"], &["B b1 03 SHELL 58.13"]), "b1 p1");
}

#[test]
fn acc_4_what_was_booked_is_not_pending_again() {
    assert_eq!(ids(&["B b1 03"], &["P p1 02T08:10:12Z"]), "b1");
}

#[test]
fn acc_4_rows_that_cannot_be_compared_are_all_kept() {
    let bare = || vec![Transaction::default(), Transaction::default()];
    assert_eq!(merge(&bare(), &bare()).unwrap().len(), 4);
    let many = vec![Transaction::default(); MAX_MERGED + 1];
    assert_eq!(merge(&many, &[]).unwrap_err().code().as_str(), "too_large");
    assert_eq!(merge(&[], &many).unwrap_err().code().as_str(), "too_large");
}

proptest! {
    #[test]
    fn acc_4_a_merge_loses_no_later_row_and_matches_one_to_one_by_amount(
        earlier in prop::collection::vec(line(), 0..12), later in prop::collection::vec(line(), 0..12),
    ) {
        let lines = |lines: &[String]| rows(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let (earlier, later) = (lines(&earlier), lines(&later));
        let kept = merge(&earlier, &later).unwrap();
        let amounts = |rows: &[&Transaction]| {
            let mut amounts: Vec<_> = rows.iter().map(|row| row.amount.clone().unwrap().value).collect();
            amounts.sort();
            amounts
        };
        let row = |kept: &Kept| match kept {
            Kept::Earlier(at) => &earlier[*at],
            Kept::Later(at) => &later[*at],
        };
        let shown = amounts(&kept.iter().map(row).collect::<Vec<_>>());
        for amount in ["3.40", "5.00"].map(|amount| format!("-{amount}")) {
            let count = |all: &[String]| all.iter().filter(|value| **value == amount).count();
            let (before, after) = (amounts(&earlier.iter().collect::<Vec<_>>()), amounts(&later.iter().collect::<Vec<_>>()));
            prop_assert!(count(&shown) >= count(&before).max(count(&after)), "none is lost");
            prop_assert!(count(&shown) <= count(&before) + count(&after), "none is made");
        }
        prop_assert_eq!(merge(&later, &later).unwrap().len(), later.len(), "read again, it is the same list");
    }
}

fn line() -> impl Strategy<Value = String> {
    let one = |of: &'static [&'static str]| prop::sample::select(of);
    (
        one(&["P", "B"]),
        one(&["i1", "i2", "i3", ""]),
        one(&["02", "03", "02T08:10:12Z"]),
        one(&["PRET", "BOOTS"]),
        one(&["3.40", "5.00"]),
    )
        .prop_map(|(status, id, day, text, amount)| [status, id, day, text, amount].join(" "))
}
