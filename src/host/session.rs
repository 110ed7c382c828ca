//! What a browser holds of its consents: one sealed cookie a scope, which names them and nothing else (`SES-1`).
//!
//! ```text
//! base64url(version · seen · entry… · HMAC-SHA-256)     entry: standing · asked at · UUID · id
//! ```
//!
//! The key is derived from the vault key, so a cookie that somebody made up is told before anything is looked up.

use super::vault_keys::VaultKeys;
use crate::{
    gateway::signer::Hs256,
    profile::{Environment, Scope},
};
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::{fmt, rc::Rc};
use uuid::Uuid;

pub mod handle;

/// What names a consent: 256 random bits.
pub type Id = [u8; 32];

/// Days after which an idle session ends, unless the setting says otherwise.
pub const IDLE_DAYS: u32 = 30;
/// The most authorisations that one browser may have under way: in other tabs, or given up.
const MAX_PENDING: usize = 4;
/// How long an authorisation can be under way.
const PENDING_MINUTES: u32 = 24 * 60;
/// A cookie is sealed anew when it was seen longer ago than this.
const FRESH_MINUTES: u32 = 24 * 60;

const VERSION: u8 = 1;
const TAG: usize = 32;
const HEAD: usize = 1 + 4;
const ENTRY: usize = 1 + 4 + 16 + 32;
/// Longer than any cookie that is sealed here.
const MAX_TEXT: usize = 4 * (HEAD + (MAX_PENDING + 1) * ENTRY + TAG) / 3 + 4;

/// How far this browser's own part in a consent has come. It is in the cookie, so a cookie from before the customer was
/// authenticated opens nothing, whoever has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It asked for the authorisation.
    Asked,
    /// It brought back what the bank sent it with.
    Returned,
    /// The consent is connected, and is this browser's.
    Held,
}

/// A consent, from where a browser stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What names it.
    pub id: Id,
    uuid: Uuid,
    asked_at: u32,
    standing: Standing,
}

/// The id is as good as the cookie.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("standing", &self.standing).finish_non_exhaustive()
    }
}

impl Entry {
    /// Whether this browser has shown that it is the one that came back from the bank.
    pub fn is_returned(&self) -> bool {
        self.standing != Standing::Asked
    }

    fn is_held(&self) -> bool {
        self.standing == Standing::Held
    }

    fn may_be_under_way(&self, now: u32) -> bool {
        now.saturating_sub(self.asked_at) < PENDING_MINUTES
    }

    /// The name of the consent's object: a digest, so that what is stored or logged of it opens nothing.
    pub fn name(&self) -> String {
        name(&self.id)
    }
}

/// The name of the object of the consent with that id.
pub fn name(id: &Id) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(id))
}

/// What a browser holds for one scope. A consent stays held until another is connected (`CON-1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// As they were asked for, the oldest first; one at most is held.
    entries: Vec<Entry>,
    /// In minutes since 1970.
    seen: u32,
}

impl Session {
    /// The consent that is connected.
    pub fn held(&self) -> Option<Entry> {
        self.entries.iter().find(|entry| entry.is_held()).copied()
    }

    /// The authorisation that was asked for last, after the consent that is held, as long as it can be under way.
    pub fn newest(&self, now: u64) -> Option<Entry> {
        let may_be_under_way = |entry: &&Entry| !entry.is_held() && entry.may_be_under_way(minutes(now));
        self.entries.last().filter(may_be_under_way).copied()
    }

    /// The consent with that UUID.
    pub fn of_uuid(&self, uuid: &str) -> Option<Entry> {
        let uuid = Uuid::try_parse(uuid).ok()?;
        self.all().find(|entry| entry.uuid == uuid)
    }

    /// Every consent it knows of: the newest first, and the one that is held last.
    pub fn all(&self) -> impl Iterator<Item = Entry> {
        self.entries.iter().rev().filter(|entry| !entry.is_held()).copied().chain(self.held())
    }

    /// An authorisation with that UUID was asked for. Whatever is held stays so.
    pub fn ask(&mut self, id: Id, uuid: &str, now: u64) {
        let asked_at = minutes(now);
        self.entries.retain(|entry| entry.is_held() || entry.may_be_under_way(asked_at));
        let pending = self.entries.iter().filter(|entry| !entry.is_held()).count();
        if let (MAX_PENDING.., Some(at)) = (pending, self.entries.iter().position(|entry| !entry.is_held())) {
            self.entries.remove(at);
        }
        let uuid = Uuid::try_parse(uuid).unwrap_or_default();
        self.entries.push(Entry { id, uuid, asked_at, standing: Standing::Asked });
    }

