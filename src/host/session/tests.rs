#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use zeroize::Zeroizing;

const NOW: u64 = 1_800_000_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;
const UUID: &str = "0d9c3a5e-7a5b-4d0e-9a3b-0c8f3f1b2a44";

fn keys(bytes: &[u8]) -> SessionKeys {
    keys_in(bytes, Environment::Production)
}

fn keys_in(bytes: &[u8], environment: Environment) -> SessionKeys {
    let vault_keys: VaultKeys = bytes.iter().map(|byte| Zeroizing::new(vec![*byte; 32])).collect();
    SessionKeys::of(&vault_keys, environment, IDLE_DAYS)
}

/// One consent of each standing.
fn session() -> Session {
    let mut session = Session::default();
    session.ask([1; 32], UUID, NOW);
    session.connected(&[1; 32]);
    session.ask([2; 32], UUID, NOW);
    session.returned(&[2; 32]);
    session.ask([3; 32], UUID, NOW);
    session
}

fn sealed(keys: &SessionKeys) -> String {
    keys.seal(Scope::Aisp, &session(), NOW).unwrap()
}

#[test]
fn ses_1_what_was_sealed_opens_and_says_the_same() {
    let opened = keys(b"k").open(Scope::Aisp, &sealed(&keys(b"k")), NOW).unwrap();
    assert_eq!(opened, Session { seen: minutes(NOW), ..session() });
    let standings: Vec<Standing> = opened.all().map(|entry| entry.standing).collect();
    assert_eq!(standings, [Standing::Asked, Standing::Returned, Standing::Held]);
    assert_eq!(keys(b"k").seal(Scope::Aisp, &Session::default(), NOW), None, "nothing is not worth a cookie");
}

#[test]
fn ses_1_a_cookie_with_any_bit_changed_or_any_byte_cut_off_opens_nothing() {
    let bytes = URL_SAFE_NO_PAD.decode(sealed(&keys(b"k"))).unwrap();
    for at in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[at / 8] ^= 1 << (at % 8);
        assert_eq!(keys(b"k").open(Scope::Aisp, &URL_SAFE_NO_PAD.encode(changed), NOW), None, "bit {at}");
    }
    for length in 0..bytes.len() {
        assert_eq!(
            keys(b"k").open(Scope::Aisp, &URL_SAFE_NO_PAD.encode(&bytes[..length]), NOW),
            None,
            "{length} bytes"
        );
    }
}

#[test]
fn ses_1_a_cookie_of_another_key_scope_or_environment_opens_nothing() {
    let cookie = sealed(&keys(b"k"));
    assert_eq!(keys(b"l").open(Scope::Aisp, &cookie, NOW), None);
    assert_eq!(keys(b"k").open(Scope::Pisp, &cookie, NOW), None);
    assert_eq!(keys_in(b"k", Environment::Sandbox).open(Scope::Aisp, &cookie, NOW), None, "ENV-5");
    assert!(keys(b"lk").open(Scope::Aisp, &cookie, NOW).is_some(), "a key that is rotated out still opens");
    assert!(keys(b"k").open(Scope::Aisp, &sealed(&keys(b"lk")), NOW).is_none(), "the first one seals");
    for made_up in ["", "a", "AAAA", &"A".repeat(43), &"A".repeat(10_000), "=", "ä"] {
        assert_eq!(keys(b"k").open(Scope::Aisp, made_up, NOW), None, "{made_up:?}");
    }
}

#[test]
fn ses_1_an_idle_cookie_ends_and_one_that_is_used_is_sealed_anew() {
    let keys = keys(b"k");
    let cookie = sealed(&keys);
    for (later, lives) in [(0, true), (29 * DAY, true), (30 * DAY - 60_000, true), (30 * DAY, false), (90 * DAY, false)]
    {
        assert_eq!(keys.open(Scope::Aisp, &cookie, NOW + later).is_some(), lives, "{later}");
    }
    assert!(keys.open(Scope::Aisp, &cookie, NOW - DAY).is_some(), "a clock set back ends none");
    let opened = keys.open(Scope::Aisp, &cookie, NOW).unwrap();
    assert!(!opened.is_stale(NOW + DAY - 60_000) && opened.is_stale(NOW + DAY));
    assert_eq!(keys.max_age(), 30 * 24 * 60 * 60);
}

/// Vectors made with Python's hmac: HMAC-SHA-256 of the vault key over the info and a byte 1, then of that over scope
/// and bytes.
#[test]
fn ses_1_the_seal_is_that_of_the_documented_derivation() {
    let bytes = URL_SAFE_NO_PAD.decode(sealed(&keys(b"k"))).unwrap();
    let (body, tag) = bytes.split_at(bytes.len() - TAG);
    let derived = Hs256::new(&[b'k'; 32]).unwrap().tag(b"tell-connect session 1:production\x01");
    assert_eq!(derived[..8], [0x2e, 0xc3, 0xf7, 0xc7, 0x41, 0xdb, 0x5f, 0x64]);
    assert_eq!(Hs256::new(&derived).unwrap().tag(&[b"aisp", body].concat()), tag);
}

#[test]
fn con_1_what_is_held_stays_until_another_is_connected() {
    let mut session = Session::default();
    session.ask([1; 32], UUID, NOW);
    assert_eq!(session.held(), None);
    assert_eq!(session.connected(&[1; 32]), None, "there was none before");
    for id in 2..=9 {
        session.ask([id; 32], UUID, NOW + u64::from(id));
        assert_eq!(session.held().unwrap().id, [1; 32]);
    }
    assert_eq!(session.all().count(), MAX_PENDING + 1, "the oldest are let go");
    assert_eq!(session.connected(&[2; 32]), None, "an authorisation that was let go connects nothing");
    assert_eq!(session.connected(&[7; 32]).unwrap().id, [1; 32]);
    assert_eq!(session.held().unwrap().id, [7; 32]);
    assert_eq!(session.newest(NOW + DAY - 60_000).unwrap().id, [9; 32]);
    assert_eq!(session.newest(NOW + DAY + 60_000), None, "by then it cannot be under way");
    session.ask([10; 32], UUID, NOW + 2 * DAY);
    assert_eq!(session.all().count(), 2);
}

#[test]
fn red_3_a_consent_is_found_by_its_uuid_in_any_case_of_letters() {
    let mut session = Session::default();
    session.ask([1; 32], UUID, NOW);
    assert_eq!(session.of_uuid(&UUID.to_ascii_uppercase()).unwrap().id, [1; 32]);
    assert!(session.of_uuid("0d9c3a5e-7a5b-4d0e-9a3b-0c8f3f1b2a45").is_none());
    assert!(session.of_uuid("").is_none());
}
