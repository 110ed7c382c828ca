//! What is counted of calls: each once, whatever becomes of the shard that is to have it.

use super::{
    figures::{FUNDS, Kind},
    tally::BatchId,
    world::*,
    *,
};
use std::collections::HashMap;

/// A shard that counts a batch once, while it can be reached.
#[derive(Default)]
struct Shard {
    taken: HashMap<String, Counts>,
    is_dead: bool,
    /// It counts, and what it says of that is lost.
    is_mute: bool,
}

impl Shard {
    /// Takes what is under way, until nothing is.
    fn take(&mut self, world: &mut World) {
        while let Some((id, batch)) = (!world.batches.is_empty()).then(|| world.batches.remove(0)) {
            if !self.is_dead {
                let known = self.taken.entry(batch.id.write()).or_insert_with(|| batch.counts.clone());
                assert_eq!(*known, batch.counts, "one id stands for one batch");
            }
            world.take(Event::Counted { id, is_taken: !self.is_dead && !self.is_mute });
        }
    }

    fn all(&self) -> Counts {
        let mut all = Counts::default();
        self.taken.values().for_each(|counts| all.merge(&counts.within(|_| 0)));
        all
    }

    fn requests(&self, kind: Kind) -> u64 {
        self.all().get(0, kind).map_or(0, |figures| figures.requests())
    }
}

fn counting() -> Rc<Applications> {
    let applications = applications("sandbox");
    Rc::new(Applications { counts: true, ..(*applications).clone() })
}

