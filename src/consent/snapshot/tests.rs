#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::consent::{
    Day, Plan, Sweep,
    sweep::{Mark, Todo, Walk},
};
use proptest::prelude::*;

fn any_secret() -> impl Strategy<Value = Secret> {
    "[!-~]{1,40}".prop_map(Secret::new)
}

fn any_unread() -> impl Strategy<Value = Option<Secret>> {
    prop::option::of(any::<String>().prop_map(Secret::new))
}

fn any_time() -> impl Strategy<Value = u64> {
    0..=LATEST_MS
}

prop_compose! {
    fn any_grant()(
        access_token in any_secret(),
        refresh_token in prop::option::of("[ -~]{1,40}".prop_map(Secret::new)),
        unusable in any_unread(),
        permissions: Vec<String>,
        access_ends_at in any_time(),
        granted_at in any_time(),
        renewed_at in prop::option::of(any_time()),
        vouched_at in prop::option::of(any_time()),
    ) -> Grant {
        Grant { access_token, access_ends_at, refresh_token, unusable, permissions, granted_at, renewed_at, vouched_at }
    }
}

fn any_phase() -> impl Strategy<Value = Phase> {
    prop_oneof![
        Just(Phase::Requested),
        (any_secret(), any_time(), any_unread()).prop_map(|(code, code_at, unread)| Phase::Authorised {
            code,
            code_at,
            unread
        }),
        any_grant().prop_map(|grant| Phase::Active { grant }),
        (any_grant(), any_unread()).prop_map(|(grant, unread)| Phase::Refreshing { grant, unread }),
        (prop::sample::select(End::ALL.to_vec()), any_time()).prop_map(|(end, at)| Phase::Ended { end, at }),
    ]
}

prop_compose! {
    fn any_submission()(
        at in any_time(),
        state in prop::sample::select(vec![
            PaymentState::Submitting, PaymentState::Unknown, PaymentState::Accepted, PaymentState::Settled,
            PaymentState::Credited, PaymentState::Rejected, PaymentState::Blocked,
        ]),
        bank_status: Option<String>,
        reference: Option<String>,
        asked_at in prop::option::of(any_time()),
    ) -> Submission {
        Submission { at, state, bank_status, reference, asked_at }
    }
}

prop_compose! {
    fn any_paying()(
        payment in prop::option::of(any::<String>().prop_map(Payment::kept)),
        order in prop::option::of("[!-~]{1,255}".prop_map(|key| OrderKey::parse(&key).unwrap())),
        submission in prop::option::of(any_submission()),
    ) -> Paying {
        Paying { payment, order, submission }
    }
}

prop_compose! {
    fn any_note()(
        id: u32,
        at in any_time(),
        to in prop::sample::select(vec![Receiver::Host, Receiver::Order]),
        what in prop::sample::select(vec![
            What::Connected, What::Renewed, What::Ended(End::Revoked), What::Ended(End::Expired),
            What::Payment(PaymentState::Unknown), What::Payment(PaymentState::Rejected),
        ]),
    ) -> Note {
        Note { id, at, to, what }
    }
}

prop_compose! {
    fn any_record()(
        phase in any_phase(),
        production: bool,
        pisp: bool,
        uuid: String,
        intent_id: String,
        application: String,
        requested_at in any_time(),
        code_digest: Option<[u8; 32]>,
        customer: Option<String>,
        renews: bool,
        paying in any_paying(),
        budget in any_budget(),
        sweep in prop::option::of(any_sweep()),
        notes in prop::collection::vec(any_note(), 0..4),
        noted: u32,
        forgotten_at in prop::option::of(any_time()),
        over_at in prop::option::of(any_time()),
    ) -> Record {
        Record {
            environment: if production { Environment::Production } else { Environment::Sandbox },
            scope: if pisp { Scope::Pisp } else { Scope::Aisp },
            uuid,
            intent_id,
            application,
            requested_at,
            code_digest,
            customer,
            renews,
            paying,
            budget,
            sweep,
            notes,
            noted,
            tally: Backlog::default(),
            forgotten_at,
            over_at,
            phase,
        }
    }
}

