#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::Code;
use crate::host::{
    input,
    settings::tests::settings,
    told::{Problem, Told},
};

const NOW: u64 = 1_767_225_600_000;
const ACCESS: &str =
    r#"{"access_token":"access-1","refresh_token":"refresh-1","token_type":"Bearer","expires_in":3600}"#;

fn seated(environment: &str, snapshot: Option<&str>) -> Seat {
    Seat::new(Rc::new(settings(environment)), snapshot).unwrap()
}

/// What a seat says to an event as JavaScript writes it.
fn tell(seat: &mut Seat, event: serde_json::Value) -> Vec<Instruction> {
    let event = input::Input::read(serde_json::from_value(event).unwrap()).unwrap();
    seat.handle(event, NOW, &|| Ok([7; 16])).unwrap()
}

fn sent(instructions: &[Instruction]) -> (u32, String) {
    let found = instructions.iter().find_map(|instruction| match instruction {
        Instruction::Send { id, request, .. } => Some((*id, request.url.clone())),
        Instruction::Keep { .. }
        | Instruction::Wake { .. }
        | Instruction::Forget
        | Instruction::Answer { .. }
        | Instruction::Claim { .. }
        | Instruction::Deliver { .. }
        | Instruction::Hand { .. }
        | Instruction::Count { .. }
        | Instruction::Audit { .. } => None,
    });
    found.unwrap()
}

fn kept(instructions: &[Instruction]) -> String {
    let found = instructions.iter().rev().find_map(|instruction| match instruction {
        Instruction::Keep { snapshot } => Some(snapshot.expose().to_owned()),
        Instruction::Send { .. }
        | Instruction::Wake { .. }
        | Instruction::Forget
        | Instruction::Answer { .. }
        | Instruction::Claim { .. }
        | Instruction::Deliver { .. }
        | Instruction::Hand { .. }
        | Instruction::Count { .. }
        | Instruction::Audit { .. } => None,
    });
    found.unwrap()
}

fn redirect(intent: &str) -> serde_json::Value {
    let uuid = RequestUuid::from_random([7; 16]).as_str().to_owned();
    let url = format!("https://tpp.example/api/callback?intent-id={intent}&uuid={uuid}&authorisation_code=c");
    serde_json::json!({ "type": "redirected", "url": url, "caller": 2 })
}

/// A seat whose customer is at the bank.
fn requested(environment: &str, host: &str) -> Seat {
    let mut seat = seated(environment, None);
    let (id, _) = sent(&tell(&mut seat, serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 })));
    let body = format!(r#"{{"intent-id":"i-1","location":"https://{host}/login"}}"#);
    tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 200, "body": body }));
    seat
}

#[test]
fn env_5_the_call_log_is_of_the_sandbox_alone() {
    let mut sandbox = requested("sandbox", "auth-sandbox.tell.money");
    let mut production = requested("production", "auth.tell.money");
    for seat in [&mut sandbox, &mut production] {
        let (id, url) = sent(&tell(seat, redirect("i-1")));
        assert!(url.ends_with("/access-token"), "{url}");
        tell(seat, serde_json::json!({ "type": "answered", "id": id, "status": 200, "body": ACCESS }));
    }
    assert_eq!(production.call_log(), r#"{"steps":[]}"#);
    let log = sandbox.call_log();
    for call in ["authorise", "redirect", "exchange"] {
        assert!(log.contains(&format!(r#""call":"{call}""#)), "{log}");
    }
    assert!(!log.contains("access-1") && !log.contains("refresh-1"), "{log}");
}

#[test]
fn red_3_a_foreign_redirect_is_refused_and_noted_as_one() {
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    let before = seat.call_log();
    let told = tell(&mut seat, redirect("i-of-another"));
    assert!(!told.iter().any(|instruction| matches!(instruction, Instruction::Send { .. })), "{told:?}");
    let own = {
        let mut seat = requested("sandbox", "auth-sandbox.tell.money");
        tell(&mut seat, redirect("i-1"));
        seat.call_log()
    };
    assert!(seat.call_log().len() > before.len());
    assert!(seat.call_log().contains("note") && !own.contains("note"), "{}", seat.call_log());
}

#[test]
fn tok_5_a_loaded_consent_wakes_before_anything_else_happens() {
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    let snapshot = kept(&tell(&mut seat, redirect("i-1")));
    let mut again = seated("sandbox", Some(&snapshot));
    assert!(again.view(NOW).is_some(), "it can be looked at asleep");
    let read = serde_json::json!({
        "type": "wanted", "method": "GET", "path": "/accounts", "visitor": { "host": "localhost" }, "caller": 3,
    });
    let (_, url) = sent(&tell(&mut again, read));
    assert!(url.ends_with("/access-token"), "the code is sent first: {url}");
}

#[test]
fn jws_2_with_an_impossible_clock_nothing_happens() {
    let mut seat = seated("sandbox", None);
    let event = serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 });
    let event = input::Input::read(serde_json::from_value(event).unwrap()).unwrap();
    let result = seat.handle(event, 1_767_225_600, &|| Ok([7; 16]));
    assert!(matches!(result, Err(Error::IssuedAt)), "{result:?}");
    assert!(seat.view(NOW).is_none());
    let start = serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 });
    sent(&tell(&mut seat, start));
}

