//! What holds of every signature: it verifies, and nothing else does (`JWS-1` … `JWS-10`).
#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use proptest::prelude::*;
use tell_connect::{
    gateway::{
        Certificate, Signer,
        explain::{Reading, explain},
        signer::Hs256,
    },
    profile::{CertificateReading, Profile},
    wire::{App, IssuedAt, jws::Compact},
};

fn signer(app: &str, certificate: &[u8]) -> Signer {
    Signer::new(App::new(app.into()).unwrap(), Certificate::new(certificate.to_vec()).unwrap(), &Profile::default())
        .unwrap()
}

fn iat(seconds: u64) -> IssuedAt {
    IssuedAt::new(seconds).unwrap()
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("1.10".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" , "))),
            prop::collection::vec((any::<String>(), inner), 0..4).prop_map(|members| {
                let member =
                    |(name, value): (String, String)| format!("{}:\n{value}", serde_json::to_string(&name).unwrap());
                format!("{{ {}}}", members.into_iter().map(member).collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

fn any_path() -> impl Strategy<Value = String> {
    "(/[a-zA-Z0-9_~!$&'()*+,;=:@-]{1,8}){1,4}".prop_filter("a version", |path| {
        let first = path.split('/').nth(1).unwrap_or_default();
        !(first.len() > 1 && first.starts_with(['v', 'V']) && first.chars().skip(1).all(|c| c.is_ascii_digit()))
    })
}

/// Headers that are right, and those that are refused for what they say or how.
const HEADERS: &str = r#"{"alg":"HS256"}
    {"alg":"HS256","b64":true}
    {"alg":"HS256","b64":false}
    {"alg":"HS256","crit":[]}
    {"alg":"HS256","alg":"HS256"}
    {"alg":"none"}
    []
    {"#;

/// A certificate's text with either line end, with or without the last one.
fn pem(body: &[u8], end: &str, newline: bool) -> String {
    let base64: Vec<char> = STANDARD.encode(body).chars().collect();
    let lines = base64.chunks(64).map(|line| line.iter().collect::<String>());
    let armoured =
        ["-----BEGIN CERTIFICATE-----".into()].into_iter().chain(lines).chain(["-----END CERTIFICATE-----".into()]);
    let text = armoured.collect::<Vec<String>>().join(end);
    if newline { text + end } else { text }
}

proptest! {
    #[test]
    fn jws_5_any_json_payload_signs_and_verifies_byte_for_byte(
        payload in any_json(),
        path in any_path(),
        certificate in prop::collection::vec(any::<u8>(), 1..200),
        app in "[^\\p{Cc}]{1,60}",
        seconds in 1_577_836_800_u64..=4_102_444_800,
    ) {
        let signer = signer(&app, &certificate);
        let token = signer.sign(&path, &payload, iat(seconds)).unwrap();
        let jws = signer.verify(&token).unwrap();
        prop_assert_eq!(&jws.payload, &payload);
        let header: serde_json::Value = serde_json::from_str(&jws.header).unwrap();
        let expected = serde_json::json!({ "alg": "HS256", "typ": "JWT", "app": app, "path": path, "iat": seconds });
        prop_assert_eq!(header, expected);
        let explanation = explain(&signer, &token, Some(&path), Some(&payload)).unwrap();
        prop_assert!(explanation.verified);
    }

    #[test]
    fn jws_9_any_one_changed_character_is_refused(payload in any_json(), at: prop::sample::Index, with: char) {
        let signer = signer("app-1", b"certificate");
        let mut token: Vec<char> = signer.sign("/accounts", &payload, iat(1_767_225_600)).unwrap().chars().collect();
        let changed = at.get_mut(&mut token);
        prop_assume!(*changed != with);
        *changed = with;
        prop_assert!(signer.verify(&token.into_iter().collect::<String>()).is_err());
    }

    #[test]
    fn jws_9_any_one_changed_digit_is_refused(at: prop::sample::Index, digit in "[A-Za-z0-9_-]") {
        let signer = signer("app-1", b"certificate");
        let token = signer.sign("/accounts", r#"{"Amount":"1.10"}"#, iat(1_767_225_600)).unwrap();
        let at = at.index(token.len());
        let mut changed = token.clone();
        changed.replace_range(at..=at, &digit);
        prop_assume!(changed != token);
        prop_assert!(signer.verify(&changed).is_err());
    }

    #[test]
    fn jws_9_a_character_more_or_less_is_refused(at: prop::sample::Index, with: char) {
        let signer = signer("app-1", b"certificate");
        let token = signer.sign("/accounts", "{}", iat(1_767_225_600)).unwrap();
        let at = at.index(token.len());
        let (mut more, mut less) = (token.clone(), token.clone());
        more.insert(at, with);
        less.remove(at);
        prop_assert!(signer.verify(&more).is_err());
        prop_assert!(signer.verify(&less).is_err());
    }

    #[test]
    fn jws_8_another_certificate_is_refused(
        certificate in prop::collection::vec(any::<u8>(), 1..80),
        other in prop::collection::vec(any::<u8>(), 1..80),
    ) {
        // HMAC itself fills a key of up to 64 bytes with zeros (RFC 2104).
        let filled = |key: &[u8]| {
            let used = key.len() - key.iter().rev().take_while(|byte| **byte == 0).count();
            key.iter().take(used).copied().collect::<Vec<u8>>()
        };
        prop_assume!(filled(&certificate) != filled(&other));
        let token = signer("app-1", &certificate).sign("/accounts", "{}", iat(1_767_225_600)).unwrap();
        prop_assert!(signer("app-1", &other).verify(&token).is_err());
    }

    #[test]
    fn jws_10_every_planted_reading_of_the_certificate_is_found(
        body in prop::collection::vec(any::<u8>(), 1..120),
        crlf: bool,
        newline: bool,
        planted in prop::sample::select(CertificateReading::ALL.to_vec()),
    ) {
        let configured = pem(&body, if crlf { "\r\n" } else { "\n" }, newline);
        let key = Certificate::new(configured.clone().into_bytes()).unwrap().key(planted).unwrap();
        let same = key.as_slice() == configured.as_bytes();
        let signer_of_key = signer("app-1", &key);
        let token = signer_of_key.sign("/accounts", "{}", iat(1_767_225_600)).unwrap();
        let signer = signer("app-1", configured.as_bytes());
        let explanation = explain(&signer, &token, Some("/accounts"), Some("{}")).unwrap();
        prop_assert_eq!(explanation.verified, same);
        let of_certificate = match planted {
            CertificateReading::AsIs => Reading::CertificateAsIs,
            CertificateReading::Lf => Reading::CertificateLf,
            CertificateReading::CrLf => Reading::CertificateCrlf,
            CertificateReading::NoFinalNewline => Reading::CertificateNoFinalNewline,
            CertificateReading::FinalNewline => Reading::CertificateFinalNewline,
            CertificateReading::PemBody => Reading::CertificatePemBody,
            CertificateReading::Der => Reading::CertificateDer,
        };
        let found: Vec<Reading> = explanation.findings.iter().map(|finding| finding.reading).collect();
        prop_assert_eq!(found, if same { vec![] } else { vec![of_certificate] });
    }

    #[test]
    fn jws_10_whatever_verify_refuses_is_not_said_to_verify(
        header in prop::sample::select(HEADERS.lines().map(str::trim).collect::<Vec<_>>()),
        around in prop::sample::select(vec!["", " ", "\n", "=", ".", "a"]),
        before: bool,
    ) {
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode("{}"));
        let tag = Hs256::new(b"certificate").unwrap().tag(input.as_bytes());
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag));
        let token = if before { format!("{around}{token}") } else { format!("{token}{around}") };
        let signer = signer("app-1", b"certificate");
        let explanation = explain(&signer, &token, None, None).unwrap();
        prop_assert_eq!(explanation.verified, signer.verify(&token).is_ok(), "{} {:?}", token, explanation);
    }

    #[test]
    fn jws_9_what_is_taken_apart_goes_together_again(
        token in "[A-Za-z0-9_=.-]{0,40}|e30\\.[A-Za-z0-9_-]{0,20}\\.[A-Za-z0-9_-]{0,20}",
    ) {
        if let Ok(jws) = Compact::parse(&token) {
            let parts = [jws.header.as_bytes(), jws.payload.as_bytes(), &jws.signature];
            prop_assert_eq!(parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join("."), token);
        }
    }
}
