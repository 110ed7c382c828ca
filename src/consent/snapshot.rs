//! The record's text: versioned, self-describing JSON, encrypted by the shell before it is stored.
//!
//! `worker/STORAGE.md` documents each field.

use super::{
    Backlog, Batch, Budget, Counts, End, Grant, Note, Paying, Phase, Receiver, Record, Spent, Submission, What,
    tally::BatchId,
};
use crate::{
    Error,
    gateway::{OrderKey, Payment, PaymentState, Secret},
    profile::{Environment, Scope},
    wire::json::{Object, Value},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use std::borrow::Cow;

use sweep::WrittenSweep;

mod sweep;

/// The version that is written. All before it are read: 1 had no `spent_at`, 2 nothing else of a payment and no notes, 3
/// no `unattended`.
const VERSION: u64 = 4;
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
    customer: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    renews: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bank_status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_at: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unattended: Vec<WrittenSpent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unattended_clock: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unattended_behind: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sweep: Option<WrittenSweep<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<WrittenNote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noted: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch_counts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forgotten_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_ends_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    granted_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewed_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vouched_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<&'a Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<u64>,
}

#[derive(Serialize)]
struct WrittenSpent<'a> {
    endpoint: &'a str,
    at: &'a [u64],
}

#[derive(Serialize)]
struct WrittenNote {
    id: u32,
    at: u64,
    to: &'static str,
    what: String,
}

const HOST: &str = "host";
const ORDER: &str = "order";

/// The record as it is read. A member that is there and of another kind is damage, not absence: `None`, of all of it.
struct Read<'a>(Object<'a>);

impl Record {
    /// The snapshot's text. It holds secrets.
    pub fn write(&self) -> Secret {
        let is_counted = !self.budget.spent.is_empty();
        let (submission, grant) = (self.paying.submission.as_ref(), self.phase.grant());
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
            customer: self.customer.as_deref(),
            renews: self.renews,
            payment: self.paying.payment.as_ref().map(Payment::text),
            order: self.paying.order.as_ref().map(OrderKey::as_str),
            spent_at: submission.map(|submission| submission.at),
            payment_state: submission.map(|submission| submission.state.name()),
            bank_status: submission.and_then(|submission| submission.bank_status.as_deref()),
            reference: submission.and_then(|submission| submission.reference.as_deref()),
            asked_at: submission.and_then(|submission| submission.asked_at),
            unattended: self.budget.spent.iter().map(WrittenSpent::of).collect(),
            unattended_clock: Some(self.budget.clock).filter(|clock| is_counted && *clock > 0),
            unattended_behind: self.budget.behind_since.filter(|_| is_counted),
            sweep: self.sweep.as_ref().map(WrittenSweep::of),
            notes: self.notes.iter().map(WrittenNote::of).collect(),
            noted: (self.noted > 0).then_some(self.noted),
            batch: self.tally.batch.as_ref().map(|batch| batch.id.write()),
            batch_counts: self.tally.batch.as_ref().map(|batch| batch.counts.write()),
            counts: (!self.tally.more.is_empty()).then(|| self.tally.more.write()),
            forgotten_at: self.forgotten_at,
            over_at: self.over_at,
            code: None,
            code_at: None,
            access_token: grant.map(|grant| &grant.access_token),
            access_ends_at: grant.map(|grant| grant.access_ends_at),
            refresh_token: grant.and_then(|grant| grant.refresh_token.as_ref()),
            unusable: grant.and_then(|grant| grant.unusable.as_ref()),
            permissions: grant.map(|grant| grant.permissions.as_slice()),
            granted_at: grant.map(|grant| grant.granted_at),
            renewed_at: grant.and_then(|grant| grant.renewed_at),
            vouched_at: grant.and_then(|grant| grant.vouched_at),
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
        let object = Object::parse(text).map_err(|_| Error::SnapshotDamaged)?;
        match object.get("v").and_then(Value::as_u64) {
            Some(1..=VERSION) if !object.has_duplicates() => Read(object).record().ok_or(Error::SnapshotDamaged),
            Some(1..=VERSION) | None => Err(Error::SnapshotDamaged),
            Some(_) => Err(Error::SnapshotVersion),
        }
    }
}

impl<'a> WrittenSpent<'a> {
    fn of(spent: &'a Spent) -> Self {
        Self { endpoint: &spent.endpoint, at: &spent.at }
    }
}

impl WrittenNote {
    fn of(note: &Note) -> Self {
        let to = match note.to {
            Receiver::Host => HOST,
            Receiver::Order => ORDER,
        };
        Self { id: note.id, at: note.at, to, what: note.what.words().concat() }
    }
}

