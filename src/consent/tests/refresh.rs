//! The access token is renewed: by one, for all, and with the same refresh token until an answer comes.

use super::{world::*, *};

#[test]
fn ref_1_a_new_refresh_token_replaces_the_old_one() {
    let mut world = World::refreshing(10);
    world.answer(200, &tokens(2));
    world.later(HOUR);
    world.want(11);
    assert_eq!(world.last_call(), refresh(2));
}

#[test]
fn ref_1_an_answer_without_a_refresh_token_keeps_the_old_one() {
    let mut world = World::refreshing(10);
    world.answer(200, r#"{"access_token":"access-2"}"#);
    assert_eq!(world.last_call(), read(2));
    assert_eq!(
        world.consent.view(world.now).unwrap().permissions,
        ["accounts:read", "balance:read"],
        "nor are permissions lost"
    );
    world.later(HOUR);
    world.want(11);
    assert_eq!(world.last_call(), refresh(1));
}

#[test]
fn ref_2_an_access_token_is_refreshed_60_seconds_before_it_ends() {
    for (early, call) in [(61 * SECOND, read(1)), (60 * SECOND, refresh(1)), (0, refresh(1))] {
        let mut world = World::connected();
        world.later(HOUR - early);
        world.want(10);
        assert_eq!(world.last_call(), call, "{early} ms before");
    }
}

#[test]
fn ref_2_a_hundred_readers_share_one_refresh() {
    let mut world = World::refreshing(100);
    for caller in 101..200 {
        world.want(caller);
    }
    let refreshes = world.sent.iter().filter(|(_, call)| matches!(call, Call::Refresh { .. })).count();
    assert_eq!(refreshes, 1);
    let commands = world.answer(200, &tokens(2));
    assert!(position(&commands, is_keep) < position(&commands, is_send), "the new tokens are durable first");
    let first = world.sent.len() - 8;
    for caller in 100..200 {
        assert!(world.sent.len() <= first + 8 + usize::try_from(caller).unwrap() - 100, "ACC-7: eight at once");
        let (id, call) = world.sent[first + usize::try_from(caller).unwrap() - 100].clone();
        assert_eq!(call, read(2));
        world.answer_to(id, 200, "{}");
        assert_eq!(world.take_answer(caller), Ok(Outcome::Passed(id)), "in the order in which they came");
    }
}

#[test]
fn ref_2_a_refresh_is_marked_on_the_disk_before_it_leaves() {
    let mut world = World::connected();
    world.later(HOUR);
    let commands = world.want(10);
    assert!(position(&commands, is_keep) < position(&commands, is_send));
    assert!(world.kept.last().unwrap().contains(r#""phase":"refreshing""#));
    assert_eq!(world.state(), "active", "to the outside it is the same consent");
}

#[test]
fn ref_2_a_401_is_refreshed_once_and_the_read_sent_again() {
    let mut world = World::connected();
    world.want(10);
    world.answer(401, "");
    assert_eq!(world.last_call(), refresh(1));
    world.answer(200, &tokens(2));
    assert_eq!(world.last_call(), read(2));
    let id = world.last_id();
    world.answer(200, "[]");
    assert_eq!(world.take_answer(10), Ok(Outcome::Passed(id)));
}

#[test]
fn ref_2_a_401_of_an_older_token_does_not_refresh_again() {
    let mut world = World::connected();
    world.want(10);
    let slow = world.last_id();
    world.want(11);
    world.answer(401, "");
    world.answer(200, &tokens(2));
    let sent = world.sent.len();
    world.answer_to(slow, 401, "");
    assert_eq!((world.sent.len(), world.last_call()), (sent + 1, read(2)), "the newer token is there already");
}

#[test]
fn ref_3_a_lost_answer_is_followed_by_the_same_refresh_token() {
    let mut world = World::refreshing(10);
    for _ in 0..2 {
        world.lose();
        assert!(world.answers.iter().all(|(caller, _)| *caller != 10), "the reader waits on");
        world.sleep();
        assert_eq!(world.last_call(), refresh(1));
    }
    world.answer(200, &tokens(2));
    assert_eq!(world.last_call(), read(2));
}

#[test]
fn ref_3_a_refusal_after_a_lost_answer_says_reauthorise() {
    let mut world = World::refreshing(10);
    world.lose();
    world.sleep();
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!(world.take_answer(10), Err(Failure::Ended(End::Reauthorise)));
    assert_eq!(world.state(), "reauthorise");
    world.assert_no_secret_kept();
}

#[test]
fn ref_3_a_late_answer_is_taken_when_its_successor_is_refused() {
    let mut world = World::refreshing(10);
    let first = world.last_id();
    world.lose();
    world.sleep();
    world.answer_to(first, 200, &tokens(2));
    assert!(world.kept.last().unwrap().contains("refresh-2"), "TOK-5: at once durable");
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!((world.state(), world.last_call()), ("active", read(2)));
}

#[test]
fn err_3_a_busy_gateway_is_left_alone_as_long_as_it_asks() {
    let mut world = World::refreshing(10);
    world.busy(429, 7000);
    let asked = world.now;
    world.sleep();
    assert!(world.now - asked >= 7000);
    assert_eq!(world.last_call(), refresh(1));
    world.busy(503, 60_000);
    assert_eq!(world.take_answer(10), Err(Failure::Busy(60)), "nobody is kept waiting that long");
    let sent = world.sent.len();
    world.later(30_000);
    world.want(11);
    assert_eq!((world.take_answer(11), world.sent.len()), (Err(Failure::Busy(30)), sent));
    world.later(30_000);
    world.want(12);
    assert_eq!(world.sent.len(), sent + 1);
}

#[test]
fn err_3_whatever_passes_is_tried_again_and_ends_nothing() {
    for (status, code) in [
        (404, "gateway_failed"),
        (451, "gateway_failed"),
        (500, "gateway_failed"),
        (408, "gateway_busy"),
        (421, "gateway_busy"),
        (425, "gateway_busy"),
        (503, "gateway_busy"),
    ] {
        for body in ["", "<html></html>", r#"{"error":"invalid_grant"}"#, r#"{"error":"invalid_client"}"#] {
            let mut world = World::refreshing(10);
            world.answer(status, body);
            assert!(world.answers.iter().all(|(caller, _)| *caller != 10), "{status}: the reader waits on");
            while world.answers.is_empty() {
                world.sleep();
                assert_eq!(world.last_call(), refresh(1));
                world.answer(status, body);
            }
            assert_eq!(world.take_answer(10).unwrap_err().code().as_str(), code, "{status} {body}");
            assert_eq!(world.state(), "active");
        }
    }
}

#[test]
fn ref_3_what_was_refused_before_anything_was_done_leaves_no_doubt() {
    for (status, end) in [(429, End::Revoked), (425, End::Revoked), (408, End::Reauthorise), (503, End::Reauthorise)] {
        let mut world = World::refreshing(10);
        world.answer(status, "");
        world.sleep();
        world.answer(400, r#"{"error":"invalid_grant"}"#);
        assert_eq!(world.take_answer(10), Err(Failure::Ended(end)), "{status}");
    }
}

#[test]
fn err_3_no_wait_is_none_or_absurd() {
    let mut world = World::refreshing(10);
    world.busy(429, 0);
    let asked = world.now;
    world.sleep();
    assert!(world.now - asked >= retry::SHORTEST_WAIT_MS);
    world.busy(429, u64::MAX);
    assert_eq!(world.take_answer(10), Err(Failure::Busy(retry::LONGEST_WAIT_MS / 1000)));
    world.later(retry::LONGEST_WAIT_MS);
    world.want(11);
    assert_eq!(world.last_call(), refresh(1));
}

#[test]
fn err_3_a_gateway_that_stays_down_costs_an_answer_and_not_the_consent() {
    let mut world = World::refreshing(10);
    world.answer(502, "<html></html>");
    while world.answers.is_empty() {
        world.sleep();
        assert_eq!(world.last_call(), refresh(1));
        world.answer(502, "<html></html>");
    }
    assert_eq!(world.take_answer(10), Err(Failure::GatewayFailed(502)));
    assert!(world.now - START - HOUR < 2 * PATIENCE_MS, "within a deadline");
    world.want(11);
    world.answer(200, &tokens(2));
    assert_eq!((world.state(), world.last_call()), ("active", read(2)));
}

#[test]
fn err_3_a_refusal_of_the_tpp_itself_does_not_end_the_consent() {
    let bodies = ["", "<html></html>", r#"{"error":"invalid_client"}"#, r#"{"error":"unauthorized_client"}"#];
    for body in bodies {
        let mut world = World::refreshing(10);
        world.answer(401, body);
        assert_eq!(world.state(), "active", "{body}");
        if body.starts_with('<') {
            continue; // A proxy's page: tried again.
        }
        assert_eq!(world.take_answer(10).unwrap_err().code().as_str(), "gateway_refused_client");
        world.want(11);
        assert_eq!(world.last_call(), refresh(1));
    }
}
