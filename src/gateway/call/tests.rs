#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::profile::ACCOUNT_RESOURCES;

fn account(path: &str) -> Result<String, Error> {
    let resources = Resources::try_from(vec![String::from("statements")]).unwrap();
    let call = ResourceCall::account(path, None, &resources)?;
    assert_eq!((call.method(), call.body()), (Method::Get, None));
    Ok(call.path().with_query().to_owned())
}

#[test]
fn acc_6_accounts_one_of_them_and_its_resources_can_be_read() {
    let long = format!("/accounts/{}", "a".repeat(128));
    let plain = [
        "/accounts",
        "/accounts?page=2",
        "/accounts/12345678",
        "/accounts/a.B_c~-9/balance",
        "/accounts/..a/statements?a=%2e%2e/&b=?",
        "/accounts/v1",
        &long,
    ];
    let known = ACCOUNT_RESOURCES.map(|name| format!("/accounts/1/{name}"));
    for path in plain.into_iter().chain(known.iter().map(String::as_str)) {
        assert_eq!(account(path).as_deref(), Ok(path));
    }
}

#[test]
fn acc_6_an_id_that_someone_could_read_otherwise_is_refused() {
    let long = "a".repeat(129);
    let wrong = [
        "", ".", "..", "...", "%2e", "%2E%2e", "a%2eb", "a%2Fb", "a%00b", "a\0b", "a\\b", "%5c", "%252e", "%252F",
        "a b", "a;b", "a:b", "a@b", "a#b", "a+b", "é", "a\n", "%41", &long,
    ];
    for id in wrong {
        for path in [format!("/accounts/{id}"), format!("/accounts/{id}/balance")] {
            assert_eq!(account(&path), Err(Error::Path(NO_ACCOUNT)), "{path:?}");
        }
    }
}

#[test]
fn acc_6_nothing_but_accounts_is_read_so() {
    let wrong = "accounts //accounts /accounts/ /accounts//balance /accounts/1/ /accounts/1/balance/ /Accounts \
                 /%61ccounts /payments /accounts/1/Balance /accounts/1/parties /accounts/1/balance%2f /accounts/1/.. \
                 /accounts/1/%62alance /accounts/1/statements/2 /v1/accounts /accounts/1#/balance";
    for path in wrong.split(' ').chain([""]) {
        assert_eq!(account(path), Err(Error::Path(NO_ACCOUNT)), "{path:?}");
    }
}

#[test]
fn acc_6_a_query_that_is_none_is_refused() {
    for query in ["a#b", "a b", "a\"b", "é", "a\0"] {
        assert!(matches!(account(&format!("/accounts?{query}")), Err(Error::Path(_))), "{query:?}");
    }
    assert!(matches!(account(&format!("/accounts?{}", "a".repeat(4096))), Err(Error::TooLarge(_))));
}