prop_compose! {
    fn any_budget()(
        clock in any_time(),
        behind_since in prop::option::of(any_time()),
        spent in prop::collection::vec((any::<String>(), prop::collection::vec(any_time(), 0..4)), 0..4),
    ) -> Budget {
        let spent = spent.into_iter().map(|(endpoint, at)| Spent { endpoint, at });
        let spent: Vec<Spent> = spent.collect();
        // The clock is of no interest while nothing is counted.
        if spent.is_empty() { Budget::default() } else { Budget { clock, behind_since, spent } }
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    any_time().prop_map(Day::of)
}

prop_compose! {
    fn any_todo()(
        path: String,
        not_before in any_time(),
        failures: u8,
        walk in prop::option::of((any_time(), any::<u32>(), any::<String>(), prop::option::of(any_day()))),
    ) -> Todo {
        let walk = walk.map(|(began_at, pages, next, latest)| Walk { began_at, pages, next, latest });
        Todo { path, not_before, failures, walk }
    }
}

prop_compose! {
    fn any_sweep()(
        paths in prop::collection::vec(any::<String>(), 0..3),
        times: u32,
        views: bool,
        since in prop::option::of(any_day()),
        next_at in any_time(),
        asked: u32,
        done_at in prop::option::of(any_time()),
        accounts in prop::collection::vec(any::<String>(), 0..3),
        marks in prop::collection::vec((any::<String>(), any_day()), 0..3),
        todo in prop::collection::vec(any_todo(), 0..3),
    ) -> Sweep {
        let marks = marks.into_iter().map(|(path, latest)| Mark { path, latest }).collect();
        Sweep { plan: Plan { paths, times, since, views }, next_at, todo, accounts, marks, asked, done_at }
    }
}

fn active() -> Record {
    let grant = Grant {
        access_token: Secret::new("access-PLANTED".into()),
        access_ends_at: 2,
        refresh_token: Some(Secret::new("refresh-PLANTED".into())),
        unusable: None,
        permissions: vec!["accounts:read".into()],
        granted_at: 1,
        renewed_at: None,
        vouched_at: None,
    };
    Record {
        environment: Environment::Sandbox,
        scope: Scope::Aisp,
        uuid: "c0fd407d-134b-4091-8e04-ab49a98db217".into(),
        intent_id: "intent-1".into(),
        application: "default".into(),
        requested_at: 0,
        code_digest: None,
        customer: None,
        renews: false,
        paying: Paying::default(),
        budget: Budget::default(),
        sweep: None,
        notes: Vec::new(),
        noted: 0,
        tally: Backlog::default(),
        forgotten_at: None,
        over_at: None,
        phase: Phase::Active { grant },
    }
}

#[test]
fn tok_5_a_snapshot_says_what_it_is() {
    let text = active().write();
    assert!(text.expose().starts_with(r#"{"v":4,"phase":"active","environment":"sandbox","scope":"aisp","#));
}

#[test]
fn tok_5_a_member_that_is_missing_or_of_another_kind_is_damage() {
    let text = active().write().expose().to_owned();
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    for name in object.keys().filter(|name| *name != "refresh_token") {
        for other in [None, Some(serde_json::Value::Null), Some(serde_json::json!({ "a": 1 }))] {
            let mut damaged = object.clone();
            match other {
                Some(other) => damaged.insert(name.clone(), other),
                None => damaged.remove(name),
            };
            let text = serde_json::to_string(&damaged).unwrap();
            assert_eq!(Record::read(&text), Err(Error::SnapshotDamaged), "{text}");
        }
    }
}

#[test]
fn tok_5_a_snapshot_that_is_cut_anywhere_is_damage() {
    let text = active().write().expose().to_owned();
    for (at, _) in text.char_indices() {
        assert_eq!(Record::read(text.get(..at).unwrap()), Err(Error::SnapshotDamaged), "at {at}");
    }
}

#[test]
fn tok_5_a_snapshot_of_a_newer_version_is_told_from_a_damaged_one() {
    let text = active().write().expose().to_owned();
    let versioned = |version: &str| Record::read(&text.replacen("\"v\":4", &format!("\"v\":{version}"), 1));
    for version in ["5", "99", "18446744073709551615"] {
        assert_eq!(versioned(version), Err(Error::SnapshotVersion), "{version}");
    }
    for version in ["\"1\"", "1.0", "-1", "null", "true", "18446744073709551616"] {
        assert_eq!(versioned(version), Err(Error::SnapshotDamaged), "{version}");
    }
    assert_eq!(Record::read(r#"{"v":5,"anything":"else"}"#), Err(Error::SnapshotVersion));
}

#[test]
fn rev_1_an_ended_consent_has_no_room_for_a_token() {
    for end in End::ALL {
        let ended = Record { phase: Phase::Ended { end, at: 3 }, ..active() };
        let text = ended.write();
        assert!(!text.expose().contains("PLANTED") && text.expose().contains(end.name()), "{}", text.expose());
    }
}

#[test]
fn err_2_a_record_shows_no_token() {
    let Phase::Active { grant } = active().phase else { return };
    let unread = Some(Secret::new("unread-PLANTED".into()));
    let phases = [
        Phase::Authorised { code: Secret::new("code-PLANTED".into()), code_at: 0, unread: unread.clone() },
        Phase::Active { grant: grant.clone() },
        Phase::Refreshing { grant, unread },
    ];
    for phase in phases {
        let record = Record { phase, ..active() };
        assert!(!format!("{record:?} {record:#?} {:?}", record.write()).contains("PLANTED"), "{record:?}");
        assert!(record.write().expose().contains("PLANTED"), "while the snapshot keeps it");
    }
}

proptest! {
    #[test]
    fn tok_5_what_is_written_reads_back_the_same(record in any_record()) {
        let text = record.write();
        prop_assert_eq!(Record::read(text.expose()), Ok(record));
    }

    #[test]
    fn tok_5_one_changed_character_never_panics(record in any_record(), at: prop::sample::Index, with: char) {
        let mut chars: Vec<char> = record.write().expose().chars().collect();
        *at.get_mut(&mut chars) = with;
        let _ = Record::read(&chars.into_iter().collect::<String>());
    }
}

#[test]
fn tok_5_a_member_of_the_wrong_kind_is_damage_and_not_an_absent_one() {
    let text = active().write().expose().to_owned();
    let wrong = text.replace("\"refresh-PLANTED\"", "7");
    assert_ne!(wrong, text);
    assert_eq!(Record::read(&wrong), Err(Error::SnapshotDamaged));
    let wrong = text.replace("\"requested_at\":0", "\"requested_at\":0,\"spent_at\":\"now\"");
    assert_eq!(Record::read(&wrong), Err(Error::SnapshotDamaged));
}

#[test]
fn tok_5_a_time_that_no_clock_shows_is_damage() {
    let text = active().write().expose().to_owned();
    for (name, written) in [("requested_at", "0"), ("granted_at", "1"), ("access_ends_at", "2")] {
        let with = |time: &str| text.replace(&format!("\"{name}\":{written}"), &format!("\"{name}\":{time}"));
        assert!(Record::read(&with("253402300799999")).is_ok(), "{name}");
        for time in ["253402300800000", "8640000000000000", "18446744073709551615"] {
            assert_eq!(Record::read(&with(time)), Err(Error::SnapshotDamaged), "{name}");
        }
    }
}
