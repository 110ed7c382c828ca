//! Calls of the bank's resources: each waits for a token, is sent, and is tried again where that is safe.

use super::{
    super::{
        failure::{End, Failure},
        retry,
        snapshot::Phase,
        tpp::{Call, Method, ResourceCall},
    },
    Answer, CALL_DEADLINE_MS, Caller, Consent, Loss, Outcome, PATIENCE_MS, SendId,
};
use crate::prelude::*;
use crate::{
    json,
    profile::Scope,
    response::{GatewayError, is_success},
};

/// Attempts of one call.
const ATTEMPTS: u8 = 3;

/// A caller who wants a resource.
#[derive(Debug)]
pub(super) struct Reader {
    caller: Caller,
    call: ResourceCall,
    since: u64,
    attempts: u8,
    /// Whether a token was refused already: the next refusal, of a newer token, ends the consent (`REV-1`).
    token_refused: bool,
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Waits until there is a fresh token.
    Token,
    /// Sent, with the token of that serial number.
    Sent(SendId, u32),
    /// Will be sent again.
    Retry(u64),
}

impl Reader {
    pub(super) fn caller(self) -> Caller {
        self.caller
    }

    pub(super) fn waits_for_token(&self) -> bool {
        self.at == At::Token
    }

    pub(super) fn retry_at(&self) -> Option<u64> {
        if let At::Retry(at) = self.at { Some(at) } else { None }
    }

    /// Whether sending it twice does no harm (`ERR-3`, `PAY-2`).
    fn is_repeatable(&self) -> bool {
        self.call.method == Method::Get
    }

    fn is_sent_as(&self, id: SendId) -> bool {
        matches!(self.at, At::Sent(sent, _) if sent == id)
    }
}

impl Consent {
    pub(super) fn wanted(&mut self, caller: Caller, call: ResourceCall, now: u64) {
        match self.phase() {
            None => self.answer(caller, Err(Failure::NotFound)),
            Some(Phase::Requested) => self.answer(caller, Err(Failure::NotAuthorised)),
            Some(Phase::Ended { end, .. }) => {
                let failure = Failure::Ended(*end);
                self.answer(caller, Err(failure));
            }
            Some(Phase::Authorised { .. } | Phase::Active { .. } | Phase::Refreshing { .. }) => {
                let reader = Reader { caller, call, since: now, attempts: 0, token_refused: false, at: At::Token };
                self.go_on(reader, now);
            }
        }
    }

    /// Sends a reader's call, or has it wait for a fresh token.
    fn go_on(&mut self, mut reader: Reader, now: u64) {
        let skew = self.tpp().map(|tpp| tpp.profile().refresh_skew).unwrap_or_default();
        match self.phase() {
            Some(Phase::Active { grant }) if grant.is_fresh(skew, now) => self.send_reader(reader, now),
            // A token that cannot be renewed is good to its end.
            Some(Phase::Active { grant }) if grant.refresh_token.is_none() && now < grant.access_ends_at => {
                self.send_reader(reader, now);
            }
            Some(Phase::Ended { end, .. }) => {
                let failure = Failure::Ended(*end);
                self.answer(reader.caller, Err(failure));
            }
            _ => {
                reader.at = At::Token;
                self.readers.push(reader);
                self.need_token(now);
            }
        }
    }

    /// Sends a reader's call with the token at hand.
    fn send_reader(&mut self, mut reader: Reader, now: u64) {
        let Some(record) = &mut self.record else { return };
        let Phase::Active { grant } = &record.phase else { return };
        let call = Call::Resource(reader.call.clone(), grant.access_token.clone());
        if record.scope == Scope::Pisp && !reader.is_repeatable() {
            // The one payment (PAY-1): that it was sent is kept before it is, so that nothing can send it again.
            if record.spent_at.is_some() {
                return self.answer(reader.caller, Err(Failure::AlreadySubmitted));
            }
            record.spent_at = Some(now);
            self.keep();
        }
        reader.at = At::Sent(self.send(call, CALL_DEADLINE_MS), self.token.serial);
        reader.attempts += 1;
        self.readers.push(reader);
    }

