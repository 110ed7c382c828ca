//! The one call of `/access-token` that a consent has at a time: the exchange of its code, or a refresh.
//!
//! Which of the two it is follows from the phase. A lost answer leaves nobody knowing whether code or refresh token
//! is spent; the same one is then sent again (`REF-3`), within the code's lifetime (`ENV-2`). Whoever needs a token
//! that is not there waits in here.

use super::{
    Answer, End, Failure, Grant, Loss, Outcome, Phase, Reason, SendId, TOKEN_DEADLINE_MS, Wake, What,
    failure::Verdict,
    news::{News, TokensCame},
    out::{Out, Turn},
    retry,
    waiters::{Leaving, Waiter, Waiters},
};
use crate::{
    Refusal,
    gateway::{
        Call,
        answer::{TokenAnswer, is_success},
        secret::MAX_TOKEN_ANSWER,
    },
};
use std::rc::Rc;

/// Attempts in one go; after them the next caller starts anew.
const ATTEMPTS: u8 = 4;
/// A crash while a call was under way is noticed this long after the call left: a second after its deadline.
const LOST_AFTER_MS: u64 = TOKEN_DEADLINE_MS + 1000;

/// What is known, since the machine started, of the call of `/access-token`, and who waits for it.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    attempt: Attempt,
    /// Attempts so far in this go.
    attempts: u8,
    /// Attempts that were given up, whose answers may still come.
    given_up: Vec<SendId>,
    /// Whether an attempt may have reached the gateway without our knowing its answer.
    is_uncertain: bool,
    /// The outcome of an attempt that was given up, should the one under way fail.
    late: Option<Grant>,
    /// Whether the bank refused the access token at hand.
    is_refused: bool,
    /// How many access tokens this machine has got, so that a 401 can be told to be of an older one.
    serial: u32,
    waiting: Waiters,
}

#[derive(Clone, Copy, Debug, Default)]
enum Attempt {
    /// Nobody needs tokens.
    #[default]
    Idle,
    /// The next attempt is due at this time.
    Due { at: u64 },
    /// An attempt is under way.
    InFlight { id: SendId, since: u64 },
    /// The gateway asked to be left alone until this time, and nobody waits for it.
    Resting { until: u64 },
}

impl Tokens {
    /// After a crash: a phase that has the call in flight may have sent it, and it is due again at once.
    pub(super) fn after_restart(phase: &Phase) -> Self {
        match phase {
            Phase::Authorised { .. } | Phase::Refreshing { .. } => {
                Self { is_uncertain: true, attempt: Attempt::Due { at: 0 }, ..Self::default() }
            }
            Phase::Requested | Phase::Active { .. } | Phase::Ended { .. } => Self::default(),
        }
    }

    /// Which access token is the newest.
    pub(super) fn serial(&self) -> u32 {
        self.serial
    }

    /// Whether a request is this room's.
    pub(super) fn is_of(&self, id: SendId) -> bool {
        self.is_under_way_as(id) || self.given_up.contains(&id)
    }

    /// Whether the call is under way.
    pub(super) fn is_in_flight(&self) -> bool {
        matches!(self.attempt, Attempt::InFlight { .. })
    }

    fn is_under_way_as(&self, id: SendId) -> bool {
        matches!(self.attempt, Attempt::InFlight { id: sent, .. } if sent == id)
    }

    /// The bank refused the newest access token.
    pub(super) fn refused_by_bank(&mut self) {
        self.is_refused = true;
    }

    /// When to look after the call again.
    pub(super) fn deadline(&self) -> Option<Wake> {
        match self.attempt {
            Attempt::InFlight { since, .. } => Some(Wake { at: since + LOST_AFTER_MS, reason: Reason::TokenOverdue }),
            Attempt::Due { at } => Some(Wake { at, reason: Reason::TokenRetry }),
            Attempt::Idle | Attempt::Resting { .. } => None,
        }
    }

    /// Somebody needs tokens: they will hear by the attempt under way, the one that is due, or a new one.
    pub(super) fn wait(&mut self, who: Waiter, since: u64, turn: &mut Turn<'_>) -> Option<News> {
        self.waiting.join(who, since);
        match self.attempt {
            Attempt::InFlight { .. } => None,
            Attempt::Due { at } => {
                let busy = Failure::Busy(at.saturating_sub(turn.now).div_ceil(1000));
                self.waiting.leave(Leaving::ImpatientAt(at), &busy, turn.out);
                None
            }
            Attempt::Resting { until } if until > turn.now => {
                self.waiting.leave(Leaving::Everyone, &Failure::Busy((until - turn.now).div_ceil(1000)), turn.out);
                None
            }
            Attempt::Idle | Attempt::Resting { .. } => self.call(turn),
        }
    }