    /// This browser came back from the bank.
    pub fn returned(&mut self, id: &Id) {
        for entry in self.entries.iter_mut().filter(|entry| entry.id == *id && !entry.is_held()) {
            entry.standing = Standing::Returned;
        }
    }

    /// The consent is connected: it is held, and the former one is to be forgotten (`CON-1`).
    pub fn connected(&mut self, id: &Id) -> Option<Entry> {
        let former = self.held();
        self.entries.iter_mut().find(|entry| entry.id == *id && !entry.is_held())?.standing = Standing::Held;
        self.entries.retain(|entry| !entry.is_held() || entry.id == *id);
        former
    }

    /// Whether there is something in it that has to be sealed anew, so that it doesn't end as idle.
    pub fn is_stale(&self, now: u64) -> bool {
        self.all().next().is_some() && minutes(now).abs_diff(self.seen) >= FRESH_MINUTES
    }
}

/// The keys that seal sessions, and how long an idle one lives.
#[derive(Clone)]
pub struct SessionKeys {
    /// One of each vault key, in their order.
    keys: Rc<[Hs256]>,
    environment: Environment,
    idle_days: u32,
}

impl fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionKeys").field("idle_days", &self.idle_days).finish_non_exhaustive()
    }
}

impl SessionKeys {
    /// Derives them by the expanding half of HKDF-SHA-256 (RFC 5869 section 2.3): a vault key is random already.
    pub fn of(vault_keys: &VaultKeys, environment: Environment, idle_days: u32) -> Self {
        let derived = |key: &[u8]| {
            let info = ["tell-connect session 1:", environment.name(), "\u{1}"].concat();
            Hs256::new(&Hs256::new(key).ok()?.tag(info.as_bytes())).ok()
        };
        Self { keys: vault_keys.iter().filter_map(|key| derived(key)).collect(), environment, idle_days }
    }

    /// The environment whose sessions they seal.
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// Seconds that a browser is to keep a cookie.
    pub fn max_age(&self) -> u32 {
        self.idle_days * 24 * 60 * 60
    }

    /// The cookie's text; `None` for a session with nothing in it.
    pub fn seal(&self, scope: Scope, session: &Session, now: u64) -> Option<String> {
        if session.entries.is_empty() {
            return None;
        }
        let mut bytes = vec![VERSION];
        bytes.extend(minutes(now).to_be_bytes());
        for entry in &session.entries {
            bytes.push(standing_byte(entry.standing));
            bytes.extend(entry.asked_at.to_be_bytes());
            bytes.extend(entry.uuid.as_bytes());
            bytes.extend(entry.id);
        }
        let tag = self.keys.first()?.tag(&message(scope, &bytes));
        bytes.extend(tag);
        Some(URL_SAFE_NO_PAD.encode(&bytes))
    }

    /// What a cookie's text says; `None` for one that was not sealed here, for another scope, or is idle too long.
    pub fn open(&self, scope: Scope, text: &str, now: u64) -> Option<Session> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (sealed, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
        let message = message(scope, sealed);
        if !self.keys.iter().any(|key| key.verify(&message, tag)) {
            return None;
        }
        let (&[version, ref seen @ ..], entries) = sealed.split_first_chunk::<HEAD>()?;
        let mut session = Session { seen: u32::from_be_bytes(*seen), ..Session::default() };
        let is_idle = minutes(now).saturating_sub(session.seen) >= self.idle_days * 24 * 60;
        if version != VERSION || is_idle {
            return None;
        }
        let (entries, rest) = entries.as_chunks::<ENTRY>();
        for entry in entries {
            session.entries.push(read_entry(entry)?);
        }
        rest.is_empty().then_some(session)
    }
}

fn read_entry(bytes: &[u8; ENTRY]) -> Option<Entry> {
    let (&[standing], rest) = bytes.split_first_chunk()?;
    let (asked_at, rest) = rest.split_first_chunk()?;
    let (uuid, id) = rest.split_first_chunk()?;
    let standing = [Standing::Asked, Standing::Returned, Standing::Held]
        .into_iter()
        .find(|known| standing_byte(*known) == standing)?;
    Some(Entry {
        id: id.try_into().ok()?,
        uuid: Uuid::from_bytes(*uuid),
        asked_at: u32::from_be_bytes(*asked_at),
        standing,
    })
}

const fn standing_byte(standing: Standing) -> u8 {
    match standing {
        Standing::Asked => 0,
        Standing::Returned => 1,
        Standing::Held => 2,
    }
}

/// What the tag is of: a cookie of one scope is none of the other.
fn message(scope: Scope, sealed: &[u8]) -> Vec<u8> {
    [scope.name().as_bytes(), sealed].concat()
}

/// Whole minutes since 1970, of milliseconds.
fn minutes(now: u64) -> u32 {
    u32::try_from(now / 60_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
