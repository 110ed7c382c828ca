#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use crate::views::{Money, Transaction, same_transaction, transactions};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

const GENERATED: &str = include_str!("../../../tests/vectors/transactions/pairs.json");
const HARD: &str = include_str!("../../../tests/vectors/transactions/hard.json");

#[derive(Deserialize)]
struct Pair {
    kind: String,
    same: bool,
    rows: Box<RawValue>,
}

fn pairs(file: &str) -> Vec<(Pair, [Transaction; 2])> {
    let pairs: Vec<Pair> = serde_json::from_str(file).unwrap();
    pairs
        .into_iter()
        .map(|pair| {
            let rows = transactions(pair.rows.get()).unwrap().try_into().unwrap();
            (pair, rows)
        })
        .collect()
}

/// Matched and the same, matched and not, missed.
#[derive(Debug, Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

#[test]
fn acc_4_pending_and_booked_are_matched_with_the_precision_and_recall_that_the_guide_states() {
    let mut score = Score::default();
    let mut kinds: BTreeMap<String, Score> = BTreeMap::new();
    let all: Vec<_> = pairs(GENERATED).into_iter().chain(pairs(HARD)).collect();
    for (pair, [a, b]) in &all {
        let is_matched = same_transaction(a, b);
        assert_eq!(is_matched, same_transaction(b, a), "either way: {}", pair.kind);
        for score in [&mut score, kinds.entry(pair.kind.clone()).or_default()] {
            match (is_matched, pair.same) {
                (true, true) => score.right += 1,
                (true, false) => score.wrong += 1,
                (false, true) => score.missed += 1,
                (false, false) => {}
            }
        }
    }
    for (kind, score) in kinds.iter().filter(|(_, score)| score.wrong + score.missed > 0) {
        println!("{kind}: {score:?}");
    }
    let share = |part: u32, rest: u32| f64::from(part) / f64::from(part + rest);
    let (precision, recall) = (share(score.right, score.wrong), share(score.right, score.missed));
    println!("{} pairs: precision {precision:.4}, recall {recall:.4}", all.len());
    assert!(all.len() >= 500 && all.iter().filter(|(pair, _)| !pair.same).count() >= 200);
    assert_eq!(score.wrong, 0, "no wrong match: {kinds:?}");
    assert!(recall >= 0.95, "{recall}");
}

#[test]
fn acc_4_every_hard_pair_is_judged_right() {
    for (pair, [a, b]) in pairs(HARD) {
        assert_eq!(same_transaction(&a, &b), pair.same, "{}", pair.kind);
    }
}

#[test]
fn acc_4_no_pair_of_the_set_matches_with_another_amount_currency_or_direction() {
    for (pair, [a, b]) in pairs(GENERATED).into_iter().chain(pairs(HARD)).filter(|(pair, _)| pair.same) {
        let Some(Money { value, currency }) = b.amount.clone() else { continue };
        let turned = value.strip_prefix('-').map_or_else(|| format!("-{value}"), str::to_owned);
        for (value, currency) in [
            (turned, currency.clone()),
            (format!("{value}1"), currency.clone()),
            (format!("{value}e1"), currency.clone()),
            (value.clone(), Some("USD".to_owned())),
            (value.clone(), None),
        ] {
            let other = Transaction { amount: Some(Money { value, currency }), ..b.clone() };
            assert!(!same_transaction(&a, &other), "{}: {:?}", pair.kind, other.amount);
        }
    }
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(
        &["BOOTS", "Boots", "BOOTS LONDON", "2026-03-02", "2026-03-02T08:10:12Z", "2026-03-03T00:00:00Z", "one", ""][..],
    ))
    .prop_map(|text| text.map(str::to_owned))
}

fn amount() -> impl Strategy<Value = Money> {
    let value =
        prop::sample::select(&["3.40", "-3.40", "3.4", "34E-1", "-34e-1", "34", "0", "0.00", "3.400000001"][..]);
    let currency = prop::option::of(prop::sample::select(&["GBP", "gbp", "EUR"][..]));
    (value, currency)
        .prop_map(|(value, currency)| Money { value: value.to_owned(), currency: currency.map(str::to_owned) })
}

prop_compose! {
    fn row(status: &'static str)(
        amount in amount(), id in text(), reference in text(), time in text(), information in text(), name in text(),
    ) -> Transaction {
        Transaction {
            amount: Some(amount),
            status: Some(status.to_owned()),
            transaction_id: id,
            transaction_reference: reference,
            booking_date_time: time,
            transaction_information: information,
            merchant_name: name,
            ..Transaction::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn acc_4_no_two_of_another_amount_currency_or_direction_ever_match(a in row("Pending"), b in row("Booked")) {
        if same_transaction(&a, &b) {
            let (a, b) = (a.amount.unwrap(), b.amount.unwrap());
            let value = |money: &Money| money.value.parse::<f64>().unwrap();
            prop_assert!((value(&a) - value(&b)).abs() < 1e-12, "{a:?} {b:?}");
            let code = |money: &Money| money.currency.as_ref().map(|code| code.to_uppercase());
            prop_assert_eq!(code(&a), code(&b));
        }
    }

    #[test]
    fn acc_4_any_texts_are_compared_without_a_panic(
        texts in prop::collection::vec(any::<String>(), 8), value in "-?[0-9]{0,3}(\\.[0-9]{0,3})?([eE]-?[0-9]{0,20})?",
    ) {
        let mut texts = texts.into_iter();
        let mut row = |status: &str| Transaction {
            amount: Some(Money { value: value.clone(), currency: texts.next() }),
            status: Some(status.to_owned()),
            booking_date_time: texts.next(),
            transaction_information: texts.next(),
            merchant_name: texts.next(),
            ..Transaction::default()
        };
        let (a, b) = (row("Pending"), row("Booked"));
        prop_assert_eq!(same_transaction(&a, &b), same_transaction(&b, &a));
    }
}
