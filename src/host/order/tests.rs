#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

const NOW: u64 = 1_800_000_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;
const KEPT: u64 = 400 * DAY;
const DIGEST: Digest = [7; 32];

struct World {
    order: Order,
    now: u64,
    kept: Option<String>,
    wake_at: Option<u64>,
}

fn view(state: PaymentState) -> PaymentView {
    PaymentView { state, ..PaymentView::submitting() }
}

impl World {
    fn new() -> Self {
        Self { order: Order::new(None, KEPT), now: NOW, kept: None, wake_at: None }
    }

    /// One that a consent holds.
    fn held() -> Self {
        let mut world = Self::new();
        assert_eq!(world.claim(1, "a"), Some(Claim::Granted));
        world
    }

    /// What is left to do after what is carried out here.
    fn take(&mut self, event: Event) -> Vec<Command> {
        let mut left = Vec::new();
        for command in self.order.handle(event, self.now) {
            match command {
                Command::Keep(text) => self.kept = Some(text),
                Command::Wake(at) => self.wake_at = Some(at),
                Command::Forget => self.kept = None,
                Command::Inquire { .. } | Command::Answer { .. } => left.push(command),
            }
        }
        left
    }

    fn claim(&mut self, caller: Caller, by: &str) -> Option<Claim> {
        one(caller, self.take(Event::Claimed { caller, by: by.to_owned(), digest: DIGEST }))
    }

    fn hear(&mut self, id: InquiryId, standing: Standing) -> Vec<Command> {
        self.take(Event::Heard { id, standing })
    }

    fn tell(&mut self, by: &str, state: PaymentState) {
        self.take(Event::Told { caller: 9, by: by.to_owned(), view: view(state) });
    }

    fn crash(&mut self) {
        self.order = Order::new(self.kept.as_ref().map(|text| Record::read(text).unwrap()), KEPT);
    }
}

/// The one answer, if there is one.
fn one(caller: Caller, commands: Vec<Command>) -> Option<Claim> {
    match commands.as_slice() {
        [Command::Answer { caller: whom, claim }] if *whom == caller => Some(claim.clone()),
        [Command::Inquire { .. }] => None,
        other => panic!("{other:?}"),
    }
}

fn taken(state: PaymentState) -> Claim {
    Claim::Taken(Rc::new(view(state)))
}

#[test]
fn pay_5_who_holds_it_is_kept_before_they_hear_of_it() {
    let mut order = Order::new(None, KEPT);
    let commands = order.handle(Event::Claimed { caller: 1, by: String::from("a"), digest: DIGEST }, NOW);
    assert!(
        matches!(commands.as_slice(), [Command::Wake(_), Command::Keep(_), Command::Answer { .. }]),
        "{commands:?}"
    );
}

#[test]
fn pay_5_another_payment_is_a_mismatch_whatever_became_of_the_first() {
    for state in [PaymentState::Submitting, PaymentState::Rejected, PaymentState::Credited] {
        let mut world = World::held();
        world.tell("a", state);
        for by in ["a", "b"] {
            let event = Event::Claimed { caller: 2, by: by.to_owned(), digest: [8; 32] };
            assert_eq!(one(2, world.take(event)), Some(Claim::Mismatch));
        }
        assert_eq!(one(3, world.take(Event::Checked { caller: 3, digest: Some([8; 32]) })), Some(Claim::Mismatch));
    }
}

#[test]
fn pay_5_the_holder_is_asked_before_another_is_told_and_what_it_says_holds() {
    use PaymentState::{Accepted, Blocked, Rejected, Settled, Submitting, Unknown};
    for state in [Submitting, Unknown, Accepted, Settled, Blocked] {
        let mut world = World::held();
        assert_eq!(world.claim(2, "b"), None);
        let commands = world.hear(1, Standing::Sent(view(state)));
        assert_eq!(one(2, commands), Some(taken(state)));
    }
    let mut world = World::held();
    world.claim(2, "b");
    assert_eq!(one(2, world.hear(1, Standing::Sent(view(Rejected)))), Some(Claim::Granted));
    assert_eq!(world.order.record().unwrap().holder, "b");
}

#[test]
fn pay_5_what_the_holder_told_before_is_not_news_when_it_comes_late() {
    let mut world = World::held();
    for (state, word) in [(PaymentState::Settled, "ACSC"), (PaymentState::Accepted, "ACSP")] {
        let view = PaymentView { bank_status: Some(word.to_owned()), ..view(state) };
        world.take(Event::Told { caller: 9, by: String::from("a"), view });
    }
    let known = &world.order.record().unwrap().view;
    assert_eq!((known.state, known.bank_status.as_deref()), (PaymentState::Settled, Some("ACSC")));
}

