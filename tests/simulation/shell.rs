//! The shell around the machine: it does what the worker's does, and dies between any two commands.

use crate::{
    answers::{self, Meaning},
    faults::Fault,
    gateway::{Asked, Tokens, code_ms},
    life::Life,
    rules,
};
use std::rc::Rc;
use tell_connect::{
    edge::{
        Command, Consent, Event, Secret, Settings,
        consent::{Caller, SendId},
        snapshot::{Phase, Record},
        tpp::{Call, Method},
    },
    profile::Scope,
};

/// The shell, and what outlives it: storage and alarm.
pub struct Shell {
    settings: Rc<Settings>,
    /// Milliseconds that a code lives.
    pub code_ms: u64,
    /// `None` between a crash and the next event.
    pub machine: Option<Consent>,
    /// How often it was started.
    pub started: u32,
    pub kept: Option<Kept>,
    pub alarm: Option<Alarm>,
    /// The alarm whose event is being handled; it goes off again unless that is done.
    ringing: Option<Alarm>,
    pub flights: Vec<Flight>,
    pub callers: Vec<Waiting>,
    last_caller: Caller,
    pub call: TokenCall,
    /// How many consents were erased.
    pub erased: u32,
    /// The consent's payment was sent.
    pub paid: bool,
    /// The clock went back while somebody waited: they wait for as long as it takes to come up again.
    pub excused: bool,
}

/// The snapshot that is durable.
pub struct Kept {
    pub text: Secret,
    pub record: Record,
    /// The tokens that its unread answer holds, if it does.
    pub unread: Option<Tokens>,
}

/// An alarm that is set.
#[derive(Clone, Copy)]
pub struct Alarm {
    /// By the machine's clock.
    pub at: u64,
    /// Milliseconds by which it will go off late.
    pub late: u64,
    /// Milliseconds by which it will go off early: it did not follow when the clock was set back.
    pub early: u64,
}

/// A request that was sent since the shell was started.
#[derive(Clone, Copy, Debug)]
pub struct Flight {
    pub id: SendId,
    pub kind: Kind,
    /// The code or token that it shows.
    pub secret: u32,
    /// No answer came yet, nor was it given up.
    pub open: bool,
    pub deadline: u64,
    /// The tokens' generation at the time.
    pub generation: u32,
    /// The consent, by how many were erased before it.
    pub consent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Authorise,
    Exchange,
    Refresh,
    Resource { caller: Caller },
}

/// Somebody who waits.
#[derive(Clone, Copy)]
pub struct Waiting {
    pub caller: Caller,
    /// Their request was sent.
    pub is_sent: bool,
    /// Their request that is no GET was sent: the bank may have done it.
    pub may_be_done: bool,
    /// The access token that was refused to them first.
    pub refused: Option<u32>,
}

/// What is known, since the shell was started, of the calls that are to bring the next tokens.
#[derive(Clone, Copy, Default)]
pub struct TokenCall {
    pub generation: u32,
    /// An answer was lost, or told nothing: the code or refresh token may be spent.
    pub may_be_spent: bool,
    /// The gateway answered that it is unavailable, which may mean either.
    pub is_unclear: bool,
    /// Good tokens came.
    pub has_tokens: bool,
    /// Until when the gateway asked to be left alone.
    pub quiet_until: Option<u64>,
}

/// Why the machine is called.
pub enum Cause {
    Start,
    /// `own`: by UUID and intent of the consent that is kept.
    Redirect {
        own: bool,
        code: Option<u32>,
    },
    Wanted,
    Forget,
    Answered {
        flight: Flight,
        status: u16,
        meaning: Meaning,
        body: Option<String>,
    },
    Lost {
        flight: Flight,
    },
    Woken,
}

impl Flight {
    /// Whether it is a call of `/access-token`.
    pub fn is_token_call(&self) -> bool {
        matches!(self.kind, Kind::Exchange | Kind::Refresh)
    }
}

impl Kept {
    /// The newest refresh token that is durable.
    pub fn refresh_token(&self) -> Option<u32> {
        let (Phase::Active { grant } | Phase::Refreshing { grant, .. }) = &self.record.phase else { return None };
        let of_grant = || grant.refresh_token.as_ref().and_then(number);
        self.unread.and_then(|unread| unread.refresh).or_else(of_grant)
    }

