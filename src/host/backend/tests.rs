#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::{host::session::Session, profile::Environment};
use zeroize::Zeroizing;

const NOW: u64 = 1_800_000_000_000;

fn keys() -> SessionKeys {
    SessionKeys::of(&vec![Zeroizing::new(vec![7; 32])], Environment::Sandbox, 30)
}

fn begun(call: &str) -> Beginning {
    begin(&keys(), PaymentDoor::Backend, "main", serde_json::from_str(call).unwrap(), [9; 16])
}

fn code(call: &str) -> Code {
    match begun(call) {
        Beginning::Problem { problem } => problem.code,
        other @ Beginning::Start { .. } => panic!("{other:?}"),
    }
}

const PAYMENT: &str = r#"{"PaymentType":"x","BeneficiaryName":"A","SchemeName":"SortCodeAccountNumber","BeneficiaryIdentification":"20000012345678","Amount":"1.00","Currency":"GBP","Reference":"r"}"#;

#[test]
fn red_3_the_redirect_of_a_backends_authorisation_finds_its_consent() {
    let Beginning::Start { of, wish, .. } = begun(r#"{"scope":"aisp","customer":"c-7"}"#) else { panic!() };
    let url = format!("https://tpp.example/cb?intent-id=i&uuid={}&authorisation_code=c", wish.uuid);
    let found = returned(&keys(), &url).unwrap();
    assert_eq!(found.iter().map(|named| &named.of).collect::<Vec<_>>(), [&of]);
    assert_eq!(open(&keys(), &found[0].consent).unwrap().of, of);
    assert_eq!(open(&keys(), "made up"), Err(Code::ConsentNotFound));
    assert!(returned(&keys(), "https://tpp.example/cb?uuid=x").is_err());
}

#[test]
fn pay_5_an_order_is_to_be_asked_before_anybody_is_sent_to_the_bank() {
    let call = serde_json::json!({ "scope": "pisp", "payment": PAYMENT, "order": "o-1" }).to_string();
    let Beginning::Start { check: Some(check), wish, .. } = begun(&call) else { panic!() };
    assert_eq!(check.order, OrderKey::parse("o-1").unwrap().name());
    assert!(check.digest.is_some());
    assert_eq!((wish.payment.as_deref(), wish.order.as_deref()), (Some(PAYMENT), Some("o-1")), "byte for byte");
}

#[test]
fn err_2_what_is_wrong_with_a_call_is_a_value_with_a_code() {
    for (call, expected) in [
        ("{}", Code::ScopeInvalid),
        (r#"{"scope":"aisp","payment":"{}"}"#, Code::InvalidArgument),
        (r#"{"scope":"pisp","payment":"{}"}"#, Code::PaymentInvalid),
        (r#"{"scope":"pisp","payment":7}"#, Code::InvalidArgument),
        (r#"{"scope":"pisp","order":" "}"#, Code::OrderInvalid),
        (r#"{"scope":"aisp","customer":""}"#, Code::InvalidArgument),
    ] {
        assert_eq!(code(call), expected, "{call}");
    }
    let call = serde_json::from_str(r#"{"scope":"pisp"}"#).unwrap();
    let closed = begin(&keys(), PaymentDoor::Closed, "main", call, [9; 16]);
    assert!(matches!(closed, Beginning::Problem { problem } if problem.code == Code::PaymentsOff));
    assert_eq!(refusal(PaymentDoor::Closed), Some(Code::PaymentsOff));
    assert_eq!([PaymentDoor::Both, PaymentDoor::Backend].map(refusal), [None; 2]);
}

#[test]
fn ses_1_a_host_learns_of_a_browsers_consent_once_that_browser_came_back() {
    let keys = keys();
    let mut session = Session::default();
    session.ask([3; 32], "c0fd407d-134b-4091-8e04-ab49a98db217", NOW);
    let of = |session: &Session| {
        let cookies = Cookies { aisp: keys.seal(Scope::Aisp, session, NOW), pisp: None };
        held(&keys, &cookies, Scope::Aisp, NOW)
    };
    assert_eq!(of(&session), None);
    session.returned(&[3; 32]);
    let named = of(&session).unwrap();
    session.connected(&[3; 32]);
    assert_eq!(of(&session), Some(named.clone()));
    assert_eq!(open(&keys, &named.consent).unwrap(), named);
    assert_eq!(held(&keys, &Cookies::default(), Scope::Aisp, NOW), None);
}

#[test]
fn con_1_an_application_is_the_same_named_or_not() {
    let application = |call: &str| {
        let Beginning::Start { wish, .. } = begun(call) else { panic!() };
        wish.application
    };
    assert_eq!(application(r#"{"scope":"aisp"}"#), application(r#"{"scope":"aisp","application":"main"}"#));
    assert_eq!(application(r#"{"scope":"aisp","application":"other"}"#), "other");
}

#[test]
fn con_1_a_consent_renews_one_that_is_connected() {
    let renews = |former: &[&str]| super::renews(former.iter().map(|state| String::from(*state)).collect());
    assert_eq!(renews(&[]), Ok(false));
    assert_eq!(renews(&["requested", "declined", "revoked"]), Ok(false), "an attempt that came to nothing is none");
    assert_eq!(renews(&["declined", "active"]), Ok(true));
    assert_eq!(renews(&["bananas"]), Err(Error::Option("state")));
}

#[test]
fn err_2_each_customer_has_an_object_of_their_own() {
    assert_ne!(customer_name("a".into()), customer_name("b".into()));
    assert_eq!(customer_name("x".repeat(257)), Err(Error::Option("customer")));
    assert_eq!(customer_name(String::new()), Err(Error::Option("customer")));
}
