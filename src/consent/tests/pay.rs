//! The one payment of a PISP consent.

use super::{world::*, *};

const PAYER: Caller = 20;
const SECOND_PAYER: Caller = 21;
const WATCHER: Caller = 22;

fn text(amount: &str) -> String {
    format!(
        r#"{{"PaymentType":"Domestic","BeneficiaryName":"A","SchemeName":"SortCodeAccountNumber","BeneficiaryIdentification":"20000012345678","Amount":"{amount}","Currency":"GBP","Reference":"r"}}"#
    )
}

fn payment(amount: &str) -> Payment {
    Payment::parse(text(amount)).unwrap()
}

fn key() -> OrderKey {
    OrderKey::parse("order-1").unwrap()
}

fn pay_for(world: &mut World, caller: Caller, amount: &str, order: Option<OrderKey>) -> Vec<Command> {
    world.take(Event::Pay { caller, payment: Some(payment(amount)), order, user_ip: None })
}

fn pay(world: &mut World, caller: Caller) -> Vec<Command> {
    pay_for(world, caller, "10.00", None)
}

fn look(world: &mut World, caller: Caller) -> PaymentView {
    world.take(Event::PaymentWanted { caller, user_ip: None });
    status(world, caller)
}

fn status(world: &mut World, caller: Caller) -> PaymentView {
    match world.take_answer(caller) {
        Ok(Outcome::Payment(Known::Status(view))) => view,
        other => panic!("{other:?}"),
    }
}

fn submitted(world: &mut World, caller: Caller) -> PaymentState {
    match world.take_answer(caller) {
        Ok(Outcome::Payment(Known::Submitted(view))) => view.state,
        other => panic!("{other:?}"),
    }
}

fn again(world: &mut World, caller: Caller) -> PaymentState {
    match world.take_answer(caller) {
        Ok(Outcome::Payment(Known::Again(view))) => view.state,
        other => panic!("{other:?}"),
    }
}

fn payments(world: &World) -> usize {
    let is_one = |call: &Call| matches!(call, Call::Own(call, _) if call.method() == Method::Post);
    world.sent.iter().filter(|(_, call)| is_one(call)).count()
}

/// A payment that the bank took, and named.
fn accepted() -> World {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.answer(201, r#"{"PaymentId":"p-1","Status":"ACSP"}"#);
    assert_eq!(submitted(&mut world, PAYER), PaymentState::Accepted);
    world
}

fn accepted_for(order: OrderKey) -> World {
    let mut world = World::paying();
    pay_for(&mut world, PAYER, "10.00", Some(order));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    world.answer(201, r#"{"PaymentId":"p-1","Status":"ACSP"}"#);
    assert_eq!(submitted(&mut world, PAYER), PaymentState::Accepted);
    world
}

#[test]
fn pay_2_that_it_is_sent_is_kept_before_it_is() {
    let mut world = World::paying();
    let commands = pay(&mut world, PAYER);
    let [Command::Wake(_), Command::Keep(snapshot), Command::Send { call: Call::Own(call, _), .. }] =
        commands.as_slice()
    else {
        panic!("{commands:?}");
    };
    let paying = Record::read(snapshot.expose()).unwrap().paying;
    assert_eq!(paying.submission.unwrap().state, PaymentState::Submitting);
    assert_eq!((call.path().path(), call.body()), ("/payments", Some(&*text("10.00"))), "byte for byte");
}

#[test]
fn pay_4_the_same_again_is_told_what_is_known_and_another_is_refused() {
    let mut world = accepted();
    pay(&mut world, SECOND_PAYER);
    assert_eq!(again(&mut world, SECOND_PAYER), PaymentState::Accepted);
    pay_for(&mut world, SECOND_PAYER, "10.01", None);
    match world.take_answer(SECOND_PAYER) {
        Err(Failure::AlreadySubmitted(known)) => assert_eq!(known.reference.as_deref(), Some("p-1")),
        other => panic!("{other:?}"),
    }
    assert_eq!(payments(&world), 1);
}

#[test]
fn pay_4_thirty_at_once_are_one_payment_and_one_is_the_first() {
    let mut world = World::paying();
    world.later(HOUR);
    (0..30).for_each(|n| drop(pay(&mut world, 100 + n)));
    world.answer(200, &tokens(2));
    (0..30).for_each(|n| drop(pay(&mut world, 200 + n)));
    world.answer(201, r#"{"PaymentId":"p-1","Status":"ACSP"}"#);
    assert_eq!(submitted(&mut world, 100), PaymentState::Accepted);
    for caller in (101..130).chain(200..230) {
        assert_eq!(again(&mut world, caller), PaymentState::Accepted);
    }
    assert_eq!(payments(&world), 1);
}

#[test]
fn pay_2_after_a_lost_answer_it_is_unknown_and_never_sent_again() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.lose();
    assert_eq!(submitted(&mut world, PAYER), PaymentState::Unknown);
    world.crash();
    pay(&mut world, SECOND_PAYER);
    assert_eq!(again(&mut world, SECOND_PAYER), PaymentState::Unknown);
    assert_eq!((payments(&world), world.state()), (1, "spent"));
}

#[test]
fn pay_2_a_crash_while_it_is_under_way_leaves_it_unknown() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.crash();
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::Unknown);
    assert_eq!(payments(&world), 1);
}