    /// There is a new token: all who waited for one are sent, however short it lives; unless it came so late that it is
    /// over.
    pub(super) fn readers_go_on(&mut self, now: u64) {
        let is_over = matches!(self.phase(), Some(Phase::Active { grant }) if grant.access_ends_at < now);
        for reader in self.take_readers(&Reader::waits_for_token) {
            if is_over { self.go_on(reader, now) } else { self.send_reader(reader, now) }
        }
    }

    /// Sends again what is due.
    pub(super) fn readers_retry(&mut self, now: u64) {
        for reader in self.take_readers(&|reader| reader.retry_at().is_some_and(|at| at <= now)) {
            self.go_on(reader, now);
        }
    }

    fn take_readers(&mut self, which: &dyn Fn(&Reader) -> bool) -> Vec<Reader> {
        let (taken, left) = core::mem::take(&mut self.readers).into_iter().partition(which);
        self.readers = left;
        taken
    }

    /// Tells those who wait for a token `since` a time that there is none for now.
    pub(super) fn readers_leave(&mut self, failure: &Failure, leaves: &dyn Fn(u64) -> bool) {
        for reader in self.take_readers(&|reader| reader.waits_for_token() && leaves(reader.since)) {
            self.answer(reader.caller, Err(failure.clone()));
        }
    }

    pub(super) fn reader_answered(&mut self, id: SendId, answer: &Answer, now: u64) {
        let Some(reader) = self.take_reader(id) else { return };
        if is_success(answer.status) {
            // Passed on as it came, but never a proxy's page or half an answer.
            let whole = answer.body.is_empty() || json::check(&answer.body).is_ok();
            return match whole {
                true => self.answer(reader.caller, Ok(Outcome::Passed(id))),
                false => self.try_again(reader, Failure::BadAnswer, None, now),
            };
        }
        let refusal = Rc::new(GatewayError::read(answer.status, &answer.body));
        match refusal.status {
            401 | 403 if reader.is_repeatable() && refusal.registered_error() != Some("insufficient_scope") => {
                self.token_was_refused(reader, now)
            }
            429 | 500.. => {
                let failure = Failure::of_refusal(refusal, answer.retry_after_ms);
                self.try_again(reader, failure, answer.retry_after_ms, now);
            }
            _ => self.answer(reader.caller, Err(Failure::of_refusal(refusal, answer.retry_after_ms))),
        }
    }

    pub(super) fn reader_lost(&mut self, id: SendId, loss: Loss, now: u64) {
        if let Some(reader) = self.take_reader(id) {
            self.try_again(reader, loss.failure(), None, now);
        }
    }

    fn take_reader(&mut self, id: SendId) -> Option<Reader> {
        let at = self.readers.iter().position(|reader| reader.is_sent_as(id))?;
        Some(self.readers.remove(at))
    }

    /// The bank refused the access token: once it is renewed (`REF-2`), then the consent is revoked (`REV-1`).
    fn token_was_refused(&mut self, mut reader: Reader, now: u64) {
        let is_newest = matches!(reader.at, At::Sent(_, serial) if serial == self.token.serial);
        match (self.phase(), reader.token_refused) {
            (Some(Phase::Active { .. }), true) if is_newest => {
                let caller = reader.caller;
                self.end(End::Revoked, now);
                self.answer(caller, Err(Failure::Ended(End::Revoked)));
            }
            (Some(Phase::Active { .. }), _) if is_newest => {
                reader.token_refused = true;
                reader.at = At::Token;
                self.readers.push(reader);
                self.need_token(now);
            }
            // Another caller had it renewed meanwhile, or is about to.
            _ => {
                reader.token_refused = true;
                self.go_on(reader, now);
            }
        }
    }

    /// Plans another attempt of a GET while its caller has patience (`ERR-3`).
    fn try_again(&mut self, mut reader: Reader, failure: Failure, wait: Option<u64>, now: u64) {
        let seed = self.record.as_ref().map_or("", |record| &record.uuid);
        let next = now + retry::backoff_ms(reader.attempts, seed).max(wait.unwrap_or(0));
        let in_time = next.saturating_sub(reader.since) < PATIENCE_MS;
        if reader.is_repeatable() && reader.attempts < ATTEMPTS && in_time {
            reader.at = At::Retry(next);
            self.readers.push(reader);
        } else {
            self.answer(reader.caller, Err(failure));
        }
    }
}
