//! Any input to any parser gives a value or an error; none panics.
#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use proptest::prelude::*;
use tell_connect::{
    Refusal,
    consent::{
        Record,
        retry::{LONGEST_WAIT_MS, retry_after_ms},
    },
    gateway::{
        Certificate, Method, Secret, Signer, UserIp,
        answer::{AuthoriseAnswer, TokenAnswer},
        base_url::BaseUrl,
        explain,
    },
    host::{ClientOptions, Settings},
    profile::{Environment, Profile, Scope},
    wire::{
        App, IssuedAt, Path,
        json::{self, Object},
        jws::Compact,
        redirect,
        request::{Aspsp, RequestUuid},
    },
};

/// Any text, and texts made of the pieces that the formats are made of, which random text hardly ever is.
fn input() -> impl Strategy<Value = String> {
    let pieces = "{ } [ ] : , \" \\ \\u d800 dc00 % + & = ? # . .. / // - -- @ e30 AA == null true 1 -1 1e999 0x \
                  99999999999999999999 access_token refresh_token expires_in scope token_type intent-id location uuid \
                  authorisation_code error error_description v phase active requested ended_at permissions alg HS256 \
                  crit b64 https:// http:// localhost [::1] :443 ::ffff: 127.0.0.1 v1 GMT Sun, Nov 1994 08:49:37 \
                  -----BEGIN -----END é 😀 \u{0} \u{feff}";
    let piece = prop::sample::select(pieces.split_whitespace().chain([" ", "\r\n", "\t"]).collect::<Vec<_>>());
    prop_oneof![
        any::<String>(),
        prop::collection::vec(piece.clone(), 0..14).prop_map(|pieces| pieces.concat()),
        prop::collection::vec((piece.clone(), piece), 0..6).prop_map(|members| {
            let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
            format!("{{{}}}", members.join(","))
        }),
    ]
}

