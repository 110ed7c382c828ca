//! The one call of `/access-token` that a consent has at a time: the exchange of its code, or a refresh.
//!
//! Which of the two it is follows from the phase. A lost answer leaves nobody knowing whether code or refresh token
//! is spent; the same one is then sent again (`REF-3`), within the code's lifetime (`ENV-2`).

use super::{
    super::{
        failure::{End, Failure},
        grant::Grant,
        retry,
        snapshot::Phase,
        tpp::Call,
    },
    Answer, Consent, Loss, Outcome, PATIENCE_MS, SendId, TOKEN_DEADLINE_MS, Waiting,
    reader::Reader,
};
use crate::prelude::*;
use crate::response::{GatewayError, TokenAnswer, is_success};

/// Attempts in one go; after them the next caller starts anew.
const ATTEMPTS: u8 = 4;

/// What is known, since the machine started, of the call of `/access-token`.
#[derive(Debug, Default)]
pub(super) struct TokenCall {
    /// The attempt under way, and since when.
    pub(super) sent: Option<(SendId, u64)>,
    /// Attempts that were given up, whose answers may still come.
    given_up: Vec<SendId>,
    /// Attempts so far in this go.
    attempts: u8,
    /// Whether an attempt may have reached the gateway without our knowing its answer.
    uncertain: bool,
    /// When the next attempt is due.
    pub(super) retry_at: Option<u64>,
    /// Before this time the gateway asks to be left alone.
    not_before: Option<u64>,
    /// The outcome of an attempt that was given up, should the one under way fail.
    late: Option<Grant>,
    /// Whether the machine was started anew and has not handled an event yet.
    restarted: bool,
    /// How many access tokens this machine has got, so that a 401 can be told to be of an older one.
    pub(super) serial: u32,
}

impl TokenCall {
    /// A crash in a phase that has the call in flight: it may have been sent, and is due again at once.
    pub(super) fn after_restart(phase: &Phase) -> Self {
        match phase {
            Phase::Authorised { .. } | Phase::Refreshing { .. } => {
                Self { uncertain: true, restarted: true, retry_at: Some(0), ..Self::default() }
            }
            Phase::Requested | Phase::Active { .. } | Phase::Ended { .. } => Self::default(),
        }
    }

    pub(super) fn is_of(&self, id: SendId) -> bool {
        self.sent.is_some_and(|(sent, _)| sent == id) || self.given_up.contains(&id)
    }

    fn done(&self) -> Self {
        Self { serial: self.serial.wrapping_add(1), ..Self::default() }
    }
}

impl Consent {
    /// Sees to it that whoever waits for tokens will hear: by the attempt under way, the one that is due, or a new one.
    pub(super) fn need_token(&mut self, now: u64) {
        if self.token.sent.is_some() {
            return;
        }
        // After a clock was set back the attempt that is due may lie further ahead than any was ever put off.
        if let Some(at) = self.token.retry_at.filter(|at| *at <= now + retry::LONGEST_WAIT_MS) {
            let busy = Failure::Busy(at.saturating_sub(now).div_ceil(1000));
            return self.nobody_gets_token(&busy, &|since| at.saturating_sub(since) >= PATIENCE_MS);
        }
        match self.token.not_before.filter(|until| (now + 1..=now + retry::LONGEST_WAIT_MS).contains(until)) {
            Some(until) => self.nobody_gets_token(&Failure::Busy((until - now).div_ceil(1000)), &|_| true),
            None => self.call_token(now),
        }
    }

