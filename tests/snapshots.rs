//! Stored consents of every version that was ever written (`tests/vectors/snapshots/`): they must read for ever.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use std::{collections::BTreeMap, fs, path::Path};
use tell_connect::{
    consent::{
        Backlog, Budget, Day, End, Grant, Note, Paying, Phase, Plan, Receiver, Record, Submission, Sweep, What,
        budget::Spent,
        sweep::{Mark, Todo, Walk},
    },
    gateway::{OrderKey, Payment, PaymentState, Secret},
    profile::{Environment, Scope},
};

const UNREAD: &str =
    "{\"access_token\":\"access-2\",\"refresh_token\":\"refresh-2\",\"token_type\":\"Bearer\",\"expires_in\":3600}\n";

const UNUSABLE: &str = "{\"access_token\":\"access-1\",\"refresh_token\":{}}";

/// The version that is written now, and those before it.
const WRITTEN: &str = "v4";
const VERSIONS: [&str; 4] = ["v1", "v2", "v3", WRITTEN];

/// Every frozen snapshot of a version by name, as it was stored.
fn frozen(version: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/snapshots").join(version);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let named = files.map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), file));
    named.map(|(name, file)| (name, fs::read_to_string(file).unwrap().trim_end().to_owned())).collect()
}

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn payment() -> Payment {
    let text = r#"{ "PaymentType":"Domestic","BeneficiaryName":"A","SchemeName":"IBAN","BeneficiaryIdentification":"GB33BUKB20201555555555","Amount":"10.10","Currency":"GBP","Reference":"r" }"#;
    Payment::parse(text.into()).unwrap()
}

fn grant() -> Grant {
    Grant {
        access_token: secret("access-1"),
        access_ends_at: 1_767_229_230_000,
        refresh_token: Some(secret("refresh-1")),
        unusable: None,
        permissions: vec!["accounts:read".into(), "balance:read".into()],
        granted_at: 1_767_225_630_000,
        renewed_at: None,
        vouched_at: None,
    }
}

fn record(phase: Phase) -> Record {
    Record {
        environment: Environment::Sandbox,
        scope: Scope::Aisp,
        uuid: "c0fd407d-134b-4091-8e04-ab49a98db217".into(),
        intent_id: "a077e84b-a815-4ed3-81c0-8f85d55e7c47".into(),
        application: "default".into(),
        requested_at: 1_767_225_600_000,
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
        phase,
    }
}

