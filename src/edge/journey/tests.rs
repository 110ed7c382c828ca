#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::{
    edge::{
        settings::{self, Raw},
        tpp::Method,
        user_ip::UserIp,
    },
    profile::Scope,
    redirect,
    request::RequestUuid,
};
use serde_json::{Value, json};

const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";
const AT: &str = "2026-01-01T00:00:00.000Z";

/// Every secret of these tests holds this word.
const PLANTED: &str = "PLANTED";

fn tpp() -> Tpp {
    settings::tpp(Raw {
        environment: Some("sandbox".into()),
        client_id: Some("client-PLANTED".into()),
        client_secret: Some("secret-PLANTED".into()),
        app: Some("app-1".into()),
        certificate: Some(b"certificate-PLANTED".to_vec()),
        aspsp: Some("8ddb14f1-fecd-41fe-90b7-f8fbda9494ac".into()),
        resource_base_url: Some("https://bank.example/v1".into()),
        ..Raw::default()
    })
    .unwrap()
}

fn secret(name: &str) -> Secret {
    Secret::new(format!("{name}-{PLANTED}"))
}

fn calls() -> [Call; 5] {
    let resource = |method, path: &str, body: Option<&str>| {
        let user_ip = UserIp::parse("1.1.1.1").unwrap();
        let call = ResourceCall::new(method, path.into(), Some(user_ip), body.map(str::to_owned)).unwrap();
        Call::Resource(call, secret("access"))
    };
    [
        Call::Authorise { uuid: RequestUuid::parse(UUID).unwrap(), scope: Scope::Aisp, sandbox_sca: true },
        Call::Exchange { code: secret("code") },
        Call::Refresh { refresh_token: secret("refresh") },
        resource(Method::Get, "/accounts?page=1", None),
        resource(Method::Post, "/payments", Some(r#"{"BeneficiaryName":"PLANTED"}"#)),
    ]
}

fn steps(journey: &Journey) -> Vec<Value> {
    let mut shown: Value = serde_json::from_str(&journey.json()).unwrap();
    serde_json::from_value(shown["steps"].take()).unwrap()
}

#[test]
fn err_2_no_secret_is_in_any_step_of_the_journey() {
    let tpp = tpp();
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let bodies = [
        r#"{"intent-id":"intent-1","location":"https://auth.tell.money/v1/authorise/intent-1"}"#,
        r#"{"access_token":"access-PLANTED","refresh_token":"refresh-PLANTED","expires_in":3600,"scope":"a,b"}"#,
        r#"{"access_token":"access-PLANTED","id_token":"PLANTED","token_type":"PLANTED"}"#,
        r#"{"balance":"PLANTED"}"#,
        r#"{"error":"invalid_grant","error_description":"code-PLANTED is unknown"}"#,
        r#"{"error":"PLANTED"}"#,
        "PLANTED",
        "",
    ];
    let (mut journey, mut id) = (Journey::default(), 0);
    let query = format!("?intent-id=i&uuid={UUID}&authorisation_code=code-{PLANTED}");
    journey.redirected("https://tpp.example/callback?own=1", &redirect::parse(&query).unwrap(), AT);
    for call in calls() {
        for (status, body) in bodies.iter().flat_map(|body| [(200, *body), (400, *body), (502, *body)]) {
            id += 1;
            journey.sent(id, &tpp, &call, AT, iat);
            assert!(!format!("{journey:?}{}", journey.json()).contains(PLANTED));
            journey.answered(id, Some((status, body)));
            assert!(!format!("{journey:?}{}", journey.json()).contains(PLANTED), "{call:?} {status} {body}");
        }
    }
    let shown = journey.json();
    let basic = tpp.request(&calls()[0], iat).unwrap().headers[1].1.replace("Basic ", "");
    assert!(!shown.contains(&basic) && shown.len() > 1000);
}

#[test]
fn jws_2_a_step_shows_what_was_sent_and_what_was_signed() {
    let mut journey = Journey::default();
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let [authorise, exchange, _, read, _] = calls();
    journey.sent(1, &tpp(), &authorise, AT, iat);
    journey.sent(2, &tpp(), &exchange, AT, iat);
    journey.sent(3, &tpp(), &read, AT, iat);
    journey.answered(2, Some((200, r#"{"access_token":"a","refresh_token":"r","expires_in":"60","scope":"x y"}"#)));
    journey.answered(3, None);

    let steps = steps(&journey);
    let body = format!(
        r#"{{"aspsp":"8ddb14f1-fecd-41fe-90b7-f8fbda9494ac","uuid":"{UUID}","scope":"aisp","sandbox_sca":true}}"#
    );
    assert_eq!(steps[0]["call"], "authorise");
    assert_eq!(steps[0]["at"], AT);
    assert_eq!(steps[0]["request"]["url"], "https://auth-sandbox.tell.money/v1/authorise");
    assert_eq!(steps[0]["request"]["body"], json!(body));
    assert_eq!(steps[0]["signed"]["payload"], json!(body));
    let header = r#"{"alg":"HS256","typ":"JWT","app":"app-1","path":"/authorise","iat":1767225600}"#;
    assert_eq!(steps[0]["signed"]["header"], header);
    assert_eq!(steps[0]["response"], Value::Null, "not answered yet");

    let answer: Value = serde_json::from_str(steps[1]["response"]["body"].as_str().unwrap()).unwrap();
    assert_eq!((&answer["expires_in"], &answer["scope"]), (&json!(60), &json!("x,y")));
    assert_ne!(answer["access_token"], "a");

    assert_eq!(steps[2]["request"]["url"], "https://bank.example/v1/accounts?page=1");
    assert_eq!(steps[2]["request"]["headers"]["x-user-ip"], "1.1.1.1");
    assert!(steps[2]["signed"]["header"].as_str().unwrap().contains(r#""path":"/accounts","#));
    assert_eq!(steps[2]["response"]["status"], Value::Null, "no answer came");
}

#[test]
fn red_2_the_redirect_is_a_step_that_tells_consent_from_refusal() {
    let mut journey = Journey::default();
    for code in ["c", "null"] {
        let query = format!("?intent-id=i&uuid={UUID}&authorisation_code={code}");
        journey.redirected("https://tpp.example/callback", &redirect::parse(&query).unwrap(), AT);
    }
    let urls: Vec<Value> = steps(&journey).into_iter().map(|mut step| step["request"]["url"].take()).collect();
    let declined = format!("https://tpp.example/callback?intent-id=i&uuid={UUID}&authorisation_code=null");
    assert_ne!(urls[0], json!(declined));
    assert_eq!(urls[1], json!(declined));
}

#[test]
fn err_2_the_journey_keeps_its_last_40_steps() {
    let mut journey = Journey::default();
    let tpp = tpp();
    for id in 1..=50 {
        journey.sent(id, &tpp, &calls()[0], &id.to_string(), IssuedAt::new(1_767_225_600).unwrap());
    }
    journey.answered(3, Some((200, "{}")));
    let steps = steps(&journey);
    assert_eq!((steps.len(), &steps[0]["at"], &steps[39]["at"]), (KEPT, &json!("11"), &json!("50")));
}
