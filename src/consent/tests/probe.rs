//! A consent that is over is told from a resource that is refused (`REV-1`).

use super::{world::*, *};

fn refused(status: u16) -> Result<Outcome, Failure> {
    let error = Some("invalid_token".into());
    Err(Failure::Refused(Rc::new(Refusal { status, error, ..Refusal::default() })))
}

#[test]
fn rev_1_a_renewed_token_that_is_refused_is_tried_at_the_accounts_before_the_consent_ends() {
    let mut world = World::doubted(10);
    assert_eq!((world.state(), world.last_call()), ("active", read(2)), "with the token that was refused");
    let commands = world.answer(401, OWN);
    assert!(position(&commands, is_keep) < position(&commands, is_answer));
    assert_eq!(world.take_answer(10), Err(Failure::Ended(End::Revoked)));
    world.assert_no_secret_kept();
    let sent = world.sent.len();
    world.want(11);
    assert_eq!((world.take_answer(11), world.sent.len()), (Err(Failure::Ended(End::Revoked)), sent));
}

#[test]
fn rev_1_a_read_of_the_accounts_is_its_own_probe() {
    for (body, state) in [(OWN, "revoked"), ("{}", "revoked"), ("<html></html>", "active"), ("", "active")] {
        let mut world = World::connected();
        world.want(10);
        world.answer(401, "");
        world.answer(200, &tokens(2));
        let sent = world.sent.len();
        world.answer(401, body);
        let code = if state == "revoked" { "revoked" } else { "gateway_refused" };
        assert_eq!(world.take_answer(10).unwrap_err().code().as_str(), code);
        assert_eq!((world.state(), world.sent.len()), (state, sent), "{body}");
    }
}

#[test]
fn rev_1_whatever_else_the_probe_brings_leaves_the_consent() {
    let answers =
        [(200, "{}"), (401, "<html>"), (401, ""), (403, OWN), (404, "{}"), (429, ""), (500, OWN), (503, ""), (302, "")];
    for (status, body) in answers {
        let mut world = World::doubted(10);
        world.answer(status, body);
        assert_eq!((world.take_answer(10), world.state()), (refused(401), "active"), "{status} {body}");
    }
    let mut world = World::doubted(10);
    world.lose();
    assert_eq!((world.take_answer(10), world.state()), (refused(401), "active"));
}

#[test]
fn rev_1_readers_share_one_probe() {
    for (status, code) in [(200, "gateway_refused"), (401, "revoked")] {
        let mut world = World::doubted(10);
        let probe = world.last_id();
        for caller in 11..14 {
            world.want_balance(caller);
            let sent = world.sent.len();
            world.answer(401, OWN);
            assert_eq!(world.sent.len(), sent, "nothing more is asked");
        }
        world.answer_to(probe, status, OWN);
        for caller in 10..14 {
            assert_eq!(world.take_answer(caller).unwrap_err().code().as_str(), code);
        }
    }
}

#[test]
fn acc_1_the_probe_is_attended_where_the_read_is() {
    let user_ip = UserIp::parse("203.0.113.7").unwrap();
    for user_ip in [Some(user_ip), None] {
        let mut world = World::connected();
        let call = ResourceCall::new(Method::Get, "/accounts/1/balance", user_ip.clone(), None).unwrap();
        world.take(Event::Wanted { caller: 10, call });
        world.answer(401, OWN);
        world.answer(200, &tokens(2));
        world.answer(401, OWN);
        let Call::Resource(probe, _) = world.last_call() else { panic!() };
        assert_eq!((probe.path().path(), probe.user_ip()), ("/accounts", user_ip.as_ref()));
    }
}

#[test]
fn rev_1_once_the_consent_is_vouched_for_a_refused_resource_costs_no_refresh() {
    let mut world = World::doubted(10);
    world.answer(200, "{}");
    world.take_answer(10).unwrap_err();
    for caller in 11..20 {
        let sent = world.sent.len();
        world.want_balance(caller);
        world.answer(401, OWN);
        assert_eq!((world.take_answer(caller), world.sent.len()), (refused(401), sent + 1));
        world.crash();
    }
    for caller in 21..30 {
        world.later(grant::FRESH_MS);
        world.want_balance(caller);
        world.answer(401, OWN);
        assert_eq!(world.last_call(), read(2), "a minute later the accounts are tried again");
        world.answer(200, "{}");
        assert_eq!(world.take_answer(caller), refused(401));
    }
    world.later(HOUR);
    world.want_balance(30);
    assert_eq!(world.last_call(), refresh(2), "renewed for its age");
    world.answer(200, &tokens(3));
    world.answer(401, OWN);
    assert_eq!(world.last_call(), refresh(3), "the new token is vouched for by nobody");
}

