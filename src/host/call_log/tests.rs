#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that fails stops there")]

use super::*;
use crate::{
    gateway::{ResourceCall, UserIp},
    host::ClientOptions,
    profile::{Profile, Scope},
    wire::{redirect, request::RequestUuid},
};
use serde_json::{Value, json};

const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";
const NOW: u64 = 1_767_225_600_000;
const AT: &str = "2026-01-01T00:00:00.000Z";

/// Every secret of these tests holds this word.
const PLANTED: &str = "PLANTED";

fn client() -> Client {
    let options = ClientOptions {
        environment: Some("sandbox".into()),
        client_id: Some("client-PLANTED".into()),
        client_secret: Some("secret-PLANTED".into()),
        app: Some("app-1".into()),
        aspsp: Some("8ddb14f1-fecd-41fe-90b7-f8fbda9494ac".into()),
        resource_base_url: Some("https://bank.example/v1".into()),
        ..ClientOptions::default()
    };
    options.client(Some(b"certificate-PLANTED".to_vec()), Ok(Profile::default())).unwrap()
}

fn secret(name: &str) -> Secret {
    Secret::new(format!("{name}-{PLANTED}"))
}

fn calls() -> [Call; 5] {
    let resource = |method, path: &str, body: Option<&str>| {
        let user_ip = UserIp::parse("1.1.1.1").unwrap();
        let call = ResourceCall::new(method, path, Some(user_ip), body.map(str::to_owned)).unwrap();
        Call::Resource(call, secret("access"))
    };
    [
        Call::Authorise {
            uuid: RequestUuid::parse(UUID).unwrap(),
            scope: Scope::Aisp,
            sandbox_sca: true,
            payment: None,
        },
        Call::Exchange { code: secret("code") },
        Call::Refresh { refresh_token: secret("refresh") },
        resource(Method::Get, "/accounts?page=1", None),
        resource(Method::Post, "/payments", Some(r#"{"BeneficiaryName":"Ann"}"#)),
    ]
}

fn shown(log: &CallLog) -> String {
    log.json("https://auth-sandbox.tell.money/v1", Some("active"))
}

fn size_of(body: &str) -> u32 {
    u32::try_from(body.len()).unwrap()
}

/// An answer that is read whole.
fn heard(status: u16, body: &str) -> Option<Heard<'_>> {
    Some(Heard { status, body, size: size_of(body), is_whole: None })
}

fn steps(log: &CallLog) -> Vec<Value> {
    let mut shown: Value = serde_json::from_str(&shown(log)).unwrap();
    serde_json::from_value(shown["steps"].take()).unwrap()
}

#[test]
fn err_2_no_secret_is_in_any_step() {
    let client = client();
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let bodies = [
        r#"{"intent-id":"intent-1","location":"https://auth.tell.money/v1/authorise/intent-1"}"#,
        r#"{"access_token":"access-PLANTED","refresh_token":"refresh-PLANTED","expires_in":3600,"scope":"a,b"}"#,
        r#"{"access_token":"access-PLANTED","id_token":"PLANTED","token_type":"PLANTED"}"#,
        r#"{"echo":"access-PLANTED","deep":[{"a":"say secret-PLANTED!","b":"\u0061ccess-PLANTED","c":"a"}]}"#,
        r#"["code-PLANTED","refresh-PLANTED","secret\u002dPLANTED","Y2xpZW50LVBMQU5URUQ6c2VjcmV0LVBMQU5URUQ="]"#,
        r#"{"error":"PLANTED","rule":"X-PLANTED"}"#,
        r#"{"error_description":"Basic Y2xpZW50LVBMQU5URUQ6c2VjcmV0LVBMQU5URUQ=, secret-PLANTED"}"#,
        "PLANTED",
        "",
    ];
    let known = ["client-PLANTED", "secret-PLANTED", "code-PLANTED", "access-PLANTED", "refresh-PLANTED", "Y2xpZW50"];
    let (mut log, mut id) = (CallLog::default(), 0);
    let query = format!("?intent-id=i&uuid={UUID}&authorisation_code=code-{PLANTED}");
    log.redirected(Some("https://tpp.example/callback?own=1"), &redirect::parse(&query).unwrap(), true, NOW);
    for call in calls() {
        for (status, body) in bodies.iter().flat_map(|body| [(200, *body), (400, *body), (502, *body)]) {
            id += 1;
            log.sent(id, &client, &call, NOW, iat);
            assert!(!format!("{log:?}{}", shown(&log)).contains(PLANTED));
            log.answered(id, heard(status, body), NOW);
            let shown = format!("{log:?}{}", shown(&log));
            // A resource that is given out is the bank's own text: of that, what is secret alone.
            let is_own_text = matches!(call, Call::Resource(..)) && status == 200;
            let leaks = known.iter().any(|secret| shown.contains(secret));
            assert!(!leaks && (is_own_text || !shown.contains(PLANTED)), "{call:?} {status} {body}");
            log.steps.clear();
        }
    }
    let basic = client.request(&calls()[0], iat).headers[1].1.expose().replace("Basic ", "");
    assert!(basic.starts_with("Y2xpZW50"));
}

#[test]
fn jws_2_a_step_shows_what_was_sent_and_what_was_signed() {
    let mut log = CallLog::default();
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let [authorise, exchange, _, read, _] = calls();
    log.sent(1, &client(), &authorise, NOW, iat);
    log.sent(2, &client(), &exchange, NOW, iat);
    log.sent(3, &client(), &read, NOW, iat);
    let tokens = r#"{"access_token":"a","refresh_token":"r","expires_in":"60","scope":"x y"}"#;
    log.answered(2, heard(200, tokens), NOW + 12);
    log.answered(3, None, NOW - 1);

    let steps = steps(&log);
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
    let mut log = CallLog::default();
    for code in ["c", "null"] {
        let query = format!("?intent-id=i&uuid={UUID}&authorisation_code={code}");
        log.redirected(Some("https://tpp.example/callback"), &redirect::parse(&query).unwrap(), true, NOW);
    }
    let urls: Vec<Value> = steps(&log).into_iter().map(|mut step| step["request"]["url"].take()).collect();
    let declined = format!("https://tpp.example/callback?intent-id=i&uuid={UUID}&authorisation_code=null");
    assert_ne!(urls[0], json!(declined));
    assert_eq!(urls[1], json!(declined));
}

#[test]
fn red_3_a_foreign_redirect_is_logged_as_foreign() {
    let mut log = CallLog::default();
    let query = format!("?intent-id=i&uuid={UUID}&authorisation_code=code-{PLANTED}");
    for is_own in [true, false] {
        log.redirected(None, &redirect::parse(&query).unwrap(), is_own, NOW);
    }
    let notes: Vec<Value> = steps(&log).into_iter().map(|mut step| step["note"].take()).collect();
    assert_eq!(notes[0], Value::Null);
    assert!(notes[1].as_str().unwrap().contains("another authorisation"));
    assert!(!shown(&log).contains(PLANTED));
}

#[test]
fn err_2_the_log_keeps_its_last_40_steps() {
    let mut log = CallLog::default();
    let client = client();
    for id in 1..=50 {
        log.sent(id, &client, &calls()[0], NOW + u64::from(id), IssuedAt::new(1_767_225_600).unwrap());
    }
    log.answered(3, heard(200, "{}"), NOW);
    let steps = steps(&log);
    let at = |step: usize| steps[step]["at"].as_str().unwrap();
    let [first, last] = ["2026-01-01T00:00:00.011Z", "2026-01-01T00:00:00.050Z"];
    assert_eq!((steps.len(), at(0), at(39)), (KEPT, first, last));
}

/// The reason that a call's answer is shown to have.
fn reason(call: &Call, body: &str) -> Reason {
    let (mut log, client) = (CallLog::default(), client());
    log.sent(1, &client, call, NOW, IssuedAt::new(1_767_225_600).unwrap());
    let reason = log.answered(1, heard(401, body), NOW).unwrap().reason.unwrap();
    let response = &steps(&log)[0]["response"];
    assert_eq!(response["reason"], serde_json::to_value(&reason).unwrap());
    assert_eq!(response.get("body"), None, "a refusal is shown by its reason alone");
    reason
}

#[test]
fn err_1_a_failure_is_shown_with_its_description_and_its_rule() {
    for call in calls() {
        let body = r#"{"error":"invalid_client","error_description":"The client_secret is another.","rule":"BAS-1"}"#;
        let expected = Reason {
            error: Some("invalid_client"),
            description: Some("The client_secret is another.".into()),
            rule: Some("BAS-1".into()),
        };
        assert_eq!(reason(&call, body), expected);
        assert_eq!(reason(&call, "<p>"), Reason::default());
        let problem = r#"{"title":"No","detail":"Wait a while."}"#;
        assert_eq!(reason(&call, problem).description.as_deref(), Some("Wait a while."));
        for rule in ["", "7", r#"{"a":1}"#, r#""JWS 8""#, r#""JWS-8-and-more""#, "null"] {
            let shown = reason(&call, &format!(r#"{{"rule":{rule}}}"#)).rule;
            assert_eq!(shown, None, "{rule}");
        }
    }
}

#[test]
fn err_2_a_description_shows_no_secret_that_it_echoes() {
    let [_, exchange, refresh, read, _] = calls();
    for (call, name) in [(exchange, "code"), (refresh, "refresh"), (read, "access")] {
        let said = format!(r#"{{"error_description":"Not \"{name}-PLANTED\" ({name}-PLANTED), secret-PLANTED."}}"#);
        let shown = reason(&call, &said).description.unwrap();
        assert!(shown.starts_with("Not ") && !shown.contains(PLANTED), "{shown}");
    }
    let code = Call::Exchange { code: Secret::new("a+b/c==".into()) };
    let shown = reason(&code, r#"{"error_description":"No a+b/c== or a%2Bb%2Fc%3D%3D here."}"#).description.unwrap();
    assert!(shown.ends_with(" here.") && !shown.contains("b/c") && !shown.contains("%2F"), "{shown}");
    let line = "M".repeat(64);
    let shown = reason(&code, &format!(r#"{{"error_description":"The key {line} is wrong."}}"#)).description.unwrap();
    assert_eq!(shown, "The key *** is wrong.");
}

/// The shown answer to the read of these tests.
fn read(heard: Heard<'_>) -> Value {
    let (mut log, client) = (CallLog::default(), client());
    log.sent(1, &client, &calls()[3], NOW, IssuedAt::new(1_767_225_600).unwrap());
    log.answered(1, Some(heard), NOW);
    steps(&log)[0]["response"].take()
}

#[test]
fn acc_4_the_body_of_a_read_is_shown_as_it_came_and_its_size() {
    let body = "{ \"Amount\": 12.50,\r\n\"Caf\\u00e9\":[\"\", 1E400, \"a\\\\\"] }\n";
    let shown = read(heard(200, body).unwrap());
    assert_eq!((&shown["body"], &shown["size"]), (&json!(body), &json!(body.len())));
    let [.., payment] = calls();
    let Call::Resource(call, token) = payment else { panic!("no payment") };
    let (mut log, client) = (CallLog::default(), client());
    log.sent(1, &client, &Call::Own(call, token), NOW, IssuedAt::new(1_767_225_600).unwrap());
    log.answered(1, heard(201, r#"{"PaymentId":"p-1"}"#), NOW);
    let [step] = &steps(&log)[..] else { panic!("no step") };
    assert_eq!(step["call"], "payment");
    assert_eq!(step["signed"]["payload"], json!(r#"{"BeneficiaryName":"Ann"}"#), "JWS-5: as it was signed");
    assert_eq!(step["response"]["body"], json!(r#"{"PaymentId":"p-1"}"#));
}

#[test]
fn err_2_of_a_read_that_echoes_a_secret_all_else_is_shown() {
    let body = r#"{"a":"Bearer access-PLANTED","b":"\u0061ccess-PLANTED","c":"secret-PLANTED","d":"kept","e":"ac"#;
    let is_whole = Some(true);
    let shown = read(Heard { status: 200, body, size: 70_000, is_whole });
    assert_eq!(
        shown["body"],
        json!(r#"{"a":"***","b":"***","c":"***","d":"kept","e":"***""#),
        "what is cut off is masked"
    );
    assert_eq!(shown["size"], json!(70_000));
    for (body, is_whole) in [("secret access", None), ("{}", Some(false)), (r#"{"access_token":"another"}"#, None)] {
        let shown = read(Heard { status: 200, body, size: size_of(body), is_whole });
        assert_eq!((shown.get("body"), &shown["size"]), (None, &json!(body.len())), "{body}");
    }
}

#[test]
fn err_2_bodies_are_bounded_each_and_together() {
    let (mut log, client) = (CallLog::default(), client());
    let long = json!("é".repeat(MAX_TOLD)).to_string();
    for id in 1..=20 {
        log.sent(id, &client, &calls()[3], NOW, IssuedAt::new(1_767_225_600).unwrap());
        log.answered(id, heard(200, &long), NOW);
    }
    // A string that is cut off is masked as a whole: a list of short ones is shown to its bound.
    let listed = format!("[{}0]", r#""é","#.repeat(MAX_TOLD));
    for id in 21..=40 {
        log.sent(id, &client, &calls()[3], NOW, IssuedAt::new(1_767_225_600).unwrap());
        log.answered(id, heard(200, &listed), NOW);
    }
    let steps = steps(&log);
    let sizes: Vec<usize> = steps.iter().map(|step| step["response"]["body"].as_str().map_or(0, str::len)).collect();
    assert!(sizes.iter().all(|size| *size <= MAX_TOLD + 2) && sizes[39] > MAX_TOLD - 8, "{sizes:?}");
    assert!(sizes.iter().sum::<usize>() <= KEPT_BODIES && sizes[34] > 0 && sizes[20] == 0, "{sizes:?}");
    assert_eq!(steps[20]["response"]["size"], json!(listed.len()), "its length is told still");
}

#[test]
fn err_1_a_step_tells_how_long_it_took_and_what_callers_were_told() {
    let (mut log, client) = (CallLog::default(), client());
    for id in 1..=3 {
        log.sent(id, &client, &calls()[3], NOW, IssuedAt::new(1_767_225_600).unwrap());
    }
    let step = log.answered(2, None, NOW + 1234).unwrap().step;
    log.told(step, Code::GatewayTimeout, Code::GatewayTimeout.sentence());
    log.answered(1, heard(200, "{}"), NOW - 5);
    let steps = steps(&log);
    assert_eq!((&steps[0]["ms"], &steps[1]["ms"], steps[2].get("ms")), (&json!(0), &json!(1234), None));
    let told = json!({ "code": "gateway_timeout", "advice": Code::GatewayTimeout.sentence() });
    assert_eq!((steps[0].get("told"), &steps[1]["told"]), (None, &told));
}
