//! Requests without the customer, and what the customer permitted.

use super::{world::*, *};

const TRANSACTIONS: &str = "/accounts/1/transactions";

impl World {
    fn want_unattended(&mut self, caller: Caller, path: &str) -> Vec<Command> {
        self.take(Event::Wanted { caller, call: unattended(path) })
    }

    /// What is left of an endpoint.
    pub(super) fn left(&self, endpoint: usize) -> u32 {
        let view = self.consent.view(self.now).unwrap();
        view.budget[endpoint].allowance(view.unattended, self.now).left
    }

    /// Asks without the customer and is answered.
    fn read_unattended(&mut self, path: &str) -> Result<Outcome, Failure> {
        let sent = self.sent.len();
        self.want_unattended(9, path);
        if self.sent.len() > sent {
            self.answer(200, "{}");
        }
        self.take_answer(9)
    }
}

#[test]
fn acc_2_four_requests_leave_and_the_fifth_is_refused_unsent_with_its_time() {
    let mut world = World::connected();
    let first = world.now;
    for left in [3, 2, 1, 0] {
        let outcome = world.read_unattended("/accounts");
        let allowance = Allowance { left, next_at: Some(first + COUNTED) };
        assert_eq!(outcome, Ok(Outcome::Unattended(world.last_id(), allowance)));
        world.later(MINUTE);
    }
    let sent = world.sent.len();
    let failure = world.read_unattended("/accounts").unwrap_err();
    assert_eq!(failure, Failure::BudgetSpent { free_at: first + COUNTED, seconds: (COUNTED - 4 * MINUTE) / SECOND });
    assert_eq!((failure.code().as_str(), failure.status(), world.sent.len()), ("budget_spent", 429, sent));
    world.want(10);
    world.answer(200, "{}");
    assert_eq!(world.take_answer(10), Ok(Outcome::Passed(world.last_id())), "the customer may look at any time");
    assert!(world.read_unattended("/accounts/1/balance").is_ok(), "another endpoint has its own");
    world.now = first + COUNTED;
    // The token is over by then.
    world.want_unattended(9, "/accounts");
    world.answer(200, &tokens(2));
    world.answer(200, "{}");
    assert!(world.take_answer(9).is_ok());
}

#[test]
fn acc_8_a_request_counts_durably_before_it_may_leave() {
    let mut world = World::connected();
    let commands = world.want_unattended(9, "/accounts");
    assert!(position(&commands, is_keep) < position(&commands, is_send));
    for _ in 0..3 {
        world.crash();
        world.want_unattended(9, "/accounts");
    }
    world.crash();
    let sent = world.sent.len();
    world.want_unattended(9, "/accounts");
    assert_eq!((world.sent.len(), world.take_answer(9).unwrap_err().code().as_str()), (sent, "budget_spent"));
    assert_eq!(world.left(0), 0);
}

#[test]
fn acc_8_each_attempt_counts_so_none_is_made_again_by_itself() {
    let mut world = World::connected();
    for left in [3, 2, 1] {
        world.want_unattended(9, "/accounts");
        let sent = world.sent.len();
        if left == 2 {
            world.lose()
        } else {
            world.answer(503, "")
        };
        assert!(world.take_answer(9).is_err());
        assert_eq!((world.sent.len(), world.left(0)), (sent, left));
    }
}

#[test]
fn acc_8_a_call_whose_token_is_renewed_counts_twice() {
    let mut world = World::connected();
    world.want_unattended(9, "/accounts/1/balance");
    world.answer(401, OWN);
    world.answer(200, &tokens(2));
    world.answer(200, "{}");
    let left = world.take_answer(9).unwrap();
    assert!(matches!(left, Outcome::Unattended(_, Allowance { left: 2, .. })), "{left:?}");
}

