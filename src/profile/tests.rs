#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;

const BOTH: [Environment; 2] = [Environment::Sandbox, Environment::Production];

#[test]
fn env_1_auth_bases_are_the_guides() {
    assert_eq!(BOTH.map(Environment::auth_base), ["https://auth-sandbox.tell.money/v1", "https://auth.tell.money/v1"]);
}

#[test]
fn env_2_a_code_lives_10_minutes_in_sandbox_and_60_seconds_in_production() {
    assert_eq!(BOTH.map(Environment::code_lifetime_ms), [600_000, 60_000]);
}

#[test]
fn env_5_environments_are_known_by_exact_names() {
    assert_eq!(BOTH.map(|environment| Environment::parse(environment.name())), BOTH.map(Ok));
    for name in ["", "Sandbox", "PRODUCTION", "production ", "live", "test"] {
        assert_eq!(Environment::parse(name), Err(Error::Environment), "{name:?}");
    }
}

#[test]
fn aut_3_a_scope_is_aisp_or_pisp() {
    assert_eq!(Scope::parse("aisp"), Ok(Scope::Aisp));
    assert_eq!(Scope::parse("pisp"), Ok(Scope::Pisp));
    assert_eq!([Scope::Aisp, Scope::Pisp].map(Scope::name), ["aisp", "pisp"]);
    for name in ["", "AISP", "aisp ", "aisp pisp", "cbpii"] {
        assert_eq!(Scope::parse(name), Err(Error::Scope), "{name:?}");
    }
}

#[test]
fn aut_4_production_sends_the_psu_to_its_own_host_alone() {
    assert_eq!(Environment::Production.auth_hosts(), ["auth.tell.money"]);
    assert_eq!(Environment::Sandbox.auth_hosts(), ["auth-sandbox.tell.money", "auth.tell.money"]);
}

#[test]
fn acc_3_the_gateways_published_resources_are_known() {
    let mut resources = ACCOUNT_RESOURCES.to_vec();
    resources.sort_unstable();
    let published =
        "balance beneficiaries direct-debits product scheduled-payments standing-orders transactions".split(' ');
    assert!(resources.into_iter().eq(published));
}

#[test]
fn jws_8_the_default_profile_is_the_pages_reading() {
    let expected = Profile {
        sign_query: false,
        empty_payload: EmptyPayload::Object,
        certificate: CertificateReading::AsIs,
        basic: BasicReading::AsIs,
        refresh_skew: RefreshSkew(60),
        reads_at_once: ReadsAtOnce(8),
        location_hosts: vec![],
        payment_path: PaymentPath("/payments".into()),
        payment_at_authorise: None,
        payment_watch_hours: PaymentWatch::default(),
        resources: Resources(vec![]),
        unattended: Unattended {
            limit: 4,
            hours: 24,
            endpoint: EndpointReading::Path,
            pages_count_once: true,
            sweep_reserve: 1,
            sweep_overlap_days: 7,
            full_history_minutes: 5,
            history_days: 90,
        },
        parameters: Parameters { page: MemberName("page".into()), from: MemberName("fromBookingDateTime".into()) },
    };
    assert_eq!(Profile::default(), expected);
}

fn profile(text: &str) -> Result<Profile, ()> {
    Profile::read(Some(text)).map_err(|_| ())
}

