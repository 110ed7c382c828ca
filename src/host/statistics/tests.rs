#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::{answer::Report, range::Range, *};
use crate::{
    Code,
    host::{
        Settings,
        settings::tests::{read_with, settings},
    },
};
use proptest::prelude::*;
use std::{collections::BTreeMap, rc::Rc};

const NOW: u64 = 1_767_225_600_000;
const TODAY: u64 = NOW / DAY_MS;

/// A shard's rows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shelf(BTreeMap<String, String>);

impl Shelf {
    fn take(&mut self, id: BatchId, counts: &str, now: u64) -> bool {
        let intake = Intake::read(&id.write(), counts).unwrap();
        let rows = intake.keys().iter().map(|key| self.0.get(key).cloned()).collect();
        let kept = intake.take(rows, now).unwrap();
        let is_counted = !kept.is_empty();
        self.0.extend(kept);
        is_counted
    }

    fn between(&self, [from, to]: &[String; 2]) -> Vec<String> {
        self.0.range(from.clone()..to.clone()).map(|(_, row)| row.clone()).collect()
    }

    fn erase(&mut self, now: u64) {
        for [from, to] in over(now) {
            self.0.retain(|key, _| *key < from || *key >= to);
        }
    }
}

fn report(shards: &[Shelf], range: Range) -> Report {
    let mut report = Report::new(range);
    for shard in shards {
        let [days, quarters] = rows_of(&range);
        shard.between(&days).iter().for_each(|row| report.add(row, false).unwrap());
        shard.between(&quarters).iter().for_each(|row| report.add(row, true).unwrap());
    }
    report
}

fn range(from: &str, to: &str) -> Range {
    Range::read(Some(from), Some(to), NOW).unwrap()
}

const fn id(serial: u64) -> BatchId {
    BatchId { consent: 7, at: NOW, serial }
}

/// One call, of a day and a slot of it, as `worker/STORAGE.md` has it.
fn call(day: u64, kind: u64, slot: u64, fails: bool, ms: u64) -> String {
    let (word, bit) = ((day * 288 + slot) / 48, 1_u64 << ((day * 288 + slot) % 48));
    let fate = if fails { (1, 1) } else { (2_000_000 + word, bit) };
    [(0, 1), fate, (3, ms), (16 + ms, 1), (1_000_000 + word, bit)]
        .map(|(what, figure)| format!("{},{what},{figure}", day * 4 + kind))
        .join(",")
}

fn one_call() -> impl Strategy<Value = String> {
    (TODAY - 200..=TODAY, 0..3_u64, 0..100_u64, any::<bool>(), 0..30_u64)
        .prop_map(|(day, kind, slot, fails, ms)| call(day, kind, slot, fails, ms))
}

proptest! {
    #[test]
    fn sta_2_an_id_is_counted_once_in_whatever_order_and_however_often_it_comes(
        calls in prop::collection::vec(one_call(), 1..12),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let (mut once, mut often) = (Shelf::default(), Shelf::default());
        for (serial, call) in (0..).zip(&calls) {
            prop_assert!(once.take(id(serial), call, NOW));
        }
        for at in order {
            let at = at.index(calls.len());
            often.take(id(at.try_into().unwrap()), &calls[at], NOW);
        }
        for (serial, call) in (0..).zip(&calls).collect::<Vec<_>>().into_iter().rev() {
            often.take(id(serial), call, NOW + 2 * DAY_MS);
            prop_assert!(!often.take(id(serial), call, NOW + 2 * DAY_MS), "it was counted");
        }
        let told = |shelf: &Shelf| report(std::slice::from_ref(shelf), range("2025-01-01", "2026-01-01")).json();
        prop_assert_eq!(told(&often), told(&once));
    }

    #[test]
    fn sta_2_a_quarter_is_its_days_and_stays_so_when_they_are_erased(
        calls in prop::collection::vec(one_call(), 1..20),
    ) {
        let mut shelf = Shelf::default();
        for (serial, call) in (0..).zip(&calls) {
            shelf.take(id(serial), call, NOW);
        }
        let mut days = Counts::default();
        for row in shelf.between(&rows_of(&range("2025-01-01", "2026-01-01"))[0]) {
            days.merge(&Counts::read(&row).unwrap().within(quarter_of));
        }
        let quarters = |shelf: &Shelf| {
            let mut read = Counts::default();
            let rows = shelf.between(&rows_of(&range("2026-01-01", "2026-01-01"))[1]);
            rows.iter().for_each(|row| read.merge(&Counts::read(row).unwrap()));
            read
        };
        let known = quarters(&shelf);
        prop_assert_eq!(&known, &days);
        shelf.erase(NOW + 500 * DAY_MS);
        prop_assert!(shelf.0.keys().all(|key| key.starts_with(QUARTERS)));
        prop_assert_eq!(quarters(&shelf), known);
    }
}