#[test]
fn pay_2_a_crash_while_it_is_under_way_is_noticed_though_nobody_comes() {
    let mut world = World::paying();
    let began = world.now;
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    assert_eq!(world.wake_at, Some(began + 11 * SECOND));
    world.sleep();
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::Submitting, "its answer may still come");
    world.crash();
    let told: Vec<_> = world.notices.iter().map(|notice| notice.note.what).collect();
    assert_eq!(told, [What::Payment(PaymentState::Unknown)]);
}

#[test]
fn pay_2_an_answer_that_comes_late_is_taken() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    let id = world.last_id();
    world.lose();
    assert_eq!(submitted(&mut world, PAYER), PaymentState::Unknown);
    world.answer_to(id, 201, r#"{"PaymentId":"p-1","Status":"ACSC"}"#);
    world.answer_to(id, 201, r#"{"PaymentId":"p-1","Status":"BLCK"}"#);
    let view = world.consent.payment().unwrap();
    assert_eq!((view.state, view.bank_status.as_deref()), (PaymentState::Settled, Some("ACSC")), "once");
}

#[test]
fn err_3_no_answer_to_a_payment_leads_to_another() {
    for status in [200, 302, 400, 401, 403, 408, 409, 429, 500, 503] {
        let mut world = World::paying();
        pay(&mut world, PAYER);
        world.answer(status, "{}");
        world.take_answer(PAYER).ok();
        world.later(HOUR);
        world.take(Event::Woken);
        assert_eq!((payments(&world), world.state()), (1, "spent"), "{status}");
    }
}

#[test]
fn pay_3_a_refusal_is_told_to_whoever_waits_and_kept_as_rejected() {
    let mut world = World::paying();
    pay(&mut world, PAYER);
    world.answer(422, r#"{"error":"no_money"}"#);
    assert!(matches!(world.take_answer(PAYER), Err(Failure::Refused(refusal)) if refusal.status == 422));
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::Rejected);
    pay(&mut world, SECOND_PAYER);
    assert_eq!(again(&mut world, SECOND_PAYER), PaymentState::Rejected);
}

#[test]
fn pay_6_the_stated_payment_and_no_other_is_submitted() {
    let mut world = World::paying_for(Terms { payment: Some(payment("10.00")), ..Terms::default() });
    pay_for(&mut world, PAYER, "10.01", None);
    assert_eq!(world.take_answer(PAYER), Err(Failure::PaymentMismatch));
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::Ready);
    world.take(Event::Pay { caller: PAYER, payment: None, order: None, user_ip: None });
    assert_eq!(payments(&world), 1);
    let mut world = World::paying();
    world.take(Event::Pay { caller: PAYER, payment: None, order: None, user_ip: None });
    assert!(matches!(world.take_answer(PAYER), Err(Failure::Input(Error::Payment(_)))));
}

#[test]
fn pay_5_an_order_is_claimed_before_its_payment_leaves() {
    let mut world = World::paying();
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    assert_eq!((payments(&world), world.claims.clone()), (0, vec![(1, key())]));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    assert_eq!(payments(&world), 1);
}

#[test]
fn pay_5_what_the_order_says_no_to_is_not_sent_and_can_be_asked_again() {
    let taken = Rc::new(PaymentView { state: PaymentState::Settled, ..PaymentView::submitting() });
    for (claim, failure) in [
        (Claim::Mismatch, Failure::OrderMismatch),
        (Claim::Taken(taken.clone()), Failure::OrderPaid(taken)),
        (Claim::Failed, Failure::Crowded(5)),
    ] {
        let mut world = World::paying();
        pay_for(&mut world, PAYER, "10.00", Some(key()));
        world.take(Event::Claimed { id: 1, claim });
        assert_eq!((world.take_answer(PAYER), payments(&world)), (Err(failure), 0));
        pay_for(&mut world, PAYER, "10.00", Some(key()));
        assert_eq!(world.claims.len(), 2);
    }
}

