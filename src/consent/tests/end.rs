//! How a consent ends, and that its tokens end with it.

use super::{world::*, *};

#[test]
fn rev_1_a_refused_refresh_token_revokes_the_consent() {
    let refusals = [
        (400, r#"{"error":"invalid_grant"}"#),
        (401, r#"{"error":"invalid_grant"}"#),
        (400, r#"{"message":"no"}"#),
        (410, "{}"),
    ];
    for (status, body) in refusals {
        let mut world = World::refreshing(10);
        world.want(11);
        let commands = world.answer(status, body);
        assert!(position(&commands, is_keep) < position(&commands, is_answer));
        for caller in [10, 11] {
            let failure = world.take_answer(caller).unwrap_err();
            assert_eq!((failure.code().as_str(), failure.status()), ("revoked", 403));
        }
        assert_eq!(world.state(), "revoked");
        world.assert_no_secret_kept();
    }
}

#[test]
fn rev_1_a_403_of_a_refresh_is_passed_on_and_ends_nothing() {
    for body in [r#"{"error":"access_denied"}"#, r#"{"error":"invalid_grant"}"#, r#"{"message":"limit"}"#] {
        let mut world = World::refreshing(10);
        world.answer(403, body);
        let failure = world.take_answer(10).unwrap_err();
        assert_eq!((failure.code().as_str(), failure.status()), ("gateway_refused", 403));
        world.want(11);
        assert_eq!((world.state(), world.last_call()), ("active", refresh(1)), "{body}");
    }
}

#[test]
fn rev_1_a_page_in_place_of_the_gateways_own_answer_ends_nothing() {
    for (status, body) in [(400, "<html></html>"), (401, "\n <html>"), (403, ""), (400, ""), (410, "gone"), (422, "[]")]
    {
        let mut world = World::refreshing(10);
        world.answer(status, body);
        while world.answers.is_empty() {
            world.sleep();
            assert_eq!(world.last_call(), refresh(1), "it may have been the proxy alone");
            world.answer(status, body);
        }
        let failure = world.take_answer(10).unwrap_err();
        assert_eq!((failure.code().as_str(), failure.status()), ("gateway_refused", status));
        assert_eq!(world.state(), "active");
    }
}

#[test]
fn ref_3_without_a_refresh_token_the_psu_must_authorise_again() {
    let mut world = World::authorised("sandbox");
    world.answer(200, r#"{"access_token":"access-1"}"#);
    world.want(10);
    world.answer(401, OWN);
    assert_eq!(world.take_answer(10).unwrap_err().code().as_str(), "gateway_refused", "the hour is still good");
    world.later(HOUR);
    world.want(11);
    assert_eq!(world.last_call(), read(1), "the bank's clock decides, not ours");
    world.answer(401, OWN);
    assert_eq!(world.take_answer(11), Err(Failure::Ended(End::Reauthorise)));
    world.assert_no_secret_kept();
}

#[test]
fn rev_1_after_90_days_the_tokens_are_gone() {
    let mut world = World::connected();
    assert_eq!(world.wake_at, Some(START + 90 * DAY), "nothing polls until then");
    world.sleep();
    world.sleep();
    assert_eq!(world.state(), "expired");
    world.assert_no_secret_kept();
    assert_eq!(world.wake_at, Some(START + 97 * DAY + MINUTE));
    world.sleep();
    assert!(world.forgotten && world.consent.view(world.now).is_none() && world.wake_at.is_none());
}

#[test]
fn red_3_a_psu_who_does_not_come_back_in_a_day_is_not_waited_for() {
    let mut world = World::requested("sandbox");
    assert_eq!(world.wake_at, Some(START + DAY));
    world.sleep();
    world.sleep();
    assert_eq!(world.state(), "expired");
    world.redirect(BROWSER, "code-1");
    assert_eq!(world.take_answer(BROWSER), Err(Failure::Ended(End::Expired)));
    assert_eq!(world.sent.len(), 1, "no code is taken any more");
}

#[test]
fn rev_2_time_ends_a_consent_when_a_second_reading_a_minute_later_confirms_it() {
    for (mut world, life) in [(World::requested("sandbox"), DAY), (World::connected(), 90 * DAY)] {
        let state = world.state();
        world.later(life);
        world.take(Event::Woken);
        assert_eq!((world.state(), world.wake_at), (state, Some(world.now + MINUTE)));
        world.crash();
        world.later(MINUTE - 1);
        world.take(Event::Woken);
        assert_eq!(world.state(), state, "what the first reading said outlives a crash, and is not enough");
        world.later(1);
        world.take(Event::Woken);
        assert_eq!(world.state(), "expired");
    }
}

#[test]
fn rev_2_a_clock_that_jumps_and_comes_back_ends_nothing() {
    for (mut world, jump) in
        [(World::requested("sandbox"), DAY), (World::connected(), 90 * DAY), (World::refreshing(10), 90 * DAY)]
    {
        let state = world.state();
        for _ in 0..3 {
            let before = world.now;
            world.later(jump);
            world.take(Event::Woken);
            world.crash();
            world.now = before + SECOND;
            world.take(Event::Woken);
            assert_eq!(world.state(), state);
            assert!(!world.kept.last().unwrap().contains("over_at"), "the first reading is no longer believed");
            assert!(world.wake_at.is_some_and(|at| at <= START + 90 * DAY), "and the end is waited for as before");
        }
    }
}

#[test]
fn rev_2_a_consent_whose_time_may_be_over_works_meanwhile() {
    let mut world = World::requested("sandbox");
    world.later(DAY);
    world.take(Event::Woken);
    world.redirect(BROWSER, "code-1");
    assert!(!world.kept.last().unwrap().contains("over_at"));
    world.answer(200, &tokens(1));
    assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
    world.later(90 * DAY);
    world.want(10);
    assert_eq!(world.last_call(), refresh(1));
    world.answer(200, &tokens(2));
    world.answer(200, "[]");
    assert_eq!(world.take_answer(10), Ok(Outcome::Passed(world.last_id())));
    world.later(MINUTE);
    world.want(11);
    assert_eq!(world.take_answer(11), Err(Failure::Ended(End::Expired)));
}

#[test]
fn rev_2_a_first_reading_of_a_clock_that_was_ahead_is_no_first_reading() {
    let mut world = World::connected();
    world.later(90 * DAY + HOUR);
    world.take(Event::Woken);
    world.now -= HOUR / 2;
    world.take(Event::Woken);
    assert_eq!(world.wake_at, Some(world.now + MINUTE), "over by this one too, and to be read again");
    world.sleep();
    assert_eq!(world.state(), "expired");
}

#[test]
fn rev_2_a_clock_that_steps_back_strands_nobody() {
    // Whoever waits for another attempt: of a read, of a refresh, of an authorisation.
    let mut reading = World::connected();
    reading.want(10);
    reading.answer(500, "");
    let mut renewing = World::refreshing(10);
    renewing.answer(500, "");
    let mut starting = World::new("sandbox");
    starting.start(10);
    starting.answer(500, "");
    for mut world in [reading, renewing, starting] {
        let sent = world.sent.len();
        world.now -= DAY;
        world.take(Event::Woken);
        let is_soon = world.wake_at.is_some_and(|at| at <= world.now + PATIENCE_MS);
        let is_told = world.answers.iter().any(|(caller, _)| *caller == 10);
        assert!(world.sent.len() > sent || is_soon || is_told, "{:?}", world.consent);
    }
}

#[test]
fn rev_1_forgetting_erases_all_and_answers_all() {
    let mut world = World::refreshing(10);
    world.want(11);
    let refresh = world.last_id();
    let commands = world.take(Event::Forget { caller: 12 });
    let forget = position(&commands, |command| *command == Command::Forget);
    assert!(forget < position(&commands, is_answer) && !commands.iter().any(is_keep), "{commands:?}");
    for caller in [10, 11] {
        assert_eq!(world.take_answer(caller), Err(Failure::NotFound));
    }
    assert_eq!(world.take_answer(12), Ok(Outcome::Forgotten));
    assert_eq!(world.answer_to(refresh, 200, &tokens(2)), [], "what comes after is not kept");
    assert!(world.consent.view(world.now).is_none() && world.wake_at.is_none());
    world.start(13);
    assert!(matches!(world.last_call(), Call::Authorise { .. }), "and all can begin anew");
}

#[test]
fn err_2_nothing_that_is_shown_of_a_consent_holds_a_secret() {
    let mut worlds = [World::authorised("sandbox"), World::connected(), World::refreshing(10)];
    for world in &mut worlds {
        let answered = format!("{:?} {:?} {:?}", world.consent, world.consent.view(world.now), world.answers);
        assert!(!["access-", "refresh-", "code-1"].iter().any(|secret| answered.contains(secret)), "{answered}");
        world.answer(400, r#"{"error":"access_denied","error_description":"refresh-1 code-1 access-1"}"#);
        let told: Vec<String> = world
            .answers
            .iter()
            .filter_map(|(_, outcome)| outcome.as_ref().err())
            .map(|failure| format!("{} {} {:?}", failure.code().as_str(), failure.message(), failure.gateway()))
            .collect();
        assert!(!["access-", "refresh-", "code-1"].iter().any(|secret| told.concat().contains(secret)), "{told:?}");
    }
}