#[test]
fn pay_5_a_holder_that_lets_go_makes_room_and_one_that_is_gone_does_not() {
    let mut world = World::held();
    world.claim(2, "b");
    assert_eq!(one(2, world.hear(1, Standing::NotSent)), Some(Claim::Granted));
    let mut world = World::held();
    world.claim(2, "b");
    assert_eq!(one(2, world.hear(1, Standing::Gone)), Some(taken(PaymentState::Unknown)));
    assert_eq!(world.claim(3, "c"), None);
    assert_eq!(one(3, world.hear(2, Standing::NotSent)), Some(taken(PaymentState::Unknown)), "it is not unsent");
}

#[test]
fn pay_5_while_the_holder_is_asked_its_own_claim_waits() {
    let mut world = World::held();
    world.claim(2, "b");
    assert_eq!(world.take(Event::Claimed { caller: 3, by: String::from("a"), digest: DIGEST }), []);
    let commands = world.hear(1, Standing::NotSent);
    let [Command::Answer { caller: 2, claim: Claim::Granted }, Command::Inquire { id, consent, .. }] =
        commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!(consent, "b", "who lost it has to ask for it as anybody else");
    assert_eq!(
        one(3, world.hear(*id, Standing::Sent(view(PaymentState::Accepted)))),
        Some(taken(PaymentState::Accepted))
    );
}

#[test]
fn pay_5_a_holder_that_cannot_be_asked_keeps_it() {
    let mut world = World::held();
    world.claim(2, "b");
    assert_eq!(one(2, world.hear(1, Standing::Failed)), Some(Claim::Failed));
    assert_eq!(world.hear(1, Standing::NotSent), [], "an answer that comes late lets nothing go");
    assert_eq!(world.claim(3, "a"), Some(Claim::Granted));
}

#[test]
fn pay_5_who_only_checks_takes_nothing_from_the_holder() {
    let mut world = World::new();
    assert_eq!(one(1, world.take(Event::Checked { caller: 1, digest: None })), Some(Claim::Granted));
    assert_eq!(world.order.record(), None);
    let mut world = World::held();
    let asked = world.take(Event::Checked { caller: 2, digest: Some(DIGEST) });
    assert!(matches!(asked.as_slice(), [Command::Inquire { lets_go: false, .. }]));
    assert_eq!(one(2, world.hear(1, Standing::NotSent)), Some(Claim::Granted));
    assert_eq!(world.order.record().unwrap().holder, "a");
}

#[test]
fn pay_5_an_order_is_forgotten_when_two_readings_of_the_clock_say_so() {
    let mut world = World::held();
    world.now = world.wake_at.unwrap();
    assert_eq!(world.now, NOW + KEPT);
    world.take(Event::Woken);
    world.crash();
    world.now += 59_999;
    world.take(Event::Woken);
    assert!(world.order.record().is_some());
    world.now += 1;
    world.take(Event::Woken);
    assert_eq!((world.order.record(), world.kept), (None, None));
}

#[test]
fn rev_2_a_clock_that_jumped_once_forgets_no_order() {
    let mut world = World::held();
    world.now += 10 * KEPT;
    world.take(Event::Woken);
    world.now = NOW + DAY;
    world.take(Event::Woken);
    assert_eq!(world.wake_at, Some(NOW + KEPT));
    assert_eq!(world.claim(2, "b"), None);
}

#[test]
fn rev_2_a_clock_that_jumped_twice_and_was_right_in_between_forgets_no_order() {
    let mut world = World::held();
    for day in [500, 1, 501] {
        world.now = NOW + day * DAY;
        world.take(Event::Woken);
        world.crash();
    }
    assert!(world.order.record().is_some());
}

proptest! {
    #[test]
    fn pay_5_a_record_reads_as_it_was_written(
        digest: Digest, holder: String, bank_status: Option<String>, reference: Option<String>, at in 0..1u64 << 53,
        over_at in prop::option::of(0..1u64 << 53),
        state in prop::sample::select(vec![PaymentState::Submitting, PaymentState::Unknown, PaymentState::Credited]),
    ) {
        let record = Record { digest, holder, view: PaymentView { state, bank_status, reference, payment: None }, at, over_at };
        prop_assert_eq!(Record::read(&record.write()), Ok(record));
    }

    #[test]
    fn pay_5_a_cut_record_is_damage(cut in 0usize..90) {
        let text = World::held().kept.unwrap();
        prop_assert!(Record::read(text.get(..cut).unwrap()).is_err());
    }
}
