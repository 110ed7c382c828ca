//! The one payment of a PISP consent: submitted at most once, whatever fails (`PAY-1`, `PAY-2`).
//!
//! Before it leaves it is claimed of its order, if it is for one (`PAY-5`), and that it leaves is durable. What its answer
//! does not say stays unknown, and it is never sent again.

use super::{
    Answer, CALL_DEADLINE_MS, Caller, ClaimId, Failure, Known, Outcome, Paying, PaymentView, Phase, Reason, SendId,
    Submission, Wake, news::News, out::Out, out::Turn, reads::Freshness, retry,
};
use crate::{
    Error, Fault, Refusal,
    gateway::{Call, OrderKey, Payment, PaymentAnswer, PaymentState, ResourceCall, UserIp, answer::is_success},
    profile::{PaymentPath, Profile, Scope},
};
use std::rc::Rc;

/// Milliseconds after which a claim of an order is given up.
const CLAIM_DEADLINE_MS: u64 = 10_000;
/// A crash while a payment was under way is noticed this long after it left: a second after its deadline.
const LOST_AFTER_MS: u64 = CALL_DEADLINE_MS + 1000;
/// Seconds after which to come back where an order does not answer.
const COME_BACK_S: u64 = 5;

/// What is under way of a consent's payment.
#[derive(Debug)]
pub(super) struct Payments {
    path: PaymentPath,
    attempt: Attempt,
    /// Who waits for its fate, in the order in which they came.
    callers: Vec<Caller>,
    /// A submission that was given up, whose answer may still come.
    given_up: Option<SendId>,
    last_claim: ClaimId,
}

/// How far the submission is. All before it was sent is in memory alone: a crash forgets it, and the caller asks again.
#[derive(Debug, Default)]
enum Attempt {
    /// Nobody has asked for it.
    #[default]
    Idle,
    /// It needs a token.
    Wanted(Wanted),
    /// Its order is asked whether it may be sent.
    Claiming(ClaimId, u64, Wanted),
    /// It was sent.
    Sent(SendId, u64),
}

/// A payment to be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    payment: Payment,
    order: Option<OrderKey>,
    user_ip: Option<UserIp>,
    since: u64,
}

/// What an order says to a claim (`PAY-5`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The payment may be sent: no other consent's was, or ever will be without the order's word.
    Granted,
    /// The order is of another payment.
    Mismatch,
    /// Another consent's payment of this order was sent; what is known of it.
    Taken(Rc<PaymentView>),
    /// The order could not be asked.
    Failed,
}

/// What a caller asks to have paid.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) payment: Option<Payment>,
    pub(super) order: Option<OrderKey>,
    pub(super) user_ip: Option<UserIp>,
}

impl Wanted {
    /// What is asked for, held against what the customer was asked to agree to (`PAY-6`).
    fn of(asked: Order, paying: &Paying, now: u64) -> Result<Self, Failure> {
        let payment = match (asked.payment, &paying.payment) {
            (Some(asked), Some(stated)) if asked != *stated => return Err(Failure::PaymentMismatch),
            (Some(payment), _) => payment,
            (None, Some(stated)) => stated.clone(),
            (None, None) => {
                let fault = Fault { setting: String::from("payment"), problem: "It is missing, and none was stated." };
                return Err(Failure::Input(Error::Payment(vec![fault])));
            }
        };
        let order = match (asked.order, &paying.order) {
            (Some(asked), Some(stated)) if asked != *stated => return Err(Failure::OrderMismatch),
            (asked, stated) => asked.or_else(|| stated.clone()),
        };
        Ok(Self { payment, order, user_ip: asked.user_ip, since: now })
    }

    /// Whether it is the same payment for the same order, whoever asks from wherever.
    fn is_same(&self, other: &Self) -> bool {
        self.payment == other.payment && self.order == other.order
    }
}

impl Payments {
    /// Nothing is under way.
    pub(super) fn new(profile: &Profile) -> Self {
        Self {
            path: profile.payment_path.clone(),
            attempt: Attempt::Idle,
            callers: Vec::new(),
            given_up: None,
            last_claim: 0,
        }
    }

