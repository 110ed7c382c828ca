//! What becomes of a payment that was submitted: the bank is asked, where it named the payment (`PAY-3`).

use super::{
    Answer, Caller, Failure, Known, Outcome, PaymentView, Phase, Reason, Record, Wake,
    news::News,
    out::{Out, Turn},
};
use crate::{
    gateway::{PaymentAnswer, PaymentState, ResourceCall, UserIp},
    profile::{PaymentPath, PaymentWatch, Profile},
};

/// Milliseconds that lie between two questions for a payment's status at least.
const ASKED_EVERY_MS: u64 = 2000;
/// The gap before the first question that nobody asked for, and the longest one, in milliseconds. Each doubles the last.
const FIRST_GAP_MS: u64 = 5000;
const LONGEST_GAP_MS: u64 = 60 * 60 * 1000;

/// The question for the status, if it is under way, and who waits for its answer.
#[derive(Debug)]
pub(super) struct Following {
    path: PaymentPath,
    watch: PaymentWatch,
    watchers: Vec<Caller>,
    is_asking: bool,
}

impl Following {
    /// Nothing is under way.
    pub(super) fn new(profile: &Profile) -> Self {
        let (path, watch) = (profile.payment_path.clone(), profile.payment_watch_hours);
        Self { path, watch, watchers: Vec::new(), is_asking: false }
    }

    /// Somebody, or nobody, wants to know how far it is: the bank is asked where that may bring news.
    pub(super) fn look(
        &mut self,
        caller: Option<Caller>,
        user_ip: Option<UserIp>,
        turn: &mut Turn<'_>,
    ) -> Option<News> {
        if let (None, Phase::Ended { end, .. }, Some(caller)) =
            (&turn.record.paying.submission, &turn.record.phase, caller)
        {
            turn.out.answer(caller, Err(Failure::Ended(*end)));
            return None;
        }
        if self.is_asking {
            self.watchers.extend(caller);
            return None;
        }
        let Some(call) = self.question(user_ip, turn) else {
            if let Some(caller) = caller {
                turn.out.answer(caller, Ok(Outcome::Payment(Known::Status(PaymentView::of(turn.record)))));
            }
            return None;
        };
        self.watchers.extend(caller);
        self.is_asking = true;
        turn.keep();
        Some(News::StatusWanted(call))
    }

    /// The question for the status, if it may bring news and was not just asked.
    fn question(&self, user_ip: Option<UserIp>, turn: &mut Turn<'_>) -> Option<ResourceCall> {
        let is_held = matches!(turn.record.phase, Phase::Active { .. } | Phase::Refreshing { .. });
        let submission = turn.record.paying.submission.as_mut().filter(|_| is_held)?;
        let is_just_asked = submission.asked_at.is_some_and(|asked_at| turn.now.abs_diff(asked_at) < ASKED_EVERY_MS);
        if submission.state.is_final() || submission.state == PaymentState::Submitting || is_just_asked {
            return None;
        }
        let call = ResourceCall::payment_status(self.path.as_str(), submission.reference.as_ref()?, user_ip);
        submission.asked_at = Some(turn.now);
        call.ok()
    }

    /// The bank told how far it is, or did not.
    pub(super) fn looked(&mut self, answer: Option<&Answer>, turn: &mut Turn<'_>) {
        self.is_asking = false;
        if let Some(answer) = answer {
            turn.learn(PaymentAnswer::of_status(answer.status, &answer.body));
        }
        for caller in std::mem::take(&mut self.watchers) {
            turn.out.answer(caller, Ok(Outcome::Payment(Known::Status(PaymentView::of(turn.record)))));
        }
    }

    /// Whether the bank is to be asked, though nobody wants to know.
    pub(super) fn is_due(&self, record: &Record, now: u64) -> bool {
        self.asks_at(record, now).is_some_and(|at| at <= now)
    }

    /// When it is.
    pub(super) fn deadline(&self, record: &Record, now: u64) -> Option<Wake> {
        self.asks_at(record, now).map(|at| Wake { at, reason: Reason::PaymentStatus })
    }

    /// When the bank is asked for the status though nobody wants to know (`PAY-3`): in gaps that grow, for a time. While
    /// a question is under way that is the one after it, should a crash interrupt it.
    fn asks_at(&self, record: &Record, now: u64) -> Option<u64> {
        let submission = record.paying.submission.as_ref()?;
        let is_held = matches!(record.phase, Phase::Active { .. } | Phase::Refreshing { .. });
        let may_ask = is_held && submission.state != PaymentState::Submitting && !submission.state.is_final();
        if !may_ask || submission.reference.is_none() {
            return None;
        }
        let ends_at = submission.at + self.watch.ms();
        let asked_at = submission.asked_at.unwrap_or(submission.at);
        let after = if self.is_asking { asked_at.max(now) } else { asked_at };
        let (mut at, mut gap) = (submission.at + FIRST_GAP_MS, FIRST_GAP_MS);
        while at <= after && at <= ends_at {
            gap = (2 * gap).min(LONGEST_GAP_MS);
            at += gap;
        }
        let earliest = submission.asked_at.map_or(0, |asked_at| asked_at + ASKED_EVERY_MS);
        // By a clock that was set back nobody waits longer than ever.
        (at <= ends_at).then(|| at.max(earliest).min(now + LONGEST_GAP_MS))
    }

    /// The consent is forgotten: all who wait are told.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        self.is_asking = false;
        for caller in std::mem::take(&mut self.watchers) {
            out.answer(caller, Err(failure.clone()));
        }
    }
}