#[test]
fn jws_8_every_reading_of_the_profile_can_be_set() {
    let text = r#"{
        "signQuery": true,
        "emptyPayload": "empty",
        "certificate": "der",
        "basic": "form-encoded",
        "refreshSkewSeconds": 90,
        "readsAtOnce": 64,
        "locationHosts": ["bank.example", "bank.example:8443"],
        "paymentPath": "/domestic-payments",
        "paymentAtAuthorise": "payment-1",
        "paymentWatchHours": 720,
        "resources": ["statements", "parties.v2"],
        "unattendedLimit": 10,
        "unattendedHours": 168,
        "endpoint": "template",
        "pagesCountOnce": false,
        "sweepReserve": 0,
        "sweepOverlapDays": 90,
        "fullHistoryMinutes": 60,
        "historyDays": 730,
        "pageParameter": "cursor",
        "fromParameter": "from"
    }"#;
    let expected = Profile {
        sign_query: true,
        empty_payload: EmptyPayload::Empty,
        certificate: CertificateReading::Der,
        basic: BasicReading::FormEncoded,
        refresh_skew: RefreshSkew::try_from(90).unwrap(),
        reads_at_once: ReadsAtOnce(64),
        location_hosts: vec!["bank.example".into(), "bank.example:8443".into()],
        payment_path: PaymentPath::try_from(String::from("/domestic-payments")).unwrap(),
        payment_at_authorise: Some(MemberName("payment-1".into())),
        payment_watch_hours: PaymentWatch(720),
        resources: Resources(vec!["statements".into(), "parties.v2".into()]),
        unattended: Unattended {
            limit: 10,
            hours: 168,
            endpoint: EndpointReading::Template,
            pages_count_once: false,
            sweep_reserve: 0,
            sweep_overlap_days: 90,
            full_history_minutes: 60,
            history_days: 730,
        },
        parameters: Parameters { page: MemberName("cursor".into()), from: MemberName("from".into()) },
    };
    assert_eq!(profile(text), Ok(expected));
    assert_eq!(profile("{}"), Ok(Profile::default()));
    let defaults = r#"{"signQuery":false,"emptyPayload":"object","certificate":"as-is","basic":"as-is"}"#;
    assert_eq!(profile(defaults), Ok(Profile::default()));
    let names = ["as-is", "lf", "crlf", "no-final-newline", "final-newline", "pem-body", "der"];
    for (reading, name) in CertificateReading::ALL.into_iter().zip(names) {
        assert_eq!(profile(&format!(r#"{{"certificate":"{name}"}}"#)).unwrap().certificate, reading);
    }
}

#[test]
fn cfg_4_a_misspelt_reading_does_not_pass_for_the_default() {
    let wrong = r#"{"signquery":true}
        {"signQuery":"true"}
        {"emptyPayload":null}
        {"emptyPayload":"none"}
        {"certificate":"DER"}
        {"basic":true}
        {"refreshSkewSeconds":-1}
        {"refreshSkewSeconds":1801}
        {"refreshSkewSeconds":"60"}
        {"refreshSkewSeconds":0.5}
        {"readsAtOnce":0}
        {"readsAtOnce":65}
        {"readsAtOnce":264}
        {"locationHosts":"bank.example"}
        {"locationHosts":[1]}
        {"paymentPath":"payments"}
        {"paymentPath":"/v1/payments"}
        {"paymentAtAuthorise":""}
        {"paymentAtAuthorise":"a\"b"}
        {"paymentWatchHours":721}
        {"resources":"statements"}
        {"resources":["../payments"]}
        {"resources":[""]}
        {"resources":["a/b"]}
        {"resources":[".."]}
        {"unattendedLimit":0}
        {"unattendedLimit":1001}
        {"unattendedLimit":"4"}
        {"unattendedHours":0}
        {"unattendedHours":169}
        {"endpoint":"account"}
        {"pagesCountOnce":1}
        {"sweepReserve":-1}
        {"sweepReserve":1001}
        {"sweepOverlapDays":91}
        {"fullHistoryMinutes":1441}
        {"historyDays":0}
        {"historyDays":3661}
        {"pageParameter":""}
        {"fromParameter":"a&b"}
        {"unknown":1}
        {"signQuery":true,"signQuery":true}
        {"refreshSkewSeconds":4294967356}
        {"resources":["statements",null]}
        []
        null"#;
    for text in wrong.lines().map(str::trim).chain([""]) {
        assert_eq!(profile(text), Err(()), "{text}");
    }
}

#[test]
fn cfg_4_a_word_is_read_as_it_is_written() {
    for environment in [Environment::Sandbox, Environment::Production] {
        assert_eq!(serde_json::to_value(environment).unwrap(), environment.name());
        assert_eq!(Environment::try_from(environment.name().to_owned()), Ok(environment));
    }
    for scope in [Scope::Aisp, Scope::Pisp] {
        assert_eq!(serde_json::to_value(scope).unwrap(), scope.name());
        assert_eq!(Scope::try_from(scope.name().to_owned()), Ok(scope));
    }
    assert_eq!(Scope::try_from(String::from("AISP")), Err(Error::Scope));
}