    /// Starts the next attempt. What it is about to spend is kept before it leaves.
    pub(super) fn call_token(&mut self, now: u64) {
        let Some(record) = &mut self.record else { return };
        let call = match &record.phase {
            Phase::Authorised { code, .. } => Call::Exchange { code: code.clone() },
            Phase::Active { grant } | Phase::Refreshing { grant, .. } => match grant.refresh_token.clone() {
                Some(refresh_token) => Call::Refresh { refresh_token },
                None => return self.end(End::Reauthorise, now),
            },
            Phase::Requested | Phase::Ended { .. } => return,
        };
        if let Phase::Active { grant } = &record.phase {
            record.phase = Phase::Refreshing { grant: grant.clone(), unread: None };
        }
        self.keep();
        let id = self.send(call, TOKEN_DEADLINE_MS);
        self.token.sent = Some((id, now));
        self.token.retry_at = None;
        self.token.attempts = self.token.attempts.saturating_add(1);
    }

    pub(super) fn token_answered(&mut self, id: SendId, answer: Answer, now: u64) {
        let under_way = self.token.sent.is_some_and(|(sent, _)| sent == id);
        if is_success(answer.status) {
            // Tokens that came late are not given up for an answer that cannot be read.
            if self.token.late.is_none() || TokenAnswer::salvage(&answer.body).is_some() {
                self.keep_unread(answer.body);
            }
            match self.read_unread(now) {
                Some(grant) if under_way || self.token.sent.is_none() => self.adopt(grant, now),
                // The attempt under way may spend what this late answer brought, or be refused because of it.
                Some(grant) => self.token.late = Some(grant),
                None if under_way => self.attempt_failed(Failure::BadAnswer, None, true, now),
                None => {}
            }
        } else if under_way {
            self.refused(answer, now);
        }
    }

    pub(super) fn token_lost(&mut self, id: SendId, loss: Loss, now: u64) {
        if self.token.sent.is_some_and(|(sent, _)| sent == id) {
            self.token.given_up.push(id);
            self.attempt_failed(loss.failure(), None, true, now);
        }
    }

    /// Makes an answer durable as it came, before anything is made of it (`TOK-5`).
    fn keep_unread(&mut self, body: String) {
        if let Some(Phase::Authorised { unread, .. } | Phase::Refreshing { unread, .. }) =
            self.record.as_mut().map(|record| &mut record.phase)
        {
            *unread = Some(super::Secret::new(body));
            self.keep();
        }
    }

    /// The grant that a kept answer stands for, if it can be read.
    fn read_unread(&self, now: u64) -> Option<Grant> {
        match &self.record.as_ref()?.phase {
            Phase::Authorised { unread, .. } => Some(Grant::new(TokenAnswer::salvage(unread.as_ref()?.expose())?, now)),
            Phase::Refreshing { unread, grant } => {
                Some(grant.renewed(TokenAnswer::salvage(unread.as_ref()?.expose())?, now))
            }
            Phase::Requested | Phase::Active { .. } | Phase::Ended { .. } => None,
        }
    }

    /// Takes an answer that was kept before a crash and not read any more.
    pub(super) fn resume_unread(&mut self, now: u64) {
        if core::mem::take(&mut self.token.restarted)
            && let Some(grant) = self.read_unread(now)
        {
            self.adopt(grant, now);
        }
    }

    /// The new tokens are kept; then all who waited go on.
    fn adopt(&mut self, grant: Grant, now: u64) {
        let Some(record) = &mut self.record else { return };
        record.phase = Phase::Active { grant };
        self.token = self.token.done();
        self.keep();
        for Waiting { caller, .. } in core::mem::take(&mut self.callbacks) {
            self.answer(caller, Ok(Outcome::Connected));
        }
        self.readers_go_on(now);
    }

    fn refused(&mut self, answer: Answer, now: u64) {
        if let Some(grant) = self.token.late.take() {
            return self.adopt(grant, now);
        }
        let refusal = Rc::new(GatewayError::read(answer.status, &answer.body));
        match Refusal::of(&refusal, &answer.body) {
            Refusal::Grant => self.end(self.end_by_refusal(), now),
            Refusal::Busy => {
                let wait = answer.retry_after_ms.unwrap_or(1000);
                self.attempt_failed(Failure::Busy(wait.div_ceil(1000)), Some(wait), refusal.status != 429, now);
            }
            Refusal::Gateway => {
                self.attempt_failed(Failure::GatewayFailed(refusal.status), answer.retry_after_ms, true, now);
            }
            Refusal::Unreadable => self.attempt_failed(Failure::BadAnswer, None, true, now),
            Refusal::Client => {
                self.token.sent = None;
                self.token.attempts = 0;
                self.nobody_gets_token(&Failure::RefusedClient(refusal), &|_| true);
            }
        }
    }

