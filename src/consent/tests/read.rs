//! Calls of the bank's resources.

use super::{world::*, *};

#[test]
fn acc_4_an_answer_is_passed_on_as_it_came() {
    let mut world = World::connected();
    let (sent, kept) = (world.sent.len(), world.kept.len());
    world.want(10);
    let commands = world.answer(200, r#"{"Amount":1.10}"#);
    assert_eq!(commands, [Command::Answer { caller: 10, outcome: Ok(Outcome::Passed(world.last_id())) }]);
    assert_eq!((world.sent.len(), world.kept.len()), (sent + 1, kept), "nothing is kept of it");
}

#[test]
fn err_1_the_banks_refusal_is_passed_on_with_its_status() {
    for status in [400, 403, 404, 422] {
        for body in [r#"{"error":"invalid_request"}"#, r#"{"error":"access_denied"}"#, "", "<html>blocked</html>"] {
            let mut world = World::connected();
            world.want(10);
            let sent = world.sent.len();
            world.answer(status, body);
            let failure = world.take_answer(10).unwrap_err();
            assert_eq!((failure.code().as_str(), failure.status()), ("gateway_refused", status));
            assert_eq!((world.state(), world.sent.len()), ("active", sent), "REV-1: nor is the token renewed for it");
        }
    }
}

#[test]
fn acc_3_a_missing_permission_is_no_revoked_consent() {
    let mut world = World::connected();
    world.want(10);
    world.answer(403, r#"{"error":"insufficient_scope"}"#);
    assert_eq!(world.take_answer(10).unwrap_err().status(), 403);
    assert_eq!(world.state(), "active");
}

#[test]
fn err_3_a_read_is_tried_again_with_backoff_and_within_a_deadline() {
    for status in [408, 421, 425, 429, 502, 503] {
        let mut world = World::connected();
        world.want(10);
        world.answer(status, "");
        world.sleep();
        assert_eq!(world.last_call(), read(1), "{status}");
    }
    let mut world = World::connected();
    world.want(10);
    let mut waits = Vec::new();
    world.answer(500, "");
    while world.answers.is_empty() {
        let asked = world.now;
        world.sleep();
        waits.push(world.now - asked);
        assert_eq!(world.last_call(), read(1));
        world.answer(500, "");
    }
    assert_eq!(world.take_answer(10), Err(Failure::GatewayFailed(500)));
    assert_eq!(waits.len(), 2);
    assert!((400..600).contains(&waits[0]) && (800..1200).contains(&waits[1]), "{waits:?}");
}

#[test]
fn err_3_a_read_waits_as_long_as_the_bank_asks_or_not_at_all() {
    let mut world = World::connected();
    world.want(10);
    world.busy(429, 9000);
    let asked = world.now;
    world.sleep();
    assert!(world.now - asked >= 9000);
    world.busy(429, retry::LONGEST_WAIT_MS);
    assert_eq!(world.take_answer(10), Err(Failure::Busy(300)));
}

#[test]
fn err_3_each_loss_has_its_own_name() {
    let losses = [
        (Loss::Timeout, Failure::Timeout),
        (Loss::Unreachable, Failure::Unreachable),
        (Loss::Unreadable, Failure::BadAnswer),
    ];
    for (loss, failure) in losses {
        let mut world = World::connected();
        world.want(10);
        world.take(Event::Lost { id: world.last_id(), loss });
        while world.answers.is_empty() {
            world.sleep();
            world.take(Event::Lost { id: world.last_id(), loss });
        }
        assert_eq!(world.take_answer(10), Err(failure));
    }
}

#[test]
fn err_3_what_is_no_get_is_never_sent_twice() {
    let mut world = World::connected();
    let body = Some(r#"{"Amount":"1.10"}"#.into());
    let payment = ResourceCall::new(Method::Post, "/payments", None, body).unwrap();
    for caller in 10..13 {
        world.take(Event::Wanted { caller, call: payment.clone() });
        let sent = world.sent.len();
        match caller {
            10 => world.lose(),
            11 => world.answer(500, ""),
            _ => world.busy(429, 1),
        };
        assert!(world.take_answer(caller).is_err());
        assert_eq!(world.sent.len(), sent);
    }
}

#[test]
fn err_3_an_answer_that_nobody_waits_for_changes_nothing() {
    let mut world = World::connected();
    world.want(10);
    let id = world.last_id();
    world.answer(200, "{}");
    for id in [id, 0, 77] {
        assert_eq!(world.answer_to(id, 401, ""), []);
        assert_eq!(world.take(Event::Lost { id, loss: Loss::Timeout }), []);
    }
    assert_eq!(world.state(), "active");
}

#[test]
fn acc_1_nothing_can_be_read_before_the_consent() {
    let mut world = World::new("sandbox");
    world.want(10);
    assert_eq!(world.take_answer(10), Err(Failure::NotFound));
    let mut world = World::requested("sandbox");
    world.want(10);
    assert_eq!(world.take_answer(10), Err(Failure::NotAuthorised));
    let mut world = World::authorised("sandbox");
    world.want(10);
    world.answer(200, &tokens(1));
    assert_eq!(world.last_call(), read(1), "one who comes while the code is under way waits");
}