    /// Starts the next attempt. What it is about to spend is kept before it leaves.
    fn call(&mut self, turn: &mut Turn<'_>) -> Option<News> {
        let call = match &turn.record.phase {
            Phase::Authorised { code, .. } => Call::Exchange { code: code.clone() },
            Phase::Active { grant } | Phase::Refreshing { grant, .. } => match grant.refresh_token.clone() {
                Some(refresh_token) => Call::Refresh { refresh_token },
                // There is one, in words that nobody here understands (`TOK-5`).
                None if grant.unusable.is_some() => return self.denied(&Failure::BadAnswer, turn),
                None => return Some(News::Over(End::Reauthorise)),
            },
            Phase::Requested | Phase::Ended { .. } => return None,
        };
        if let Phase::Active { grant } = &turn.record.phase {
            turn.enter(Phase::Refreshing { grant: grant.clone(), unread: None });
        }
        let id = turn.out.send(call, TOKEN_DEADLINE_MS);
        self.attempt = Attempt::InFlight { id, since: turn.now };
        self.attempts = self.attempts.saturating_add(1);
        None
    }

    /// The clock was set back: whoever would wait until it has come up again is told now.
    pub(super) fn clock_went_back(&mut self, turn: &mut Turn<'_>) {
        self.waiting.clock_went_back(turn.now);
        match &mut self.attempt {
            Attempt::InFlight { since, .. } => *since = turn.now.min(*since),
            Attempt::Due { at } => {
                *at = retry::after_going_back(*at, retry::LONGEST_WAIT_MS, turn.now);
                let busy = Failure::Busy(at.saturating_sub(turn.now).div_ceil(1000));
                self.waiting.leave(Leaving::ImpatientAt(*at), &busy, turn.out);
            }
            Attempt::Resting { until } => *until = retry::after_going_back(*until, retry::LONGEST_WAIT_MS, turn.now),
            Attempt::Idle => {}
        }
    }

    /// The time asked for came: makes the attempt that is due.
    pub(super) fn woken(&mut self, turn: &mut Turn<'_>) -> Option<News> {
        match &mut self.attempt {
            // A call that outlives its deadline, by a clock that jumped, is looked after once more.
            Attempt::InFlight { since, .. } if *since + LOST_AFTER_MS <= turn.now => {
                *since = turn.now;
                None
            }
            Attempt::Due { at } if *at <= turn.now => self.call(turn),
            Attempt::Idle | Attempt::Due { .. } | Attempt::InFlight { .. } | Attempt::Resting { .. } => None,
        }
    }

    /// After a crash: takes an answer that was kept and not read any more.
    pub(super) fn resume(&mut self, turn: &mut Turn<'_>) -> Option<News> {
        let grant = turn.record.phase.read_unread(turn.now)?;
        Some(self.adopt(grant, turn))
    }

    /// The gateway answered an attempt.
    pub(super) fn answered(&mut self, id: SendId, answer: Answer, turn: &mut Turn<'_>) -> Option<News> {
        let is_under_way = self.is_under_way_as(id);
        if !is_success(answer.status) {
            return if is_under_way { self.refused(&answer, turn) } else { None };
        }
        if answer.body.len() > MAX_TOKEN_ANSWER {
            return if is_under_way { self.failed(&Failure::BadAnswer, None, true, turn) } else { None };
        }
        // Tokens that came late are not given up for an answer that cannot be read.
        if self.late.is_none() || TokenAnswer::salvage(&answer.body).is_some() {
            turn.keep_unread(answer.body);
        }
        match turn.record.phase.read_unread(turn.now) {
            Some(grant) if is_under_way || !self.is_in_flight() => Some(self.adopt(grant, turn)),
            // The attempt under way may spend what this late answer brought, or be refused because of it.
            Some(grant) => {
                self.late = Some(grant);
                None
            }
            None if is_under_way => self.failed(&Failure::BadAnswer, None, true, turn),
            None => None,
        }
    }

    /// No answer came to an attempt.
    pub(super) fn lost(&mut self, id: SendId, loss: Loss, turn: &mut Turn<'_>) -> Option<News> {
        if !self.is_under_way_as(id) {
            return None;
        }
        self.given_up.push(id);
        self.failed(&loss.failure(), None, true, turn)
    }