fn signer() -> Signer {
    let certificate = Certificate::new(b"-----BEGIN X-----\nAAEC\n-----END X-----\n".to_vec()).unwrap();
    Signer::new(App::new("app-1".into()).unwrap(), certificate, &Profile::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn jws_5_json_is_read_or_refused(text in input()) {
        let is_json = json::check(&text).is_ok();
        for (name, value) in Object::parse(&text).iter().flat_map(Object::members) {
            let _ = (name, value.as_str(), value.as_u64());
            prop_assert!(is_json);
        }

    }

    #[test]
    fn jws_3_a_path_is_read_or_refused(text in input()) {
        for text in [text.clone(), format!("/{text}")] {
            if let Ok(path) = Path::parse(&text) {
                prop_assert_eq!(path.with_query(), &text, "nothing is lost of it");
                prop_assert!(path.path().starts_with('/') && !path.path().contains(['?', '#', '\\', ' ']));
            }
        }
    }

    #[test]
    fn red_2a_a_redirect_is_read_or_refused(text in input()) {
        for text in [text.clone(), format!("https://tpp.example/callback?{text}")] {
            if let Ok(redirect) = redirect::parse(&text) {
                let values = [Some(redirect.intent_id), Some(redirect.uuid), redirect.code];
                for value in values.iter().flatten() {
                    prop_assert!(!value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic()));
                }
            }
        }
    }

    #[test]
    fn jws_9_a_token_is_read_or_refused_and_explained(
        parts in prop::collection::vec(prop_oneof![input(), "[A-Za-z0-9_-]{0,12}"], 1..5),
        path in prop::option::of(input()),
        payload in prop::option::of(input()),
    ) {
        let token = parts.join(".");
        let _ = Compact::parse(&token);
        prop_assert!(signer().verify(&token).is_err());
        if let Ok(explanation) = explain(&signer(), &token, path.as_deref(), payload.as_deref()) {
            prop_assert!(!explanation.verified && !explanation.findings.is_empty());
        }
    }

    #[test]
    fn err_1_an_answer_is_read_or_refused(status in 0_u16..1000, text in input()) {
        let success = (200..300).contains(&status);
        prop_assert!(AuthoriseAnswer::read(status, &text).is_err() || success);
        if let Ok(answer) = TokenAnswer::read(status, &text) {
            prop_assert!(success && answer.expires_in <= 3600 && !answer.access_token.expose().is_empty());
        }
        let _ = TokenAnswer::salvage(&text);
        let refusal = Refusal::read(status, &text).without(&[text.as_str(), "a", ""]);
        for kept in [refusal.error, refusal.error_description, refusal.text].iter().flatten() {
            prop_assert!(kept.len() <= 3 * 2048, "bounded, each masked letter three bytes");
        }
    }

    #[test]
    fn tok_5_a_snapshot_is_read_or_refused(text in input()) {
        if let Ok(record) = Record::read(&text) {
            prop_assert_eq!(Record::read(record.write().expose()), Ok(record));
        }
    }

    #[test]
    fn cfg_4_settings_are_read_or_refused(
        values in prop::collection::vec(prop::option::of(input()), 16),
        profile in prop::option::of(input()),
    ) {
        let names = [
            "TELL_ENVIRONMENT", "TELL_CLIENT_ID", "TELL_CLIENT_SECRET", "TELL_APP", "TELL_CERTIFICATE", "TELL_ASPSP",
            "TELL_RESOURCE_BASE_URL", "TELL_AUTH_BASE_URL", "TELL_REDIRECT_URL", "TELL_VAULT_KEY", "TELL_APPLICATIONS",
        ];
        let get = |name: &str| {
            let at = names.iter().position(|known| *known == name)?;
            values.get(at).cloned().flatten()
        };
        let read = || Profile::read(profile.as_deref());
        prop_assert!(Settings::read(get, read()).is_err(), "no such setting is right by chance");
        let value = |at: usize| values.get(at).cloned().flatten();
        let options = ClientOptions {
            environment: value(0), client_id: value(1), client_secret: value(2), app: value(3), aspsp: value(5),
            resource_base_url: value(6), auth_base_url: value(7),
        };
        prop_assert!(options.client(value(4).map(String::into_bytes), read()).is_err());
    }

    #[test]
    fn cfg_3_a_name_an_address_or_a_url_is_read_or_refused(text in input()) {
        prop_assert!(RequestUuid::parse(&text).is_err() && Aspsp::parse(&text).is_err());
        let _ = (App::new(text.clone()), Secret::token(text.clone()), Method::parse(&text), Scope::parse(&text));
        for environment in [Environment::Sandbox, Environment::Production] {
            let _ = UserIp::of_visitor(environment, &text, Some(&text));
            if let Ok(base) = BaseUrl::parse(&text, Some(environment)) {
                prop_assert!(base.join("").starts_with("https://") || environment == Environment::Sandbox);
            }
        }
        if let Ok(address) = UserIp::parse(&text) {
            prop_assert_eq!(address.as_str(), text);
        }
    }

    #[test]
    fn err_3_a_retry_after_is_read_or_ignored(text in prop_oneof![input(), http_date()], now: u64) {
        prop_assert!(retry_after_ms(&text, now).is_none_or(|wait| wait <= LONGEST_WAIT_MS));
    }

    #[test]
    fn jws_4_a_time_is_taken_or_refused(seconds: u64) {
        prop_assert!(IssuedAt::new(seconds).map_or(true, |iat| iat.seconds() == seconds));
    }
}

/// Dates in the form of RFC 9110, most of them of no calendar.
fn http_date() -> impl Strategy<Value = String> {
    let month = prop::sample::select("Jan Feb Mar Dec Foo".split(' ').collect::<Vec<_>>());
    (0_u64..40, month, 0_u64..12_000, 0_u64..26, 0_u64..62, 0_u64..62).prop_map(
        |(day, month, year, hour, minute, second)| {
            format!("Sun, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
        },
    )
}
