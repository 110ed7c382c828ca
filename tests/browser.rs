//! The core as wasm in a real browser: the same vectors, and the browser's own random numbers.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use serde_json::Value;
use tell_connect::{
    Error,
    gateway::{
        Certificate, Signer,
        answer::TokenAnswer,
        explain::{Reading, explain},
    },
    profile::{Environment, Profile, Scope},
    wire::{
        App, IssuedAt,
        jws::{Compact, signing_input},
        redirect,
        request::{Aspsp, RequestUuid, authorise_body},
    },
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CERTIFICATE: &[u8] = include_bytes!("vectors/certificate.pem");

fn calls() -> Vec<Value> {
    serde_json::from_str(include_str!("vectors/jws-calls.json")).unwrap()
}

fn text<'a>(vector: &'a Value, member: &str) -> &'a str {
    vector[member].as_str().unwrap()
}

fn signer(certificate: &[u8]) -> Signer {
    let app = App::new("app-1".into()).unwrap();
    Signer::new(app, Certificate::new(certificate.into()).unwrap(), &Profile::default()).unwrap()
}

fn random_uuid() -> RequestUuid {
    let mut bytes = [0; 16];
    web_sys::window().unwrap().crypto().unwrap().get_random_values_with_u8_array(&mut bytes).unwrap();
    RequestUuid::from_random(bytes)
}

#[wasm_bindgen_test]
fn jws_2_the_browser_signs_what_every_other_implementation_signs() {
    for call in calls() {
        let iat = IssuedAt::new(call["iat"].as_u64().unwrap()).unwrap();
        let token = signer(CERTIFICATE).sign(text(&call, "path"), text(&call, "payload"), iat).unwrap();
        assert_eq!(token, text(&call, "token"), "{}", call["name"]);
        let app = App::new(text(&call, "app").into()).unwrap();
        let unsigned = signing_input(&app, text(&call, "path"), iat, text(&call, "payload")).unwrap();
        assert_eq!(Compact::parse(&token).unwrap().signing_input, unsigned);
    }
}

#[wasm_bindgen_test]
fn jws_9_a_changed_token_is_refused() {
    for call in calls() {
        let token = text(&call, "token");
        assert!(signer(CERTIFICATE).verify(token).is_ok());
        let changed = token.replacen('e', "f", 1);
        assert!(signer(CERTIFICATE).verify(&changed).is_err());
        let refused = signer(b"another certificate").verify(token).unwrap_err();
        assert_eq!(refused, Error::JwsSignature);
    }
}

#[wasm_bindgen_test]
fn jws_10_a_refused_token_is_explained() {
    let crlf: Vec<u8> =
        CERTIFICATE.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
    let calls = calls();
    let explanation = explain(&signer(&crlf), text(&calls[0], "token"), None, None).unwrap();
    assert_eq!(explanation.findings[0].reading, Reading::CertificateLf);
}

#[wasm_bindgen_test]
fn aut_2_the_browsers_random_bytes_make_fresh_v4_uuids() {
    let (one, other) = (random_uuid(), random_uuid());
    assert_ne!(one, other);
    assert_eq!(RequestUuid::parse(one.as_str()), Ok(one));
}

#[wasm_bindgen_test]
fn aut_1_the_body_has_the_guides_members_in_its_order() {
    let guide: String = include_str!("vectors/guide/authorise-request.txt").split_whitespace().collect();
    let members: Value = serde_json::from_str(&guide).unwrap();
    let aspsp = Aspsp::parse(text(&members, "aspsp")).unwrap();
    let uuid = RequestUuid::parse(text(&members, "uuid")).unwrap();
    assert_eq!(authorise_body(Environment::Sandbox, &aspsp, &uuid, Scope::Aisp, true), guide);
}

#[wasm_bindgen_test]
fn red_1_the_guides_redirect_is_read() {
    let url = include_str!("vectors/guide/redirect-url.txt").trim_end();
    let redirect = redirect::parse(url).unwrap();
    assert_eq!(redirect.code.as_deref(), Some("7cfa670a-959c-43d0-bedd-28d744233151"));
    let twice = format!("{url}&uuid={}", redirect.uuid);
    assert!(matches!(redirect::parse(&twice), Err(Error::RedirectRepeated(_))));
}

#[wasm_bindgen_test]
fn tok_3_a_token_answer_is_read() {
    let answer = TokenAnswer::read(200, r#"{"access_token":"a","expires_in":"7200","token_type":"bearer"}"#).unwrap();
    assert_eq!((answer.access_token.expose(), answer.expires_in), ("a", 3600));
}