    /// Somebody wants it submitted.
    pub(super) fn pay(&mut self, caller: Caller, asked: Order, fresh: Freshness, turn: &mut Turn<'_>) -> Option<News> {
        let record = &*turn.record;
        if record.scope != Scope::Pisp {
            turn.out.answer(caller, Err(Failure::Input(Error::Scope)));
            return None;
        }
        let is_submitted = record.paying.submission.is_some();
        let wanted = match Wanted::of(asked, &record.paying, turn.now) {
            Ok(wanted) => wanted,
            // Where one was submitted, another than that one is one too many (PAY-4).
            Err(Failure::PaymentMismatch) if is_submitted => return self.one_too_many(caller, turn),
            Err(failure) => {
                turn.out.answer(caller, Err(failure));
                return None;
            }
        };
        if is_submitted {
            if record.paying.payment.is_none() {
                return self.one_too_many(caller, turn);
            }
            match self.attempt {
                Attempt::Sent(..) => self.callers.push(caller),
                Attempt::Idle | Attempt::Wanted(_) | Attempt::Claiming(..) => {
                    let view = PaymentView::of(record).brief();
                    turn.out.answer(caller, Ok(Outcome::Payment(Known::Again(view))));
                }
            }
            return None;
        }
        match (&record.phase, &self.attempt) {
            (Phase::Requested, _) => turn.out.answer(caller, Err(Failure::NotAuthorised)),
            (Phase::Ended { end, .. }, _) => turn.out.answer(caller, Err(Failure::Ended(*end))),
            (_, Attempt::Wanted(under_way) | Attempt::Claiming(_, _, under_way)) => match under_way.is_same(&wanted) {
                true => self.callers.push(caller),
                false => return self.one_too_many(caller, turn),
            },
            (Phase::Authorised { .. } | Phase::Active { .. } | Phase::Refreshing { .. }, _) => {
                self.callers.push(caller);
                self.attempt = Attempt::Wanted(wanted);
                return self.go_on(fresh, turn);
            }
        }
        None
    }

    fn one_too_many(&self, caller: Caller, turn: &mut Turn<'_>) -> Option<News> {
        let known = Rc::new(PaymentView::of(turn.record).brief());
        turn.out.answer(caller, Err(Failure::AlreadySubmitted(known)));
        None
    }

    /// Claims the order, or sends the payment, with the token at hand; or says that one is needed.
    pub(super) fn go_on(&mut self, fresh: Freshness, turn: &mut Turn<'_>) -> Option<News> {
        if !matches!(self.attempt, Attempt::Wanted(_)) {
            return None;
        }
        let is_fresh = match &turn.record.phase {
            Phase::Active { grant } => grant.is_fresh(fresh.skew, turn.now) || !grant.can_renew(),
            Phase::Requested | Phase::Authorised { .. } | Phase::Refreshing { .. } | Phase::Ended { .. } => false,
        };
        if is_fresh {
            self.with_token(turn);
            return None;
        }
        Some(News::PaymentWantsToken(self.since()?))
    }

    fn since(&self) -> Option<u64> {
        match &self.attempt {
            Attempt::Wanted(wanted) | Attempt::Claiming(_, _, wanted) => Some(wanted.since),
            Attempt::Idle | Attempt::Sent(..) => None,
        }
    }

    /// There is a token, however short it lives.
    pub(super) fn with_token(&mut self, turn: &mut Turn<'_>) {
        let Attempt::Wanted(wanted) = std::mem::take(&mut self.attempt) else { return };
        match &wanted.order {
            Some(order) => {
                self.last_claim = self.last_claim.wrapping_add(1);
                turn.out.claim(self.last_claim, order, &wanted.payment);
                self.attempt = Attempt::Claiming(self.last_claim, turn.now, wanted);
            }
            None => self.submit(wanted, turn),
        }
    }

