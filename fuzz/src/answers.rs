//! What the gateway answers: authorise, tokens, refusals (`AUT-4`, `TOK-3` … `TOK-5`, `ERR-1`, `ERR-2`).

use crate::configured::applications;
use std::{cell::LazyCell, rc::Rc};
use tell_connect::{
    Error, Refusal,
    consent::Failure,
    gateway::{
        Applications, Client,
        answer::{AuthoriseAnswer, TokenAnswer},
    },
    profile::Environment,
    wire::json::{self, Object},
};
use url::Url;

thread_local! {
    static APPLICATIONS: [LazyCell<Rc<Applications>>; 2] = [
        LazyCell::new(|| applications(Environment::Sandbox)),
        LazyCell::new(|| applications(Environment::Production)),
    ];
}

const FAILURES: [u16; 6] = [302, 400, 401, 403, 429, 503];

/// The input is an answer's body.
pub(crate) fn check(body: &str) {
    APPLICATIONS.with(|both| {
        for applications in both {
            authorise(&applications.get(None).expect("there is one").client, body);
        }
    });
    tokens(body);
    refusal(body);
}

fn authorise(client: &Client, body: &str) {
    for status in FAILURES {
        let read = client.read_authorise(status, body);
        assert!(matches!(read, Err(Error::Refused(_))), "ERR-1: {status} is a refusal");
    }
    let Ok(AuthoriseAnswer { intent_id, location }) = client.read_authorise(201, body) else { return };
    assert!((1..=256).contains(&intent_id.len()) && is_visible(&intent_id), "AUT-4: {intent_id:?}");
    let url = Url::parse(&location).expect("AUT-4: it is a URL");
    let host = url.host_str().unwrap_or_default();
    assert_eq!(url.scheme(), "https", "AUT-4: {location}");
    assert!(client.environment().auth_hosts().contains(&host), "AUT-4: {location} is not the bank's");
    assert_eq!(url.port_or_known_default(), Some(443), "AUT-4: {location}");
    assert!(url.username().is_empty() && url.password().is_none(), "AUT-4: {location} has a user name");
    agrees(body, "location", &location);
}

fn tokens(body: &str) {
    let Some(answer) = TokenAnswer::salvage(body) else {
        assert!(TokenAnswer::read(200, body).is_err(), "TOK-5: what can be read can be salvaged");
        return;
    };
    for status in FAILURES {
        assert!(TokenAnswer::read(status, body).is_err(), "ERR-1: {status} brings no tokens");
    }
    if let Ok(read) = TokenAnswer::read(200, body) {
        assert!(read == answer && !read.is_incomplete, "TOK-5: the same is read as is salvaged, and all of it");
    }
    let access = answer.access_token.expose();
    assert!((1..=16_384).contains(&access.len()) && is_visible(access), "TOK-4: it can stand in a header");
    if let Some(refresh) = &answer.refresh_token {
        let is_sendable = refresh.expose().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        assert!(is_sendable && !refresh.expose().is_empty() && !answer.is_incomplete, "TOK-5: it can be sent");
    }
    assert!(answer.expires_in <= 3600, "TOK-3");
    let is_name = |name: &String| !name.is_empty() && !name.contains([',', ' ', '\t', '\n', '\r']);
    assert!(answer.scope.len() <= 64 && answer.scope.iter().all(is_name), "TOK-4: {:?}", answer.scope);
    agrees(body, "access_token", access);

    let mut again = serde_json::json!({
        "access_token": access, "expires_in": answer.expires_in, "scope": answer.scope, "token_type": "Bearer",
    });
    if let (Some(token), Some(members)) = (&answer.refresh_token, again.as_object_mut()) {
        members.insert(String::from("refresh_token"), token.expose().into());
    }
    let usable = TokenAnswer { is_incomplete: false, ..answer };
    assert!(TokenAnswer::read(200, &again.to_string()) == Ok(usable), "TOK-5: written anew, it is another");
}

fn refusal(body: &str) {
    let secret: String = body.chars().filter(char::is_ascii_graphic).take(4).collect();
    for status in FAILURES {
        let refusal = Refusal::read(status, body);
        assert_eq!(refusal.status, status, "ERR-1");
        let shown = Failure::of_refusal(Rc::new(refusal.clone()), None);
        assert!(!shown.message().is_empty(), "ERR-1: {status} has a sentence");
        let masked = refusal.without(&[&secret, ""]);
        for kept in [&masked.error, &masked.error_description, &masked.text].into_iter().flatten() {
            assert!(kept.len() <= 3 * 2048, "ERR-1: bounded, each masked letter three bytes");
            assert!(secret.is_empty() || !kept.contains(&secret), "ERR-2: an echoed secret is masked");
        }
    }
}

/// Another reader of JSON finds the same text, unless a member is there twice.
fn agrees(body: &str, name: &str, value: &str) {
    // A byte order mark before it is passed over (RFC 8259 section 8.1).
    let body = body.strip_prefix('\u{feff}').unwrap_or(body);
    assert!(json::check(body).is_ok(), "JWS-5: what has members is JSON");
    if Object::parse(body).is_ok_and(|object| !object.has_duplicates())
        && let Ok(other) = serde_json::from_str::<serde_json::Value>(body)
    {
        let found = other.get(name).expect("ERR-1: it is there");
        assert!(found.is_number() || found.as_str() == Some(value), "ERR-1: {name}");
    }
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}