    /// `revoked` is said only where no answer was lost: otherwise our own earlier attempt may have spent it (`REF-3`).
    fn end_by_refusal(&self) -> End {
        match self.record.as_ref().map(|record| &record.phase) {
            Some(Phase::Refreshing { .. }) if !self.token.uncertain => End::Revoked,
            _ => End::Reauthorise,
        }
    }

    /// Plans the next attempt, or gives up until somebody asks again (`ERR-3`).
    fn attempt_failed(&mut self, failure: Failure, wait: Option<u64>, uncertain: bool, now: u64) {
        self.token.sent = None;
        self.token.uncertain |= uncertain;
        if let Some(grant) = self.token.late.take() {
            return self.adopt(grant, now);
        }
        let Some(record) = &self.record else { return };
        let backoff = retry::backoff_ms(self.token.attempts, &record.uuid);
        let next = now + backoff.max(wait.unwrap_or(0));
        self.token.not_before = wait.map(|wait| now + wait);
        let (alive, exchange) = match &record.phase {
            Phase::Authorised { code_at, .. } => (self.is_code_alive(*code_at, next), true),
            Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } | Phase::Ended { .. } => (true, false),
        };
        // Whoever would wait too long for the next attempt is told now.
        self.nobody_gets_token(&failure, &|since| !alive || next.saturating_sub(since) >= PATIENCE_MS);
        let wanted = !self.callbacks.is_empty() || self.readers.iter().any(Reader::waits_for_token);
        // An exchange goes on without an audience: the code dies while nobody looks, and the consent with it.
        if alive && self.token.attempts < ATTEMPTS && (wanted || exchange) {
            self.token.retry_at = Some(next);
        } else {
            self.token.attempts = 0;
            self.nobody_gets_token(&failure, &|_| true);
        }
    }

    /// Tells those who wait for tokens `since` a time that there are none for now.
    fn nobody_gets_token(&mut self, failure: &Failure, leaves: &dyn Fn(u64) -> bool) {
        for waiting in core::mem::take(&mut self.callbacks) {
            if leaves(waiting.since) {
                self.answer(waiting.caller, Err(failure.clone()));
            } else {
                self.callbacks.push(waiting);
            }
        }
        self.readers_leave(failure, leaves);
    }
}

/// What a refusal of `/access-token` means.
enum Refusal {
    /// The code or the refresh token is not honoured.
    Grant,
    /// The TPP is not known, or its call is wrong: no word on the grant.
    Client,
    /// Come back later.
    Busy,
    /// The gateway failed.
    Gateway,
    /// Not the gateway's own words: a proxy's page.
    Unreadable,
}

impl Refusal {
    /// Reads a refusal. The guide gives no format, so what is not plainly about something else is about the grant —
    /// but a bare 401, which says that credentials or signature are wrong, must not cost every customer's consent.
    fn of(refusal: &GatewayError, body: &str) -> Self {
        match (refusal.status, refusal.registered_error()) {
            (_, Some("invalid_grant" | "access_denied" | "invalid_token")) => Self::Grant,
            (429 | 503, _) => Self::Busy,
            (500.., _) => Self::Gateway,
            (_, Some(_)) => Self::Client,
            (..400, _) => Self::Unreadable,
            _ if body.trim_ascii_start().starts_with('<') => Self::Unreadable,
            (400 | 403 | 410 | 422, None) => Self::Grant,
            (_, None) => Self::Client,
        }
    }
}
