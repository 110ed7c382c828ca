//! What the host wants to know without the customer.

use super::{world::*, *};
use crate::host::results;

const TRANSACTIONS: &str = "/accounts/1/transactions";

impl World {
    /// The host plans, and what is planned begins.
    fn plan(&mut self, plan: &str) {
        let plan = results::plan(plan, Unattended::default()).unwrap();
        self.take(Event::Planned { caller: 8, plan });
        assert!(matches!(self.take_answer(8), Ok(Outcome::Planned(_))));
    }

    /// Path and query of the last call, which is the sweep's.
    fn asked(&self) -> String {
        let Call::Own(call, _) = self.last_call() else { panic!("{:?}", self.last_call()) };
        assert_eq!(call.user_ip(), None, "ACC-2");
        call.path().with_query().to_owned()
    }

    /// The bank answers the sweep, and the host takes that.
    fn bring(&mut self, body: &str) {
        self.answer(200, body);
        self.hand(true);
    }

    fn hand(&mut self, is_taken: bool) -> Vec<Command> {
        self.take(Event::Handed { number: self.handed.last().unwrap().number, is_taken })
    }

    /// Time passes until the sweep asks; tokens are renewed on the way.
    fn until_asked(&mut self) -> String {
        let sent = self.sent.len();
        while self.sent.len() == sent {
            self.sleep();
        }
        if matches!(self.last_call(), Call::Refresh { .. }) {
            self.answer(200, &tokens(2));
        }
        self.asked()
    }

    /// Until then a bank answers so, and the host takes what it is handed. What was asked, and when.
    fn live(&mut self, until: u64, bank: impl Fn(&str) -> (u16, String)) -> Vec<(u64, String)> {
        let (mut asked, mut answered) = (Vec::new(), 0);
        loop {
            if self.last_id() == answered || self.sent.is_empty() {
                if self.wake_at.is_none_or(|at| at > until) {
                    return asked;
                }
                self.now = self.now.max(self.wake_at.unwrap());
                self.take(Event::Woken);
                continue;
            }
            answered = self.last_id();
            if matches!(self.last_call(), Call::Refresh { .. }) {
                self.answer(200, &tokens(2));
                continue;
            }
            asked.push((self.now, self.asked()));
            let (status, body) = bank(&self.asked());
            let handed = self.handed.len();
            self.answer(status, &body);
            if self.handed.len() > handed {
                self.hand(true);
            }
        }
    }
}

