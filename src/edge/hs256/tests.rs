#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";

fn signer_with(certificate: &[u8], profile: &Profile) -> Signer {
    let app = App::new("app-1".into()).unwrap();
    Signer::new(app, Certificate::new(certificate.into()).unwrap(), profile).unwrap()
}

fn signer() -> Signer {
    signer_with(CERTIFICATE, &Profile::default())
}

fn iat() -> IssuedAt {
    IssuedAt::new(1_767_225_600).unwrap()
}

/// A token that is rightly signed, whatever its header says.
fn signed(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let tag = Hs256::new(CERTIFICATE).unwrap().tag(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn refusal(token: &str) -> Error {
    signer().verify(token).unwrap_err()
}

#[test]
fn jws_1_a_call_signs_and_verifies() {
    let token = signer().sign("/accounts", r#"{"a": 1.10}"#, iat()).unwrap();
    let jws = signer().verify(&token).unwrap().clone();
    assert_eq!(jws.header, r#"{"alg":"HS256","typ":"JWT","app":"app-1","path":"/accounts","iat":1767225600}"#);
    assert_eq!((jws.payload.as_str(), jws.signature.len()), (r#"{"a": 1.10}"#, 32));
}

#[test]
fn jws_3_the_query_is_signed_by_profile_alone() {
    let with_query = Profile { sign_query: true, ..Profile::default() };
    for (profile, path) in [(Profile::default(), "/accounts"), (with_query, "/accounts?page=2")] {
        let signer = signer_with(CERTIFICATE, &profile);
        let token = signer.sign("/accounts?page=2", "{}", iat()).unwrap();
        let header = signer.verify(&token).unwrap().header;
        assert!(header.contains(&format!(r#""path":"{path}","#)), "{header}");
    }
}

#[test]
fn jws_5_what_cannot_be_sent_is_not_signed() {
    let sign = |path, payload| signer().sign(path, payload, iat()).unwrap_err();
    assert!(matches!(sign("/v1/accounts", "{}"), Error::Path(_)));
    assert_eq!(sign("/accounts", "a=b"), Error::Json);
    assert_eq!(sign("/accounts", ""), Error::Json);
    assert_eq!(sign("/accounts", &"[".repeat(65)), Error::JsonDepth);
}

#[test]
fn jws_8_one_byte_more_or_less_is_another_key() {
    let token = signer().sign("/accounts", "{}", iat()).unwrap();
    let trimmed = CERTIFICATE.strip_suffix(b"\n").unwrap();
    for other in [trimmed, &[CERTIFICATE, b"\n"].concat(), &[b" ", CERTIFICATE].concat()] {
        let refused = signer_with(other, &Profile::default()).verify(&token).unwrap_err();
        assert_eq!(refused, EdgeError::JwsSignature.into());
    }
    let normalised = Profile { certificate: CertificateReading::FinalNewline, ..Profile::default() };
    assert!(signer_with(trimmed, &normalised).verify(&token).is_ok(), "unless the profile names a normalisation");
}

#[test]
fn jws_8_a_profile_that_the_certificate_cannot_fill_is_refused() {
    let profile = Profile { certificate: CertificateReading::Der, ..Profile::default() };
    let certificate = Certificate::new(b"no PEM".to_vec()).unwrap();
    let refused = Signer::new(App::new("app-1".into()).unwrap(), certificate, &profile);
    assert!(matches!(refused, Err(EdgeError::Certificate(_))));
}

#[test]
fn jws_9_hs256_alone_is_taken() {
    assert!(signer().verify(&signed(r#"{"alg":"HS256"}"#, "{}")).is_ok());
    for alg in [
        "\"none\"",
        "\"None\"",
        "\"hs256\"",
        "\"HS384\"",
        "\"HS512\"",
        "\"RS256\"",
        "\"\"",
        "null",
        "256",
        "[\"HS256\"]",
    ] {
        let header = format!("{{\"alg\":{alg}}}");
        assert_eq!(refusal(&signed(&header, "{}")), EdgeError::JwsAlgorithm.into(), "{alg}");
    }
    assert_eq!(refusal(&signed("{}", "{}")), EdgeError::JwsAlgorithm.into());
    let none = signed(r#"{"alg":"none"}"#, "{}");
    let (unsigned, _) = none.rsplit_once('.').unwrap();
    assert_eq!(refusal(&format!("{unsigned}.")), EdgeError::JwsAlgorithm.into());
}

#[test]
fn jws_9_crit_and_b64_false_are_refused() {
    for member in
        [r#""crit":["b64"]"#, r#""crit":[]"#, r#""crit":null"#, r#""b64":false"#, r#""b64":null"#, r#""b64":"true""#]
    {
        let header = format!(r#"{{"alg":"HS256",{member}}}"#);
        assert_eq!(refusal(&signed(&header, "{}")), EdgeError::JwsHeader.into(), "{member}");
    }
    assert!(signer().verify(&signed(r#"{"alg":"HS256","b64":true}"#, "{}")).is_ok(), "true is what it always is");
}

#[test]
fn jws_9_duplicate_header_members_are_refused_even_when_signed() {
    for header in [
        r#"{"alg":"HS256","alg":"HS256"}"#,
        r#"{"alg":"HS256","iat":1,"iat":2}"#,
        r#"{"alg":"HS256","\u0061lg":"none"}"#,
    ] {
        assert!(matches!(refusal(&signed(header, "{}")), Error::JwsMalformed(_)), "{header}");
    }
}

#[test]
fn jws_9_a_signature_that_is_cut_longer_or_empty_is_refused() {
    let token = signer().sign("/accounts", "{}", iat()).unwrap();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let with = |signature: &str| format!("{input}.{signature}");
    let cut: String = signature.chars().take(40).collect();
    for signature in ["", "AA", &cut, &format!("{cut}{signature}")] {
        let expected: Error = EdgeError::JwsSignature.into();
        assert_eq!(refusal(&with(signature)), expected, "{signature}");
    }
    assert!(matches!(refusal(&with(&format!("{signature}="))), Error::JwsMalformed(_)));
    assert!(matches!(refusal(&format!("{token}.{signature}")), Error::JwsMalformed(_)));
}
