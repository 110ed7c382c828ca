//! The consent's object: what it knows while it runs, and what outlives it.

use super::profiles::Wish;
use crate::shell::Alarm;
use std::rc::Rc;
use tell_connect::{
    consent::{Backlog, Budget, Caller, Consent, Grant, Paying, Phase, Reason, Record, SendId},
    gateway::{Applications, Secret},
    profile::{Environment, Scope, Unattended},
};

/// The object, and what outlives it: storage and alarm.
pub struct Seat {
    pub applications: Rc<Applications>,
    pub readings: Unattended,
    /// `None` between a crash and the next event.
    pub machine: Option<Consent>,
    /// How often it was started.
    pub started: u32,
    pub kept: Option<Secret>,
    pub alarm: Option<Alarm>,
    /// Why it was asked for.
    pub reason: Option<Reason>,
    /// The alarm whose event is being handled; it goes off again unless that is done.
    pub ringing: Option<Alarm>,
    pub flights: Vec<Flight>,
    pub callers: Vec<Waiting>,
    last_caller: Caller,
    /// When it was durable that the consent is over.
    pub ended_at: Option<u64>,
}

/// A request that was sent since the object was started.
#[derive(Clone, Debug)]
pub struct Flight {
    pub id: SendId,
    /// Path and query; without any, it is for tokens.
    pub whole: String,
    pub is_open: bool,
    pub deadline: u64,
    /// The bank's number for the body that it brought.
    pub number: Option<usize>,
}

/// Somebody who waits for one answer.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub caller: Caller,
    pub wants: Wants,
}

/// What they want.
#[derive(Clone, Debug)]
pub enum Wants {
    Resource { whole: String, is_attended: bool },
    Plan(Wish),
}

impl Seat {
    /// The object of a consent that the customer has just granted.
    pub fn new(applications: Rc<Applications>, now: u64) -> Self {
        let readings = applications.get(None).map(|it| it.client.profile().unattended).unwrap_or_default();
        let record = granted(now);
        Self {
            applications,
            readings,
            machine: None,
            started: 0,
            alarm: None,
            reason: None,
            kept: Some(record.write()),
            ringing: None,
            flights: Vec::new(),
            callers: Vec::new(),
            last_caller: 0,
            ended_at: None,
        }
    }

    /// Somebody who will wait for one answer.
    pub fn caller(&mut self, wants: Wants) -> Caller {
        self.last_caller += 1;
        self.callers.push(Waiting { caller: self.last_caller, wants });
        self.last_caller
    }

    pub fn flight(&mut self, id: SendId) -> Option<&mut Flight> {
        self.flights.iter_mut().find(|flight| flight.id == id)
    }

    /// What is durable.
    pub fn record(&self) -> Option<Record> {
        self.kept.as_ref().and_then(|text| Record::read(text.expose()).ok())
    }
}

fn granted(now: u64) -> Record {
    let grant = Grant {
        access_token: Secret::new(String::from("A~1")),
        access_ends_at: now + 60 * 60 * 1000,
        refresh_token: Some(Secret::new(String::from("R~1"))),
        unusable: None,
        permissions: Vec::new(),
        granted_at: now,
        renewed_at: None,
        vouched_at: None,
    };
    Record {
        environment: Environment::Sandbox,
        scope: Scope::Aisp,
        uuid: String::from("00000000-0000-4000-8000-000000000001"),
        intent_id: String::from("i-1"),
        application: String::from("default"),
        requested_at: now,
        code_digest: None,
        customer: None,
        renews: false,
        paying: Paying { payment: None, order: None, submission: None },
        budget: Budget::default(),
        sweep: None,
        notes: Vec::new(),
        tally: Backlog::default(),
        noted: 0,
        forgotten_at: None,
        over_at: None,
        phase: Phase::Active { grant },
    }
}