fn page(day: &str, next: &str) -> String {
    let link = if next.is_empty() { String::new() } else { format!(r#","Links":{{"Next":"{next}"}}"#) };
    format!(r#"{{"Transactions":[{{"BookingDateTime":"{day}T10:00:00Z"}}]{link}}}"#)
}

/// A day before or after the story begins.
fn day(days: i64) -> String {
    let at = i64::try_from(START).unwrap() + days * i64::try_from(DAY).unwrap();
    Day::of(u64::try_from(at).unwrap()).text()
}

#[test]
fn acc_8_a_plan_is_read_at_once_for_every_account_and_handed_on_as_it_came() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/*/balance","/accounts/*/transactions"]}"#);
    assert_eq!(world.asked(), "/accounts");
    world.answer(200, r#"{"Accounts":[{"AccountId":"1"},{"AccountId":"2"}]}"#);
    assert!(world.handed.is_empty(), "nobody wants to know");
    for path in ["/accounts/1/balance", "/accounts/2/balance", TRANSACTIONS, "/accounts/2/transactions"] {
        assert_eq!(world.asked(), path, "all of it, directly after consent");
        world.bring(r#"{ "Amount": 1E400 }"#);
        let swept = world.handed.last().unwrap();
        assert_eq!((swept.path.as_str(), &*swept.body, swept.is_last), (path, r#"{ "Amount": 1E400 }"#, true));
    }
    let numbers: Vec<u32> = world.handed.iter().map(|swept| swept.number).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    let wait = world.wake_at.unwrap() - world.now;
    assert!((8 * HOUR..=17 * HOUR).contains(&wait), "three times a day, none of them in vain: {wait}");
}

#[test]
fn acc_8_a_list_is_walked_through_page_by_page_and_counts_once() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    assert_eq!(world.asked(), TRANSACTIONS);
    world.bring(&page(&day(0), "/accounts/1/transactions?page=2"));
    assert_eq!(world.asked(), "/accounts/1/transactions?page=2");
    world.bring(&page(&day(-1), "/accounts/1/transactions?page=3"));
    world.bring(&page(&day(-2), ""));
    let pages: Vec<(u32, bool)> = world.handed.iter().map(|swept| (swept.page, swept.is_last)).collect();
    assert_eq!(pages, [(1, false), (2, false), (3, true)]);
    assert_eq!(world.left(0), 3);
    assert_eq!(world.until_asked(), format!("{TRANSACTIONS}?fromBookingDateTime={}T00:00:00Z", day(-7)), "an overlap");
}

#[test]
fn acc_8_how_far_it_was_delivered_is_written_down_after_it_was() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    world.answer(200, &page(&day(0), "/accounts/1/transactions?page=2"));
    world.crash();
    assert_eq!(world.asked(), TRANSACTIONS, "it was not delivered");
    world.bring(&page(&day(0), "/accounts/1/transactions?page=2"));
    world.answer(200, &page(&day(-1), ""));
    world.crash();
    assert_eq!(world.asked(), "/accounts/1/transactions?page=2", "the first page was");
    assert_eq!(world.consent.record().unwrap().sweep.as_ref().unwrap().marks, []);
    world.bring(&page(&day(-1), ""));
    assert_eq!(world.consent.record().unwrap().sweep.as_ref().unwrap().marks[0].latest.text(), day(0));
    assert_eq!(world.left(0), 2, "two walks were begun");
}

#[test]
fn acc_8_what_the_host_does_not_take_is_handed_on_again_under_its_number() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.answer(200, "{}");
    for attempt in 1..5 {
        world.hand(false);
        assert_eq!(world.handed.len(), attempt);
        world.sleep();
        assert_eq!(world.handed.len(), attempt + 1);
        assert_eq!(world.handed[attempt], world.handed[0]);
    }
    world.hand(true);
    let sent = world.sent.len();
    world.sleep();
    assert_eq!(world.handed.len(), 5);
    assert!(world.sent.len() > sent, "and the next round comes");
}

/// When the requests of an endpoint were sent.
fn times(asked: &[(u64, String)], path: &str) -> Vec<u64> {
    asked.iter().filter(|(_, of)| of.split('?').next() == Some(path)).map(|(at, _)| *at).collect()
}

#[test]
fn acc_8_sweeps_leave_one_request_of_each_endpoint_to_the_host() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    let asked = world.live(START + 10 * DAY, |_| (200, "{}".into()));
    let times = times(&asked, "/accounts");
    assert!((29..=30).contains(&times.len()), "three times a day: {}", times.len());
    assert!(times.windows(4).all(|four| four[3] - four[0] >= DAY), "{times:?}");
    assert_eq!(world.left(0), 1);
}

#[test]
fn acc_8_an_outage_costs_some_requests_and_nothing_that_was_booked() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/transactions","/accounts/1/balance"]}"#);
    world.bring(&page(&day(0), ""));
    world.bring("{}");
    let asked = world.live(START + 3 * DAY, |_| (503, String::new()));
    for path in [TRANSACTIONS, "/accounts/1/balance"] {
        let times = times(&asked, path);
        assert!((6..=10).contains(&times.len()), "{path}: {times:?}");
        assert!(times.windows(4).all(|four| four[3] - four[0] >= DAY), "{times:?}");
    }
    let asked = world.live(START + 4 * DAY, |_| (200, page(&day(3), "")));
    let from = |days| format!("{TRANSACTIONS}?fromBookingDateTime={}T00:00:00Z", day(days));
    let asked: Vec<String> =
        asked.into_iter().map(|(_, path)| path).filter(|path| path.starts_with(TRANSACTIONS)).collect();
    assert_eq!(asked.first(), Some(&from(-7)), "from where it stood");
    assert_eq!(asked.get(1), Some(&from(-4)), "and then from what came");
}

#[test]
fn acc_8_after_an_outage_the_rounds_are_at_their_times_again() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts","/accounts/1/balance"]}"#);
    world.live(START + 2 * DAY, |_| (200, "{}".into()));
    world.live(START + 2 * DAY + 13 * HOUR, |_| (503, String::new()));
    world.live(START + 4 * DAY, |_| (200, "{}".into()));
    let asked = world.live(START + 9 * DAY, |_| (200, "{}".into()));
    for path in ["/accounts", "/accounts/1/balance"] {
        let times = times(&asked, path);
        let is_on_time = |two: &[u64]| (8 * HOUR..=8 * HOUR + 2 * MINUTE).contains(&(two[1] - two[0]));
        assert!(times.len() >= 14 && times.windows(2).all(is_on_time), "{path}: {times:?}");
    }
}

