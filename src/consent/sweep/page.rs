//! What a sweep reads of a bank's answer, in both shapes of `ACC-5`: the accounts, the next page, the latest booking.

use super::super::Day;
use crate::wire::{
    json::{Object, Value},
    path::is_plain_segment,
};

/// Accounts of a consent that are swept at most.
const MOST_ACCOUNTS: usize = 64;

/// The items of a list: `{"Accounts":[…]}`, or `{"Data":{"Account":[…]}}` as OBIE banks wrap them.
fn items<'a>(text: &'a str, [flat, wrapped]: [&str; 2]) -> Vec<Object<'a>> {
    let list = || {
        let object = Object::parse(text).ok()?;
        let list = match object.get(flat) {
            Some(list) => list,
            None => Object::parse(object.get("Data")?.as_written()).ok()?.get(wrapped)?,
        };
        Some(list.items()?.into_iter().filter_map(|item| Object::parse(item.as_written()).ok()).collect())
    };
    list().unwrap_or_default()
}

/// The ids of the accounts, those that a path can hold.
pub(super) fn accounts(text: &str) -> Vec<String> {
    let accounts = items(text, ["Accounts", "Account"]);
    let ids = accounts.iter().filter_map(|account| Some(account.str("AccountId")?.into_owned()));
    ids.filter(|id| is_plain_segment(id)).take(MOST_ACCOUNTS).collect()
}

/// The latest day on which a transaction was booked. What lies ahead of the bank's own day, `today` being ours, is planned
/// and not booked.
pub(super) fn latest(text: &str, today: Day) -> Option<Day> {
    let transactions = items(text, ["Transactions", "Transaction"]);
    let days = transactions.iter().filter_map(|row| Day::parse(&row.str("BookingDateTime")?));
    days.filter(|day| *day <= today.after(1)).max()
}

/// Path and query of the page after this one, which `asked` was asked for: the link, without the base of the resources.
/// A link to anything but the same list is none.
pub(super) fn next(text: &str, asked: &str, base: &str) -> Option<String> {
    let link = |name: &str| {
        let object = Object::parse(text).ok()?;
        let links = Object::parse(object.get(name)?.as_written()).ok()?;
        links.get("Next").or(links.get("next")).and_then(Value::as_str).map(|link| link.into_owned())
    };
    let link = link("Links").or_else(|| link("links"))?;
    let path_of = |link: &'_ str| link.split('?').next().map(str::to_owned);
    let base_path = base.splitn(4, '/').nth(3).map(|path| ["/", path].concat()).unwrap_or_default();
    let path = path_of(asked)?;
    let relative = match (link.strip_prefix(base), link.strip_prefix(&base_path)) {
        (Some(relative), _) => relative.to_owned(),
        (None, Some(relative)) if path_of(relative)? == path => relative.to_owned(),
        _ if link.starts_with('?') => [path.as_str(), link.as_str()].concat(),
        _ => link,
    };
    (path_of(&relative)? == path && relative != asked).then_some(relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_5_accounts_are_read_in_both_shapes() {
        let ids = |text: &str| accounts(text).join(",");
        assert_eq!(ids(r#"{"Accounts":[{"AccountId":"1"},{"AccountId":"a-2"}]}"#), "1,a-2");
        assert_eq!(ids(r#"{"Data":{"Account":[{"AccountId":"1"}]}}"#), "1");
        assert_eq!(ids(r#"{"Accounts":[{"AccountId":"../x"},{"AccountId":7},7,{"AccountId":"ok"}]}"#), "ok", "ACC-6");
        for nothing in ["", "[]", "{}", r#"{"Accounts":{}}"#, r#"{"Data":[]}"#] {
            assert_eq!(ids(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn acc_5_the_latest_booking_is_read_and_what_is_planned_is_not() {
        let today = Day::of(1_767_225_600_000);
        let flat = r#"{"Transactions":[{"BookingDateTime":"2025-12-30T10:00:00Z"},{"BookingDateTime":"2025-12-31"},
            {"BookingDateTime":"2026-02-01"},{"BookingDateTime":null},{}]}"#;
        assert_eq!(latest(flat, today).map(Day::text).as_deref(), Some("2025-12-31"));
        let wrapped = r#"{"Data":{"Transaction":[{"BookingDateTime":"2025-01-02T00:00:00+00:00"}]}}"#;
        assert_eq!(latest(wrapped, today).map(Day::text).as_deref(), Some("2025-01-02"));
        assert_eq!(latest(r#"{"Transactions":[]}"#, today), None);
    }

    #[test]
    fn acc_8_the_next_page_is_of_the_same_list_alone() {
        let base = "https://bank.example/open/v1";
        let asked = "/accounts/1/transactions?page=2";
        let next = |link: &str| next(&format!(r#"{{"Links":{{"Next":"{link}"}}}}"#), asked, base);
        let expected = Some("/accounts/1/transactions?page=3".to_owned());
        for link in [
            "https://bank.example/open/v1/accounts/1/transactions?page=3",
            "/open/v1/accounts/1/transactions?page=3",
            "/accounts/1/transactions?page=3",
            "?page=3",
        ] {
            assert_eq!(next(link), expected, "{link}");
        }
        for link in [
            "https://evil.example/accounts/1/transactions?page=3",
            "https://bank.example/accounts/1/transactions?page=3",
            "/accounts/2/transactions?page=3",
            "/accounts/1/transactions?page=2",
            "//evil.example/accounts/1/transactions?page=3",
            "",
        ] {
            assert_eq!(next(link), None, "{link}");
        }
        assert_eq!(super::next(r#"{"links":{"next":"?page=3"}}"#, asked, base), expected);
        for none in ["{}", r#"{"Links":null}"#, r#"{"Links":{"Next":null}}"#, "[]"] {
            assert_eq!(super::next(none, asked, base), None, "{none}");
        }
    }
}
