//! What is kept of a consent: a versioned, self-describing JSON text, encrypted by the shell before it is stored.
//!
//! `worker/STORAGE.md` documents each field.

use super::{EdgeError, Secret, failure::End, grant::Grant};
use crate::prelude::*;
use crate::{
    json::{self, Object, Value, Writer},
    profile::{Environment, Scope},
};

/// The version that is written. All before it are read: 1 had no `spent_at`.
const VERSION: u64 = 2;

/// The durable part of a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The environment it was made in; never used in another (`ENV-5`).
    pub environment: Environment,
    /// What was asked for.
    pub scope: Scope,
    /// The TPP's UUID of the authorisation.
    pub uuid: String,
    /// The gateway's id of the authorisation.
    pub intent_id: String,
    /// The application that asked, by name.
    pub application: String,
    /// When, in milliseconds since 1970.
    pub requested_at: u64,
    /// When its one payment was sent, in milliseconds since 1970 (`PAY-1`).
    pub spent_at: Option<u64>,
    /// How far it has come.
    pub phase: Phase,
}

/// How far a consent has come. Only phases that need a secret can hold one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The PSU was sent to the bank.
    Requested,
    /// The PSU came back with a code, which may have been sent.
    Authorised {
        /// The code.
        code: Secret,
        /// When it came, in milliseconds since 1970.
        code_at: u64,
        /// An answer of the gateway that is not read yet, or could not be (`TOK-5`).
        unread: Option<Secret>,
    },
    /// The tokens are good.
    Active {
        /// The tokens.
        grant: Grant,
    },
    /// The refresh token may have been sent: nobody knows whether it is spent (`REF-3`).
    Refreshing {
        /// The tokens before the refresh.
        grant: Grant,
        /// An answer of the gateway that is not read yet, or could not be (`TOK-5`).
        unread: Option<Secret>,
    },
    /// Over. No token is left.
    Ended {
        /// How.
        end: End,
        /// When, in milliseconds since 1970.
        at: u64,
    },
}

impl Phase {
    /// The phase's name in a snapshot.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Authorised { .. } => "authorised",
            Self::Active { .. } => "active",
            Self::Refreshing { .. } => "refreshing",
            Self::Ended { end, .. } => end.name(),
        }
    }
}

impl Record {
    /// The snapshot's text.
    pub fn write(&self) -> Secret {
        let text = Writer::new()
            .u64("v", VERSION)
            .str("phase", self.phase.name())
            .str("environment", self.environment.name())
            .str("scope", self.scope.name())
            .str("uuid", &self.uuid)
            .str("intent_id", &self.intent_id)
            .str("application", &self.application)
            .u64("requested_at", self.requested_at)
            .when(self.spent_at, |text, at| text.u64("spent_at", at));
        let unread = |text: Writer, unread: &Option<Secret>| {
            text.when(unread.as_ref(), |text, unread| text.str("unread", unread.expose()))
        };
        let text = match &self.phase {
            Phase::Requested => text,
            Phase::Authorised { code, code_at, unread: answer } => {
                unread(text.str("code", code.expose()).u64("code_at", *code_at), answer)
            }
            Phase::Active { grant } => write_grant(text, grant),
            Phase::Refreshing { grant, unread: answer } => unread(write_grant(text, grant), answer),
            Phase::Ended { at, .. } => text.u64("ended_at", *at),
        };
        Secret::new(text.end())
    }

    /// Reads a snapshot.
    ///
    /// # Errors
    /// [`EdgeError::SnapshotVersion`] for one written by a newer program, [`EdgeError::SnapshotDamaged`] for any other
    /// that cannot be read. Neither is a reason to delete it.
    pub fn read(text: &str) -> Result<Self, EdgeError> {
        let object = Object::parse(text).map_err(|_| EdgeError::SnapshotDamaged)?;
        match object.u64("v") {
            Some(1..=VERSION) => read_members(&object).ok_or(EdgeError::SnapshotDamaged),
            Some(_) => Err(EdgeError::SnapshotVersion),
            None => Err(EdgeError::SnapshotDamaged),
        }
    }
}

fn write_grant(text: Writer, grant: &Grant) -> Writer {
    let mut permissions = String::from("[");
    for (at, permission) in grant.permissions.iter().enumerate() {
        if at > 0 {
            permissions.push(',');
        }
        json::push_string(&mut permissions, permission);
    }
    permissions.push(']');
    text.str("access_token", grant.access_token.expose())
        .u64("access_ends_at", grant.access_ends_at)
        .when(grant.refresh_token.as_ref(), |text, token| text.str("refresh_token", token.expose()))
        .raw("permissions", &permissions)
        .u64("granted_at", grant.granted_at)
}

fn read_members(object: &Object<'_>) -> Option<Record> {
    let text = |name: &str| object.text(name);
    let unread = || Some(optional(object, "unread", owned)?.map(Secret::new));
    let phase = match object.str("phase")?.as_ref() {
        "requested" => Phase::Requested,
        "authorised" => Phase::Authorised {
            code: Secret::token(text("code")?).ok()?,
            code_at: object.u64("code_at")?,
            unread: unread()?,
        },
        "active" => Phase::Active { grant: read_grant(object)? },
        "refreshing" => Phase::Refreshing { grant: read_grant(object)?, unread: unread()? },
        name => Phase::Ended { end: *End::ALL.iter().find(|end| end.name() == name)?, at: object.u64("ended_at")? },
    };
    Some(Record {
        environment: Environment::parse(&text("environment")?).ok()?,
        scope: Scope::parse(&text("scope")?).ok()?,
        uuid: text("uuid")?,
        intent_id: text("intent_id")?,
        application: text("application")?,
        requested_at: object.u64("requested_at")?,
        spent_at: optional(object, "spent_at", Value::as_u64)?,
        phase,
    })
}

/// A member that may be absent; `None` when it is there and cannot be read, for that is damage.
fn optional<'a, T>(object: &Object<'a>, name: &str, read: impl FnOnce(Value<'a>) -> Option<T>) -> Option<Option<T>> {
    match object.get(name) {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}

fn owned(value: Value<'_>) -> Option<String> {
    value.as_str().map(Into::into)
}

fn read_grant(object: &Object<'_>) -> Option<Grant> {
    Some(Grant {
        access_token: Secret::token(object.text("access_token")?).ok()?,
        access_ends_at: object.u64("access_ends_at")?,
        refresh_token: optional(object, "refresh_token", |token| Secret::token(owned(token)?).ok())?,
        permissions: json::strings(object.get("permissions")?)?,
        granted_at: object.u64("granted_at")?,
    })
}

#[cfg(test)]
mod tests;
