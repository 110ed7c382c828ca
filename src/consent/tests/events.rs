//! What the host is told: once at least, and the same each time.

use super::{world::*, *};

/// A consent whose host listens, and what its host was told so far: each id with what it told of.
struct Told {
    world: World,
    heard: Vec<(u32, What)>,
    is_dead: bool,
}

impl Told {
    fn of(world: World) -> Self {
        Self { world, heard: Vec::new(), is_dead: false }
    }

    /// Carries deliveries out until there are none.
    fn deliver(&mut self) {
        while !self.world.notices.is_empty() {
            for notice in std::mem::take(&mut self.world.notices) {
                let Note { id, what, .. } = notice.note;
                if !self.is_dead {
                    self.heard.push((id, what));
                }
                self.world.take(Event::Noted { id, is_delivered: !self.is_dead });
            }
        }
    }

    fn what(&self) -> Vec<String> {
        self.heard.iter().map(|(_, what)| what.words().concat()).collect()
    }
}

fn listening() -> Rc<Applications> {
    let applications = applications("sandbox");
    Rc::new(Applications { host_listens: true, ..(*applications).clone() })
}

fn connected() -> Told {
    let mut world = World::with(listening());
    world.start(STARTER);
    world.answer(200, &format!(r#"{{"intent-id":"{INTENT}","location":"https://auth.tell.money/v1/authorise/x"}}"#));
    world.redirect(BROWSER, "code-1");
    world.answer(200, &tokens(1));
    Told::of(world)
}

#[test]
fn con_1_the_host_is_told_once_what_happened_and_no_more() {
    let mut told = connected();
    told.deliver();
    told.world.later(HOUR);
    told.world.take(Event::Woken);
    told.deliver();
    assert_eq!(told.what(), ["connected"]);
    assert!(!told.world.kept.last().unwrap().contains("notes"), "what was delivered is kept no more");
}

#[test]
fn con_1_what_is_told_is_kept_with_what_it_tells_of() {
    let told = connected();
    let connected = told.world.kept.iter().find(|text| text.contains(r#""phase":"active""#)).unwrap();
    assert!(connected.contains(r#""what":"connected""#), "{connected}");
}

#[test]
fn con_1_a_host_that_is_away_for_an_hour_hears_of_all_and_repeats_have_the_same_id() {
    let mut told = connected();
    told.is_dead = true;
    let began = told.world.now;
    let mut deliveries = 0;
    while told.world.now < began + HOUR {
        deliveries += told.world.notices.len();
        assert!(told.world.notices.iter().all(|notice| notice.note.id == 0), "the same id each time");
        told.deliver();
        told.world.sleep();
    }
    assert!((10..60).contains(&deliveries), "{deliveries} in an hour");
    told.world.notices.clear();
    told.world.crash();
    told.is_dead = false;
    told.deliver();
    assert_eq!(told.what(), ["connected"]);
}

#[test]
fn rev_1_an_end_is_told_even_if_the_consent_is_deleted_while_the_host_is_away() {
    let mut told = connected();
    told.is_dead = true;
    told.deliver();
    told.world.later(HOUR);
    told.world.want(30);
    told.world.answer(400, r#"{"error":"invalid_grant"}"#);
    told.deliver();
    told.world.take(Event::Forget { caller: 31 });
    assert_eq!(told.world.take_answer(31), Ok(Outcome::Forgotten));
    assert!(told.world.consent.view(told.world.now).is_none());
    told.world.assert_no_secret_kept();
    told.deliver();
    told.world.crash();
    assert!(told.world.consent.view(told.world.now).is_none(), "it stays forgotten");
    told.is_dead = false;
    told.deliver();
    assert_eq!((told.what(), told.world.forgotten), (vec!["connected".to_owned(), "revoked".to_owned()], true));
}

#[test]
fn con_1_a_delivery_that_nothing_is_heard_of_is_made_again() {
    let mut told = connected();
    assert_eq!(std::mem::take(&mut told.world.notices).len(), 1);
    told.world.later(59 * SECOND);
    told.world.take(Event::Woken);
    assert_eq!(told.world.notices, []);
    told.world.later(SECOND);
    told.world.take(Event::Woken);
    told.deliver();
    assert_eq!(told.what(), ["connected"]);
}