#[test]
fn acc_7_an_answer_that_is_passed_on_may_be_told_by_its_verdict_alone() {
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    let (id, _) = sent(&tell(&mut seat, redirect("i-1")));
    tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 200, "body": ACCESS }));
    let mut read = |caller: u32, answer: serde_json::Value| {
        let visitor = serde_json::json!({ "host": "localhost" });
        let wish = serde_json::json!({ "type": "account", "path": "/accounts", "visitor": visitor, "caller": caller });
        let (id, _) = sent(&tell(&mut seat, wish));
        let mut answered = serde_json::json!({ "type": "answered", "id": id });
        answered.as_object_mut().unwrap().append(&mut answer.as_object().unwrap().clone());
        (id, tell(&mut seat, answered))
    };
    for (caller, answer) in [
        (10, serde_json::json!({ "status": 200, "isWhole": true })),
        (11, serde_json::json!({ "status": 200, "body": "{}" })),
        (12, serde_json::json!({ "status": 204, "body": "" })),
    ] {
        let (id, told) = read(caller, answer);
        assert!(
            told.contains(&Instruction::Answer { caller, outcome: Told::Passed { id, budget: None }, took: false }),
            "{told:?}"
        );
    }
    for (caller, answer) in [
        (13, serde_json::json!({ "status": 200, "isWhole": false })),
        (14, serde_json::json!({ "status": 200, "body": "<p>" })),
    ] {
        let (_, told) = read(caller, answer);
        let is_answer = |instruction: &Instruction| matches!(instruction, Instruction::Answer { .. });
        assert!(!told.iter().any(is_answer), "a proxy's page is none, it is tried again: {told:?}");
    }
    let refused = serde_json::json!({ "status": 404, "body": r#"{"error":"invalid_request"}"#, "isWhole": false });
    let (_, told) = read(15, refused);
    let [Instruction::Answer { outcome: Told::Failed { problem, .. }, .. }] = &told[..] else { panic!("{told:?}") };
    assert_eq!(problem.gateway.as_ref().unwrap().error.as_deref(), Some("invalid_request"));
}

#[test]
fn acc_7_only_an_answer_that_decides_nothing_is_passed_on() {
    let mut seat = seated("sandbox", None);
    let passes = |instructions: &[Instruction]| {
        instructions.iter().find_map(|instruction| match instruction {
            Instruction::Send { passes, .. } => Some(*passes),
            Instruction::Keep { .. }
            | Instruction::Wake { .. }
            | Instruction::Forget
            | Instruction::Answer { .. }
            | Instruction::Claim { .. }
            | Instruction::Deliver { .. }
            | Instruction::Hand { .. }
            | Instruction::Count { .. }
            | Instruction::Audit { .. } => None,
        })
    };
    let start = tell(&mut seat, serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 }));
    assert_eq!(passes(&start), Some(false));
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    let exchange = tell(&mut seat, redirect("i-1"));
    assert_eq!(passes(&exchange), Some(false));
    let answer = serde_json::json!({ "type": "answered", "id": sent(&exchange).0, "status": 200, "body": ACCESS });
    tell(&mut seat, answer);
    let visitor = serde_json::json!({ "host": "localhost" });
    let wish = serde_json::json!({ "type": "account", "path": "/accounts", "visitor": visitor, "caller": 2 });
    assert_eq!(passes(&tell(&mut seat, wish)), Some(true));
}

/// The problem that a failed authorisation is answered with.
fn refused(environment: &str, status: u16, body: &str) -> Problem {
    let mut seat = seated(environment, None);
    let (id, _) = sent(&tell(&mut seat, serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 })));
    let answer = serde_json::json!({ "type": "answered", "id": id, "status": status, "body": body });
    let told = tell(&mut seat, answer);
    let [Instruction::Answer { outcome: Told::Failed { problem, .. }, .. }] = &told[..] else { panic!("{told:?}") };
    problem.clone()
}

