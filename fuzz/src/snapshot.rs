//! What is kept of a consent, as its text (`TOK-5`, `ENV-5`).

use crate::configured::applications;
use tell_connect::{
    Error,
    consent::{Command, Consent, Record},
    profile::Environment,
};

/// When the machine is woken from it: long before, at, and long after the times in most.
const TIMES: [u64; 4] = [1_577_836_800_000, 1_767_225_620_000, 1_767_229_300_000, 4_102_444_800_000];

/// What is read is written and read again; a machine that wakes from it keeps what can be read.
pub(crate) fn check(text: &str) {
    let record = match Record::read(text) {
        Ok(record) => record,
        Err(Error::SnapshotDamaged | Error::SnapshotVersion) => return,
        Err(other) => panic!("TOK-5: {other:?} is no error of a snapshot"),
    };
    let written = record.write();
    assert!(Record::read(written.expose()).as_ref() == Ok(&record), "TOK-5: written anew, it is another");
    agrees(text, written.expose());
    for environment in [Environment::Sandbox, Environment::Production] {
        for now in TIMES {
            let Ok(asleep) = Consent::load(applications(environment), text) else { continue };
            assert_eq!(record.environment, environment, "ENV-5");
            let (consent, commands) = asleep.wake(now);
            let kept =
                commands.iter().filter_map(|command| if let Command::Keep(kept) = command { Some(kept) } else { None });
            for kept in kept {
                let again = Record::read(kept.expose()).expect("TOK-5: what is kept can be read");
                assert_eq!(again.write().expose(), kept.expose(), "TOK-5: one text for one record");
            }
            let is_forgotten = commands.contains(&Command::Forget);
            assert_eq!(consent.view(0).is_none(), is_forgotten, "REV-2: only what is erased is gone");
        }
    }
}

/// Another reader of JSON finds in what was read all that is written of it, and nothing more that belongs to any phase.
fn agrees(text: &str, written: &str) {
    let Ok(text) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let written: serde_json::Value = serde_json::from_str(written).expect("TOK-5: what is written is JSON");
    for (name, value) in
        written.as_object().into_iter().flatten().filter(|(name, _)| !matches!(name.as_str(), "v" | "payment_state"))
    {
        assert!(text.get(name).is_some_and(|text| holds(text, value)), "TOK-5: {name}: {value}");
    }
    for name in ["requested_at", "spent_at"] {
        assert_eq!(text.get(name), written.get(name), "TOK-5: {name}");
    }
}

/// Whether a value is written as another has it; members that nothing reads may be there beside.
fn holds(text: &serde_json::Value, written: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match (text, written) {
        (Object(text), Object(written)) => {
            written.iter().all(|(name, value)| text.get(name).is_some_and(|text| holds(text, value)))
        }
        (Array(text), Array(written)) => {
            text.len() == written.len() && text.iter().zip(written).all(|(text, written)| holds(text, written))
        }
        _ => text == written,
    }
}