#[test]
fn sta_2_ids_are_remembered_for_three_days_and_older_batches_are_not_counted() {
    let mut shelf = Shelf::default();
    let text = call(TODAY, 0, 0, false, 20);
    assert!(shelf.take(id(1), &text, NOW));
    for day in 0..=3 {
        shelf.erase(NOW + day * DAY_MS);
        assert!(!shelf.take(id(1), &text, NOW + day * DAY_MS), "day {day}");
    }
    shelf.erase(NOW + 4 * DAY_MS);
    assert!(!shelf.0.keys().any(|key| key.starts_with(IDS)), "it is forgotten");
    assert!(!shelf.take(id(1), &text, NOW + 4 * DAY_MS), "and not counted again");
}

#[test]
fn sta_2_days_are_kept_for_400_days_and_quarters_for_ten_years() {
    let mut shelf = Shelf::default();
    shelf.take(id(1), &call(TODAY, 0, 0, false, 20), NOW);
    let has = |shelf: &Shelf, of: &str| shelf.0.keys().any(|key| key.starts_with(of));
    for (days, has_day, has_quarter) in
        [(399, true, true), (400, false, true), (3651, false, true), (3652, false, false)]
    {
        shelf.erase(NOW + days * DAY_MS);
        assert_eq!((has(&shelf, DAYS), has(&shelf, QUARTERS)), (has_day, has_quarter), "{days}");
    }
}

#[test]
fn sta_2_a_row_that_cannot_be_read_is_left_and_nothing_is_counted() {
    let intake = Intake::read(&id(1).write(), &call(TODAY, 0, 0, false, 20)).unwrap();
    for rows in [[None, Some("{"), None], [None, None, Some("1,9000000,1")]] {
        let rows = rows.map(|row| row.map(str::to_owned)).to_vec();
        assert_eq!(intake.take(rows, NOW), Err(Error::SnapshotDamaged));
    }
    assert!(Intake::read("7", "0,0,1").is_err() && Intake::read("1.2.3", "1,2").is_err());
}

#[test]
fn sta_2_shards_share_consents_by_their_digest() {
    let of = |consent| shard_of(BatchId { consent, ..id(1) });
    assert_eq!((shards().len(), of(7), of(23), of(u64::MAX)), (16, shards()[7].clone(), of(7), shards()[15].clone()));
}

#[test]
fn sta_1_the_answer_has_uptime_time_and_error_rate_for_each_day_and_kind() {
    let mut shards = [Shelf::default(), Shelf::default()];
    for (serial, (day, kind, slot, fails, ms)) in (0..).zip([
        (TODAY, 0, 0, false, 10),
        (TODAY, 0, 0, true, 20),
        (TODAY, 0, 1, true, 30),
        (TODAY - 1, 2, 5, false, 8),
    ]) {
        shards[usize::try_from(serial % 2).unwrap()].take(id(serial), &call(day, kind, slot, fails, ms), NOW);
    }
    let report = report(&shards, range("2025-12-31", "2026-01-01"));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    let days = json["days"].as_array().unwrap();
    assert_eq!(
        (days.len(), days[0]["date"].as_str(), &days[0]["aisp"]),
        (2, Some("2025-12-31"), &serde_json::Value::Null)
    );
    let today = &days[1]["aisp"];
    // In one of two slots not everything failed, whichever shard knows of it.
    for (name, figure) in [
        ("requests", "3"),
        ("uptime", "50.00"),
        ("averageMs", "20"),
        ("p50Ms", "20"),
        ("p99Ms", "30"),
        ("errorRate", "66.67"),
        ("bankErrorRate", "66.67"),
        ("networkErrors", "0"),
    ] {
        assert_eq!(today[name].to_string(), figure, "{name} of {today}");
    }
    assert_eq!(json["quarters"][0]["quarter"], "2025-Q4");
    assert_eq!(json["quarters"][1]["aisp"], *today);
    let csv = report.csv();
    for line in [
        "Summary Data\r\nMetric,AISP,PISP,CBPII\r\nUptime,50.00%,N/A,100.00%\r\nAverage Request Time,20 ms,N/A,8 ms\r\nError Rate,66.67%,N/A,0.00%",
        "Daily Uptime Details\r\nDate,AISP,PISP,CBPII\r\n2025-12-31,N/A,N/A,100.00%\r\n2026-01-01,50.00%,N/A,N/A",
        "Quarterly Reports\r\nQuarter,Metric,AISP,PISP,CBPII\r\n2025-Q4,Uptime,N/A,N/A,100.00%",
    ] {
        assert!(csv.contains(line), "{csv}");
    }
}

