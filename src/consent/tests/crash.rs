//! Death at any moment, and a start from the last durable snapshot.

use super::{world::*, *};

#[test]
fn tok_2_a_crash_with_the_code_under_way_sends_it_again_in_time() {
    let mut world = World::authorised("sandbox");
    let sent = world.sent.len();
    world.crash();
    assert_eq!((world.sent.len(), world.last_call()), (sent + 1, exchange()));
    world.answer(200, &tokens(1));
    assert_eq!(world.state(), "active");
    world.redirect(9, "code-1");
    assert_eq!(world.take_answer(9), Ok(Outcome::Connected), "RED-4: the browser asks again");
}

#[test]
fn tok_5_a_crash_between_keeping_an_answer_and_reading_it_loses_nothing() {
    for (mut world, n) in [(World::authorised("sandbox"), 1), (World::refreshing(10), 2)] {
        let before = world.kept.len();
        world.answer(200, &tokens(n));
        world.kept.truncate(before + 1);
        let sent = world.sent.len();
        world.crash();
        assert_eq!((world.state(), world.sent.len()), ("active", sent), "no code and no refresh token is spent again");
        world.want(11);
        assert_eq!(world.last_call(), read(n));
    }
}

#[test]
fn ref_3_a_crash_during_a_refresh_sends_the_same_refresh_token() {
    let mut world = World::refreshing(10);
    world.crash();
    assert_eq!(world.last_call(), refresh(1));
    world.answer(200, &tokens(2));
    assert_eq!(world.state(), "active");
    let mut world = World::refreshing(10);
    world.crash();
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!(world.state(), "reauthorise", "nobody knows whether the first was answered");
}

#[test]
fn ref_2_a_crash_after_the_refresh_reads_with_the_new_token() {
    let mut world = World::refreshing(10);
    world.answer(200, &tokens(2));
    let sent = world.sent.len();
    world.crash();
    assert_eq!(world.sent.len(), sent);
    world.want(11);
    assert_eq!(world.last_call(), read(2));
}

#[test]
fn env_5_a_consent_of_the_other_environment_is_not_used_and_not_erased() {
    let world = World::connected();
    let refused = Consent::load(applications("production"), world.kept.last().unwrap()).unwrap_err();
    let Error::Configuration(faults) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].setting, "TELL_ENVIRONMENT");
    assert!(Consent::load(applications("sandbox"), world.kept.last().unwrap()).is_ok());
}

#[test]
fn cfg_1_a_consent_of_an_application_that_is_gone_is_told_and_not_erased() {
    let world = World::connected();
    let other = world.kept.last().unwrap().replace(r#""application":"default""#, r#""application":"gone""#);
    let refused = Consent::load(applications("sandbox"), &other).unwrap_err();
    let Error::Configuration(faults) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].setting, "TELL_APPLICATIONS");
}

#[test]
fn cfg_1_an_application_is_picked_by_name() {
    let mut world = World::new("sandbox");
    let start = |name: &str| Event::Start {
        caller: 1,
        scope: Scope::Aisp,
        uuids: uuids(),
        application: Some(name.into()),
        terms: Terms::default(),
    };
    world.take(start("unknown"));
    assert_eq!(world.take_answer(1).unwrap_err().status(), 400);
    world.take(start("default"));
    assert_eq!(world.consent.application().unwrap().name, "default");
}