#[test]
fn acc_8_what_the_bank_refuses_is_not_asked_again_in_that_round() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/statements","/accounts"]}"#);
    world.answer(403, OWN);
    assert_eq!(world.asked(), "/accounts", "and the others are");
    world.bring("{}");
    assert!(world.wake_at.unwrap() > world.now + MINUTE);
    assert_eq!(world.until_asked(), "/accounts/1/statements", "but in the next one");
}

#[test]
fn acc_8_a_page_that_is_gone_has_the_list_walked_through_anew() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    world.bring(&page(&day(0), "/accounts/1/transactions?page=2"));
    world.answer(400, OWN);
    assert_eq!(world.asked(), TRANSACTIONS);
}

#[test]
fn acc_8_the_full_history_is_asked_for_while_the_bank_gives_it() {
    let mut world = World::connected();
    world.later(4 * MINUTE);
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    assert_eq!(world.asked(), TRANSACTIONS);
    let mut world = World::connected();
    world.later(5 * MINUTE);
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    let from = format!("{TRANSACTIONS}?fromBookingDateTime={}T02:00:00Z", day(-90));
    assert_eq!(world.asked(), from, "what is older by a minute would be refused");
    let mut world = World::connected();
    world.plan(&format!(r#"{{"paths":["/accounts/1/transactions"],"since":"{}"}}"#, day(-400)));
    assert_eq!(world.asked(), format!("{TRANSACTIONS}?fromBookingDateTime={}T00:00:00Z", day(-400)));
}

#[test]
fn rev_1_an_ended_consent_is_never_woken_for_a_sweep() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.answer(401, OWN);
    world.answer(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!(world.state(), "revoked");
    assert_eq!(world.consent.record().unwrap().sweep, None);
    let sent = world.sent.len();
    world.sleep();
    assert!(world.forgotten && world.sent.len() == sent, "it sleeps until it is erased");
}

#[test]
fn acc_8_a_plan_that_stays_the_same_changes_nothing_and_an_empty_one_ends_it() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.bring("{}");
    let (sent, wake_at) = (world.sent.len(), world.wake_at);
    world.plan(r#"{"paths":["/accounts"]}"#);
    assert_eq!((world.sent.len(), world.wake_at), (sent, wake_at));
    world.plan(r#"{"paths":[]}"#);
    world.sleep();
    assert_eq!(world.sent.len(), sent);
}

#[test]
fn acc_8_no_number_is_used_again_under_another_plan() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.bring("{}");
    world.plan(r#"{"paths":[]}"#);
    world.crash();
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.bring("[]");
    let numbers: Vec<u32> = world.handed.iter().map(|swept| swept.number).collect();
    assert!(numbers.len() == 2 && numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
}

#[test]
fn acc_8_no_number_is_used_again_after_a_crash() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    world.bring(&page(&day(0), "/accounts/1/transactions?page=2"));
    world.crash();
    world.answer(200, &page(&day(0), "/accounts/1/transactions?page=3"));
    let number = world.handed.last().unwrap().number;
    world.crash();
    world.answer(200, &page(&day(-1), ""));
    assert!(world.handed.last().unwrap().number > number);
}

#[test]
fn acc_8_where_each_page_counts_a_walk_goes_on_the_next_day() {
    let mut world = World::connected_with(r#"{"pagesCountOnce":false}"#);
    world.plan(r#"{"paths":["/accounts/1/transactions"]}"#);
    for number in 2..=6 {
        if number == 5 {
            world.until_asked();
        }
        world.bring(&page(&day(0), &format!("{TRANSACTIONS}?page={number}")));
    }
    assert_eq!(world.asked(), format!("{TRANSACTIONS}?page=6"));
}

#[test]
fn acc_8_a_plan_that_wants_more_than_before_is_read_from_its_first_day() {
    let mut world = World::connected();
    world.plan(&format!(r#"{{"paths":["/accounts/1/transactions"],"since":"{}"}}"#, day(-2)));
    world.bring(&page(&day(0), ""));
    world.plan(&format!(r#"{{"paths":["/accounts/1/transactions"],"since":"{}"}}"#, day(-1)));
    assert_eq!(world.asked(), format!("{TRANSACTIONS}?fromBookingDateTime={}T00:00:00Z", day(-7)));
    world.bring(&page(&day(0), ""));
    world.plan(&format!(r#"{{"paths":["/accounts/1/transactions"],"since":"{}"}}"#, day(-60)));
    assert_eq!(world.asked(), format!("{TRANSACTIONS}?fromBookingDateTime={}T00:00:00Z", day(-60)));
}

#[test]
fn acc_8_a_question_of_a_former_plan_that_waits_for_a_token_is_not_put() {
    let mut world = World::connected();
    world.later(HOUR);
    world.plan(r#"{"paths":["/accounts"]}"#);
    world.plan(r#"{"paths":["/accounts/1/balance"]}"#);
    let sent = world.sent.len();
    world.answer(200, &tokens(2));
    assert_eq!((world.sent.len(), world.asked().as_str()), (sent + 1, "/accounts/1/balance"));
}

#[test]
fn acc_8_what_a_former_plan_asked_is_no_answer_to_this_one() {
    let mut world = World::connected();
    world.plan(r#"{"paths":["/accounts"]}"#);
    let former = world.last_id();
    world.plan(r#"{"paths":["/accounts/1/balance"]}"#);
    world.answer_to(former, 200, r#"{"Accounts":[]}"#);
    assert!(world.handed.is_empty());
    world.bring("{}");
    assert_eq!((world.handed.len(), world.handed[0].path.as_str()), (1, "/accounts/1/balance"));
}

#[test]
fn acc_2_a_payments_consent_has_no_sweeps() {
    let mut world = World::paying();
    let plan = results::plan(r#"{"paths":["/accounts"]}"#, Unattended::default()).unwrap();
    world.take(Event::Planned { caller: 8, plan });
    assert_eq!(world.take_answer(8).unwrap_err().code().as_str(), "scope_invalid");
}

#[test]
fn acc_8_a_million_consents_do_not_wake_at_once() {
    let plan = results::plan(r#"{"paths":["/accounts"],"times":3}"#, Unattended::default()).unwrap();
    let mut hours = [0; 8];
    for number in 0..8000 {
        let at = plan.next_round(
            retry::spread(&format!("{number:08x}-134b-4091-8e04-ab49a98db217"), 0),
            Unattended::default(),
            START,
        );
        let gap = 8 * HOUR + 2 * MINUTE;
        assert!(at > START && at <= START + gap);
        hours[usize::try_from((at - START - 1) * 8 / gap).unwrap()] += 1;
    }
    assert!(hours.iter().all(|count| (850..1150).contains(count)), "{hours:?}");
}
