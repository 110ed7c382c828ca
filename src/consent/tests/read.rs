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

/// The ids of the reads that are under way, with so many more callers that wait for their turn.
fn crowd(waiting: u32) -> (World, Vec<SendId>) {
    let mut world = World::connected();
    let sent = world.sent.len();
    for caller in 0..8 + waiting {
        world.want(100 + caller);
    }
    let ids: Vec<SendId> = world.sent[sent..].iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), 8);
    (world, ids)
}

#[test]
fn acc_7_eight_reads_are_under_way_at_once_and_further_ones_wait_their_turn() {
    let (mut world, ids) = crowd(3);
    for (id, (caller, next)) in ids.iter().zip([(100, 108), (101, 109), (102, 110)]) {
        let sent = world.sent.len();
        world.answer_to(*id, 200, "[]");
        world.take_answer(caller).unwrap();
        assert_eq!(world.sent.len(), sent + 1);
        assert!(world.answers.is_empty(), "{next} waits on, for the bank");
    }
    let sent = world.sent.len();
    world.answer_to(ids[3], 200, "[]");
    assert_eq!(world.sent.len(), sent, "nobody is left");
}

#[test]
fn acc_7_whoever_waits_too_long_for_their_turn_is_told_to_come_back() {
    let (mut world, _) = crowd(2);
    assert_eq!(world.wake_at, Some(START + PATIENCE_MS));
    world.sleep();
    for caller in [108, 109] {
        let failure = world.take_answer(caller).unwrap_err();
        assert_eq!((failure.code().as_str(), failure.status(), failure.retry_after()), ("busy", 503, Some(5)));
    }
    assert!(world.answers.is_empty(), "those under way are the bank's to answer");
}

#[test]
fn acc_7_the_queue_is_bounded() {
    let (mut world, ids) = crowd(128);
    assert!(world.answers.is_empty());
    world.want(90);
    assert_eq!(world.take_answer(90).unwrap_err().code().as_str(), "busy");
    world.answer_to(ids[0], 200, "[]");
    world.take_answer(100).unwrap();
    world.want(91);
    assert!(world.answers.is_empty(), "there is room again");
}

#[test]
fn acc_7_whoever_waits_their_turn_is_told_when_the_consent_ends() {
    let (mut world, _) = crowd(2);
    world.take(Event::Forget { caller: 1 });
    for caller in 100..110 {
        assert_eq!(world.take_answer(caller), Err(Failure::NotFound));
    }
}

#[test]
fn acc_7_a_turn_that_comes_after_the_token_ended_waits_for_another() {
    let (mut world, ids) = crowd(1);
    world.later(HOUR + 1);
    world.answer_to(ids[0], 200, "[]");
    assert_eq!(world.last_call(), refresh(1));
    world.answer(200, &tokens(2));
    assert_eq!(world.last_call(), read(2));
}

#[test]
fn acc_7_the_probe_takes_a_place_too() {
    let mut world = World::doubted(10);
    for caller in 11..20 {
        world.want(caller);
    }
    let reads = world.sent.iter().filter(|(_, call)| *call == read(2)).count();
    assert_eq!(reads, 8, "the probe and seven more");
}