#[test]
fn pay_5_a_claim_that_was_let_go_sends_nothing() {
    let mut world = World::paying();
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    world.take(Event::Inquired { caller: 30, lets_go: true });
    assert_eq!(world.take_answer(30), Ok(Outcome::Standing(None)));
    assert_eq!(world.take_answer(PAYER), Err(Failure::Crowded(5)));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    assert_eq!(payments(&world), 0, "another consent holds the order by now");
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    assert_eq!(payments(&world), 0, "an older claim's grant");
    world.take(Event::Claimed { id: 2, claim: Claim::Granted });
    assert_eq!(payments(&world), 1);
    world.take(Event::Inquired { caller: 30, lets_go: true });
    assert!(
        matches!(world.take_answer(30), Ok(Outcome::Standing(Some(view))) if view.state == PaymentState::Submitting)
    );
}

#[test]
fn pay_5_an_order_that_does_not_answer_is_given_up() {
    let mut world = World::paying();
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    world.sleep();
    assert_eq!((world.take_answer(PAYER), payments(&world)), (Err(Failure::Crowded(5)), 0));
}

#[test]
fn pay_5_the_order_hears_of_each_state_until_it_has_it() {
    let mut world = World::paying();
    pay_for(&mut world, PAYER, "10.00", Some(key()));
    world.take(Event::Claimed { id: 1, claim: Claim::Granted });
    world.answer(422, "{}");
    let notice = world.notices.pop().unwrap();
    assert_eq!((notice.note.to, notice.note.what), (Receiver::Order, What::Payment(PaymentState::Rejected)));
    world.take(Event::Noted { id: notice.note.id, is_delivered: false });
    world.sleep();
    assert_eq!(world.notices.pop().map(|again| again.note), Some(notice.note));
    world.take(Event::Noted { id: notice.note.id, is_delivered: true });
    world.later(HOUR);
    world.take(Event::Woken);
    assert_eq!(world.notices, []);
}

#[test]
fn pay_3_the_bank_is_asked_at_most_every_two_seconds() {
    let mut world = accepted();
    let asked = world.sent.len();
    for n in 0..10 {
        world.take(Event::PaymentWanted { caller: 100 + n, user_ip: None });
    }
    assert_eq!(world.sent.len(), asked + 1);
    world.answer(200, r#"{"Status":"ACSC"}"#);
    (0..10).for_each(|n| assert_eq!(status(&mut world, 100 + n).state, PaymentState::Settled));
    world.later(1999);
    assert_eq!(look(&mut world, WATCHER).bank_status.as_deref(), Some("ACSC"));
    world.crash();
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::Settled, "a crash forgets no question");
    assert_eq!(world.sent.len(), asked + 1);
    world.later(1);
    world.take(Event::PaymentWanted { caller: WATCHER, user_ip: None });
    assert_eq!(world.sent.len(), asked + 2);
}

