//! The one payment of a PISP consent.

use super::{world::*, *};

const PAYER: Caller = 20;
const SECOND_PAYER: Caller = 21;

fn payment() -> ResourceCall {
    let body = r#"{"Amount":"10.00","Currency":"GBP"}"#;
    ResourceCall::new(Method::Post, "/payments", None, Some(body.into())).unwrap()
}

fn pay(world: &mut World, caller: Caller) -> Vec<Command> {
    world.take(Event::Wanted { caller, call: payment() })
}

#[test]
fn pay_1_a_second_payment_is_refused_unsent() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.answer(201, r#"{"Reference":"1"}"#);
    assert_eq!(world.take_answer(PAYER), Ok(Outcome::Passed(world.last_id())));
    assert_eq!(world.state(), "spent");
    let sent = world.sent.len();
    pay(&mut world, SECOND_PAYER);
    assert_eq!(world.take_answer(SECOND_PAYER), Err(Failure::AlreadySubmitted));
    assert_eq!(world.sent.len(), sent);
}

#[test]
fn pay_1_two_that_wait_for_one_refresh_send_one_payment() {
    let mut world = World::paying();
    world.later(HOUR);
    pay(&mut world, PAYER);
    pay(&mut world, SECOND_PAYER);
    world.answer(200, &tokens(2));
    let payments = world.sent.iter().filter(|(_, call)| matches!(call, Call::Resource(..))).count();
    assert_eq!((payments, world.take_answer(SECOND_PAYER)), (1, Err(Failure::AlreadySubmitted)));
}

#[test]
fn pay_2_that_it_was_sent_is_kept_before_it_is() {
    let mut world = World::paying();
    let commands = pay(&mut world, PAYER);
    let [Command::Keep(snapshot), Command::Send { call: Call::Resource(call, _), .. }] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    assert!(Record::read(snapshot.expose()).unwrap().spent_at.is_some());
    assert_eq!(*call, payment());
}

#[test]
fn pay_2_a_payment_whose_answer_was_lost_is_never_sent_again() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    let sent = world.sent.len();
    world.lose();
    world.take_answer(PAYER).unwrap_err();
    world.crash();
    pay(&mut world, SECOND_PAYER);
    assert_eq!(world.take_answer(SECOND_PAYER), Err(Failure::AlreadySubmitted));
    assert_eq!((world.sent.len(), world.state()), (sent, "spent"));
}

#[test]
fn pay_2_no_refusal_of_a_payment_is_tried_again() {
    for status in [401, 403, 429, 500, 503] {
        let mut world = World::paying();
        pay(&mut world, PAYER);
        let sent = world.sent.len();
        world.answer(status, "{}");
        world.take_answer(PAYER).unwrap_err();
        world.later(HOUR);
        world.take(Event::Woken);
        assert_eq!((world.sent.len(), world.state()), (sent, "spent"), "{status}");
    }
}

#[test]
fn pay_3_the_status_can_be_asked_for_afterwards() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.answer(201, r#"{"Reference":"1"}"#);
    world.want(30);
    world.answer(200, r#"{"Status":"Accepted"}"#);
    assert_eq!(world.take_answer(30), Ok(Outcome::Passed(world.last_id())));
}