#[test]
fn rev_1_a_vouched_token_that_is_over_after_all_is_renewed_and_ends_nothing() {
    for body in [OWN, "", "<html></html>"] {
        let mut world = World::doubted(10);
        world.answer(200, "{}");
        world.take_answer(10).unwrap_err();
        world.later(grant::FRESH_MS);
        world.want_balance(11);
        world.answer(401, OWN);
        world.answer(401, body);
        assert_eq!((world.take_answer(11), world.state()), (refused(401), "active"));
        world.want_balance(12);
        world.answer(401, OWN);
        assert_eq!(world.last_call(), refresh(2));
    }
}

#[test]
fn rev_1_a_vouched_token_that_the_accounts_refuse_is_renewed() {
    let mut world = World::doubted(10);
    world.answer(200, "{}");
    world.want(11);
    world.answer(401, OWN);
    assert_eq!(world.last_call(), refresh(2));
    world.answer(200, &tokens(3));
    world.answer(401, OWN);
    assert_eq!(world.take_answer(11), Err(Failure::Ended(End::Revoked)));
}

#[test]
fn rev_1_without_an_answer_to_the_probe_a_refused_resource_costs_a_refresh_a_minute_at_most() {
    let mut world = World::doubted(10);
    world.answer(200, "<html>");
    for caller in 11..20 {
        world.want_balance(caller);
        let sent = world.sent.len();
        world.answer(401, OWN);
        assert_eq!((world.take_answer(caller), world.sent.len(), world.last_call()), (refused(401), sent, balance(2)));
        world.crash();
    }
    world.later(grant::FRESH_MS);
    world.want_balance(20);
    world.answer(401, OWN);
    assert_eq!(world.last_call(), refresh(2));
}

#[test]
fn rev_1_a_token_renewed_long_ago_is_renewed_before_the_consent_is_doubted() {
    let mut world = World::connected();
    world.want_balance(10);
    world.answer(401, OWN);
    world.answer(200, &tokens(2));
    world.answer(200, "{}");
    world.later(HOUR / 2);
    world.want(11);
    world.answer(401, OWN);
    assert_eq!((world.state(), world.last_call()), ("active", refresh(2)));
}

#[test]
fn rev_1_a_renewed_token_that_is_over_already_is_no_word_on_the_consent() {
    for seconds in [0, 2] {
        let mut world = World::connected();
        world.want_balance(10);
        world.answer(401, OWN);
        world.answer(200, &tokens(2).replace("3600", &seconds.to_string()));
        world.later(1000);
        world.answer(401, OWN);
        if seconds > 0 {
            assert_eq!(world.last_call(), read(2));
            world.later(1000);
            world.answer(401, OWN);
        }
        assert_eq!((world.take_answer(10), world.state()), (refused(401), "active"));
    }
}

#[test]
fn rev_1_the_probes_answer_says_nothing_of_a_newer_token() {
    let mut world = World::doubted(10);
    let probe = world.last_id();
    world.later(HOUR);
    world.want(11);
    world.answer(200, &tokens(3));
    world.answer_to(probe, 401, OWN);
    assert_eq!((world.take_answer(10), world.state()), (refused(401), "active"));
}

#[test]
fn rev_1_a_payment_consent_has_no_accounts_to_try() {
    let mut world = World::paying();
    world.want(10);
    world.answer(401, OWN);
    assert_eq!(world.last_call(), refresh(1), "REF-2");
    world.answer(200, &tokens(2));
    let sent = world.sent.len();
    world.answer(401, OWN);
    assert_eq!((world.take_answer(10), world.state(), world.sent.len()), (refused(401), "active", sent));
}

#[test]
fn rev_1_forgetting_answers_whoever_waits_for_the_probe() {
    let mut world = World::doubted(10);
    let probe = world.last_id();
    world.take(Event::Forget { caller: 12 });
    assert_eq!(world.take_answer(10), Err(Failure::NotFound));
    assert_eq!(world.answer_to(probe, 401, OWN), []);
}
