//! The shell around the machine: what it knows while it runs, and what outlives it.

use crate::{
    answers::{self, Meaning, PLAIN},
    gateway::{CONSENT_MS, Tokens, code_ms},
};
use std::rc::Rc;
use tell_connect::{
    consent::{Caller, Consent, CountId, Phase, Record, SendId, deadlines::REQUEST_LIFETIME_MS},
    gateway::{Applications, Secret},
    profile::Scope,
};

/// The shell, and what outlives it: storage and alarm.
pub struct Shell {
    pub applications: Rc<Applications>,
    /// Milliseconds that a code lives.
    pub code_ms: u64,
    /// The consent's name, once its authorisation was asked for.
    pub name: String,
    /// `None` between a crash and the next event.
    pub machine: Option<Consent>,
    /// How often it was started.
    pub started: u32,
    pub kept: Option<Kept>,
    /// The snapshot before that one, for a shell that loads it.
    pub older: Option<Secret>,
    /// What is left of a consent that was forgotten, where the statistics do not have all of it.
    pub rest: Option<Secret>,
    /// What is kept was in no turn before this one.
    pub is_young: bool,
    /// The batch whose counting the shell waits for.
    pub counting: Option<(CountId, String)>,
    pub alarm: Option<Alarm>,
    /// The alarm whose event is being handled; it goes off again unless that is done.
    pub ringing: Option<Alarm>,
    pub flights: Vec<Flight>,
    pub callers: Vec<Waiting>,
    last_caller: Caller,
    pub call: TokenCall,
    /// How many consents were erased.
    pub erased: u32,
    /// Since when each reading of the clock has said that the consent's time is over.
    pub over_since: Option<u64>,
    /// Attempts of the authorisation that is being asked for.
    pub authorises: u32,
    /// The newest refresh token is one that cannot be used.
    pub is_unusable: bool,
    /// Access tokens that the bank refused somebody.
    pub refused: Vec<u32>,
    /// The access token that was replaced last, the one in its place, and when.
    pub renewal: Option<(u32, u32, u64)>,
    /// The access token that the bank took for the accounts when asked whether the consent holds.
    pub vouched: Option<u32>,
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
    Resource {
        caller: Caller,
    },
    /// The machine's own question whether the consent holds.
    Probe,
}

/// Somebody who waits.
#[derive(Clone, Copy)]
pub struct Waiting {
    pub caller: Caller,
    /// Their request was sent.
    pub is_sent: bool,
    /// Their request that is no GET was sent: the bank may have done it.
    pub may_be_done: bool,
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
    Counted,
    Woken,
}

impl Flight {
    /// Whether it reads the accounts.
    pub fn is_of_accounts(&self) -> bool {
        match self.kind {
            Kind::Probe => true,
            Kind::Resource { caller } => reads_accounts(caller),
            Kind::Authorise | Kind::Exchange | Kind::Refresh => false,
        }
    }

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

    /// When time alone would end it.
    pub fn ends_at(&self) -> u64 {
        match &self.record.phase {
            Phase::Requested => self.record.requested_at + REQUEST_LIFETIME_MS,
            Phase::Active { grant } | Phase::Refreshing { grant, .. } => grant.granted_at + CONSENT_MS,
            Phase::Authorised { .. } | Phase::Ended { .. } => u64::MAX,
        }
    }

    /// Whether the consent is for a payment.
    pub fn pays(&self) -> bool {
        self.record.scope == Scope::Pisp
    }
}

/// The number of a secret such as `R~7`, or 70000007.
pub fn number(secret: &Secret) -> Option<u32> {
    match secret.expose().split_once('~') {
        Some((_, number)) => number.parse().ok(),
        None => secret.expose().parse::<u32>().ok()?.checked_sub(PLAIN),
    }
}

impl Shell {
    pub fn new(applications: Rc<Applications>) -> Self {
        Self {
            machine: Some(Consent::new(applications.clone())),
            code_ms: code_ms(applications.environment),
            applications,
            name: String::new(),
            started: 0,
            kept: None,
            older: None,
            rest: None,
            is_young: false,
            counting: None,
            alarm: None,
            ringing: None,
            flights: Vec::new(),
            callers: Vec::new(),
            last_caller: 0,
            call: TokenCall::default(),
            erased: 0,
            over_since: None,
            authorises: 0,
            is_unusable: false,
            refused: Vec::new(),
            renewal: None,
            vouched: None,
            excused: false,
        }
    }

    /// Another shell, whose starts and callers are told from those of this one.
    pub fn beside(&self, numbers: u32) -> Self {
        let mut other = Self::new(self.applications.clone());
        other.number_after(self, numbers);
        other
    }

    /// Numbers starts and callers from behind those of another.
    pub fn number_after(&mut self, other: &Self, numbers: u32) {
        self.started = self.started.max(other.started) + numbers;
        self.last_caller = self.last_caller.max(other.last_caller) + numbers;
    }

    /// Somebody who will wait for one answer.
    pub fn caller(&mut self) -> Caller {
        self.last_caller += 1;
        let caller = self.last_caller;
        self.callers.push(Waiting { caller, is_sent: false, may_be_done: false });
        self.last_caller
    }

    pub fn waiting(&mut self, caller: Caller) -> Option<&mut Waiting> {
        self.callers.iter_mut().find(|waiting| waiting.caller == caller)
    }

    /// How many reads of this consent are under way.
    pub fn reads_under_way(&self) -> usize {
        let is_read = |kind| matches!(kind, Kind::Resource { .. } | Kind::Probe);
        let own = self.flights.iter().filter(|flight| flight.open && flight.consent == self.erased);
        own.filter(|flight| is_read(flight.kind)).count()
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
        self.excused |= !self.callers.is_empty();
        // What was put off by that clock is planned anew by this one.
        self.call.quiet_until = None;
        if let Some(alarm) = &mut self.alarm {
            alarm.early = (alarm.early + early).min(alarm.at);
        }
    }
}

/// A caller's path, by which their requests are known. Some read the accounts themselves.
pub fn path(caller: Caller) -> String {
    answers::name(if reads_accounts(caller) { "/accounts?n=" } else { "/accounts/" }, caller)
}

/// Whether a caller reads the accounts.
pub fn reads_accounts(caller: Caller) -> bool {
    caller.is_multiple_of(3)
}

/// Whether a caller reads what a stubborn bank refuses.
pub fn reads_odd_one(caller: Caller) -> bool {
    caller % 3 == 1
}
