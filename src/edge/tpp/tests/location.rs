//! Where a PSU may be sent (`AUT-4`), and where requests may go (`CFG-3`).

use super::*;

const INTENT: &str = "a077e84b-a815-4ed3-81c0-8f85d55e7c47";

fn sends_to(tpp: &Tpp, location: &str) -> bool {
    let body = crate::json::Writer::new().str("intent-id", INTENT).str("location", location).end();
    match tpp.read_authorise(200, &body) {
        Ok(answer) => {
            assert_eq!((answer.intent_id.as_str(), answer.location.as_str()), (INTENT, location));
            true
        }
        Err(error) => {
            assert!(matches!(error, EdgeError::Location | EdgeError::Answer(_)), "{location}: {error:?}");
            false
        }
    }
}

fn at(environment: &str, auth_base_url: &str, profile: Option<&str>) -> Tpp {
    let auth_base_url = Some(auth_base_url.to_owned()).filter(|url| !url.is_empty());
    settings::tpp(Raw { auth_base_url, profile: profile.map(str::to_owned), ..raw(environment) }).unwrap()
}

#[test]
fn aut_4_the_psu_is_sent_to_the_environments_auth_hosts() {
    let (sandbox, production) = (at("sandbox", "", None), at("production", "", None));
    for location in
        ["https://auth.tell.money", "https://auth.tell.money/v1/authorise/x?y=1#z", "https://AUTH.tell.money:443/"]
    {
        assert!(sends_to(&sandbox, location) && sends_to(&production, location), "{location}");
    }
    assert!(sends_to(&sandbox, "https://auth-sandbox.tell.money/v1"));
    assert!(!sends_to(&production, "https://auth-sandbox.tell.money/v1"), "ENV-5");
}

#[test]
fn aut_4_nowhere_else() {
    let elsewhere = "http://auth.tell.money/ https://evil.example/ https://auth.tell.money.evil.example/ \
                     https://evil.example/auth.tell.money https://auth.tell.money@evil.example/ \
                     https://a.auth.tell.money/ https://auth.tell.money:8443/ https://evil.example\\@auth.tell.money/ \
                     https://auth.tell.money\\.evil/ \
                     //auth.tell.money/ /authorise auth.tell.money javascript:alert(1) data:text/html,x \
                     https:auth.tell.money https:///auth.tell.money https:// ftp://auth.tell.money/ \
                     https://auth.tell.money%2eevil.example/ https://auth.tell.money./ https://аuth.tell.money/ \
                     http://localhost/ http://127.0.0.1:8788/ https://localhost/";
    for environment in ["sandbox", "production"] {
        let tpp = at(environment, "", None);
        for location in elsewhere.split(' ').chain(["https://auth.tell.money/ x", "https://auth.tell.money/\r\nx"]) {
            assert!(!sends_to(&tpp, location), "{location}");
        }
    }
}

#[test]
fn aut_4_a_configured_host_is_allowed() {
    let profile = Some(r#"{"locationHosts":["bank.example","bank.example:8443"]}"#);
    for tpp in [at("sandbox", "", profile), at("production", "", profile)] {
        assert!(sends_to(&tpp, "https://bank.example/consent") && sends_to(&tpp, "https://bank.example:8443/"));
        assert!(!sends_to(&tpp, "http://bank.example/consent") && !sends_to(&tpp, "https://www.bank.example/"));
    }
    let overridden = at("production", "https://gateway.example:9443/v1", None);
    assert!(sends_to(&overridden, "https://gateway.example:9443/consent"));
    assert!(!sends_to(&overridden, "https://gateway.example/consent"));
}

#[test]
fn aut_4_plain_http_is_for_a_loopback_gateway_in_sandbox() {
    for base in ["http://localhost:8788/v1", "http://127.0.0.1:8788/v1", "http://[::1]:8788/v1", "http://localhost"] {
        let tpp = at("sandbox", base, None);
        for location in ["http://localhost:8788/consent/x", "http://127.0.0.1:9/", "http://[::1]/"] {
            assert!(sends_to(&tpp, location), "{base} {location}");
        }
        for location in
            ["http://evil.example/", "http://localhost.evil.example/", "http://10.0.0.1/", "http://localhost@evil/"]
        {
            assert!(!sends_to(&tpp, location), "{base} {location}");
        }
    }
}

#[test]
fn aut_4_a_refusal_is_told_as_one() {
    let refused = at("sandbox", "", None).read_authorise(401, r#"{"error":"invalid_client"}"#).unwrap_err();
    assert!(matches!(refused, EdgeError::Refused(kept) if kept.registered_error() == Some("invalid_client")));
}

#[test]
fn cfg_3_a_base_url_is_https() {
    for url in ["https://bank.example", "https://bank.example/v1/", "https://bank.example:8443/a/b/v2.1"] {
        for environment in [Environment::Sandbox, Environment::Production] {
            assert_eq!(base_url(url, environment).unwrap(), url.trim_end_matches('/'));
        }
    }
    let wrong = "bank.example http://bank.example/v1 ftp://bank.example https:// https:///v1 \
                 https://user@bank.example/v1 https://bank.example/v1?x=1 https://bank.example/v1# \
                 https://bank.example\\v1 https://bänk.example";
    for url in wrong.split(' ').chain(["", "https://bank.example/v1\n", " https://bank.example"]) {
        for environment in [Environment::Sandbox, Environment::Production] {
            assert!(matches!(base_url(url, environment), Err(EdgeError::BaseUrl(_))), "{url:?}");
        }
    }
}

#[test]
fn cfg_3_plain_http_is_for_this_machine_in_sandbox() {
    for url in ["http://localhost:8788/v1", "http://127.0.0.1", "http://[::1]:8788"] {
        assert!(base_url(url, Environment::Sandbox).is_ok(), "{url}");
        assert!(matches!(base_url(url, Environment::Production), Err(EdgeError::BaseUrl(_))), "{url}");
    }
}
