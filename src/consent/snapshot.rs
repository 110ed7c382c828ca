//! The record's text: versioned, self-describing JSON, encrypted by the shell before it is stored.
//!
//! `worker/STORAGE.md` documents each field.

use super::{End, Grant, Phase, Record};
use crate::{
    Error,
    gateway::Secret,
    profile::{Environment, Scope},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize};

/// The version that is written. All before it are read: 1 had no `spent_at`.
const VERSION: u64 = 2;
/// No clock that is taken reads later, in milliseconds since 1970: the end of the year 9999.
const LATEST_MS: u64 = 253_402_300_799_999;

/// The record as it is written.
#[derive(Serialize)]
struct Written<'a> {
    v: u64,
    phase: &'static str,
    environment: Environment,
    scope: Scope,
    uuid: &'a str,
    intent_id: &'a str,
    application: &'a str,
    requested_at: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_at: Option<u64>,
    #[serde(flatten)]
    grant: Option<WrittenGrant<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<u64>,
}

#[derive(Serialize)]
struct WrittenGrant<'a> {
    access_token: &'a Secret,
    access_ends_at: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<&'a Secret>,
    permissions: &'a [String],
    granted_at: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewed_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vouched_at: Option<u64>,
}

/// The record as it is read. A member that is there and of another kind is damage, not absence.
#[derive(Deserialize)]
struct Read {
    phase: String,
    environment: Environment,
    scope: Scope,
    uuid: String,
    intent_id: String,
    application: String,
    requested_at: u64,
    #[serde(default, deserialize_with = "present")]
    code_digest: Option<String>,
    #[serde(default, deserialize_with = "present")]
    spent_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    code: Option<String>,
    #[serde(default, deserialize_with = "present")]
    code_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    access_token: Option<String>,
    #[serde(default, deserialize_with = "present")]
    access_ends_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    refresh_token: Option<String>,
    #[serde(default, deserialize_with = "present")]
    unusable: Option<String>,
    #[serde(default, deserialize_with = "present")]
    permissions: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    granted_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    renewed_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    vouched_at: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    unread: Option<String>,
    #[serde(default, deserialize_with = "present")]
    ended_at: Option<u64>,
}

#[derive(Deserialize)]
struct Version {
    v: u64,
}

/// `null` is a value of the wrong kind.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Record {
    /// The snapshot's text. It holds secrets.
    pub fn write(&self) -> Secret {
        let mut written = Written {
            v: VERSION,
            phase: self.phase.name(),
            environment: self.environment,
            scope: self.scope,
            uuid: &self.uuid,
            intent_id: &self.intent_id,
            application: &self.application,
            requested_at: self.requested_at,
            code_digest: self.code_digest.map(|digest| URL_SAFE_NO_PAD.encode(digest)),
            spent_at: self.spent_at,
            code: None,
            code_at: None,
            grant: self.phase.grant().map(WrittenGrant::of),
            unread: None,
            ended_at: None,
        };
        match &self.phase {
            Phase::Requested | Phase::Active { .. } => {}
            Phase::Authorised { code, code_at, unread } => {
                (written.code, written.code_at, written.unread) = (Some(code), Some(*code_at), unread.as_ref());
            }
            Phase::Refreshing { unread, .. } => written.unread = unread.as_ref(),
            Phase::Ended { at, .. } => written.ended_at = Some(*at),
        }
        // Texts, numbers and lists cannot fail to be written.
        Secret::new(serde_json::to_string(&written).unwrap_or_default())
    }

    /// Reads a snapshot.
    ///
    /// # Errors
    /// [`Error::SnapshotVersion`] for one that a newer program wrote, [`Error::SnapshotDamaged`] for any other that
    /// cannot be read. Neither is a reason to delete it.
    pub fn read(text: &str) -> Result<Self, Error> {
        match serde_json::from_str(text) {
            Ok(Version { v: 1..=VERSION }) => {
                let read: Read = serde_json::from_str(text).map_err(|_| Error::SnapshotDamaged)?;
                read.record().ok_or(Error::SnapshotDamaged)
            }
            Ok(Version { .. }) => Err(Error::SnapshotVersion),
            Err(_) => Err(Error::SnapshotDamaged),
        }
    }
}

impl<'a> WrittenGrant<'a> {
    fn of(grant: &'a Grant) -> Self {
        Self {
            access_token: &grant.access_token,
            access_ends_at: grant.access_ends_at,
            refresh_token: grant.refresh_token.as_ref(),
            unusable: grant.unusable.as_ref(),
            permissions: &grant.permissions,
            granted_at: grant.granted_at,
            renewed_at: grant.renewed_at,
            vouched_at: grant.vouched_at,
        }
    }
}

impl Read {
    fn record(mut self) -> Option<Record> {
        let grant = [self.access_ends_at, self.granted_at, self.renewed_at, self.vouched_at];
        let times = [self.spent_at, self.code_at, self.ended_at].into_iter().chain(grant);
        if times.flatten().chain([self.requested_at]).any(|time| time > LATEST_MS) {
            return None;
        }
        let code_digest = match self.code_digest.take() {
            Some(text) => Some(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?),
            None => None,
        };
        let phase = match self.phase.as_str() {
            "requested" => Phase::Requested,
            "authorised" => Phase::Authorised {
                code: token(self.code.take()?)?,
                code_at: self.code_at?,
                unread: self.unread.take().map(Secret::new),
            },
            "active" => Phase::Active { grant: self.grant()? },
            "refreshing" => Phase::Refreshing { grant: self.grant()?, unread: self.unread.take().map(Secret::new) },
            name => Phase::Ended { end: *End::ALL.iter().find(|end| end.name() == name)?, at: self.ended_at? },
        };
        Some(Record {
            environment: self.environment,
            scope: self.scope,
            uuid: self.uuid,
            intent_id: self.intent_id,
            application: self.application,
            requested_at: self.requested_at,
            code_digest,
            spent_at: self.spent_at,
            phase,
        })
    }

    fn grant(&mut self) -> Option<Grant> {
        let refresh_token = match self.refresh_token.take() {
            Some(text) => Some(Secret::refresh_token(text).ok()?),
            None => None,
        };
        Some(Grant {
            access_token: token(self.access_token.take()?)?,
            access_ends_at: self.access_ends_at?,
            refresh_token,
            unusable: self.unusable.take().map(Secret::new),
            permissions: self.permissions.take()?,
            granted_at: self.granted_at?,
            renewed_at: self.renewed_at,
            vouched_at: self.vouched_at,
        })
    }
}

fn token(text: String) -> Option<Secret> {
    Secret::token(text).ok()
}

#[cfg(test)]
mod tests;