fn connect(world: &mut World) {
    world.start(STARTER);
    world.answer(200, &format!(r#"{{"intent-id":"{INTENT}","location":"https://auth.tell.money/v1/authorise/x"}}"#));
    world.redirect(BROWSER, "code-1");
    world.answer(200, &tokens(1));
}

fn connected() -> World {
    let mut world = World::with(counting());
    connect(&mut world);
    world
}

fn is_backlog(text: &str) -> bool {
    text.contains("\"batch\"") || text.contains("\"counts\"")
}

#[test]
fn sta_2_a_call_is_handed_on_as_soon_as_it_is_answered_and_its_time_is_the_clocks() {
    let mut world = World::with(counting());
    world.start(STARTER);
    assert!(world.batches.is_empty(), "what is under way is not counted yet");
    world.later(40);
    world.answer(503, "");
    let [(_, batch)] = &world.batches[..] else { panic!("{:?}", world.batches) };
    let figures = batch.counts.get(START / DAY, Kind::Aisp).unwrap();
    assert_eq!((figures.requests(), figures.of_bank(), figures.took()), (1, 1, (40, 1)));
}

#[test]
fn sta_1_calls_count_as_the_consents_scope_and_the_question_for_funds_as_its_own_kind() {
    let mut world = World::with(counting());
    world.scope = Scope::Pisp;
    let mut shard = Shard::default();
    connect(&mut world);
    world.take(Event::Wanted { caller: 5, call: get(FUNDS) });
    world.answer(200, "{}");
    shard.take(&mut world);
    assert_eq!(Kind::ALL.map(|kind| shard.requests(kind)), [0, 2, 1]);
}

#[test]
fn sta_2_what_comes_while_a_batch_is_under_way_leaves_as_one_behind_it() {
    let mut world = connected();
    for caller in 3..6 {
        world.want(caller);
        world.answer(200, "{}");
    }
    assert_eq!(world.batches.len(), 1, "one at a time");
    let (id, _) = world.batches[0];
    world.take(Event::Counted { id, is_taken: true });
    let (_, second) = &world.batches[1];
    assert_eq!(second.counts.get(START / DAY, Kind::Aisp).unwrap().requests(), 4);
    assert!(!world.kept.iter().any(|text| is_backlog(text)), "nothing is written where all goes well");
}

#[test]
fn sta_2_what_a_shard_does_not_take_is_kept_and_counted_once_later_under_the_same_id() {
    let mut world = connected();
    let mut shard = Shard { is_dead: true, ..Shard::default() };
    shard.take(&mut world);
    for caller in 3..6 {
        world.later(DAY);
        world.want(caller);
        while world.last_call() != read(1) && !matches!(world.last_call(), Call::Resource(..)) {
            world.answer(200, &tokens(1));
        }
        world.answer(200, "{}");
        shard.take(&mut world);
        assert!(is_backlog(world.kept.last().unwrap()), "durable at once");
        world.crash();
        shard.take(&mut world);
    }
    (shard.is_dead, shard.is_mute) = (false, true);
    world.sleep();
    shard.take(&mut world);
    world.crash();
    shard.take(&mut world);
    shard.is_mute = false;
    for _ in 0..3 {
        world.sleep();
        shard.take(&mut world);
    }
    assert_eq!(shard.requests(Kind::Aisp), 1 + 1 + 3 + 3, "two of the way, three refreshes, three reads");
    assert!(!is_backlog(world.kept.last().unwrap()), "what was taken is kept no more");
    assert_eq!(world.batches, [], "and nothing is handed on again");
}

#[test]
fn sta_2_a_consent_that_is_forgotten_still_hands_on_what_it_counted() {
    let mut world = connected();
    let mut shard = Shard { is_dead: true, ..Shard::default() };
    shard.take(&mut world);
    world.want(3);
    world.take(Event::Forget { caller: 4 });
    let rest = world.kept.last().unwrap();
    assert!(is_backlog(rest) && !rest.contains("access-"), "{rest}");
    assert!(!world.forgotten);
    // Even what is answered after that is counted.
    world.answer(200, "{}");
    world.crash();
    shard.is_dead = false;
    shard.take(&mut world);
    assert_eq!(shard.requests(Kind::Aisp), 3);
    assert!(world.forgotten, "then nothing is left");
}

#[test]
fn sta_2_an_authorisation_that_failed_is_counted_though_nothing_is_kept_of_it() {
    let mut world = World::with(counting());
    let mut shard = Shard { is_dead: true, ..Shard::default() };
    world.start(STARTER);
    world.lose();
    let mut tries = 0;
    while !world.batches.is_empty() {
        let (id, _) = world.batches.remove(0);
        world.take(Event::Counted { id, is_taken: false });
        tries += 1;
    }
    assert_eq!(tries, 3, "at once, and then no more");
    assert!(world.kept.is_empty() && world.wake_at.is_none(), "nothing is kept for it, nor woken");
    shard.is_dead = false;
    world.later(HOUR);
    world.start(STARTER);
    shard.take(&mut world);
    assert_eq!(shard.requests(Kind::Aisp), 1, "with whatever happens next");
}

#[test]
fn sta_2_a_clock_that_is_set_back_gives_no_time_less_than_none_and_holds_nothing_back() {
    let mut world = connected();
    let mut shard = Shard { is_dead: true, ..Shard::default() };
    world.want(3);
    world.now -= 10 * DAY;
    world.answer(200, "{}");
    shard.take(&mut world);
    shard.is_dead = false;
    world.now -= 10 * DAY;
    world.take(Event::Woken);
    shard.take(&mut world);
    assert_eq!(shard.all().get(0, Kind::Aisp).unwrap().took(), (0, 3));
}

#[test]
fn sta_2_an_answer_that_comes_twice_or_late_is_counted_once() {
    let mut world = connected();
    let mut shard = Shard::default();
    world.want(3);
    let id = world.last_id();
    world.lose();
    world.answer_to(id, 200, "{}");
    world.answer_to(id, 200, "{}");
    shard.take(&mut world);
    assert_eq!(shard.requests(Kind::Aisp), 3);
    let number = |id: u64| BatchId { consent: id, at: id + 1, serial: id + 2 };
    assert_eq!(BatchId::read(&number(7).write()), Some(number(7)));
    assert_eq!(["", "1.2", "1.2.3.4", "a.b.c"].map(BatchId::read), [None; 4]);
}

#[test]
fn sta_1_without_statistics_nothing_is_counted() {
    let mut world = World::connected();
    world.want(3);
    world.answer(200, "{}");
    assert_eq!(world.batches, []);
}