#[test]
fn sta_1_where_nothing_was_asked_nothing_is_claimed() {
    let report = report(&[], range("2026-01-01", "2026-01-01"));
    assert_eq!(
        report.json(),
        r#"{"from":"2026-01-01","to":"2026-01-01","summary":{"aisp":null,"pisp":null,"cbpii":null},"days":[{"date":"2026-01-01","aisp":null,"pisp":null,"cbpii":null}],"quarters":[]}"#
    );
    assert!(report.csv().contains("Uptime,N/A,N/A,N/A\r\nAverage Request Time,N/A,N/A,N/A\r\nError Rate,N/A,N/A,N/A"));
}

#[test]
fn sta_1_days_are_dates_in_order_and_not_too_many() {
    let read = |from, to| Range::read(from, to, NOW);
    assert_eq!(read(None, None), Ok(Range { first: TODAY - 29, last: TODAY }));
    assert_eq!(read(None, Some("2025-03-01")).unwrap(), range("2025-01-31", "2025-03-01"));
    assert_eq!(read(Some("2024-11-28"), Some("2026-01-01")).map(|range| range.last - range.first), Ok(399));
    for (from, to) in [
        (Some("2024-11-27"), Some("2026-01-01")),
        (Some("2026-01-02"), None),
        (Some("2025-02-29"), Some("2025-03-01")),
        (Some("1969-12-31"), Some("1970-01-01")),
        (Some("1/1/2026"), None),
        (Some("2026-1-01"), None),
        (Some("2026-01-1x"), None),
        (Some("26-01-0101"), None),
        (Some(""), None),
        (None, Some("tomorrow")),
    ] {
        assert!(matches!(read(from, to), Err(Error::Argument(_))), "{from:?} {to:?}");
    }
}

#[test]
fn sta_1_in_production_the_token_opens_the_statistics_and_without_one_there_are_none() {
    let with = |environment: &str, token: Option<&str>, is_bound: bool| -> Settings {
        let mut settings = settings(environment);
        settings.statistics_token = token.map(|token| crate::gateway::Secret::new(token.to_owned()));
        settings.applications =
            Rc::new(crate::gateway::Applications { counts: is_bound, ..(*settings.applications).clone() });
        settings
    };
    let token = "0123456789abcdef";
    let (right, wrong) = (format!("Bearer {token}"), format!("Bearer {token}x"));
    for (environment, set, shown, code) in [
        ("sandbox", None, None, None),
        ("sandbox", Some(token), None, Some(Code::StatisticsTokenWrong)),
        ("production", None, Some(&right), Some(Code::RouteNotFound)),
        ("production", Some(token), None, Some(Code::StatisticsTokenWrong)),
        ("production", Some(token), Some(&wrong), Some(Code::StatisticsTokenWrong)),
        ("production", Some(token), Some(&token.to_owned()), Some(Code::StatisticsTokenWrong)),
        ("production", Some(token), Some(&right), None),
        ("production", Some(token), Some(&right.to_lowercase()), None),
    ] {
        assert_eq!(
            door::refusal(&with(environment, set, true), shown.map(String::as_str)),
            code,
            "{environment} {shown:?}"
        );
        let unbound = door::refusal(&with(environment, set, false), shown.map(String::as_str));
        assert_eq!(unbound, Some(Code::RouteNotFound), "what nobody counts is not there");
    }
    for weak in ["short", "has a space in it, and is long", &"x".repeat(513)] {
        let Err(Error::Configuration(faults)) = read_with("TELL_STATISTICS_TOKEN", weak) else { panic!("{weak}") };
        assert_eq!(faults[0].setting, "TELL_STATISTICS_TOKEN");
    }
    assert!(read_with("TELL_STATISTICS_TOKEN", token).unwrap().statistics_token.is_some());
    assert!(read_with("STATISTICS", "bound").unwrap().applications.counts);
}
