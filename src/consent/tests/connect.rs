//! From the request to the tokens.

use super::{world::*, *};

#[test]
fn aut_1_a_start_asks_the_gateway_and_sends_the_psu_to_its_location() {
    let mut world = World::new("sandbox");
    let commands = world.start(STARTER);
    assert!(matches!(
        commands.as_slice(),
        [.., Command::Send { call: Call::Authorise { scope: Scope::Aisp, .. }, .. }]
    ));
    let body = r#"{"intent-id":"i","location":"https://auth.tell.money/x"}"#;
    let commands = world.answer(200, body);
    assert!(position(&commands, is_keep) < position(&commands, is_answer), "durable before the PSU leaves");
    let Ok(Outcome::Requested { uuid, location, ends_at }) = world.take_answer(STARTER) else { panic!() };
    assert_eq!((location.as_str(), ends_at), ("https://auth.tell.money/x", START + DAY));
    assert!(world.kept[0].contains(&uuid));
    assert_eq!(world.state(), "requested");
    world.start(9);
    assert_eq!(world.take_answer(9), Err(Failure::AlreadyStarted));
}

#[test]
fn aut_4_an_answer_that_sends_the_psu_elsewhere_starts_nothing() {
    let mut world = World::new("sandbox");
    world.start(STARTER);
    world.answer(200, r#"{"intent-id":"i","location":"https://evil.example/"}"#);
    assert_eq!(world.take_answer(STARTER), Err(Failure::Location));
    assert!(world.consent.view(world.now).is_none() && world.kept.is_empty());
}

#[test]
fn err_1_a_start_that_the_gateway_refuses_says_why() {
    for (status, code) in [(400, "gateway_refused"), (401, "gateway_refused_client"), (403, "gateway_refused")] {
        let mut world = World::new("sandbox");
        world.start(STARTER);
        world.answer(status, "{}");
        assert_eq!(world.take_answer(STARTER).unwrap_err().code().as_str(), code);
        assert!(world.kept.is_empty());
    }
    let mut world = World::new("sandbox");
    world.start(STARTER);
    world.lose();
    assert_eq!(world.take_answer(STARTER), Err(Failure::Timeout));
    world.start(STARTER);
    assert_eq!(world.sent.len(), 2, "and can be tried again");
}

/// The UUIDs of what was sent to `/authorise`, in order.
fn asked(world: &World) -> Vec<RequestUuid> {
    let uuid = |(_, call): &(SendId, Call)| {
        if let Call::Authorise { uuid, .. } = call { Some(uuid.clone()) } else { None }
    };
    world.sent.iter().filter_map(uuid).collect()
}

#[test]
fn err_3_an_authorisation_whose_connection_broke_is_asked_for_once_more_with_a_fresh_uuid() {
    for loss in [Loss::Unreachable, Loss::Unreadable] {
        let mut world = World::new("sandbox");
        world.start(STARTER);
        let lost = Event::Lost { id: world.last_id(), loss };
        world.take(lost);
        assert_eq!(asked(&world), uuids()[..2], "at once");
        world.answer(200, r#"{"intent-id":"i","location":"https://auth.tell.money/x"}"#);
        let Ok(Outcome::Requested { uuid, .. }) = world.take_answer(STARTER) else { panic!() };
        assert_eq!(uuid, uuids()[1].as_str(), "RED-3: the one that the customer comes back with");
        assert!(world.kept[0].contains(&uuid));
        let mut world = World::new("sandbox");
        world.start(STARTER);
        for _ in 0..2 {
            world.take(Event::Lost { id: world.last_id(), loss });
        }
        assert_eq!((world.take_answer(STARTER), asked(&world).len()), (Err(loss.failure()), 2));
    }
}

#[test]
fn err_3_an_authorisation_that_the_gateway_fails_at_is_asked_for_again_within_a_deadline() {
    for (status, code) in
        [(500, "gateway_failed"), (502, "gateway_failed"), (429, "gateway_busy"), (425, "gateway_busy")]
    {
        let mut world = World::new("sandbox");
        world.start(STARTER);
        let commands = world.answer(status, "<html></html>");
        assert!(matches!(commands.as_slice(), [Command::Wake(Some(Wake { reason: Reason::AuthoriseRetry, .. }))]));
        world.sleep();
        world.answer(status, "");
        world.sleep();
        assert!(world.now - START >= 1200, "with backoff");
        let commands = world.answer(status, "");
        assert_eq!(world.take_answer(STARTER).unwrap_err().code().as_str(), code);
        assert_eq!((asked(&world), world.wake_at), (uuids().to_vec(), None));
        assert!(commands.contains(&Command::Forget), "nothing is left of the wake-ups: {commands:?}");
    }
    let mut world = World::new("sandbox");
    world.start(STARTER);
    world.busy(503, 9000);
    world.sleep();
    assert!(world.now - START >= 9000);
    world.busy(503, 9000);
    assert_eq!(world.take_answer(STARTER), Err(Failure::Busy(9)), "nobody is kept waiting longer");
}

#[test]
fn tok_1_a_code_is_exchanged_for_tokens() {
    let mut world = World::requested("sandbox");
    let commands = world.redirect(BROWSER, "code-1");
    assert_eq!(world.last_call(), exchange());
    assert!(position(&commands, is_keep) < position(&commands, is_send));
    assert_eq!(world.state(), "authorised");
    world.answer(200, &tokens(1));
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
    let view = world.consent.view(world.now).unwrap();
    assert_eq!(
        (name(view.state), view.permissions),
        ("active", ["accounts:read", "balance:read"].map(str::to_owned).as_slice())
    );
    assert_eq!((view.granted_at, view.ends_at), (Some(START), Some(START + 90 * DAY)));
}

#[test]
fn tok_5_what_the_gateway_sent_is_durable_before_it_is_read() {
    let mut world = World::authorised("sandbox");
    let body = r#"{"token_type":"surprise","access_token":"access-1","expires_in":[],"new":{}}"#;
    let before = world.kept.len();
    let commands = world.answer(200, body);
    let as_it_came = world.kept[before].clone();
    assert!(as_it_came.contains(r#"\"new\":{}"#), "{as_it_came}");
    assert_eq!(position(&commands, is_keep), 0);
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected), "nor does a surprise cost the consent");
    assert!(!world.kept.last().unwrap().contains("surprise"), "once read, only its meaning is kept");
}

#[test]
fn tok_5_an_answer_that_cannot_be_read_stays_on_the_disk_and_the_code_is_sent_again() {
    let mut world = World::authorised("sandbox");
    world.answer(200, "<html>access_token</html>");
    assert!(world.kept.last().unwrap().contains("<html>access_token</html>"));
    world.sleep();
    assert_eq!(world.sent.len(), 3);
    assert_eq!(world.last_call(), exchange());
    world.answer(200, &tokens(1));
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
}

#[test]
fn tok_5_a_refresh_token_that_cannot_be_used_is_kept_and_told_once_it_is_needed() {
    let mut world = World::authorised("sandbox");
    world.answer(200, r#"{"access_token":"access-1","refresh_token":{"value":"refresh-é"}}"#);
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
    world.want(10);
    assert_eq!(world.last_call(), read(1));
    world.answer(200, "[]");
    world.take_answer(10).unwrap();
    let sent = world.sent.len();
    for caller in 11..14 {
        world.later(HOUR);
        world.want(caller);
        assert_eq!((world.take_answer(caller), world.sent.len()), (Err(Failure::BadAnswer), sent));
        assert_eq!(world.state(), "active");
        assert!(world.kept.last().unwrap().contains("refresh-é"), "as it came");
        world.crash();
    }
}

#[test]
fn tok_5_a_refused_refresh_ends_nothing_while_a_newer_token_cannot_be_used() {
    let mut world = World::refreshing(10);
    world.answer(200, r#"{"access_token":"access-2","refresh_token":["refresh-2"]}"#);
    assert_eq!(world.last_call(), read(2));
    world.later(HOUR);
    world.want(11);
    assert_eq!(world.last_call(), refresh(1), "the gateway may honour it still");
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!((world.take_answer(11), world.state()), (Err(Failure::BadAnswer), "active"));
    assert!(world.kept.last().unwrap().contains("refresh-2"));
    world.want(12);
    world.answer(200, r#"{"access_token":"access-3"}"#);
    assert!(world.kept.last().unwrap().contains("refresh-2"), "an answer without one brings none");
    world.later(HOUR);
    world.want(13);
    world.answer(200, &tokens(4));
    assert!(!world.kept.last().unwrap().contains("refresh-2"), "until there is one that can be used");
}

#[test]
fn tok_5_a_refresh_token_with_spaces_or_of_digits_is_used_as_it_came() {
    for (written, text) in [("\"refresh  1 \"", "refresh  1 "), ("71", "71")] {
        let mut world = World::authorised("sandbox");
        world.answer(200, &format!(r#"{{"access_token":"access-1","refresh_token":{written}}}"#));
        world.later(HOUR);
        world.crash();
        world.want(10);
        assert_eq!(world.last_call(), Call::Refresh { refresh_token: Secret::new(text.into()) });
    }
}

#[test]
fn tok_5_a_token_answer_over_64_kib_is_refused_and_not_kept() {
    let mut world = World::refreshing(10);
    let kept = world.kept.len();
    world.answer(200, &(tokens(2) + &" ".repeat(65_536)));
    assert_eq!(world.kept.len(), kept);
    world.sleep();
    assert_eq!(world.last_call(), refresh(1));
    world.answer(200, &tokens(2));
    assert_eq!(world.last_call(), read(2));
}

#[test]
fn red_2_a_declined_consent_is_an_outcome() {
    for code in ["null", ""] {
        let mut world = World::requested("sandbox");
        world.redirect(BROWSER, code);
        assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Declined));
        assert_eq!((world.state(), world.sent.len()), ("declined", 1), "nothing is exchanged");
    }
}

#[test]
fn red_3_a_redirect_of_another_authorisation_exchanges_nothing() {
    let mut world = World::requested("sandbox");
    for commands in world.foreign_redirects(9) {
        assert_eq!(commands, [Command::Answer { caller: 9, outcome: Err(Failure::RedirectMismatch) }]);
    }
    world.redirect(BROWSER, "code-1");
    world.answer(200, &tokens(1));
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected), "the consent is none the worse for it");
    world.foreign_redirects(9);
    assert_eq!((world.state(), world.sent.len()), ("active", 2));
}

#[test]
fn red_3_a_redirect_that_nobody_asked_for_exchanges_nothing() {
    let mut world = World::new("sandbox");
    world.redirect(9, "code-9");
    assert_eq!(world.take_answer(9), Err(Failure::RedirectMismatch));
    assert!(world.sent.is_empty() && world.kept.is_empty());
}

#[test]
fn red_4_a_repeat_while_the_code_is_under_way_waits_for_the_same_outcome() {
    let mut world = World::authorised("sandbox");
    world.redirect(8, "code-1");
    world.redirect(9, "null");
    assert_eq!(world.sent.len(), 2, "one exchange");
    world.answer(200, &tokens(1));
    for caller in [BROWSER, 8, 9] {
        assert_eq!(world.take_answer(caller), Ok(Outcome::Connected));
    }
}

#[test]
fn red_4_a_repeat_of_a_finished_callback_shows_the_same_outcome() {
    let mut connected = World::connected();
    let mut declined = World::requested("sandbox");
    declined.redirect(BROWSER, "null");
    declined.take_answer(BROWSER).unwrap();
    for (world, outcome) in [(&mut connected, Outcome::Connected), (&mut declined, Outcome::Declined)] {
        let (sent, kept) = (world.sent.len(), world.kept.len());
        for code in ["code-1", "code-9", "null"] {
            world.redirect(9, code);
            assert_eq!(world.take_answer(9), Ok(outcome.clone()), "{code}");
        }
        assert_eq!((world.sent.len(), world.kept.len()), (sent, kept), "no code is spent");
    }
}

#[test]
fn tok_2_a_code_within_its_lifetime_is_sent_again_and_not_after() {
    for (environment, lifetime) in [("sandbox", 600 * SECOND), ("production", 60 * SECOND)] {
        let mut world = World::authorised(environment);
        let mut sent_at = vec![world.now];
        while world.state() == "authorised" {
            world.lose();
            let before = world.sent.len();
            world.sleep();
            sent_at.extend((world.sent.len() > before).then_some(world.now));
        }
        assert_eq!(world.state(), "code_expired");
        assert!(sent_at.len() > 1 && sent_at.iter().all(|at| at - START < lifetime), "ENV-2: {sent_at:?}");
        world.assert_no_secret_kept();
        assert!(world.take_answer(BROWSER).is_err());
    }
}

#[test]
fn tok_2_a_code_that_is_too_old_is_not_sent() {
    for (environment, lifetime) in [("sandbox", 600 * SECOND), ("production", 60 * SECOND)] {
        let mut world = World::authorised(environment);
        world.later(lifetime);
        let commands = world.crash();
        assert!(!commands.iter().any(is_send), "{commands:?}");
        assert_eq!(world.state(), "code_expired");
        world.redirect(9, "code-1");
        assert_eq!(world.take_answer(9), Err(Failure::Ended(End::CodeExpired)));
    }
}

#[test]
fn tok_2_a_refused_code_ends_the_consent() {
    let mut world = World::authorised("sandbox");
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!(world.take_answer(BROWSER), Err(Failure::Ended(End::Reauthorise)));
    world.assert_no_secret_kept();
}
