#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;

#[test]
fn cfg_3_a_base_url_is_https() {
    for url in ["https://bank.example", "https://bank.example/v1/", "https://bank.example:8443/a/b/v2.1"] {
        for environment in [Environment::Sandbox, Environment::Production] {
            assert_eq!(BaseUrl::parse(url, Some(environment)).unwrap().join(""), url.trim_end_matches('/'));
        }
    }
    let wrong = "bank.example http://bank.example/v1 ftp://bank.example https:// https:///v1 \
                 https://user@bank.example/v1 https://bank.example/v1?x=1 https://bank.example/v1# \
                 https://bank.example\\v1 https://bänk.example";
    for url in wrong.split(' ').chain(["", "https://bank.example/v1\n", " https://bank.example"]) {
        for environment in [Environment::Sandbox, Environment::Production] {
            assert!(matches!(BaseUrl::parse(url, Some(environment)), Err(Error::BaseUrl(_))), "{url:?}");
        }
    }
}

#[test]
fn cfg_3_plain_http_is_for_this_machine_in_sandbox() {
    for url in ["http://localhost:8788/v1", "http://127.0.0.1", "http://[::1]:8788"] {
        assert!(BaseUrl::parse(url, Some(Environment::Sandbox)).is_ok(), "{url}");
        assert!(matches!(BaseUrl::parse(url, Some(Environment::Production)), Err(Error::BaseUrl(_))), "{url}");
    }
}

#[test]
fn cfg_3_a_port_or_a_host_that_cannot_exist_is_refused() {
    let impossible = "https://bank.example:99999 https://bank.example:port https://bank.example:-1 https://999.1.1.1 \
                      https://1.2.3.4.5 https://[::g] https://[::1 https://bank..example https://.bank.example \
                      https://-bank.example https://bank-.example https://%62ank%zz.example https://bank,example \
                      https://user:pass@bank.example https://@bank.example https://ba*nk.example";
    for url in impossible.split_whitespace() {
        assert!(matches!(BaseUrl::parse(url, Some(Environment::Sandbox)), Err(Error::BaseUrl(_))), "{url}");
    }
    let long = format!("https://{}.example", "a".repeat(64));
    assert!(matches!(BaseUrl::parse(&long, None), Err(Error::BaseUrl(_))), "a label of 64 letters");
}

#[test]
fn env_5_a_host_is_the_other_environments_in_any_case_of_letters() {
    for (url, environment) in [
        ("https://AUTH-SANDBOX.tell.money/v1", Environment::Production),
        ("https://auth-sandbox.TELL.money:443/v2", Environment::Production),
        ("https://Auth.Tell.Money/v1", Environment::Sandbox),
    ] {
        let refused = BaseUrl::parse(url, Some(environment)).unwrap_err();
        assert!(refused.message().contains("ENV-5"), "{url}");
    }
    assert!(BaseUrl::parse("https://AUTH.tell.money/v1", Some(Environment::Production)).is_ok());
}