    /// The new tokens are kept; then all who waited go on.
    fn adopt(&mut self, mut grant: Grant, turn: &mut Turn<'_>) -> News {
        grant.renewed_at = self.is_refused.then_some(turn.now);
        if matches!(turn.record.phase, Phase::Authorised { .. }) {
            turn.note_host(if turn.record.renews { What::Renewed } else { What::Connected });
        }
        turn.enter(Phase::Active { grant });
        let released = self.waiting.release();
        *self = Self { serial: self.serial.wrapping_add(1), ..Self::default() };
        let mut came = TokensCame::default();
        for who in released {
            match who {
                Waiter::Browser(caller) => turn.out.answer(caller, Ok(Outcome::Connected)),
                Waiter::Read(read) => came.reads.push(read),
                Waiter::Payment => came.pays = true,
            }
        }
        News::TokensCame(came)
    }

    fn refused(&mut self, answer: &Answer, turn: &mut Turn<'_>) -> Option<News> {
        if let Some(grant) = self.late.take() {
            return Some(self.adopt(grant, turn));
        }
        let refusal = Rc::new(Refusal::read(answer.status, &answer.body));
        match Verdict::of(&refusal, &answer.body) {
            // The token that replaced the one which is refused is there, though it cannot be used (`TOK-5`).
            Verdict::Grant if turn.record.phase.grant().is_some_and(|grant| grant.unusable.is_some()) => {
                self.denied(&Failure::BadAnswer, turn)
            }
            Verdict::Grant => Some(News::Over(self.end_by_refusal(&turn.record.phase))),
            Verdict::Busy => {
                let wait = answer.retry_after_ms.unwrap_or(1000);
                let busy = Failure::Busy(wait.div_ceil(1000));
                // The others were refused before anything was done.
                self.failed(&busy, Some(wait), matches!(refusal.status, 408 | 503), turn)
            }
            Verdict::Gateway => self.failed(&Failure::GatewayFailed(refusal.status), answer.retry_after_ms, true, turn),
            Verdict::Unreadable => self.failed(&Failure::BadAnswer, None, true, turn),
            Verdict::Foreign => self.failed(&Failure::Refused(refusal), None, true, turn),
            Verdict::Client => self.denied(&Failure::RefusedClient(refusal), turn),
            Verdict::Policy => self.denied(&Failure::Refused(refusal), turn),
        }
    }

    /// The same call would be refused again: whoever comes next makes it anew.
    fn denied(&mut self, failure: &Failure, turn: &mut Turn<'_>) -> Option<News> {
        self.attempt = Attempt::Idle;
        self.attempts = 0;
        self.waiting.leave(Leaving::Everyone, failure, turn.out);
        None
    }

    /// `revoked` is said only where no answer was lost: otherwise our own earlier attempt may have spent it (`REF-3`).
    fn end_by_refusal(&self, phase: &Phase) -> End {
        match phase {
            Phase::Refreshing { .. } if !self.is_uncertain => End::Revoked,
            Phase::Requested
            | Phase::Authorised { .. }
            | Phase::Active { .. }
            | Phase::Refreshing { .. }
            | Phase::Ended { .. } => End::Reauthorise,
        }
    }

    /// Plans the next attempt, or gives up until somebody asks again (`ERR-3`).
    fn failed(
        &mut self,
        failure: &Failure,
        wait: Option<u64>,
        is_uncertain: bool,
        turn: &mut Turn<'_>,
    ) -> Option<News> {
        self.attempt = Attempt::Idle;
        self.is_uncertain |= is_uncertain;
        if let Some(grant) = self.late.take() {
            return Some(self.adopt(grant, turn));
        }
        let backoff = retry::backoff_ms(self.attempts, &turn.record.uuid);
        let next = turn.now + backoff.max(wait.unwrap_or(0));
        let (is_alive, is_exchange) = match &turn.record.phase {
            Phase::Authorised { code_at, .. } => (turn.record.is_code_alive(*code_at, next), true),
            Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } | Phase::Ended { .. } => (true, false),
        };
        // Whoever would wait too long for the next attempt is told now.
        let leaving = if is_alive { Leaving::ImpatientAt(next) } else { Leaving::Everyone };
        self.waiting.leave(leaving, failure, turn.out);
        // An exchange goes on without an audience: the code dies while nobody looks, and the consent with it.
        if is_alive && self.attempts < ATTEMPTS && (is_exchange || !self.waiting.is_empty()) {
            self.attempt = Attempt::Due { at: next };
        } else {
            self.attempts = 0;
            self.attempt = wait.map_or(Attempt::Idle, |wait| Attempt::Resting { until: turn.now + wait });
            self.waiting.leave(Leaving::Everyone, failure, turn.out);
        }
        None
    }

    /// The consent is over: all who wait are told, and nothing that comes any more is taken.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        self.waiting.leave(Leaving::Everyone, failure, out);
        *self = Self::default();
    }
}
