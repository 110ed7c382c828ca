//! The profile's JSON text.

use super::{super::profile, *};

#[test]
fn jws_8_every_reading_of_the_profile_can_be_set() {
    let text = r#"{
        "signQuery": true,
        "emptyPayload": "empty",
        "certificate": "der",
        "basic": "form-encoded",
        "refreshSkewSeconds": 90,
        "locationHosts": ["bank.example", "bank.example:8443"],
        "paymentPath": "/domestic-payments"
    }"#;
    let expected = Profile {
        sign_query: true,
        empty_payload: EmptyPayload::Empty,
        certificate: CertificateReading::Der,
        basic: BasicReading::FormEncoded,
        refresh_skew: RefreshSkew(90),
        location_hosts: vec!["bank.example".into(), "bank.example:8443".into()],
        payment_path: PaymentPath("/domestic-payments".into()),
    };
    assert_eq!(profile(text), Ok(expected));
    assert_eq!(profile("{}"), Ok(Profile::default()));
    let defaults = r#"{"signQuery":false,"emptyPayload":"object","certificate":"as-is","basic":"as-is"}"#;
    assert_eq!(profile(defaults), Ok(Profile::default()));
    for (reading, name) in CertificateReading::ALL {
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
        {"locationHosts":"bank.example"}
        {"locationHosts":[1]}
        {"paymentPath":"payments"}
        {"paymentPath":"/v1/payments"}
        {"unknown":1}
        []
        null"#;
    for text in wrong.lines().map(str::trim).chain([""]) {
        assert_eq!(profile(text), Err(EdgeError::Profile), "{text}");
    }
    let faults = faults_of(Settings::read(|name| right().get(name).cloned(), Some("{\"x\":1}".into())));
    assert_eq!(names(&faults), ["profile"]);
}