    /// The order answered a claim.
    pub(super) fn claimed(&mut self, id: ClaimId, claim: Claim, turn: &mut Turn<'_>) -> Option<News> {
        if !matches!(self.attempt, Attempt::Claiming(under_way, ..) if under_way == id) {
            return None;
        }
        let Attempt::Claiming(_, _, wanted) = std::mem::take(&mut self.attempt) else { return None };
        let failure = match claim {
            Claim::Granted => match &turn.record.phase {
                Phase::Active { grant } if turn.now < grant.access_ends_at || !grant.can_renew() => {
                    self.submit(wanted, turn);
                    return None;
                }
                Phase::Requested
                | Phase::Authorised { .. }
                | Phase::Active { .. }
                | Phase::Refreshing { .. }
                | Phase::Ended { .. } => {
                    let since = wanted.since;
                    self.attempt = Attempt::Wanted(wanted);
                    return Some(News::PaymentWantsToken(since));
                }
            },
            Claim::Mismatch => Failure::OrderMismatch,
            Claim::Taken(known) => Failure::OrderPaid(known),
            Claim::Failed => Failure::Crowded(COME_BACK_S),
        };
        self.tell_callers(&failure, turn.out);
        None
    }

    /// That it leaves is durable before it does: from here on nothing sends another (`PAY-2`).
    fn submit(&mut self, wanted: Wanted, turn: &mut Turn<'_>) {
        let Phase::Active { grant } = &turn.record.phase else { return };
        let token = grant.access_token.clone();
        let call = match ResourceCall::payment(self.path.as_str(), &wanted.payment, wanted.user_ip) {
            Ok(call) => Call::Own(call, token),
            Err(error) => return self.tell_callers(&Failure::Input(error), turn.out),
        };
        let submission = Some(Submission::new(turn.now));
        turn.record.paying = Paying { payment: Some(wanted.payment), order: wanted.order, submission };
        turn.keep();
        self.attempt = Attempt::Sent(turn.out.send(call, CALL_DEADLINE_MS), turn.now);
    }

    /// Whether a request is this room's.
    pub(super) fn is_of(&self, id: SendId) -> bool {
        matches!(self.attempt, Attempt::Sent(sent, _) if sent == id) || self.given_up == Some(id)
    }

    /// The bank answered the submission, in time or late.
    pub(super) fn answered(&mut self, id: SendId, answer: &Answer, turn: &mut Turn<'_>) {
        // Another one that comes after it would be an older word than what was asked since.
        let is_late = self.given_up.take_if(|given_up| *given_up == id).is_some();
        let read = PaymentAnswer::of_submission(answer.status, &answer.body);
        let is_refused = read.state == Some(PaymentState::Rejected) && !is_success(answer.status);
        let state = read.state.unwrap_or(PaymentState::Unknown);
        turn.learn(PaymentAnswer { state: Some(state), ..read });
        if is_late {
            return;
        }
        self.attempt = Attempt::Idle;
        if is_refused {
            let refusal = Rc::new(Refusal::read(answer.status, &answer.body));
            return self.tell_callers(&Failure::of_refusal(refusal, answer.retry_after_ms), turn.out);
        }
        self.told_fate(turn);
    }

    /// No answer came to the submission: nobody knows whether the bank took it.
    pub(super) fn lost(&mut self, id: SendId, turn: &mut Turn<'_>) {
        if self.given_up == Some(id) {
            return;
        }
        self.given_up = Some(id);
        self.attempt = Attempt::Idle;
        turn.learn(PaymentAnswer { state: Some(PaymentState::Unknown), bank_status: None, reference: None });
        self.told_fate(turn);
    }

    /// After a crash: what was sent before it may have been taken.
    pub(super) fn resume(turn: &mut Turn<'_>) {
        let submission = turn.record.paying.submission.as_ref();
        if submission.is_some_and(|submission| submission.state == PaymentState::Submitting) {
            let unknown = PaymentAnswer { state: Some(PaymentState::Unknown), bank_status: None, reference: None };
            turn.learn(unknown);
        }
    }

    /// The first of those who wait learns that it is theirs.
    fn told_fate(&mut self, turn: &mut Turn<'_>) {
        let view = PaymentView::of(turn.record).brief();
        for (at, caller) in std::mem::take(&mut self.callers).into_iter().enumerate() {
            let view = view.clone();
            let known = if at == 0 { Known::Submitted(view) } else { Known::Again(view) };
            turn.out.answer(caller, Ok(Outcome::Payment(known)));
        }
    }