    /// Of a consent for a payment: when it was sent, if it was.
    pub fn payment(&self) -> Option<Option<u64>> {
        (self.record.scope == Scope::Pisp).then_some(self.record.spent_at)
    }
}

/// The number of a secret such as `R~7`.
pub fn number(secret: &Secret) -> Option<u32> {
    secret.expose().split_once('~')?.1.parse().ok()
}

impl Shell {
    pub fn new(settings: Rc<Settings>) -> Self {
        Self {
            machine: Some(Consent::new(settings.clone())),
            code_ms: code_ms(settings.environment),
            settings,
            started: 0,
            kept: None,
            alarm: None,
            ringing: None,
            flights: Vec::new(),
            callers: Vec::new(),
            last_caller: 0,
            call: TokenCall::default(),
            erased: 0,
            paid: false,
            excused: false,
        }
    }

    /// Somebody who will wait for one answer.
    pub fn caller(&mut self) -> Caller {
        self.last_caller += 1;
        let caller = self.last_caller;
        self.callers.push(Waiting { caller, is_sent: false, may_be_done: false, refused: None });
        self.last_caller
    }

    pub fn waiting(&mut self, caller: Caller) -> Option<&mut Waiting> {
        self.callers.iter_mut().find(|waiting| waiting.caller == caller)
    }

    /// Something is under way, or somebody waits.
    pub fn is_busy(&self) -> bool {
        !self.callers.is_empty() || self.flights.iter().any(|flight| flight.open)
    }

    /// No answer is awaited any more to a request. As it was before.
    pub fn close(&mut self, id: SendId) -> Option<Flight> {
        let flight = self.flights.iter_mut().find(|flight| flight.id == id)?;
        let before = *flight;
        flight.open = false;
        Some(before)
    }

    pub fn alarm_goes_off(&mut self) {
        self.ringing = self.alarm.take();
    }

    /// The clock was set back, the alarm not as far.
    pub fn clock_went_back(&mut self, early: u64) {
        self.excused = true;
        if let Some(alarm) = &mut self.alarm {
            alarm.early = (alarm.early + early).min(alarm.at);
        }
    }
}