#[test]
fn err_1_in_sandbox_alone_a_problem_says_why_in_the_gateways_words() {
    let body = r#"{"error":"invalid_signature","error_description":"The HMAC does not verify.","rule":"JWS-8"}"#;
    for (status, code) in [(401, Code::GatewayRefusedClient), (400, Code::GatewayRefused)] {
        let problem = refused("sandbox", status, body);
        let said = (problem.code, problem.description.as_deref(), problem.rule.as_deref());
        assert_eq!(said, (code, Some("The HMAC does not verify."), Some("JWS-8")));
        let problem = refused("production", status, body);
        assert_eq!((problem.code, problem.description, problem.rule), (code, None, None));
        assert_eq!(problem.detail, code.sentence(), "what to do is told the same");
    }
    let problem = refused("sandbox", 200, "<p>");
    assert_eq!((problem.code, problem.description), (Code::GatewayBadAnswer, None));
}

#[test]
fn err_1_the_reason_is_of_the_answer_that_was_the_last() {
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    let (id, _) = sent(&tell(&mut seat, redirect("i-1")));
    let body = r#"{"error":"invalid_grant","error_description":"The code was used before.","rule":"TOK-1"}"#;
    let told = tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 400, "body": body }));
    let problem = told.iter().find_map(|instruction| match instruction {
        Instruction::Answer { outcome: Told::Failed { problem, .. }, .. } => Some(problem),
        Instruction::Answer { .. }
        | Instruction::Send { .. }
        | Instruction::Keep { .. }
        | Instruction::Wake { .. }
        | Instruction::Forget
        | Instruction::Claim { .. }
        | Instruction::Deliver { .. }
        | Instruction::Hand { .. }
        | Instruction::Count { .. }
        | Instruction::Audit { .. } => None,
    });
    assert_eq!(problem.unwrap().rule.as_deref(), Some("TOK-1"));
    let told = tell(&mut seat, redirect("i-1"));
    let [Instruction::Answer { outcome: Told::Failed { problem, .. }, .. }] = &told[..] else { panic!("{told:?}") };
    assert_eq!(problem.rule, None, "the outcome again, of no answer");
    assert!(seat.call_log().contains("used before."), "{}", seat.call_log());
}

/// The log of a seat.
fn logged(seat: &Seat) -> serde_json::Value {
    serde_json::from_str(&seat.call_log()).unwrap()
}

#[test]
fn env_5_the_body_of_a_read_is_told_and_kept_in_sandbox_alone() {
    for (environment, host, shown) in
        [("sandbox", "auth-sandbox.tell.money", true), ("production", "auth.tell.money", false)]
    {
        let mut seat = requested(environment, host);
        let (id, _) = sent(&tell(&mut seat, redirect("i-1")));
        tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 200, "body": ACCESS }));
        let visitor = serde_json::json!({ "ip": "1.1.1.1" });
        let wish = serde_json::json!({ "type": "account", "path": "/accounts", "visitor": visitor, "caller": 3 });
        let told = tell(&mut seat, wish);
        let (id, _) = sent(&told);
        assert!(
            told.iter().all(|told| !matches!(told, Instruction::Send { shows, .. } if *shows != shown)),
            "{told:?}"
        );
        // A shell that tells more than it was asked for is not believed.
        tell(
            &mut seat,
            serde_json::json!({
                "type": "answered", "id": id, "status": 200, "isWhole": true, "shown": "{\"a\":\"seen\"}", "size": 9,
            }),
        );
        assert_eq!(format!("{:?}{}", seat.log, seat.call_log()).contains("seen"), environment == "sandbox");
    }
}

#[test]
fn err_1_a_step_has_the_code_that_its_caller_got() {
    let mut seat = seated("sandbox", None);
    let (id, _) = sent(&tell(&mut seat, serde_json::json!({ "type": "start", "scope": "aisp", "caller": 1 })));
    tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 401, "body": "{}" }));
    assert_eq!(logged(&seat)["steps"][0]["told"]["code"], "gateway_refused_client");
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    tell(&mut seat, redirect("i-of-another"));
    let log = logged(&seat);
    assert_eq!(log["steps"][1]["told"]["code"], "redirect_mismatch");
    assert_eq!(log["steps"][0].get("told"), None);
}

#[test]
fn con_1_the_log_tells_how_far_the_consent_is_and_by_which_gateway() {
    let seat = seated("sandbox", None);
    let log = logged(&seat);
    assert_eq!((log.get("state"), &log["gateway"]), (None, &serde_json::json!("https://auth-sandbox.tell.money/v1")));
    let mut seat = requested("sandbox", "auth-sandbox.tell.money");
    assert_eq!(logged(&seat)["state"], "requested");
    let (id, _) = sent(&tell(&mut seat, redirect("i-1")));
    assert_eq!(logged(&seat)["state"], "authorised");
    tell(&mut seat, serde_json::json!({ "type": "answered", "id": id, "status": 200, "body": ACCESS }));
    assert_eq!(logged(&seat)["state"], "active");
}
