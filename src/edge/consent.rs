//! The life of one consent, as a state machine without clock, IO or randomness.
//!
//! ```text
//! consent.handle(event, now) -> [command]
//! ```
//!
//! Commands are carried out in order, each `Keep` durable before anything after it leaves. A crash between any two of
//! them, and a start from the last durable snapshot ([`Consent::load`], then [`Event::Woken`]), is an ordinary event.
//!
//! | file | subject |
//! |---|---|
//! | `consent.rs` | the way from request to redirect |
//! | [`events`] | events in, commands out |
//! | [`token`] | the one call of `/access-token`: exchange and refresh |
//! | [`reader`] | calls of the bank's resources |
//! | [`time`] | what happens because time passes |

mod events;
mod reader;
mod time;
mod token;

use super::{
    EdgeError, Fault, Secret, Settings, Tpp,
    failure::{End, Failure},
    settings::Application,
    snapshot::{Phase, Record},
    tpp::Call,
};
use crate::prelude::*;
use crate::{Error, profile::Scope, redirect::Redirect, request::RequestUuid, response::GatewayError};
use reader::Reader;
use token::TokenCall;

pub use events::{Answer, Caller, Command, Event, Loss, Outcome, SendId, View};
pub use time::{ENDED_KEPT_MS, REQUEST_LIFETIME_MS};

/// Milliseconds after which an unanswered call of `/access-token` is lost. Long, since giving up may cost the consent.
pub const TOKEN_DEADLINE_MS: u64 = 15_000;
/// Milliseconds after which any other unanswered call is lost.
pub const CALL_DEADLINE_MS: u64 = 10_000;
/// Milliseconds that a caller waits through retries before it is told to come back.
pub const PATIENCE_MS: u64 = 15_000;

/// One consent: what is kept of it, and who waits.
#[derive(Debug)]
pub struct Consent {
    settings: Rc<Settings>,
    record: Option<Record>,
    starting: Option<Starting>,
    token: TokenCall,
    callbacks: Vec<Waiting>,
    readers: Vec<Reader>,
    last_send: SendId,
    /// The wake-up asked for last; the outer `None` before any was.
    wake_at: Option<Option<u64>>,
    out: Out,
}

#[derive(Debug)]
struct Starting {
    caller: Caller,
    scope: Scope,
    uuid: RequestUuid,
    application: String,
    since: u64,
    sent: SendId,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    caller: Caller,
    since: u64,
}

/// Commands by kind, so that their order cannot depend on the order in which they came up: what is kept leads.
#[derive(Debug, Default)]
struct Out {
    keeps: Vec<Command>,
    forget: bool,
    sends: Vec<Command>,
    answers: Vec<Command>,
}

impl Consent {
    /// A consent that nothing is known of.
    pub fn new(settings: Rc<Settings>) -> Self {
        Self {
            settings,
            record: None,
            starting: None,
            token: TokenCall::default(),
            callbacks: Vec::new(),
            readers: Vec::new(),
            last_send: 0,
            wake_at: None,
            out: Out::default(),
        }
    }

    /// A consent from its last durable snapshot. The first event after it is [`Event::Woken`].
    ///
    /// # Errors
    /// [`EdgeError::SnapshotDamaged`], [`EdgeError::SnapshotVersion`]; [`EdgeError::Configuration`] when its
    /// environment or its application is not this configuration's (`ENV-5`). None is a reason to erase it.
    pub fn load(settings: Rc<Settings>, snapshot: &str) -> Result<Self, EdgeError> {
        let record = Record::read(snapshot)?;
        let fault =
            |setting: &str, problem| EdgeError::Configuration(vec![Fault { setting: setting.to_owned(), problem }]);
        if record.environment != settings.environment {
            return Err(fault("TELL_ENVIRONMENT", "A stored consent is of the other environment (ENV-5)."));
        }
        if settings.application(Some(&record.application)).is_none() {
            return Err(fault("TELL_APPLICATIONS", "A stored consent's application is not listed."));
        }
        let token = TokenCall::after_restart(&record.phase);
        Ok(Self { record: Some(record), token, ..Self::new(settings) })
    }