impl Life<'_> {
    /// Tells the machine what happened, once it runs.
    pub fn happen(&mut self, event: Event, cause: Cause) {
        self.start();
        if self.shell.machine.is_some() && self.is_sound() {
            self.turn(event, cause);
        }
    }

    /// Starts the machine if it died. It may die again at once.
    pub fn start(&mut self) {
        if self.shell.machine.is_some() {
            return;
        }
        let settings = self.shell.settings.clone();
        let Some(kept) = &self.shell.kept else {
            self.shell.machine = Some(Consent::new(settings));
            return;
        };
        let Ok(machine) = Consent::load(settings, kept.text.expose()) else {
            return self.hold(false, rules::LOADS);
        };
        let is_same = machine.phase() == Some(&kept.record.phase);
        self.shell.call.may_be_spent = matches!(kept.record.phase, Phase::Refreshing { .. });
        self.hold(is_same, rules::LOADS);
        self.shell.machine = Some(machine);
        self.trace.line(self.clock.time(), || String::from("the shell starts again"));
        self.turn(Event::Woken, Cause::Woken);
        if self.shell.machine.is_some() {
            self.check_restart();
        }
    }

    fn turn(&mut self, event: Event, cause: Cause) {
        let now = self.clock.machine();
        self.steps += 1;
        self.trace.number(now);
        self.trace.line(self.clock.time(), || match &event {
            Event::Answered { id, answer } => format!("Answered #{id} {} {}", answer.status, answer.body),
            other => format!("{other:?}"),
        });
        self.note_cause(&cause);
        let Some(machine) = &mut self.shell.machine else { return };
        let commands = machine.handle(event, now);
        let mut must_keep = self.must_keep(&cause, now);
        for command in commands {
            if self.crashes(now) || !self.is_sound() {
                return;
            }
            self.trace.line(self.clock.time(), || shown(&command));
            let (keeps, wakes) = (matches!(command, Command::Keep(_)), matches!(command, Command::Wake(_)));
            self.hold(!must_keep || keeps || wakes, rules::UNREAD);
            self.carry_out(command, &cause, now);
            if must_keep && keeps {
                self.check_unread(&cause);
                must_keep = false;
            }
        }
        self.hold(!must_keep, rules::UNREAD);
        if !self.crashes(now) && self.is_sound() {
            self.shell.ringing = None;
            self.check_turn(&cause, now);
        }
    }

    fn carry_out(&mut self, command: Command, cause: &Cause, now: u64) {
        match command {
            Command::Keep(text) => {
                self.trace.text(text.expose());
                self.keep(text, cause, now);
            }
            Command::Wake(at) => {
                self.trace.number(at.unwrap_or(0));
                self.shell.ringing = None;
                self.shell.alarm = at.map(|at| Alarm { at, late: self.lateness(), early: 0 });
            }
            Command::Forget => {
                self.trace.text("forget");
                self.check_forget(cause, now);
                self.shell.kept = None;
                self.shell.erased += 1;
                self.end_generation();
            }
            Command::Send { id, call, deadline_ms } => self.send(id, call, deadline_ms, cause, now),
            Command::Answer { caller, outcome } => {
                self.trace.number(caller.into());
                self.check_answer(caller, &outcome, cause);
                self.hear(caller, outcome);
            }
        }
    }

    fn lateness(&mut self) -> u64 {
        match self.faults.strikes(Fault::AlarmLate, &mut self.choices) {
            true => self.choices.of([1_000, 20_000, 700_000, 90_000_000]),
            false => 0,
        }
    }

    fn send(&mut self, id: SendId, call: Call, deadline_ms: u64, cause: &Cause, now: u64) {
        self.trace.number(id.into());
        let (kind, secret) = match &call {
            Call::Authorise { .. } => (Kind::Authorise, Some(0)),
            Call::Exchange { code } => (Kind::Exchange, number(code)),
            Call::Refresh { refresh_token } => (Kind::Refresh, number(refresh_token)),
            Call::Resource(call, access) => {
                let caller = call.path.rsplit('/').next().and_then(|caller| caller.parse().ok()).unwrap_or(0);
                (Kind::Resource { caller }, number(access))
            }
        };
        let secret = secret.unwrap_or(u32::MAX);
        let is_get = !matches!(&call, Call::Resource(call, _) if call.method != Method::Get);
        let (generation, consent) = (self.shell.call.generation, self.shell.erased);
        let deadline = self.clock.time() + deadline_ms;
        let flight = Flight { id, kind, secret, open: true, deadline, generation, consent };
        self.check_send(&flight, is_get, cause, now);
        self.shell.flights.push(flight);
        let asked = match call {
            Call::Authorise { uuid, .. } => Asked::Authorise { uuid: uuid.as_str().to_owned() },
            Call::Exchange { .. } => Asked::Exchange { code: secret },
            Call::Refresh { .. } => Asked::Refresh { token: secret },
            Call::Resource(..) => Asked::Resource { access: secret },
        };
        self.leave(id, asked);
    }

    fn crashes(&mut self, now: u64) -> bool {
        let crashes = self.faults.strikes_once_in(6, Fault::Crash, &mut self.choices);
        if crashes {
            self.trace.number(u64::MAX);
            self.trace.line(self.clock.time(), || String::from("the shell dies"));
            let shell = &mut self.shell;
            shell.machine = None;
            shell.started += 1;
            // Whoever waited sees the connection break.
            shell.callers.clear();
            shell.flights.clear();
            shell.alarm = shell.alarm.or(shell.ringing.take());
            shell.call = TokenCall { generation: shell.call.generation + 1, ..TokenCall::default() };
            self.check_alarm(now);
        }
        crashes
    }

    /// The tokens are there, or there will be none: what was known of the calls for them is over.
    pub fn end_generation(&mut self) {
        self.shell.call = TokenCall { generation: self.shell.call.generation + 1, ..TokenCall::default() };
    }
}

/// A command as a trace shows it: of a snapshot, the text.
fn shown(command: &Command) -> String {
    match command {
        Command::Keep(text) => format!("    Keep {}", text.expose()),
        Command::Send { id, call: Call::Exchange { code }, .. } => format!("    Send #{id} Exchange {}", code.expose()),
        Command::Send { id, call: Call::Refresh { refresh_token }, .. } => {
            format!("    Send #{id} Refresh {}", refresh_token.expose())
        }
        Command::Send { id, call: Call::Resource(call, access), .. } => {
            format!("    Send #{id} {} {} {}", call.method.name(), call.path, access.expose())
        }
        other => format!("    {other:?}"),
    }
}

/// A caller's path, by which their requests are known.
pub fn path(caller: Caller) -> String {
    answers::name("/accounts/", caller)
}
