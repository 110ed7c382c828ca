#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

fn entry() -> impl Strategy<Value = Entry> {
    let fate = prop::sample::select(vec![Fate::Answered, Fate::OfBank, Fate::TooLate, Fate::OfNetwork]);
    let kind = prop::sample::select(Kind::ALL.to_vec());
    (kind, 0..3 * DAY_MS, 0..20_000_u64, fate).prop_map(|(kind, at, took, fate)| Entry::of(kind, at, took, fate))
}

fn counts() -> impl Strategy<Value = Counts> {
    prop::collection::vec(entry(), 0..12).prop_map(|entries| {
        let mut counts = Counts::default();
        entries.into_iter().for_each(|entry| counts.add(entry));
        counts
    })
}

fn merged(parts: &[&Counts]) -> Counts {
    let mut all = Counts::default();
    parts.iter().for_each(|part| all.merge((*part).clone()));
    all
}

fn requests(counts: &Counts) -> u64 {
    counts.entries().iter().map(|entry| entry.sums.requests).sum()
}

proptest! {
    #[test]
    fn sta_2_figures_come_out_the_same_in_whatever_order_and_grouping_they_are_added(
        a in counts(), b in counts(), c in counts(),
    ) {
        prop_assert_eq!(merged(&[&a, &b]), merged(&[&b, &a]));
        prop_assert_eq!(merged(&[&merged(&[&a, &b]), &c]), merged(&[&a, &merged(&[&b, &c])]));
        prop_assert_eq!(merged(&[&a, &Counts::default()]), a);
    }

    #[test]
    fn sta_2_figures_are_read_as_they_are_written(counts in counts()) {
        prop_assert_eq!(Counts::read(&counts.write()), Some(counts));
    }

    #[test]
    fn sta_2_no_call_is_lost_where_days_are_drawn_together(counts in counts()) {
        let mut bound = counts.clone();
        bound.bound(4);
        prop_assert!(bound.entries().len() <= 4);
        prop_assert_eq!(requests(&bound), requests(&counts));
    }

    #[test]
    fn sta_2_no_text_upsets_the_reader(text in "[\\[\\],0-9]{0,60}") {
        if let Some(counts) = Counts::read(&text) {
            prop_assert_eq!(Counts::read(&counts.write()), Some(counts));
        }
    }
}

#[test]
fn sta_1_a_slot_is_down_where_everything_failed_that_was_asked_in_it() {
    let mut counts = Counts::default();
    for (minute, fate) in
        [(0, Fate::OfBank), (4, Fate::Answered), (5, Fate::OfBank), (9, Fate::TooLate), (1439, Fate::OfNetwork)]
    {
        counts.add(Entry::of(Kind::Aisp, DAY_MS + minute * 60_000, 40, fate));
    }
    let [entry] = counts.entries() else { panic!("{counts:?}") };
    assert_eq!(entry.slots(), [3, 1], "one failure among others is no outage");
    let sums = &entry.sums;
    assert_eq!((entry.at, sums.requests, sums.of_bank, sums.of_network), (1, 5, 2, 2));
    assert_eq!(sums.ms, 160, "how soon a connection breaks is no request time");
}

#[test]
fn sta_1_what_the_bank_refuses_is_an_answer_and_what_cannot_be_read_is_its_failure() {
    let of = |status, body: &str, is_read| {
        let answer = Answer { status, retry_after_ms: None, body: body.to_owned() };
        Fate::of_answer(&answer, is_read)
    };
    for (status, body, is_read, fate) in [
        (200, "{}", true, Fate::Answered),
        (200, "<html>", true, Fate::OfBank),
        (200, "<html>", false, Fate::Answered),
        (204, "", false, Fate::Answered),
        (302, "", true, Fate::Answered),
        (400, "no", true, Fate::Answered),
        (429, "", true, Fate::Answered),
        (500, "{}", false, Fate::OfBank),
        (503, "", true, Fate::OfBank),
    ] {
        assert_eq!(of(status, body, is_read), fate, "{status} {body}");
    }
    let losses = [Loss::Timeout, Loss::Unreachable, Loss::Unreadable].map(Fate::of_loss);
    assert_eq!(losses, [Fate::TooLate, Fate::OfNetwork, Fate::OfBank]);
}