    /// Takes one event at `now` (milliseconds since 1970) and says what to do, in order.
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Command> {
        self.resume_unread(now);
        self.time_passed(now);
        match event {
            Event::Start { caller, scope, uuid, application } => self.start(caller, scope, uuid, application, now),
            Event::Redirected { caller, redirect } => self.redirected(caller, &redirect, now),
            Event::Wanted { caller, call } => self.wanted(caller, call, now),
            Event::Forget { caller } => {
                self.forget();
                self.answer(caller, Ok(Outcome::Forgotten));
            }
            Event::Answered { id, answer } => self.answered(id, answer, now),
            Event::Lost { id, loss } => self.lost(id, loss, now),
            Event::Woken => self.woken(now),
        }
        self.commands()
    }

    /// What may be known from outside; `None` when there is no consent.
    pub fn view(&self) -> Option<View<'_>> {
        let record = self.record.as_ref()?;
        let (state, grant) = match &record.phase {
            Phase::Active { grant } | Phase::Refreshing { grant, .. } => {
                (if record.spent_at.is_some() { "spent" } else { "active" }, Some(grant))
            }
            phase @ (Phase::Requested | Phase::Authorised { .. } | Phase::Ended { .. }) => (phase.name(), None),
        };
        Some(View {
            scope: record.scope,
            state,
            permissions: grant.map_or(&[], |grant| &grant.permissions),
            granted_at: grant.map(|grant| grant.granted_at),
            ends_at: grant.map(|grant| grant.ends_at()),
        })
    }

    /// The application this consent belongs to.
    pub fn application(&self) -> Option<&Application> {
        let record = self.record.as_ref().map(|record| &record.application);
        let name = record.or(self.starting.as_ref().map(|starting| &starting.application))?;
        self.settings.application(Some(name))
    }

    fn tpp(&self) -> Option<&Tpp> {
        self.application().map(|application| &application.tpp)
    }

    /// The phase, for whoever checks the machine.
    pub fn phase(&self) -> Option<&Phase> {
        self.record.as_ref().map(|record| &record.phase)
    }

    fn start(&mut self, caller: Caller, scope: Scope, uuid: RequestUuid, application: Option<String>, now: u64) {
        if self.record.is_some() || self.starting.is_some() {
            return self.answer(caller, Err(Failure::AlreadyStarted));
        }
        let Some(application) = self.settings.application(application.as_deref()).map(|found| found.name.clone())
        else {
            let unknown = Error::Argument("No application of that name is configured.");
            return self.answer(caller, Err(Failure::Input(unknown)));
        };
        let call = Call::Authorise { uuid: uuid.clone(), scope, sandbox_sca: false };
        let sent = self.send(call, CALL_DEADLINE_MS);
        self.starting = Some(Starting { caller, scope, uuid, application, since: now, sent });
    }

    fn start_answered(&mut self, starting: Starting, answer: &Answer) {
        let Starting { caller, scope, uuid, application, since, .. } = starting;
        let Some(tpp) = self.settings.application(Some(&application)).map(|found| &found.tpp) else { return };
        match tpp.read_authorise(answer.status, &answer.body) {
            Ok(read) => {
                let uuid = uuid.as_str().to_owned();
                self.record = Some(Record {
                    environment: self.settings.environment,
                    scope,
                    uuid: uuid.clone(),
                    intent_id: read.intent_id,
                    application,
                    requested_at: since,
                    spent_at: None,
                    phase: Phase::Requested,
                });
                self.keep();
                let ends_at = since + REQUEST_LIFETIME_MS;
                self.answer(caller, Ok(Outcome::Requested { uuid, location: read.location, ends_at }));
            }
            Err(error) => self.answer(caller, Err(Failure::of_answer(error, answer.retry_after_ms))),
        }
    }

    /// Takes the redirect if it belongs to this consent (`RED-3`), and its code once (`RED-4`).
    fn redirected(&mut self, caller: Caller, redirect: &Redirect, now: u64) {
        let Some(record) = self.record.as_mut().filter(|record| {
            let same_uuid = is_same(&record.uuid.to_ascii_lowercase(), &redirect.uuid.to_ascii_lowercase());
            same_uuid & is_same(&record.intent_id, &redirect.intent_id)
        }) else {
            return self.answer(caller, Err(Failure::RedirectMismatch));
        };
        match (&record.phase, &redirect.code) {
            (Phase::Requested, None) => {
                self.end(End::Declined, now);
                self.answer(caller, Ok(Outcome::Declined));
            }
            (Phase::Requested, Some(code)) => {
                let code = Secret::new(code.clone());
                record.phase = Phase::Authorised { code, code_at: now, unread: None };
                self.callbacks.push(Waiting { caller, since: now });
                self.call_token(now);
            }
            (Phase::Authorised { .. }, _) => {
                self.callbacks.push(Waiting { caller, since: now });
                self.need_token(now);
            }
            (Phase::Active { .. } | Phase::Refreshing { .. }, _) => self.answer(caller, Ok(Outcome::Connected)),
            (Phase::Ended { end: End::Declined, .. }, _) => self.answer(caller, Ok(Outcome::Declined)),
            (Phase::Ended { end, .. }, _) => {
                let failure = Failure::Ended(*end);
                self.answer(caller, Err(failure));
            }
        }
    }

    fn answered(&mut self, id: SendId, answer: Answer, now: u64) {
        if let Some(starting) = self.starting.take_if(|starting| starting.sent == id) {
            self.start_answered(starting, &answer);
        } else if self.token.is_of(id) {
            self.token_answered(id, answer, now);
        } else {
            self.reader_answered(id, &answer, now);
        }
    }

    fn lost(&mut self, id: SendId, loss: Loss, now: u64) {
        if let Some(starting) = self.starting.take_if(|starting| starting.sent == id) {
            self.answer(starting.caller, Err(loss.failure()));
        } else if self.token.is_of(id) {
            self.token_lost(id, loss, now);
        } else {
            self.reader_lost(id, loss, now);
        }
    }

    /// Ends the consent: its tokens go with the phase that held them.
    fn end(&mut self, end: End, now: u64) {
        if let Some(record) = &mut self.record {
            record.phase = Phase::Ended { end, at: now };
            self.keep();
        }
        self.nobody_waits(&Failure::Ended(end));
    }

    /// Forgets the consent, whatever is under way.
    fn forget(&mut self) {
        self.record = None;
        self.out.keeps.clear();
        self.out.forget = true;
        if let Some(starting) = self.starting.take() {
            self.answer(starting.caller, Err(Failure::NotFound));
        }
        self.nobody_waits(&Failure::NotFound);
    }

    fn nobody_waits(&mut self, failure: &Failure) {
        self.token = TokenCall::default();
        for waiting in core::mem::take(&mut self.callbacks) {
            self.answer(waiting.caller, Err(failure.clone()));
        }
        for reader in core::mem::take(&mut self.readers) {
            self.answer(reader.caller(), Err(failure.clone()));
        }
    }

    fn keep(&mut self) {
        self.out.keeps.extend(self.record.as_ref().map(|record| Command::Keep(record.write())));
    }

    fn send(&mut self, call: Call, deadline_ms: u64) -> SendId {
        self.last_send = self.last_send.wrapping_add(1);
        self.out.sends.push(Command::Send { id: self.last_send, call, deadline_ms });
        self.last_send
    }

    /// Answers a caller. Of a refusal they get what can hold no secret; some gateways repeat the token (`ERR-2`).
    fn answer(&mut self, caller: Caller, mut outcome: Result<Outcome, Failure>) {
        if let Err(Failure::Refused(refusal) | Failure::RefusedClient(refusal)) = &mut outcome {
            let error = refusal.registered_error().map(ToOwned::to_owned);
            *refusal = Rc::new(GatewayError { status: refusal.status, error, ..GatewayError::default() });
        }
        self.out.answers.push(Command::Answer { caller, outcome });
    }

    fn commands(&mut self) -> Vec<Command> {
        let Out { keeps, forget, sends, answers } = core::mem::take(&mut self.out);
        let wake_at = self.next_wake();
        let mut wake = (self.wake_at != Some(wake_at)).then_some(Command::Wake(wake_at));
        // What is sooner is asked for before the snapshot that needs it, what is later after it: a crash between the
        // two wakes the machine too early, never too late.
        let is_sooner = match (self.wake_at, wake_at) {
            (Some(before), Some(at)) => before.is_none_or(|before| at < before),
            (None, _) | (_, None) => false,
        };
        self.wake_at = Some(wake_at);
        let mut commands = Vec::new();
        commands.extend(wake.take_if(|_| is_sooner));
        commands.extend(keeps);
        commands.extend(forget.then_some(Command::Forget));
        commands.extend(wake);
        commands.extend(sends);
        commands.extend(answers);
        commands
    }
}

/// Compares in a time that depends on the lengths alone.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests;
