#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

fn counts() -> impl Strategy<Value = Counts> {
    let fate = prop::sample::select(vec![Fate::Answered, Fate::OfBank, Fate::TooLate, Fate::OfNetwork]);
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let call = (kind, 0..6 * DAY_MS, 0..20_000_u64, fate);
    prop::collection::vec(call, 0..12).prop_map(|calls| {
        let mut counts = Counts::default();
        calls.into_iter().for_each(|(kind, at, took, fate)| counts.note(kind, at, took, fate));
        counts
    })
}

fn merged(parts: &[&Counts]) -> Counts {
    let mut all = Counts::default();
    parts.iter().for_each(|part| all.merge(part));
    all
}

fn requests(counts: &Counts) -> u64 {
    let figures = counts.times().into_iter().flat_map(|at| Kind::ALL.map(|kind| counts.get(at, kind)));
    figures.flatten().map(|figures| figures.requests()).sum()
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
        prop_assert_eq!(Counts::read(&counts.write()), Some(counts).filter(|counts| !counts.is_empty()));
    }

    #[test]
    fn sta_2_no_call_is_lost_where_days_are_drawn_together(counts in counts()) {
        let mut bound = counts.clone();
        bound.bound(4);
        prop_assert!(bound.times().len() <= 4);
        prop_assert_eq!(requests(&bound), requests(&counts));
    }

    #[test]
    fn sta_2_no_text_upsets_the_reader(text in "[,0-9]{0,60}") {
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
        counts.note(Kind::Aisp, DAY_MS + minute * 60_000, 40, fate);
    }
    let figures = counts.get(1, Kind::Aisp).unwrap();
    assert_eq!(figures.slots(), [3, 1], "one failure among others is no outage");
    assert_eq!((figures.requests(), figures.of_bank(), figures.of_network(), figures.failed()), (5, 2, 2, 4));
    assert_eq!(figures.took(), (160, 4), "how soon a connection breaks is no request time");
    assert!(counts.get(0, Kind::Aisp).is_none() && counts.get(1, Kind::Pisp).is_none());
}

proptest! {
    #[test]
    fn sta_1_a_percentile_is_wrong_by_one_part_in_32_at_most(
        mut times in prop::collection::vec(prop_oneof![0..100_u64, 0..20_000_u64, any::<u64>()], 1..200),
        percent in 1..=100_u64,
    ) {
        let mut counts = Counts::default();
        times.iter().for_each(|ms| counts.note(Kind::Pisp, 0, *ms, Fate::Answered));
        let told = counts.get(0, Kind::Pisp).unwrap().percentile(percent).unwrap();
        times.sort_unstable();
        let exact = times[(times.len() * usize::try_from(percent).unwrap()).div_ceil(100) - 1];
        prop_assert!(told.abs_diff(exact) <= exact / 32, "{told} in place of {exact}");
    }
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