    /// There is no token to be had, or the order does not let it: nothing was sent.
    pub(super) fn tell_callers(&mut self, failure: &Failure, out: &mut Out) {
        if !matches!(self.attempt, Attempt::Sent(..)) {
            self.attempt = Attempt::Idle;
        }
        for caller in std::mem::take(&mut self.callers) {
            out.answer(caller, Err(failure.clone()));
        }
    }

    /// Its order asks how it stands. If it was not sent and is to be let go, it is not sent any more: whoever waits for it
    /// asks again.
    pub(super) fn inquired(&mut self, caller: Caller, lets_go: bool, turn: &mut Turn<'_>) {
        let is_sent = turn.record.paying.submission.is_some();
        if lets_go && !is_sent {
            self.tell_callers(&Failure::Crowded(COME_BACK_S), turn.out);
        }
        let known = is_sent.then(|| PaymentView::of(turn.record).brief());
        turn.out.answer(caller, Ok(Outcome::Standing(known)));
    }

    /// Does what is due by now: a claim that nobody answers is given up.
    pub(super) fn due(&mut self, turn: &mut Turn<'_>) {
        Self::set_back(turn);
        match &mut self.attempt {
            Attempt::Claiming(_, at, _) if *at + CLAIM_DEADLINE_MS <= turn.now => {
                self.tell_callers(&Failure::Crowded(COME_BACK_S), turn.out);
            }
            // One that outlives its deadline, by a clock that jumped, is looked after once more.
            Attempt::Sent(_, since) if *since + LOST_AFTER_MS <= turn.now => *since = turn.now,
            Attempt::Idle | Attempt::Wanted(_) | Attempt::Claiming(..) | Attempt::Sent(..) => {}
        }
    }

    /// When something is due.
    pub(super) fn deadline(&self) -> Option<Wake> {
        match self.attempt {
            Attempt::Claiming(_, at, _) => Some(Wake { at: at + CLAIM_DEADLINE_MS, reason: Reason::ClaimOverdue }),
            Attempt::Sent(_, since) => Some(Wake { at: since + LOST_AFTER_MS, reason: Reason::PaymentOverdue }),
            Attempt::Idle | Attempt::Wanted(_) => None,
        }
    }

    /// By a clock that was set back nothing was sent, or asked for, at a time that is still to come: it is followed from
    /// now on.
    fn set_back(turn: &mut Turn<'_>) {
        let Some(submission) = &mut turn.record.paying.submission else { return };
        let (at, asked_at) = (submission.at.min(turn.now), submission.asked_at.map(|at| at.min(turn.now)));
        if !submission.state.is_final() && (at, asked_at) != (submission.at, submission.asked_at) {
            (submission.at, submission.asked_at) = (at, asked_at);
            turn.keep();
        }
    }

    /// The clock was set back: nothing was asked, or has waited, since a time that is still to come.
    pub(super) fn clock_went_back(&mut self, turn: &mut Turn<'_>) {
        Self::set_back(turn);
        match &mut self.attempt {
            Attempt::Wanted(wanted) => wanted.since = wanted.since.min(turn.now),
            Attempt::Claiming(_, at, wanted) => {
                *at = retry::after_going_back(*at, CLAIM_DEADLINE_MS, turn.now);
                wanted.since = wanted.since.min(turn.now);
            }
            Attempt::Sent(_, since) => *since = turn.now.min(*since),
            Attempt::Idle => {}
        }
    }

    /// The consent is over. What was sent goes on: the bank's answer is still to come.
    pub(super) fn ended(&mut self, failure: &Failure, out: &mut Out) {
        if !matches!(self.attempt, Attempt::Sent(..)) {
            self.tell_callers(failure, out);
        }
    }

    /// The consent is forgotten: all who wait are told.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        (self.attempt, self.given_up) = (Attempt::Idle, None);
        self.tell_callers(failure, out);
    }
}