#[test]
fn pay_3_it_follows_the_payment_in_growing_gaps_for_a_day() {
    let mut world = accepted();
    let (began, mut asked) = (world.now, Vec::new());
    while world.now < began + 2 * DAY {
        let before = world.sent.len();
        world.sleep();
        if world.sent.len() > before && matches!(world.last_call(), Call::Refresh { .. }) {
            world.answer(200, &tokens(9));
        }
        if let (true, Call::Own(call, _)) = (world.sent.len() > before, world.last_call()) {
            assert_eq!(call.path().path(), "/payments/p-1");
            asked.push((world.now - began) / SECOND);
            world.answer(200, r#"{"Status":"ACSP"}"#);
        }
        if world.wake_at.unwrap() > began + 2 * DAY {
            break;
        }
    }
    assert_eq!(asked.get(..8).unwrap(), [5, 15, 35, 75, 155, 315, 635, 1275]);
    assert!(asked.windows(2).all(|pair| pair[1] - pair[0] <= 3600), "{asked:?}");
    assert!((82_000..=86_400).contains(asked.last().unwrap()), "{asked:?}");
}

#[test]
fn pay_3_just_asked_by_somebody_it_does_not_ask_by_itself_and_sleeps_meanwhile() {
    let mut world = accepted();
    let began = world.now;
    world.later(4 * SECOND);
    world.take(Event::PaymentWanted { caller: WATCHER, user_ip: None });
    world.answer(200, r#"{"Status":"ACSP"}"#);
    assert_eq!(world.wake_at, Some(began + 6 * SECOND), "the question of the fifth second waits");
    let asked = world.sent.len();
    world.sleep();
    assert_eq!(world.sent.len(), asked + 1);
}

#[test]
fn pay_3_a_crash_while_the_bank_is_asked_ends_no_watch() {
    let mut world = accepted();
    let began = world.now;
    world.sleep();
    assert_eq!((world.now, world.wake_at), (began + 5 * SECOND, Some(began + 15 * SECOND)));
    world.sleep();
    assert_eq!(world.wake_at, Some(began + 35 * SECOND), "the first question is still under way");
    let asked = world.sent.len();
    world.crash();
    assert_eq!(world.sent.len(), asked + 1);
}

#[test]
fn pay_3_a_payment_that_left_by_a_clock_that_was_ahead_is_followed_all_the_same() {
    let mut world = World::paying();
    let right = world.now;
    world.later(300 * DAY);
    pay(&mut world, PAYER);
    world.answer(200, &tokens(2));
    world.answer(201, r#"{"PaymentId":"p-1","Status":"ACSP"}"#);
    assert_eq!(submitted(&mut world, PAYER), PaymentState::Accepted);
    world.now = right;
    world.crash();
    let asked = world.sent.len();
    world.sleep();
    assert_eq!((world.now, world.sent.len()), (right + 5 * SECOND, asked + 1));
}

#[test]
fn pay_3_a_late_no_is_told_and_an_end_is_not_asked_about() {
    let mut world = accepted();
    world.take(Event::PaymentWanted { caller: WATCHER, user_ip: None });
    world.answer(200, r#"{"Status":"RJCT"}"#);
    assert_eq!(status(&mut world, WATCHER).state, PaymentState::Rejected);
    let asked = world.sent.len();
    world.later(HOUR);
    world.take(Event::Woken);
    assert_eq!((look(&mut world, WATCHER).state, world.sent.len()), (PaymentState::Rejected, asked));
}

#[test]
fn pay_3_what_the_bank_does_not_tell_changes_nothing() {
    for (status_code, body) in [(404, "{}"), (500, ""), (200, "<html>"), (200, "{}")] {
        let mut world = accepted();
        world.take(Event::PaymentWanted { caller: WATCHER, user_ip: None });
        for _ in 0..3 {
            world.answer(status_code, body);
            world.later(5 * SECOND);
            world.take(Event::Woken);
        }
        assert_eq!(status(&mut world, WATCHER).state, PaymentState::Accepted, "{status_code} {body}");
    }
}

#[test]
fn pay_1_another_call_that_changes_something_is_none() {
    let mut world = World::paying();
    let call = ResourceCall::new(Method::Post, "/payments", None, Some(text("1.00"))).unwrap();
    world.take(Event::Wanted { caller: PAYER, call });
    assert_eq!((world.take_answer(PAYER), payments(&world)), (Err(Failure::NotReadOnly), 0));
    let mut world = World::connected();
    pay(&mut world, PAYER);
    assert_eq!(world.take_answer(PAYER), Err(Failure::Input(Error::Scope)));
}

#[test]
fn pay_1_before_the_customer_came_back_nothing_is_paid() {
    let mut world = World::requested_for("sandbox", Scope::Pisp, Terms::default());
    pay(&mut world, PAYER);
    assert_eq!(world.take_answer(PAYER), Err(Failure::NotAuthorised));
    assert_eq!(look(&mut world, WATCHER).state, PaymentState::AwaitingConsent);
}

#[test]
fn err_3_without_a_token_the_payer_is_told_and_nothing_was_sent() {
    let mut world = World::paying();
    world.later(HOUR);
    pay(&mut world, PAYER);
    world.answer(401, "{}");
    assert!(matches!(world.take_answer(PAYER), Err(Failure::RefusedClient(_))));
    assert_eq!((look(&mut world, WATCHER).state, payments(&world)), (PaymentState::Ready, 0));
    pay(&mut world, SECOND_PAYER);
    world.answer(200, &tokens(2));
    assert_eq!(payments(&world), 1);
}

#[test]
fn con_1_a_payment_is_followed_whatever_its_customer_does_next() {
    let mut world = accepted();
    world.take(Event::Replaced { caller: 40 });
    assert_eq!((world.take_answer(40), world.forgotten), (Ok(Outcome::Forgotten), false));
    let mut world = World::paying();
    world.take(Event::Replaced { caller: 40 });
    assert_eq!((world.take_answer(40), world.forgotten), (Ok(Outcome::Forgotten), true));
}

#[test]
fn pay_5_a_forgotten_consent_that_has_told_all_is_not_woken_again() {
    let mut world = accepted_for(key());
    let notes: Vec<_> = world.notices.drain(..).map(|notice| notice.note.id).collect();
    world.take(Event::Forget { caller: 40 });
    for id in notes {
        world.take(Event::Noted { id, is_delivered: true });
    }
    assert_eq!((world.take_answer(40), world.forgotten), (Ok(Outcome::Forgotten), true));
    assert_eq!(world.wake_at, None);
}
