//! What names a consent to a backend: a text sealed as cookies are, so that a made-up one is refused before anything is
//! looked up.
//!
//! ```text
//! base64url(version · UUID · id · HMAC-SHA-256)
//! ```
//!
//! The id of a consent that a backend asked for is derived from its UUID, so that the bank's redirect alone finds it and
//! no index of all consents is needed.

use super::{Entry, Id, SessionKeys};
use crate::wire::request::RequestUuid;
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use uuid::Uuid;

const VERSION: u8 = 1;
const TAG: usize = 32;
const BODY: usize = 1 + 16 + 32;
/// What a handle's tag is of, beside cookies' scopes.
const LABEL: &[u8] = b"handle";
/// What ids are derived of.
const ID_LABEL: &[u8] = b"consent of a backend";
/// The bits by which the UUIDs of one authorisation's attempts differ.
const ATTEMPTS: u8 = 0b11;

/// A consent, to a backend.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Handle {
    /// What names it.
    pub id: Id,
    uuid: Uuid,
}

/// The id is as good as the handle.
impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

impl From<Entry> for Handle {
    fn from(entry: Entry) -> Self {
        Self { id: entry.id, uuid: entry.uuid }
    }
}

impl Handle {
    /// The name of the consent's object.
    pub fn name(&self) -> String {
        super::name(&self.id)
    }
}

/// The UUIDs of an authorisation's attempts, of 16 random bytes (`AUT-2`, `ERR-3`): all lead to one consent.
pub fn uuids(random: [u8; 16]) -> [RequestUuid; 3] {
    [0, 1, 2].map(|attempt| {
        let [start @ .., last] = random;
        let mut bytes = [0; 16];
        for (into, from) in bytes.iter_mut().zip(start.into_iter().chain([last & !ATTEMPTS | attempt])) {
            *into = from;
        }
        RequestUuid::from_random(bytes)
    })
}

impl SessionKeys {
    /// The consents that a backend may have asked for under that UUID: one of each vault key, the newest first.
    pub fn of_uuid(&self, uuid: &str) -> Vec<Handle> {
        let Ok(uuid) = Uuid::try_parse(uuid) else { return Vec::new() };
        let [start @ .., last] = uuid.into_bytes();
        let message = [ID_LABEL, &start, &[last & !ATTEMPTS]].concat();
        self.keys.iter().map(|key| Handle { id: key.tag(&message), uuid }).collect()
    }

    /// The handle's text.
    pub fn seal_handle(&self, handle: &Handle) -> Option<String> {
        let mut bytes = vec![VERSION];
        bytes.extend(handle.uuid.as_bytes());
        bytes.extend(handle.id);
        let tag = self.keys.first()?.tag(&[LABEL, &bytes].concat());
        bytes.extend(tag);
        Some(URL_SAFE_NO_PAD.encode(&bytes))
    }

    /// What a handle's text says; `None` for one that was not sealed here.
    pub fn open_handle(&self, text: &str) -> Option<Handle> {
        if text.len() > 2 * (BODY + TAG) {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (sealed, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
        let message = [LABEL, sealed].concat();
        if !self.keys.iter().any(|key| key.verify(&message, tag)) {
            return None;
        }
        let (&[version], rest) = sealed.split_first_chunk()?;
        let (uuid, id) = rest.split_first_chunk()?;
        (version == VERSION).then_some(Handle { id: id.try_into().ok()?, uuid: Uuid::from_bytes(*uuid) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;
    use crate::profile::Environment;
    use proptest::prelude::*;
    use zeroize::Zeroizing;

    fn keys(vault_keys: &[u8]) -> SessionKeys {
        let vault_keys = vault_keys.iter().map(|key| Zeroizing::new(vec![*key; 32])).collect();
        SessionKeys::of(&vault_keys, Environment::Production, 30)
    }

    #[test]
    fn red_3_each_attempts_uuid_leads_to_the_same_consent_and_another_to_another() {
        let keys = keys(b"k");
        let of = |uuid: &RequestUuid| keys.of_uuid(&uuid.as_str().to_uppercase()).first().unwrap().id;
        let attempts = uuids([0xff; 16]);
        assert_eq!([of(&attempts[0]), of(&attempts[1])], [of(&attempts[2]); 2]);
        assert_ne!(attempts[0], attempts[1]);
        assert_ne!(of(&attempts[0]), of(&uuids([0xfe; 16])[0].clone()).map(|byte| byte ^ 1));
        assert_ne!(of(&attempts[0]), of(&uuids([0xf0; 16])[0]));
    }

    #[test]
    fn ses_1_a_handle_outlives_a_new_key_and_nobody_else_can_make_one() {
        let old = keys(b"k");
        let handle = *old.of_uuid(uuids([7; 16])[0].as_str()).first().unwrap();
        let text = old.seal_handle(&handle).unwrap();
        assert_eq!(keys(b"nk").open_handle(&text), Some(handle));
        assert_eq!(keys(b"n").open_handle(&text), None);
        assert!(keys(b"nk").of_uuid(uuids([7; 16])[0].as_str()).contains(&handle));
    }

    proptest! {
        #[test]
        fn ses_1_a_handle_that_was_changed_opens_nothing(at in 0usize..108, by in 1u8..64) {
            let keys = keys(b"k");
            let handle = *keys.of_uuid(uuids([7; 16])[0].as_str()).first().unwrap();
            let mut text = keys.seal_handle(&handle).unwrap().into_bytes();
            let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let place = alphabet.iter().position(|letter| *letter == *text.get(at).unwrap()).unwrap();
            *text.get_mut(at).unwrap() = *alphabet.get((place + usize::from(by)) % 64).unwrap();
            prop_assert_eq!(keys.open_handle(std::str::from_utf8(&text).unwrap()), None);
        }
    }
}
