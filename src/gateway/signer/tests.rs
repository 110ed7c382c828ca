#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

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
}

#[test]
fn jws_8_one_byte_more_or_less_is_another_key() {
    let token = signer().sign("/accounts", "{}", iat()).unwrap();
    let trimmed = CERTIFICATE.strip_suffix(b"\n").unwrap();
    for other in [trimmed, &[CERTIFICATE, b"\n"].concat(), &[b" ", CERTIFICATE].concat()] {
        let refused = signer_with(other, &Profile::default()).verify(&token).unwrap_err();
        assert_eq!(refused, Error::JwsSignature);
    }
    let normalised = Profile { certificate: CertificateReading::FinalNewline, ..Profile::default() };
    assert!(signer_with(trimmed, &normalised).verify(&token).is_ok(), "unless the profile names a normalisation");
}

#[test]
fn jws_8_a_profile_that_the_certificate_cannot_fill_is_refused() {
    let profile = Profile { certificate: CertificateReading::Der, ..Profile::default() };
    let certificate = Certificate::new(b"no PEM".to_vec()).unwrap();
    let refused = Signer::new(App::new("app-1".into()).unwrap(), certificate, &profile);
    assert!(matches!(refused, Err(Error::Certificate(_))));
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
        assert_eq!(refusal(&signed(&header, "{}")), Error::JwsAlgorithm, "{alg}");
    }
    assert_eq!(refusal(&signed("{}", "{}")), Error::JwsAlgorithm);
    let none = signed(r#"{"alg":"none"}"#, "{}");
    let (unsigned, _) = none.rsplit_once('.').unwrap();
    assert_eq!(refusal(&format!("{unsigned}.")), Error::JwsAlgorithm);
}

#[test]
fn jws_9_crit_and_b64_false_are_refused() {
    for member in
        [r#""crit":["b64"]"#, r#""crit":[]"#, r#""crit":null"#, r#""b64":false"#, r#""b64":null"#, r#""b64":"true""#]
    {
        let header = format!(r#"{{"alg":"HS256",{member}}}"#);
        assert_eq!(refusal(&signed(&header, "{}")), Error::JwsHeader, "{member}");
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
        let expected: Error = Error::JwsSignature;
        assert_eq!(refusal(&with(signature)), expected, "{signature}");
    }
    assert!(matches!(refusal(&with(&format!("{signature}="))), Error::JwsMalformed(_)));
    assert!(matches!(refusal(&format!("{token}.{signature}")), Error::JwsMalformed(_)));
}

#[test]
fn jws_9_a_token_of_another_app_is_refused_even_under_the_same_certificate() {
    for (header, expected) in [
        (r#"{"alg":"HS256","app":"app-1"}"#, Ok(())),
        (r#"{"alg":"HS256","\u0061pp":"app\u002d1"}"#, Ok(())),
        (r#"{"alg":"HS256"}"#, Ok(())),
        (r#"{"alg":"HS256","app":"app-2"}"#, Err(Error::JwsApp)),
        (r#"{"alg":"HS256","app":"APP-1"}"#, Err(Error::JwsApp)),
        (r#"{"alg":"HS256","app":null}"#, Err(Error::JwsApp)),
        (r#"{"alg":"HS256","app":["app-1"]}"#, Err(Error::JwsApp)),
    ] {
        assert_eq!(signer().verify(&signed(header, "{}")).map(drop), expected, "{header}");
    }
}

#[test]
fn jws_2_what_is_kept_of_earlier_calls_changes_no_token() {
    let kept = signer();
    for round in 0..3 {
        for call in 0..40 {
            let (path, payload) = (format!("/accounts/{call}/balance?page={round}"), format!("{{\"n\":{call}}}"));
            let iat = IssuedAt::new(1_767_225_600 + round * 1000 + call).unwrap();
            let token = kept.sign(&path, &payload, iat).unwrap();
            assert_eq!(token, signer().sign(&path, &payload, iat).unwrap(), "{path}");
            assert!(kept.verify(&token).is_ok());
            assert_eq!(kept.sign(&format!("/v1{path}"), &payload, iat).unwrap_err().code(), crate::Code::PathInvalid);
        }
    }
}

proptest! {
    #[test]
    fn jws_1_any_call_signs_to_its_signing_input_and_tag(
        id in "[ -~£]{1,40}", path in "(/[a-z0-9]{1,9}){1,4}", text: String, seconds in 1_577_836_800_u64..4_102_444_800,
    ) {
        let (app, iat) = (App::new(id).unwrap(), IssuedAt::new(seconds).unwrap());
        let payload = serde_json::json!({ "text": text }).to_string();
        prop_assume!(Path::parse(&path).is_ok());
        let signer = Signer::new(app.clone(), Certificate::new(CERTIFICATE.into()).unwrap(), &Profile::default()).unwrap();
        let input = jws::signing_input(&app, &path, iat, &payload).unwrap();
        let tag = Hs256::new(CERTIFICATE).unwrap().tag(input.as_bytes());
        let expected = format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag));
        for _ in 0..2 {
            prop_assert_eq!(&signer.sign(&path, &payload, iat).unwrap(), &expected);
        }
    }
}