#[test]
fn acc_8_the_question_whether_the_consent_holds_counts_too() {
    let mut world = World::connected();
    for _ in 0..4 {
        world.read_unattended("/accounts").unwrap();
    }
    world.want_unattended(9, "/accounts/1/balance");
    world.answer(401, OWN);
    world.answer(200, &tokens(2));
    let sent = world.sent.len();
    world.answer(401, OWN);
    assert_eq!(world.sent.len(), sent, "it is not asked any more");
    assert_eq!(world.take_answer(9).unwrap_err().code().as_str(), "gateway_refused");
    assert_eq!(world.state(), "active", "REV-1: nobody knows");
}

#[test]
fn acc_8_pages_of_one_walk_count_once() {
    let mut world = World::connected();
    world.read_unattended("/accounts/1/transactions").unwrap();
    for page in 2..12 {
        world.read_unattended(&format!("/accounts/1/transactions?page={page}")).unwrap();
    }
    let view = world.consent.view(world.now).unwrap();
    assert_eq!(view.budget, [&Spent { endpoint: TRANSACTIONS.into(), at: vec![world.now] }]);
    // Of another list, and of a walk that is long over.
    world.read_unattended("/accounts/2/transactions?page=2").unwrap();
    assert_eq!(world.left(1), 3);
    world.later(58 * MINUTE);
    world.read_unattended("/accounts/1/transactions?page=12").unwrap();
    world.later(MINUTE);
    // The token is over by then.
    world.want_unattended(9, "/accounts/1/transactions?page=13");
    world.answer(200, &tokens(2));
    world.answer(200, "{}");
    world.take_answer(9).unwrap();
    assert_eq!(world.left(0), 2, "one may be on its way for a minute");
}

#[test]
fn acc_8_a_page_of_a_walk_that_is_over_counts_each_time_that_it_is_asked_for() {
    let mut world = World::connected();
    world.read_unattended("/accounts/1/transactions").unwrap();
    world.later(2 * HOUR);
    world.want_unattended(9, "/accounts/1/transactions?page=2");
    world.answer(200, &tokens(2));
    world.answer(401, OWN);
    world.answer(200, &tokens(3));
    world.answer(200, "{}");
    world.take_answer(9).unwrap();
    assert_eq!(world.left(0), 1);
}

#[test]
fn acc_8_a_page_that_has_waited_long_for_a_token_counts() {
    let mut world = World::connected();
    world.later(HOUR);
    world.want_unattended(9, "/accounts/1/transactions");
    world.want_unattended(10, "/accounts/1/transactions?page=2");
    world.later(2 * MINUTE);
    world.answer(200, &tokens(2));
    assert_eq!(world.left(0), 2);
}

#[test]
fn acc_8_a_walk_from_before_the_clock_was_set_back_is_over() {
    let mut world = World::connected();
    world.read_unattended("/accounts/1/transactions").unwrap();
    world.later(DAY - HOUR);
    world.consent.handle(Event::Woken, world.now);
    world.now -= DAY - HOUR - MINUTE;
    world.read_unattended("/accounts/1/transactions?page=2").unwrap();
    assert_eq!(world.left(0), 2);
}

#[test]
fn acc_2_a_payments_status_is_no_account_information() {
    let mut world = World::paying();
    for _ in 0..6 {
        world.read_unattended("/payments/1").unwrap();
    }
    assert!(world.consent.view(world.now).unwrap().budget.is_empty());
}

#[test]
fn acc_3_what_is_not_permitted_is_refused_here_with_its_name() {
    let mut world = World::authorised("sandbox");
    world.answer(200, &tokens(1));
    let sent = world.sent.len();
    for call in [get("/accounts/1/product"), unattended("/accounts/1/product")] {
        world.take(Event::Wanted { caller: 9, call });
        let failure = world.take_answer(9).unwrap_err();
        assert_eq!(failure, Failure::PermissionMissing("product:read"));
        assert_eq!((failure.code().as_str(), failure.status(), world.sent.len()), ("permission_missing", 403, sent));
    }
    assert!(world.consent.view(world.now).unwrap().budget.is_empty());
    world.want_balance(9);
    assert_eq!(world.sent.len(), sent + 1);
}
