//! What a turn of the machine says, by kind: the order of commands cannot depend on the order in which they came up.

use super::{
    Allowance, Answer, Batch, Caller, ClaimId, Command, CountId, Failure, Note, Notice, Outcome, Phase, Receiver,
    Record, SendId, Swept, Wake, What,
};
use crate::{
    Refusal,
    gateway::{Call, OrderKey, Payment, PaymentAnswer, PaymentState, Secret},
};
use std::rc::Rc;

/// What a room is given to work with: the record that it may change, where to say what is to be done, and the time.
pub(super) struct Turn<'a> {
    /// What is kept.
    pub(super) record: &'a mut Record,
    /// What is to be done.
    pub(super) out: &'a mut Out,
    /// Milliseconds since 1970.
    pub(super) now: u64,
}

impl<'a> Turn<'a> {
    /// A turn at `now`, if anything is kept.
    pub(super) fn at(now: u64, record: &'a mut Option<Record>, out: &'a mut Out) -> Option<Self> {
        Some(Self { record: record.as_mut()?, out, now })
    }

    /// The one way into a phase: what a consent has become is kept.
    pub(super) fn enter(&mut self, phase: Phase) {
        if let Phase::Authorised { .. } | Phase::Ended { .. } = phase {
            self.record.over_at = None;
        }
        self.record.phase = phase;
        self.out.keep(self.record);
    }

    /// Makes an answer of `/access-token` durable as it came, before anything is made of it (`TOK-5`).
    pub(super) fn keep_unread(&mut self, body: String) {
        let mut phase = self.record.phase.clone();
        if let Phase::Authorised { unread, .. } | Phase::Refreshing { unread, .. } = &mut phase {
            *unread = Some(Secret::new(body));
            self.enter(phase);
        }
    }

    /// Has the record made durable as it is now, before anything leaves.
    pub(super) fn keep(&mut self) {
        self.out.keep(self.record);
    }

    /// The host is to be told, if it listens.
    pub(super) fn note_host(&mut self, what: What) {
        if self.out.host_listens {
            self.note(Receiver::Host, what);
        }
    }

    /// Keeps what is new of the payment, and has it told.
    pub(super) fn learn(&mut self, answer: PaymentAnswer) {
        let Some(submission) = &mut self.record.paying.submission else { return };
        let before = submission.state;
        if !submission.take(answer) {
            return;
        }
        let state = submission.state;
        if state != before {
            self.note_payment(state);
        }
        self.keep();
    }

    /// The payment is in another state: the host is told, and the order that it is for.
    fn note_payment(&mut self, state: PaymentState) {
        self.note_host(What::Payment(state));
        if self.record.paying.order.is_some() {
            self.note(Receiver::Order, What::Payment(state));
        }
    }

    fn note(&mut self, to: Receiver, what: What) {
        let id = self.record.noted;
        self.record.noted = id.wrapping_add(1);
        self.record.notes.push(Note { id, at: self.now, to, what });
    }
}

/// Who reads a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// A caller, to whom the answer is passed on.
    Caller(Caller),
    /// The machine: how far is the payment?
    Payment,
    /// The machine, for what the host wants to know: the number of its question.
    Sweep(u32),
}

/// What of a refusal can hold no secret.
pub(super) fn without_text(refusal: &Refusal) -> Rc<Refusal> {
    let error = refusal.registered_error().map(ToOwned::to_owned);
    Rc::new(Refusal { status: refusal.status, error, ..Refusal::default() })
}

/// Commands in the making.
#[derive(Debug, Default)]
pub(super) struct Out {
    keeps: Vec<Command>,
    forget: bool,
    sends: Vec<Command>,
    answers: Vec<Command>,
    claims: Vec<Command>,
    deliveries: Vec<Command>,
    counts: Vec<Command>,
    last_send: SendId,
    last_count: CountId,
    /// Whether the host is told what happens.
    host_listens: bool,
    /// The record changed without entering another phase.
    is_noted: bool,
    /// What the machine's own questions brought.
    looked: Vec<Option<Answer>>,
    /// What the sweep's questions have brought, by number: one that was put for a former plan may be under way as well.
    swept: Vec<(u32, Result<Answer, Failure>)>,
    /// Why the payment gets no token.
    no_token: Option<Failure>,
    /// The wake-up asked for last; the outer `None` before any was.
    wake: Option<Option<Wake>>,
}

impl Out {
    /// Nothing is to be done.
    pub(super) fn new(host_listens: bool) -> Self {
        Self { host_listens, ..Self::default() }
    }

    /// Has a record made durable before anything leaves.
    pub(super) fn keep(&mut self, record: &Record) {
        self.keeps.push(Command::Keep(record.write()));
    }

    /// The record changed, and is to be made durable as it will be at the end of the turn.
    pub(super) fn note(&mut self) {
        self.is_noted = true;
    }

    /// Has a record made durable if it changed, unless it is to be kept so already.
    pub(super) fn keep_noted(&mut self, record: &Record) {
        if !std::mem::take(&mut self.is_noted) {
            return;
        }
        let snapshot = record.write();
        if !matches!(self.keeps.last(), Some(Command::Keep(kept)) if *kept == snapshot) {
            self.keeps.push(Command::Keep(snapshot));
        }
    }

