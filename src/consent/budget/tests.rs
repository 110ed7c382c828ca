#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::{gateway::Method, profile::EndpointReading};
use proptest::prelude::*;

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;
/// As long as a request counts: it may reach the bank a minute late.
const COUNTED: u64 = DAY + 60 * 1000;
const NOW: u64 = 1_767_225_600_000;

fn call(path: &str) -> ResourceCall {
    ResourceCall::new(Method::Get, path, None, None).unwrap()
}

fn spend(budget: &mut Budget, path: &str, now: u64) -> Result<(), u64> {
    let readings = Unattended::default();
    budget.read_clock(readings, now);
    budget.spend(&call(path), readings.limit, readings, now)
}

#[test]
fn acc_2_the_fifth_of_an_endpoint_waits_until_the_first_is_a_day_old() {
    let mut budget = Budget::default();
    for hour in 0..4 {
        assert_eq!(spend(&mut budget, "/accounts", NOW + hour * HOUR), Ok(()));
    }
    for hour in 4..24 {
        assert_eq!(spend(&mut budget, "/accounts", NOW + hour * HOUR), Err(NOW + COUNTED), "no calendar's day");
    }
    assert_eq!(spend(&mut budget, "/accounts", NOW + COUNTED - 1), Err(NOW + COUNTED));
    assert_eq!(spend(&mut budget, "/accounts", NOW + COUNTED), Ok(()));
    assert_eq!(spend(&mut budget, "/accounts", NOW + COUNTED), Err(NOW + COUNTED + HOUR));
}

#[test]
fn acc_2_one_that_was_slow_and_one_that_is_fast_come_to_the_bank_a_day_apart() {
    let mut budget = Budget::default();
    for _ in 0..4 {
        spend(&mut budget, "/accounts", NOW).unwrap();
    }
    let (slowest, fastest) = (super::super::CALL_DEADLINE_MS, 0);
    let free_at = spend(&mut budget, "/accounts", NOW + 1).unwrap_err();
    assert!(free_at + fastest > NOW + slowest + 24 * HOUR);
}

#[test]
fn acc_2_an_endpoint_is_a_method_and_concrete_path_however_it_is_written() {
    let mut budget = Budget::default();
    for path in ["/accounts/1/balance", "/accounts/%31/balance", "/accounts/1/balance/", "/accounts/1/balance?a=b"] {
        assert_eq!(spend(&mut budget, path, NOW), Ok(()), "{path}");
    }
    assert!(spend(&mut budget, "/accounts/1/balance", NOW).is_err());
    assert_eq!(spend(&mut budget, "/accounts/2/balance", NOW), Ok(()));
    let (get, delete) = (call("/x"), ResourceCall::new(Method::Delete, "/x", None, None).unwrap());
    assert_ne!(get.endpoint(EndpointReading::Path), delete.endpoint(EndpointReading::Path));
    assert_eq!(call("/accounts/1/balance").endpoint(EndpointReading::Template), "/accounts/{id}/balance");
}

#[test]
fn acc_8_what_is_left_is_told_with_the_time_of_the_next() {
    let mut budget = Budget::default();
    let left = |budget: &Budget, now| budget.allowance(&call("/accounts"), Unattended::default(), now);
    assert_eq!(left(&budget, NOW), Allowance { left: 4, next_at: None });
    spend(&mut budget, "/accounts", NOW).unwrap();
    spend(&mut budget, "/accounts", NOW + HOUR).unwrap();
    assert_eq!(left(&budget, NOW + HOUR), Allowance { left: 2, next_at: Some(NOW + COUNTED) });
    assert_eq!(left(&budget, NOW + COUNTED), Allowance { left: 3, next_at: Some(NOW + COUNTED + HOUR) });
}

#[test]
fn acc_2_a_clock_that_was_wrong_for_once_does_not_stop_an_endpoint_for_years() {
    let mut budget = Budget::default();
    let later = NOW + 400 * DAY;
    for _ in 0..4 {
        spend(&mut budget, "/accounts", later).unwrap();
    }
    assert!(spend(&mut budget, "/accounts", NOW).is_err());
    assert!(
        spend(&mut budget, "/accounts", NOW + COUNTED).is_err(),
        "from now on they are as old as they can be by it"
    );
    assert_eq!(spend(&mut budget, "/accounts", NOW + 2 * COUNTED), Ok(()));
}

#[test]
fn acc_2_endpoints_without_number_are_not_remembered() {
    let mut budget = Budget::default();
    for number in 0..MOST_ENDPOINTS {
        assert_eq!(spend(&mut budget, &format!("/accounts/{number}"), NOW), Ok(()));
    }
    assert_eq!(spend(&mut budget, "/accounts/one-more", NOW + HOUR), Err(NOW + COUNTED));
    assert_eq!(spend(&mut budget, "/accounts/one-more", NOW + COUNTED), Ok(()));
}

proptest! {
    /// A clock is set back by up to a day, and is right again before it has come up to where it was: in no 24 hours
    /// there are five.
    #[test]
    fn acc_2_there_is_never_a_fifth(steps in prop::collection::vec((0..9 * HOUR, 0..DAY, 0..6), 1..120)) {
        let (mut budget, mut time, mut sent) = (Budget::default(), NOW, Vec::new());
        let (mut behind, mut latest) = (0, NOW);
        for (passed, by, turn) in steps {
            time += passed;
            if turn == 0 && behind == 0 {
                budget.read_clock(Unattended::default(), time);
                (behind, latest) = (by, time);
            } else if turn == 1 || time - behind >= latest {
                behind = 0;
            }
            if spend(&mut budget, "/accounts", time - behind).is_ok() {
                sent.push(time);
            }
        }
        for five in sent.windows(5) {
            prop_assert!(five.last().unwrap() - five.first().unwrap() >= COUNTED, "{five:?}");
        }
    }

    /// With a clock that is right every request goes that may.
    #[test]
    fn acc_2_no_request_is_refused_that_may_go(steps in prop::collection::vec(0..9 * HOUR, 1..80)) {
        let (mut budget, mut time, mut sent) = (Budget::default(), NOW, Vec::<u64>::new());
        for passed in steps {
            time += passed;
            let counted = sent.iter().filter(|at| time - **at < COUNTED).count();
            prop_assert_eq!(spend(&mut budget, "/accounts", time).is_ok(), counted < 4);
            if counted < 4 {
                sent.push(time);
            }
        }
    }
}
