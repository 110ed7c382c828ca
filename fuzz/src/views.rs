//! What the bank sent, read (`ACC-4`, `ACC-5`).

use crate::parts;
use tell_connect::{
    Error,
    views::{self, Transaction, kinds},
    wire::json::{self, Object},
};

/// An earlier list and a later one: no row and no member is lost, and no two of another amount are one.
pub(crate) fn check(text: &str) {
    let [earlier, later] = parts::<2>(text).map(Option::unwrap_or_default);
    let lists = [earlier, later].map(|text| read(text).unwrap_or_default());
    let [earlier, later] = &lists;
    for (a, b) in earlier.iter().zip(later) {
        let is_one = views::same_transaction(a, b);
        assert_eq!(is_one, views::same_transaction(b, a), "ACC-4: either way");
        let negative = |row: &Transaction| row.amount.as_ref().is_some_and(|money| money.value.starts_with('-'));
        assert!(!is_one || negative(a) == negative(b), "ACC-4: another direction");
    }
    if let Ok(kept) = views::merge(earlier, later) {
        assert!(kept.len() >= later.len() && kept.len() <= earlier.len() + later.len(), "ACC-4: each shown once");
    }
}

fn read(text: &str) -> Option<Vec<Transaction>> {
    let is_json = json::check(text).is_ok();
    assert_eq!(views::next_page(text).is_ok(), is_json, "ACC-5: every JSON has a next page or none");
    let rows = match views::transactions(text) {
        Ok(rows) => rows,
        Err(Error::Json) => {
            assert!(!is_json, "ACC-5: JSON is read");
            return None;
        }
        Err(Error::List | Error::TooLarge(_)) => return None,
        Err(other) => panic!("ACC-5: {other:?} is no error of a list"),
    };
    for row in &rows {
        assert!(json::check(&row.rest).is_ok(), "ACC-4: the rest is JSON");
        let held =
            serde_json::to_string(row).ok().and_then(|view| Object::parse(&view).map(|it| it.members().count()).ok());
        let rest = Object::parse(&row.rest).map_or(0, |rest| rest.members().count());
        assert!(held.is_some_and(|held| held + rest > 0), "ACC-4: a view is an object");
    }
    let json = views::json(text, &kinds::TRANSACTIONS).expect("ACC-5: what is read is written");
    let again = views::written(&json).expect("ACC-4: what is written is read");
    assert_eq!(again.len(), rows.len(), "ACC-4: no row is lost");
    Some(rows)
}
