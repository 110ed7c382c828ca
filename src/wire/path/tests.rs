#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use super::*;

#[test]
fn jws_3_takes_a_path_and_keeps_its_query_apart() {
    let paths = "/ /authorise /access-token /accounts/12345678/balance /accounts/ /vehicles /version1 /v /v1x \
                 /accounts/v1 /a/.well-known /a/... /a/b.c /%41%2f /a;b=c/:@!$&'()*+,=~_- /accounts//balance";
    for text in paths.split(' ') {
        let path = Path::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(path.path(), text);
    }
    for (text, alone) in [("/accounts?page=2&x=/v1/..", "/accounts"), ("/accounts?", "/accounts"), ("/?", "/")] {
        let path = Path::parse(text).unwrap();
        assert_eq!(path.path(), alone, "the query is not signed");
        assert_eq!(path.with_query(), text, "the query is sent");
    }
}

#[test]
fn jws_3_says_what_is_wrong_with_a_path() {
    let wrong = [
        ("", "start with a slash"),
        ("accounts", "start with a slash"),
        ("https://host/v1/accounts", "start with a slash"),
        ("?a=1", "start with a slash"),
        ("//host/accounts", "two slashes"),
        ("/v1", "version"),
        ("/v1/accounts", "version"),
        ("/V2.1/accounts", "version"),
        ("/accounts#top", "fragment"),
        ("/accounts?a#top", "fragment"),
        ("/accounts/a b", "cannot"),
        ("/accounts/é", "cannot"),
        ("/accounts\\a", "cannot"),
        ("/accounts/\n", "cannot"),
        ("/accounts/{id}", "cannot"),
        ("/accounts?a=\"b\"", "cannot"),
        ("/accounts?a=b c", "cannot"),
        ("/accounts/%4", "hexadecimal"),
        ("/accounts/%zz", "hexadecimal"),
        ("/accounts/..", "segments"),
        ("/accounts/./balance", "segments"),
        ("/accounts/%2E%2e/balance", "segments"),
        ("/accounts/.%2e", "segments"),
    ];
    for (text, reason) in wrong {
        match Path::parse(text) {
            Err(Error::Path(message)) => assert!(message.contains(reason), "{text}: {message}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(Path::parse(&format!("/{}", "a".repeat(4095))).is_ok());
    assert!(matches!(Path::parse(&format!("/{}", "a".repeat(4096))), Err(Error::TooLarge(_))));
}
