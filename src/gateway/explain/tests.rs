#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::{
    gateway::Certificate,
    profile::Profile,
    wire::{App, IssuedAt},
};
use base64::engine::{
    GeneralPurpose,
    general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

const BODY: &str = "MIIBszCCAVmgAwIBAgIU\nAAECAwQFBgcICQ==\n";
const PATH: &str = "/accounts/12345678/balance";
/// Its base64 has characters of either alphabet.
const PAYLOAD: &str = r#"{"Reference":"???>>>","Amount":"1.10"}"#;

fn pem() -> String {
    format!("-----BEGIN CERTIFICATE-----\n{BODY}-----END CERTIFICATE-----\n")
}

fn signer_of(certificate: &[u8]) -> Signer {
    let app = App::new("app-1".into()).unwrap();
    Signer::new(app, Certificate::new(certificate.into()).unwrap(), &Profile::default()).unwrap()
}

fn signer() -> Signer {
    signer_of(pem().as_bytes())
}

fn header(path: &str) -> String {
    format!(r#"{{"alg":"HS256","typ":"JWT","app":"app-1","path":"{path}","iat":1767225600}}"#)
}

/// A token made as somebody else's code would make it.
fn token(engine: &GeneralPurpose, key: &[u8], header: &str, payload: &str) -> String {
    let input = format!("{}.{}", engine.encode(header), engine.encode(payload));
    let tag = Hs256::new(key).unwrap().tag(input.as_bytes());
    format!("{input}.{}", engine.encode(tag))
}

fn plain(key: &[u8], path: &str, payload: &str) -> String {
    token(&URL_SAFE_NO_PAD, key, &header(path), payload)
}

fn readings(signer: &Signer, token: &str) -> (bool, Vec<&'static str>) {
    let explanation = explain(signer, token, Some(PATH), Some(PAYLOAD)).unwrap();
    assert!(explanation.findings.iter().all(|finding| finding.advice.ends_with('.')));
    (explanation.verified, explanation.findings.iter().map(|finding| name(finding.reading)).collect())
}

/// The one reading that is found.
fn only(reading: &'static str) -> (bool, Vec<&'static str>) {
    (false, vec![reading])
}

/// A reading as it is told.
fn name(reading: Reading) -> &'static str {
    serde_json::to_value(reading).unwrap().as_str().unwrap().to_owned().leak()
}

#[test]
fn jws_10_a_right_token_is_verified_and_needs_no_advice() {
    let right = plain(pem().as_bytes(), PATH, PAYLOAD);
    assert_eq!(readings(&signer(), &right), (true, vec![]));
    assert_eq!(explain(&signer(), &right, None, None).unwrap(), Explanation { verified: true, findings: vec![] });
    let own = signer().sign(&format!("{PATH}?page=2"), PAYLOAD, IssuedAt::new(1_767_225_600).unwrap()).unwrap();
    assert_eq!(readings(&signer(), &own), (true, vec![]));
}

#[test]
fn jws_10_finds_line_ends_of_the_other_kind() {
    let crlf = pem().replace('\n', "\r\n");
    assert_eq!(readings(&signer(), &plain(crlf.as_bytes(), PATH, PAYLOAD)), only("certificate-crlf"));
    assert_eq!(readings(&signer_of(crlf.as_bytes()), &plain(pem().as_bytes(), PATH, PAYLOAD)), only("certificate-lf"));
}

#[test]
fn jws_10_finds_a_missing_or_extra_final_newline() {
    let bare = pem().trim_end().to_owned();
    let missing = plain(bare.as_bytes(), PATH, PAYLOAD);
    assert_eq!(readings(&signer(), &missing), only("certificate-no-final-newline"));
    let there = plain(pem().as_bytes(), PATH, PAYLOAD);
    assert_eq!(readings(&signer_of(bare.as_bytes()), &there), only("certificate-final-newline"));
    let doubled = signer_of(format!("{}\n", pem()).as_bytes());
    assert_eq!(readings(&doubled, &there), only("certificate-final-newline"));
    assert_eq!(readings(&doubled, &missing), only("certificate-no-final-newline"));
}

#[test]
fn jws_10_finds_the_pem_body_and_the_der_bytes() {
    let body = BODY.replace('\n', "");
    assert_eq!(readings(&signer(), &plain(body.as_bytes(), PATH, PAYLOAD)), only("certificate-pem-body"));
    let der = STANDARD.decode(&body).unwrap();
    assert_eq!(readings(&signer(), &plain(&der, PATH, PAYLOAD)), only("certificate-der"));
}

#[test]
fn jws_10_finds_a_payload_that_was_serialised_again() {
    let spaced = r#"{"Reference": "???>>>", "Amount": "1.10"}"#;
    let pretty = "{\n  \"Reference\": \"???>>>\",\n  \"Amount\": \"1.10\"\n}";
    for other in [spaced, pretty] {
        let signed_other = plain(pem().as_bytes(), PATH, other);
        assert_eq!(readings(&signer(), &signed_other), only("re-serialised-payload"), "{other}");
    }
    // The token carries the payload that was sent, but the signature is over the other form.
    let (spaced_token, sent_token) = (plain(pem().as_bytes(), PATH, spaced), plain(b"x", PATH, PAYLOAD));
    let signature = spaced_token.rsplit('.').next().unwrap();
    let mixed = format!("{}.{signature}", sent_token.rsplit_once('.').unwrap().0);
    assert_eq!(readings(&signer(), &mixed), only("re-serialised-payload"));
    let changed = plain(pem().as_bytes(), PATH, r#"{"Amount":"1.1"}"#);
    assert_eq!(readings(&signer(), &changed), only("other-payload"));
}

#[test]
fn jws_10_finds_another_path() {
    let others =
        ["/v1/accounts/12345678/balance", "accounts/12345678/balance", "/accounts/12345678/balance/", "/other"];
    for other in others {
        assert_eq!(readings(&signer(), &plain(pem().as_bytes(), other, PAYLOAD)), only("other-path"), "{other}");
    }
    let with_query = plain(pem().as_bytes(), &format!("{PATH}?page=2"), PAYLOAD);
    assert_eq!(readings(&signer(), &with_query), only("other-path"));
}

#[test]
fn jws_10_finds_standard_base64() {
    for engine in [STANDARD, STANDARD_NO_PAD] {
        let standard = token(&engine, pem().as_bytes(), &header(PATH), PAYLOAD);
        assert!(standard.contains(['+', '/', '=']), "{standard}");
        assert_eq!(readings(&signer(), &standard), only("standard-base64"));
    }
    // Signed over standard base64, then made URL-safe: the text is right and the signature is not.
    let standard = token(&STANDARD, pem().as_bytes(), &header(PATH), PAYLOAD);
    let url_safe = standard.replace('+', "-").replace('/', "_").replace('=', "");
    assert_eq!(readings(&signer(), &url_safe), only("standard-base64"));
}

#[test]
fn jws_10_finds_faults_that_came_together() {
    let crlf = pem().replace('\n', "\r\n");
    let (verified, found) = readings(&signer(), &plain(crlf.as_bytes(), "/other", PAYLOAD));
    assert_eq!((verified, found), (false, vec!["other-path", "certificate-crlf"]));
}

#[test]
fn jws_10_finds_a_refused_header() {
    for alg in [r#""alg":"HS512""#, r#""alg":"HS256","crit":[]"#, r#""alg":"HS256","b64":false"#] {
        let refused =
            token(&URL_SAFE_NO_PAD, pem().as_bytes(), &header(PATH).replace(r#""alg":"HS256""#, alg), PAYLOAD);
        assert_eq!(readings(&signer(), &refused), only("algorithm"), "{alg}");
    }
}

#[test]
fn jws_10_finds_an_app_that_is_no_text() {
    let token = token(&URL_SAFE_NO_PAD, pem().as_bytes(), &header(PATH).replace("\"app-1\"", "7"), PAYLOAD);
    assert_eq!(readings(&signer(), &token), only("other-app"));
}

#[test]
fn jws_10_says_when_no_reading_explains_a_token() {
    assert_eq!(readings(&signer(), &plain(b"another certificate", PATH, PAYLOAD)), only("unexplained"));
    for text in ["", "a.b", "e30.e30", "!.e30.AAA", "W10.\u{e9}.AAA", "/w.e30.AAA"] {
        assert_eq!(readings(&signer(), text), only("malformed"), "{text}");
    }
}

#[test]
fn jws_10_refuses_what_no_call_can_have() {
    let right = plain(pem().as_bytes(), PATH, PAYLOAD);
    assert!(matches!(explain(&signer(), &right, Some("https://host/v1/accounts"), None), Err(Error::Path(_))));
    assert!(matches!(explain(&signer(), &"a".repeat(MAX_EXPLAINED + 1), None, None), Err(Error::TooLarge(_))));
}

#[test]
fn jws_10_a_token_of_the_profiles_own_reading_is_no_departure() {
    let profile = Profile { certificate: CertificateReading::Der, ..Profile::default() };
    let pem = b"-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
    let signer = |profile: &Profile| {
        let certificate = super::super::Certificate::new(pem.to_vec()).unwrap();
        Signer::new(App::new("app".into()).unwrap(), certificate, profile).unwrap()
    };
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let token = signer(&profile).sign("/accounts", "{}", iat).unwrap();
    assert_eq!(explain(&signer(&profile), &token, None, None).unwrap().findings, []);
    let as_it_is = signer(&Profile::default()).sign("/accounts", "{}", iat).unwrap();
    let explanation = explain(&signer(&profile), &as_it_is, None, None).unwrap();
    assert_eq!(
        explanation.findings.iter().map(|finding| name(finding.reading)).collect::<Vec<_>>(),
        ["certificate-as-is"]
    );
}
