//! The way to the bank and back: the authorisation that is asked for, and the redirect that ends it.

use super::{
    AUTHORISE_ATTEMPTS, Answer, Backlog, Budget, CALL_DEADLINE_MS, Caller, CodeDigest, End, Failure, Loss, Outcome,
    PATIENCE_MS, Paying, Phase, Reason, Record, SendId, Terms, Wake, deadlines::REQUEST_LIFETIME_MS, failure::may_pass,
    out::Out, retry,
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
    /// One for each attempt: a gateway takes none twice.
    uuids: [RequestUuid; AUTHORISE_ATTEMPTS],
    /// Attempts so far.
    attempts: usize,
    application: String,
    terms: Terms,
    since: u64,
    at: At,
    /// Whether a wake-up was asked for.
    has_waited: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Sent.
    Sent(SendId),
    /// Will be sent again.
    Retry(u64),
}

impl Asking {
    /// Sends the next attempt, if there may be one.
    fn send(&mut self, out: &mut Out) -> bool {
        let Some(uuid) = self.uuids.get(self.attempts).cloned() else { return false };
        let payment = self.terms.payment.clone();
        let call = Call::Authorise { uuid, scope: self.scope, sandbox_sca: false, payment };
        self.at = At::Sent(out.send(call, CALL_DEADLINE_MS));
        self.attempts += 1;
        true
    }

    /// The UUID of the last attempt.
    fn uuid(&self) -> Option<&RequestUuid> {
        self.uuids.get(self.attempts.checked_sub(1)?)
    }

    /// When there may be another attempt, while the caller has patience (`ERR-3`).
    fn retry_at(&self, wait: Option<u64>, now: u64) -> Option<u64> {
        let attempts = u8::try_from(self.attempts).ok().filter(|_| self.attempts < AUTHORISE_ATTEMPTS)?;
        let at = now + retry::backoff_ms(attempts, self.uuid()?.as_str()).max(wait.unwrap_or(0));
        (at.saturating_sub(self.since) < PATIENCE_MS).then_some(at)
    }
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
        self.asking.as_ref().is_some_and(|asking| asking.at == At::Sent(id))
    }

    /// When to ask again.
    pub(super) fn deadline(&self) -> Option<Wake> {
        match self.asking.as_ref()?.at {
            At::Retry(at) => Some(Wake { at, reason: Reason::AuthoriseRetry }),
            At::Sent(_) => None,
        }
    }

    /// Asks the gateway for an authorisation (`AUT-1`).
    pub(super) fn begin(
        &mut self,
        caller: Caller,
        (scope, uuids): (Scope, [RequestUuid; AUTHORISE_ATTEMPTS]),
        (application, terms): (Option<&Application>, Terms),
        out: &mut Out,
        now: u64,
    ) {
        let Some(application) = application.map(|found| found.name.clone()) else {
            let unknown = Error::Argument("No application of that name is configured.");
            return out.answer(caller, Err(Failure::Input(unknown)));
        };
        let at = At::Retry(now);
        let mut asking =
            Asking { caller, scope, uuids, attempts: 0, application, terms, since: now, at, has_waited: false };
        asking.send(out);
        self.asking = Some(asking);
    }

    /// The clock was set back: nobody waits until it has come up again.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        if let Some(asking) = &mut self.asking {
            asking.since = asking.since.min(now);
            if let At::Retry(at) = &mut asking.at {
                *at = retry::after_going_back(*at, PATIENCE_MS, now);
            }
        }
    }

    /// The time asked for came.
    pub(super) fn woken(&mut self, out: &mut Out, now: u64) {
        if let Some(asking) = self.asking.as_mut().filter(|asking| matches!(asking.at, At::Retry(at) if at <= now)) {
            asking.send(out);
        }
    }

    /// The gateway answered: a record begins, or it is asked again, or the caller is told why neither.
    pub(super) fn answered(
        &mut self,
        answer: &Answer,
        applications: &Applications,
        out: &mut Out,
        now: u64,
    ) -> Option<Record> {
        let asking = self.asking.as_mut()?;
        let client = &applications.get(Some(&asking.application))?.client;
        match client.read_authorise(answer.status, &answer.body) {
            Ok(read) => {
                let asking = self.asking.take()?;
                let uuid = asking.uuid()?.as_str().to_owned();
                let record = Record {
                    environment: applications.environment,
                    scope: asking.scope,
                    uuid: uuid.clone(),
                    intent_id: read.intent_id,
                    application: asking.application,
                    requested_at: asking.since,
                    code_digest: None,
                    customer: asking.terms.customer,
                    renews: asking.terms.renews,
                    paying: Paying { payment: asking.terms.payment, order: asking.terms.order, submission: None },
                    budget: Budget::default(),
                    sweep: None,
                    notes: Vec::new(),
                    tally: Backlog::default(),
                    noted: 0,
                    forgotten_at: None,
                    over_at: None,
                    phase: Phase::Requested,
                };
                out.keep(&record);
                let ends_at = asking.since + REQUEST_LIFETIME_MS;
                out.answer(asking.caller, Ok(Outcome::Requested { uuid, location: read.location, ends_at }));
                return Some(record);
            }
            Err(error) => {
                let retry_at = if may_pass(answer.status) { asking.retry_at(answer.retry_after_ms, now) } else { None };
                match retry_at {
                    Some(at) => (asking.at, asking.has_waited) = (At::Retry(at), true),
                    None => self.dismiss(&Failure::of_answer(error, answer.retry_after_ms), out),
                }
            }
        }
        None
    }

    /// No answer came. A connection that broke, a stale one perhaps, is followed by another at once.
    pub(super) fn lost(&mut self, loss: Loss, out: &mut Out) {
        let may_retry = matches!(loss, Loss::Unreachable | Loss::Unreadable);
        let is_sent = self.asking.as_mut().is_some_and(|asking| may_retry && asking.attempts == 1 && asking.send(out));
        if !is_sent {
            self.dismiss(&loss.failure(), out);
        }
    }

    /// Tells whoever asked that nothing comes of it, and leaves nothing behind.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        if let Some(asking) = self.asking.take() {
            if asking.has_waited {
                out.forget();
            }
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