    /// Has all erased but this, whatever was to be kept.
    pub(super) fn keep_rest(&mut self, record: &Record) {
        self.forget = false;
        self.keeps = vec![Command::Keep(record.write())];
    }

    /// Has all erased, whatever was to be kept.
    pub(super) fn forget(&mut self) {
        self.keeps.clear();
        self.forget = true;
    }

    /// Has a call sent.
    pub(super) fn send(&mut self, call: Call, deadline_ms: u64) -> SendId {
        self.last_send = self.last_send.wrapping_add(1);
        self.sends.push(Command::Send { id: self.last_send, call, deadline_ms });
        self.last_send
    }

    /// Asks an order whether a payment may be sent.
    pub(super) fn claim(&mut self, id: ClaimId, order: &OrderKey, payment: &Payment) {
        self.claims.push(Command::Claim { id, order: order.clone(), digest: payment.digest() });
    }

    /// Tells a receiver.
    pub(super) fn deliver(&mut self, notice: Notice) {
        self.deliveries.push(Command::Deliver(Box::new(notice)));
    }

    /// Has a batch counted.
    pub(super) fn count(&mut self, batch: Batch) -> CountId {
        self.last_count = self.last_count.wrapping_add(1);
        self.counts.push(Command::Count { id: self.last_count, batch });
        self.last_count
    }

    /// What leaves by the end of this turn.
    pub(super) fn sends(&self) -> impl Iterator<Item = (SendId, &Call)> {
        self.sends
            .iter()
            .filter_map(|command| if let Command::Send { id, call, .. } = command { Some((*id, call)) } else { None })
    }

    /// Whoever reads a resource gets what came of it: a caller, or the machine itself.
    pub(super) fn read(&mut self, reader: Reader, outcome: Result<(SendId, &Answer, Option<Allowance>), Failure>) {
        match (reader, outcome) {
            (Reader::Caller(caller), Ok((id, _, None))) => self.answer(caller, Ok(Outcome::Passed(id))),
            (Reader::Caller(caller), Ok((id, _, Some(left)))) => self.answer(caller, Ok(Outcome::Unattended(id, left))),
            (Reader::Caller(caller), Err(failure)) => self.answer(caller, Err(failure)),
            (Reader::Payment, Ok((_, answer, _))) => self.looked.push(Some(answer.clone())),
            (Reader::Payment, Err(_)) => self.looked.push(None),
            (Reader::Sweep(number), Ok((_, answer, _))) => self.swept.push((number, Ok(answer.clone()))),
            (Reader::Sweep(number), Err(failure)) => self.swept.push((number, Err(failure))),
        }
    }

    /// What the machine's own questions have brought.
    pub(super) fn take_looked(&mut self) -> Vec<Option<Answer>> {
        std::mem::take(&mut self.looked)
    }

    /// What the sweep's questions have brought.
    pub(super) fn take_swept(&mut self) -> Vec<(u32, Result<Answer, Failure>)> {
        std::mem::take(&mut self.swept)
    }

    /// Hands on to the host what a sweep brought.
    pub(super) fn hand(&mut self, swept: Swept) {
        self.deliveries.push(Command::Hand(Box::new(swept)));
    }

    /// The payment gets no token.
    pub(super) fn payment_gets_no_token(&mut self, failure: Failure) {
        self.no_token = Some(failure);
    }

    /// Why the payment gets no token, if that came up.
    pub(super) fn take_no_token(&mut self) -> Option<Failure> {
        self.no_token.take()
    }

    /// Answers a caller. Of a refusal they get what can hold no secret; some gateways repeat the token (`ERR-2`).
    pub(super) fn answer(&mut self, caller: Caller, mut outcome: Result<Outcome, Failure>) {
        if let Err(Failure::Refused(refusal) | Failure::RefusedClient(refusal)) = &mut outcome {
            *refusal = without_text(refusal);
        }
        self.answers.push(Command::Answer { caller, outcome });
    }

    /// A wake-up that was asked for came, or may have been lost: it is asked for anew, even where it stays the same.
    pub(super) fn woken(&mut self) {
        self.wake = None;
    }

    /// The commands, in order: what is kept leads.
    ///
    /// A wake-up that is sooner is asked for before the snapshot that needs it, a later one after it: a crash between
    /// the two wakes the machine too early, never too late.
    pub(super) fn commands(&mut self, wake: Option<Wake>) -> Vec<Command> {
        let at = |wake: &Option<Wake>| wake.as_ref().map(|wake| wake.at);
        let before = self.wake.as_ref().map(at);
        let is_changed = before != Some(at(&wake));
        let is_sooner = match (before, at(&wake)) {
            (Some(before), Some(at)) => before.is_none_or(|before| at < before),
            (None, _) | (_, None) => false,
        };
        self.wake = Some(wake);
        let mut asked = is_changed.then_some(Command::Wake(wake));
        let mut commands = Vec::new();
        commands.extend(asked.take_if(|_| is_sooner));
        commands.append(&mut self.keeps);
        commands.extend(std::mem::take(&mut self.forget).then_some(Command::Forget));
        commands.extend(asked);
        commands.append(&mut self.sends);
        commands.append(&mut self.claims);
        commands.append(&mut self.deliveries);
        commands.append(&mut self.counts);
        commands.append(&mut self.answers);
        commands
    }
}
