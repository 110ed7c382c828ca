#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::{conclusion::profile_line, said::About, *};
use crate::host::doctor::tests::{NOW, examine, plain, right};
use proptest::prelude::*;

fn told(status: u16, body: &str) -> Answer {
    Answer { status: Some(status), body: body.to_owned(), date: None, reason: None, at: NOW }
}

#[test]
fn jws_10_an_answer_says_whether_the_caller_is_known() {
    let taken = [
        (400, r#"{"error":"invalid_grant"}"#),
        (401, r#"{"error":"invalid_grant"}"#),
        (400, r#"{"error":"invalid_request","error_description":"the client sent no such code"}"#),
        (400, "no"),
        (404, ""),
    ];
    for (status, body) in taken {
        assert!(matches!(Said::read(&told(status, body)), Said::Taken(_)), "{status} {body}");
    }
    let refused = [
        (401, r#"{"error":"invalid_client"}"#, Some(About::Basic)),
        (401, "unknown client", Some(About::Basic)),
        (400, r#"{"error":"invalid_client"}"#, Some(About::Basic)),
        (401, r#"{"error":"invalid_client","error_description":"JWS signature mismatch"}"#, Some(About::Signature)),
        (400, r#"{"message":"bad signature"}"#, Some(About::Signature)),
        (401, "", None),
        (403, r#"{"error":"unauthorized"}"#, None),
    ];
    for (status, body, about) in refused {
        let said = Said::read(&told(status, body));
        assert!(matches!(said, Said::Refused(refused) if refused.about == about), "{status} {body}");
    }
    assert_eq!(Said::read(&told(429, "")), Said::Wait);
    assert_eq!(Said::read(&told(503, "invalid_grant")), Said::Failed);
    assert_eq!(Said::read(&Answer { status: None, ..told(0, "") }), Said::Failed);
}

#[test]
fn jws_10_an_id_in_an_answer_makes_no_other_answer() {
    let body = |id: &str| format!(r#"{{"message":"unauthorized","trace":"{id}"}}"#);
    assert_eq!(Said::read(&told(401, &body("a1-77"))), Said::read(&told(401, &body("0c-12"))));
    assert_ne!(Said::read(&told(401, &body("1"))), Said::read(&told(401, r#"{"message":"other"}"#)));
}

#[test]
fn jws_10_the_line_of_the_profile_keeps_what_it_had() {
    let changes = [("basic".to_owned(), "\"form-encoded\"".to_owned())];
    assert_eq!(profile_line(None, &changes), r#"TELL_PROFILE='{"basic":"form-encoded"}'"#);
    let written = r#"{"basic":"as-is","readsAtOnce":4}"#;
    assert_eq!(profile_line(Some(written), &changes), r#"TELL_PROFILE='{"readsAtOnce":4,"basic":"form-encoded"}'"#);
}

fn status() -> impl Strategy<Value = Option<u16>> {
    proptest::option::of(proptest::sample::select(vec![200, 400, 401, 403, 429, 500]))
}

proptest! {
    #[test]
    fn jws_10_whatever_comes_back_at_most_eight_calls_are_made(
        answers in proptest::collection::vec((status(), "(invalid_client|invalid_grant|signature|[a-c]){0,2}"), 1..12),
    ) {
        let mut at = 0;
        let (report, requests) = examine(&right("sandbox"), true, |_| {
            at += 1;
            let (status, body) = answers[at % answers.len()].clone();
            Answer { status, ..told(0, &body) }
        });
        prop_assert!(requests.len() <= 8 && report.calls == u32::try_from(requests.len()).unwrap());
        let told = serde_json::to_string(&report).unwrap();
        for name in ["TELL_CLIENT_SECRET", "TELL_VAULT_KEY", "TELL_CLIENT_ID"] {
            prop_assert!(!told.contains(&right("sandbox")[name]));
        }
    }
}

#[test]
fn env_5_production_is_never_asked_with_a_signed_call() {
    let (report, requests) = examine(&right("production"), true, |_| told(400, "invalid_grant"));
    assert!(requests.is_empty() && report.calls == 0);
    assert_eq!(plain(&report), [("live-sandbox", "fault")]);
}

#[test]
fn jws_10_a_sandbox_that_takes_the_configuration_is_asked_no_more_than_it_tells() {
    let (report, requests) = examine(&right("sandbox"), true, |request| match request.method {
        Method::Get => told(401, "invalid_token"),
        Method::Post | Method::Put | Method::Patch | Method::Delete => told(400, "invalid_grant"),
    });
    let asked: Vec<String> =
        requests.iter().map(|request| [request.method.name(), " ", &request.url].concat()).collect();
    let auth = "https://auth-sandbox.tell.money/v1/access-token";
    let reads = "GET https://api.bank.example/v1/accounts".to_owned();
    assert_eq!(asked, [format!("POST {auth}"), reads.clone(), reads, format!("POST {auth}?doctor=1")]);
    assert_eq!(plain(&report), [("live-empty-payload", "skipped")]);
    assert_eq!(report.profile, None);
}

#[test]
fn jws_10_a_gateway_that_fails_or_asks_to_wait_is_asked_no_more() {
    for status in [Some(429), Some(502), None] {
        let (report, requests) = examine(&right("sandbox"), true, |_| Answer { status, ..told(0, "") });
        assert_eq!((requests.len(), plain(&report)), (1, vec![("live-call", "fault")]), "{status:?}");
    }
}
