//! The way to the bank and back: the authorisation that is asked for, and the redirect that ends it.

use super::{
    Answer, CALL_DEADLINE_MS, Caller, CodeDigest, End, Failure, Loss, Outcome, Phase, Record, SendId,
    deadlines::REQUEST_LIFETIME_MS, out::Out,
};
use crate::{
    Error,
    gateway::{Application, Applications, Call, Secret},
    profile::Scope,
    wire::{redirect::Redirect, request::RequestUuid},
};
use sha2::{Digest as _, Sha256};

/// The authorisation that is being asked for, if one is.
#[derive(Debug, Default)]
pub(super) struct Start {
    asking: Option<Asking>,
}

#[derive(Debug)]
struct Asking {
    caller: Caller,
    scope: Scope,
    uuid: RequestUuid,
    application: String,
    since: u64,
    sent: SendId,
}

impl Start {
    /// Whether an authorisation is being asked for.
    pub(super) fn is_under_way(&self) -> bool {
        self.asking.is_some()
    }

    /// The application that asks.
    pub(super) fn application(&self) -> Option<&str> {
        self.asking.as_ref().map(|asking| asking.application.as_str())
    }

    /// Whether a request is this room's.
    pub(super) fn is_of(&self, id: SendId) -> bool {
        self.asking.as_ref().is_some_and(|asking| asking.sent == id)
    }

    /// Asks the gateway for an authorisation (`AUT-1`).
    pub(super) fn begin(
        &mut self,
        caller: Caller,
        (scope, uuid): (Scope, RequestUuid),
        application: Option<&Application>,
        out: &mut Out,
        now: u64,
    ) {
        let Some(application) = application.map(|found| found.name.clone()) else {
            let unknown = Error::Argument("No application of that name is configured.");
            return out.answer(caller, Err(Failure::Input(unknown)));
        };
        let call = Call::Authorise { uuid: uuid.clone(), scope, sandbox_sca: false };
        let sent = out.send(call, CALL_DEADLINE_MS);
        self.asking = Some(Asking { caller, scope, uuid, application, since: now, sent });
    }

    /// The gateway answered: a record begins, or the caller is told why none does.
    pub(super) fn answered(&mut self, answer: &Answer, applications: &Applications, out: &mut Out) -> Option<Record> {
        let Asking { caller, scope, uuid, application, since, .. } = self.asking.take()?;
        let client = &applications.get(Some(&application))?.client;
        match client.read_authorise(answer.status, &answer.body) {
            Ok(read) => {
                let uuid = uuid.as_str().to_owned();
                let record = Record {
                    environment: applications.environment,
                    scope,
                    uuid: uuid.clone(),
                    intent_id: read.intent_id,
                    application,
                    requested_at: since,
                    code_digest: None,
                    spent_at: None,
                    phase: Phase::Requested,
                };
                out.keep(&record);
                let ends_at = since + REQUEST_LIFETIME_MS;
                out.answer(caller, Ok(Outcome::Requested { uuid, location: read.location, ends_at }));
                Some(record)
            }
            Err(error) => {
                out.answer(caller, Err(Failure::of_answer(error, answer.retry_after_ms)));
                None
            }
        }
    }

    /// No answer came.
    pub(super) fn lost(&mut self, loss: Loss, out: &mut Out) {
        self.dismiss(&loss.failure(), out);
    }

    /// Tells whoever asked that nothing comes of it.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        if let Some(asking) = self.asking.take() {
            out.answer(asking.caller, Err(failure.clone()));
        }
    }
}

/// What a redirect means to a consent.
pub(super) enum Return {
    /// It is of another authorisation (`RED-3`).
    Foreign,
    /// The PSU did not consent (`RED-2`).
    Declined,
    /// The PSU consented; the code is taken, once (`RED-4`).
    Consented(Secret),
    /// The code is under way already: the outcome will be the same.
    UnderWay,
    /// It repeats a finished one, with the same outcome (`RED-4`).
    Repeated(Result<Outcome, Failure>),
}

impl Return {
    /// Reads a redirect by what is kept.
    pub(super) fn of(record: Option<&Record>, redirect: &Redirect) -> Self {
        let Some(record) = record.filter(|record| is_own(record, redirect)) else { return Self::Foreign };
        match (&record.phase, &redirect.code) {
            (Phase::Requested, None) => Self::Declined,
            (Phase::Requested, Some(code)) => Self::Consented(Secret::new(code.clone())),
            (Phase::Authorised { .. }, _) => Self::UnderWay,
            (Phase::Active { .. } | Phase::Refreshing { .. }, _) => Self::Repeated(Ok(Outcome::Connected)),
            (Phase::Ended { end: End::Declined, .. }, _) => Self::Repeated(Ok(Outcome::Declined)),
            (Phase::Ended { end, .. }, _) => Self::Repeated(Err(Failure::Ended(*end))),
        }
    }
}

/// The digest of a code.
pub(super) fn digest(code: &str) -> CodeDigest {
    Sha256::digest(code).into()
}

/// Whether a redirect is the record's own and brought the code that was taken.
pub(super) fn took(record: &Record, redirect: &Redirect) -> bool {
    let code = redirect.code.as_deref().map(digest);
    is_own(record, redirect) && code.is_some() && code == record.code_digest
}

/// Whether uuid and intent are the record's (`RED-3`).
fn is_own(record: &Record, redirect: &Redirect) -> bool {
    let same_uuid = is_same(&record.uuid.to_ascii_lowercase(), &redirect.uuid.to_ascii_lowercase());
    same_uuid & is_same(&record.intent_id, &redirect.intent_id)
}

/// Compares in a time that depends on the lengths alone.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}