impl Read<'_> {
    fn record(&self) -> Option<Record> {
        let code_digest = match self.text("code_digest")? {
            Some(text) => Some(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?),
            None => None,
        };
        let unread = || Some(self.text("unread")?.map(Secret::new));
        let phase = match self.text("phase")??.as_str() {
            "requested" => Phase::Requested,
            "authorised" => Phase::Authorised {
                code: token(self.text("code")??)?,
                code_at: self.time("code_at")??,
                unread: unread()?,
            },
            "active" => Phase::Active { grant: self.grant()? },
            "refreshing" => Phase::Refreshing { grant: self.grant()?, unread: unread()? },
            name => Phase::Ended { end: *End::ALL.iter().find(|end| end.name() == name)?, at: self.time("ended_at")?? },
        };
        Some(Record {
            environment: Environment::parse(&self.text("environment")??).ok()?,
            scope: Scope::parse(&self.text("scope")??).ok()?,
            uuid: self.text("uuid")??,
            intent_id: self.text("intent_id")??,
            application: self.text("application")??,
            requested_at: self.time("requested_at")??,
            code_digest,
            customer: self.text("customer")?,
            renews: self.flag("renews")?,
            paying: self.paying()?,
            budget: self.budget()?,
            sweep: self.sweep()?,
            notes: self.notes()?,
            noted: self.count("noted")?.unwrap_or_default(),
            tally: self.tally()?,
            forgotten_at: self.time("forgotten_at")?,
            over_at: self.time("over_at")?,
            phase,
        })
    }

    fn grant(&self) -> Option<Grant> {
        let refresh_token = match self.text("refresh_token")? {
            Some(text) => Some(Secret::refresh_token(text).ok()?),
            None => None,
        };
        let permissions = self.0.get("permissions")?.items()?;
        let permissions = permissions.into_iter().map(|item| item.as_str().map(Cow::into_owned));
        Some(Grant {
            access_token: token(self.text("access_token")??)?,
            access_ends_at: self.time("access_ends_at")??,
            refresh_token,
            unusable: self.text("unusable")?.map(Secret::new),
            permissions: permissions.collect::<Option<_>>()?,
            granted_at: self.time("granted_at")??,
            renewed_at: self.time("renewed_at")?,
            vouched_at: self.time("vouched_at")?,
        })
    }

    fn paying(&self) -> Option<Paying> {
        let submission = match self.time("spent_at")? {
            Some(at) => Some(Submission {
                at,
                // Of one that an older version sent nothing else is known.
                state: match self.text("payment_state")? {
                    Some(state) => PaymentState::try_from(state).ok()?,
                    None => PaymentState::Unknown,
                },
                bank_status: self.text("bank_status")?,
                reference: self.text("reference")?,
                asked_at: self.time("asked_at")?,
            }),
            None => None,
        };
        let order = match self.text("order")? {
            Some(order) => Some(OrderKey::parse(&order).ok()?),
            None => None,
        };
        Some(Paying { payment: self.text("payment")?.map(Payment::kept), order, submission })
    }

    fn budget(&self) -> Option<Budget> {
        let spent = self.list("unattended", |read| {
            let times = read.0.get("at")?.items()?.into_iter().map(time);
            Some(Spent { endpoint: read.text("endpoint")??, at: times.collect::<Option<_>>()? })
        })?;
        // Where nothing is counted there is no clock to count by: none is written either.
        let is_counted = !spent.is_empty();
        let clock = self.time("unattended_clock")?.filter(|_| is_counted).unwrap_or_default();
        let behind_since = self.time("unattended_behind")?.filter(|_| is_counted);
        Some(Budget { clock, behind_since, spent })
    }

    fn notes(&self) -> Option<Vec<Note>> {
        self.list("notes", |read| {
            Some(Note {
                id: read.count("id")??,
                at: read.time("at")??,
                to: match read.text("to")??.as_str() {
                    HOST => Receiver::Host,
                    ORDER => Receiver::Order,
                    _ => return None,
                },
                what: What::parse(&read.text("what")??)?,
            })
        })
    }

    /// A list of objects; an empty one where there is none.
    fn list<T>(&self, name: &str, item: impl Fn(Read<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Some(list) = self.0.get(name) else { return Some(Vec::new()) };
        list.items()?.into_iter().map(|written| item(Read(Object::parse(written.as_written()).ok()?))).collect()
    }

    fn tally(&self) -> Option<Backlog> {
        let counts = |name| Some(self.text(name)?.map(|text| Counts::read(&text)));
        let batch = match self.text("batch")? {
            Some(id) => Some(Batch { id: BatchId::read(&id)?, counts: counts("batch_counts")??? }),
            None => None,
        };
        let more = match counts("counts")? {
            Some(more) => more?,
            None => Counts::default(),
        };
        Some(Backlog { batch, more })
    }

    fn count(&self, name: &str) -> Option<Option<u32>> {
        match self.0.get(name) {
            Some(value) => value.as_u64().and_then(|count| count.try_into().ok()).map(Some),
            None => Some(None),
        }
    }

    fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name).map(Value::as_written) {
            Some("true") => Some(true),
            None => Some(false),
            Some(_) => None,
        }
    }

    /// A text, if there is one.
    fn text(&self, name: &str) -> Option<Option<String>> {
        match self.0.get(name) {
            Some(value) => value.as_str().map(|text| Some(text.into_owned())),
            None => Some(None),
        }
    }

    /// Milliseconds since 1970, if they are there.
    fn time(&self, name: &str) -> Option<Option<u64>> {
        match self.0.get(name) {
            Some(value) => time(value).map(Some),
            None => Some(None),
        }
    }
}

fn time(value: Value<'_>) -> Option<u64> {
    value.as_u64().filter(|time| *time <= LATEST_MS)
}

fn token(text: String) -> Option<Secret> {
    Secret::token(text).ok()
}

#[cfg(test)]
mod tests;