/// What a frozen snapshot means.
fn meant(name: &str) -> Record {
    let code = || secret("7cfa670a-959c-43d0-bedd-28d744233151");
    let ended = |end| Phase::Ended { end, at: 1_767_225_700_000 };
    let code_at = 1_767_225_625_000;
    match name {
        "requested" => record(Phase::Requested),
        "authorised" => record(Phase::Authorised { code: code(), code_at, unread: None }),
        "authorised-unread" => record(Phase::Authorised { code: code(), code_at, unread: Some(secret(UNREAD)) }),
        "active-spent" => {
            let submission = Submission { state: PaymentState::Unknown, ..Submission::new(1_767_225_640_000) };
            let paying = Paying { submission: Some(submission), ..Paying::default() };
            Record { scope: Scope::Pisp, paying, ..record(Phase::Active { grant: grant() }) }
        }
        "requested-stated" => Record {
            scope: Scope::Pisp,
            customer: Some("c-7".into()),
            paying: Paying { payment: Some(payment()), order: OrderKey::parse("order-1").ok(), submission: None },
            ..record(Phase::Requested)
        },
        "active-paid" => {
            let submission = Submission {
                state: PaymentState::Accepted,
                bank_status: Some("ACSP".into()),
                reference: Some("p-1".into()),
                asked_at: Some(1_767_225_645_000),
                ..Submission::new(1_767_225_640_000)
            };
            let note = |id, to, what| Note { id, at: 1_767_225_641_000, to, what };
            Record {
                scope: Scope::Pisp,
                paying: Paying {
                    payment: Some(payment()),
                    order: OrderKey::parse("order-1").ok(),
                    submission: Some(submission),
                },
                notes: vec![
                    note(1, Receiver::Host, What::Payment(PaymentState::Accepted)),
                    note(2, Receiver::Order, What::Payment(PaymentState::Accepted)),
                ],
                noted: 3,
                ..record(Phase::Active { grant: grant() })
            }
        }
        "active-swept" => {
            let day = |text| Day::parse(text).unwrap();
            let transactions = || String::from("/accounts/1/transactions");
            let walk = Walk {
                began_at: 1_767_225_700_000,
                pages: 1,
                next: "/accounts/1/transactions?page=2".into(),
                latest: Some(day("2026-01-01")),
            };
            let sweep = Sweep {
                plan: Plan {
                    paths: vec!["/accounts/*/transactions".into(), "/accounts".into()],
                    times: 3,
                    since: Some(day("2025-06-30")),
                    views: true,
                },
                next_at: 1_767_241_641_712,
                todo: vec![
                    Todo { path: transactions(), not_before: 0, failures: 1, walk: Some(walk) },
                    Todo { path: "/accounts".into(), not_before: 1_767_226_641_712, failures: 0, walk: None },
                ],
                accounts: vec!["1".into()],
                marks: vec![Mark { path: transactions(), latest: day("2025-12-31") }],
                asked: 7,
                done_at: Some(1_767_225_690_000),
            };
            let spent = |endpoint: &str, at: &[u64]| Spent { endpoint: endpoint.into(), at: at.to_vec() };
            let spent = vec![
                spent("/accounts", &[1_767_225_640_000, 1_767_225_650_000]),
                spent("POST /accounts/1/x", &[1_767_225_660_000]),
            ];
            let behind_since = Some(1_767_225_680_000);
            let budget = Budget { clock: 1_767_225_700_000, behind_since, spent };
            Record { budget, sweep: Some(sweep), ..record(Phase::Active { grant: grant() }) }
        }
        "forgotten" => Record {
            renews: true,
            notes: vec![Note { id: 0, at: 1_767_225_630_000, to: Receiver::Host, what: What::Renewed }],
            noted: 1,
            forgotten_at: Some(1_767_225_700_000),
            ..record(ended(End::Expired))
        },
        "active-over" => Record { over_at: Some(1_775_001_630_000), ..record(Phase::Active { grant: grant() }) },
        "active" => record(Phase::Active { grant: grant() }),
        "active-renewed" => record(Phase::Active { grant: Grant { renewed_at: Some(1_767_225_650_000), ..grant() } }),
        "active-vouched" => record(Phase::Active {
            grant: Grant { renewed_at: Some(1_767_225_650_000), vouched_at: Some(1_767_225_651_000), ..grant() },
        }),
        "active-unusable" => {
            let grant = Grant { refresh_token: Some(secret("refresh 1")), unusable: Some(secret(UNUSABLE)), ..grant() };
            record(Phase::Active { grant })
        }
        "active-without-refresh-token" => Record {
            environment: Environment::Production,
            scope: Scope::Pisp,
            application: "payments \"£\"".into(),
            ..record(Phase::Active { grant: Grant { refresh_token: None, permissions: Vec::new(), ..grant() } })
        },
        "refreshing" => record(Phase::Refreshing { grant: grant(), unread: None }),
        "refreshing-unread" => record(Phase::Refreshing { grant: grant(), unread: Some(secret(UNREAD)) }),
        "declined" => record(ended(End::Declined)),
        "code_expired" => record(ended(End::CodeExpired)),
        "revoked" => record(ended(End::Revoked)),
        "reauthorise" => record(ended(End::Reauthorise)),
        "expired" => record(ended(End::Expired)),
        other => panic!("{other} is not described here"),
    }
}

#[test]
fn tok_5_every_frozen_snapshot_reads_as_it_was_meant() {
    for version in VERSIONS {
        let frozen = frozen(version);
        assert!(frozen.len() >= 12);
        for (name, text) in frozen {
            assert_eq!(Record::read(&text), Ok(meant(&name)), "{version} {name}");
        }
    }
}

#[test]
fn tok_5_the_version_that_is_written_is_the_frozen_one() {
    for (name, text) in frozen(WRITTEN) {
        assert_eq!(meant(&name).write().expose(), text, "{name}: another form needs another version");
    }
}

#[test]
fn tok_5_members_of_a_later_minor_form_are_ignored() {
    for (name, text) in VERSIONS.into_iter().flat_map(frozen) {
        let more = text.replacen('{', "{\"later\":[{}],", 1);
        assert_eq!(Record::read(&more), Ok(meant(&name)), "{name}");
    }
}
