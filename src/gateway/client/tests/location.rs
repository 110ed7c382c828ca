//! Where a PSU may be sent (`AUT-4`).

use super::*;

const INTENT: &str = "a077e84b-a815-4ed3-81c0-8f85d55e7c47";

fn sends_to(client: &Client, location: &str) -> bool {
    let body = serde_json::json!({ "intent-id": INTENT, "location": location }).to_string();
    match client.read_authorise(200, &body) {
        Ok(answer) => {
            assert_eq!((answer.intent_id.as_str(), answer.location.as_str()), (INTENT, location));
            true
        }
        Err(error) => {
            assert!(matches!(error, Error::Location | Error::Answer(_)), "{location}: {error:?}");
            false
        }
    }
}

fn at(environment: &str, auth_base_url: &str, profile: Option<&str>) -> Client {
    let auth_base_url = Some(auth_base_url.to_owned()).filter(|url| !url.is_empty());
    client_of(ClientOptions { auth_base_url, ..options(environment) }, profile)
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
        let client = at(environment, "", None);
        for location in elsewhere.split(' ').chain(["https://auth.tell.money/ x", "https://auth.tell.money/\r\nx"]) {
            assert!(!sends_to(&client, location), "{location}");
        }
    }
}

#[test]
fn aut_4_a_configured_host_is_allowed() {
    let profile = Some(r#"{"locationHosts":["bank.example","bank.example:8443"]}"#);
    for client in [at("sandbox", "", profile), at("production", "", profile)] {
        assert!(sends_to(&client, "https://bank.example/consent") && sends_to(&client, "https://bank.example:8443/"));
        assert!(!sends_to(&client, "http://bank.example/consent") && !sends_to(&client, "https://www.bank.example/"));
    }
    let overridden = at("production", "https://gateway.example:9443/v1", None);
    assert!(sends_to(&overridden, "https://gateway.example:9443/consent"));
    assert!(!sends_to(&overridden, "https://gateway.example/consent"));
}

#[test]
fn aut_4_plain_http_is_for_a_loopback_gateway_in_sandbox() {
    for base in ["http://localhost:8788/v1", "http://127.0.0.1:8788/v1", "http://[::1]:8788/v1", "http://localhost"] {
        let client = at("sandbox", base, None);
        for location in ["http://localhost:8788/consent/x", "http://127.0.0.1:9/", "http://[::1]/"] {
            assert!(sends_to(&client, location), "{base} {location}");
        }
        for location in
            ["http://evil.example/", "http://localhost.evil.example/", "http://10.0.0.1/", "http://localhost@evil/"]
        {
            assert!(!sends_to(&client, location), "{base} {location}");
        }
    }
}

#[test]
fn aut_4_a_refusal_is_told_as_one() {
    let refused = at("sandbox", "", None).read_authorise(401, r#"{"error":"invalid_client"}"#).unwrap_err();
    assert!(matches!(refused, Error::Refused(kept) if kept.registered_error() == Some("invalid_client")));
}
