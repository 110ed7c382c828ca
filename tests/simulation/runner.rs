//! Runs lives, and counts what happened in them.

use crate::{
    choices::Choices,
    faults::{Described, Fault, Faults, Kind as _, id},
    flaws::Flaw,
    levels::Levels,
    life::Life,
    link::Link,
    orders, rules, sweeps,
    trace::Trace,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
};
use tell_connect::{gateway::Applications, host::Settings, profile::Profile};

/// Whose lives are lived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Consents, from the first visit to their rest.
    Consents,
    /// Orders, and the consents that are to pay them.
    Orders,
    /// Consents of which the host wants to know without the customer.
    Sweeps,
}

/// What all lives of a run share.
#[allow(missing_debug_implementations, reason = "it holds the settings, and what they say is fixed")]
pub struct Runner {
    subject: Subject,
    applications: Vec<Rc<Applications>>,
    /// What went wrong on purpose.
    faults: Faults,
    faults_of_orders: Faults<orders::Fault>,
    faults_of_sweeps: Faults<sweeps::Fault>,
    /// How the shell is broken, if it is.
    flaw: Option<Flaw>,
}

/// One life, lived.
#[derive(Debug)]
pub struct Lived {
    /// The first rule that did not hold.
    pub broken: Option<&'static str>,
    /// What happened in it, and what the machine was told.
    pub steps: u32,
    /// Two lives with the same did the same.
    pub hash: u64,
    /// Its decisions, if they were recorded.
    pub list: Vec<u32>,
}

impl Runner {
    /// For lives of one kind.
    pub fn new(subject: Subject) -> Self {
        let applications: Vec<_> = match subject {
            Subject::Consents => {
                let counting = |environment| {
                    let silent = applications(environment, "{}");
                    Rc::new(Applications { counts: true, ..Applications::clone(&silent) })
                };
                ["sandbox", "production"].map(counting).into()
            }
            Subject::Orders => {
                let silent = applications("sandbox", "{}");
                let listening = Rc::new(Applications { host_listens: true, ..Applications::clone(&silent) });
                vec![silent, listening]
            }
            Subject::Sweeps => sweeps::PROFILES.map(|profile| applications("sandbox", profile)).into(),
        };
        Self {
            subject,
            applications,
            faults: Faults::default(),
            faults_of_orders: Faults::default(),
            faults_of_sweeps: Faults::default(),
            flaw: None,
        }
    }

    /// From now on faults strike so often, and the shell is broken so. False where nobody knows these faults.
    pub fn set(&mut self, faults: &str, flaw: Option<Flaw>) -> bool {
        self.flaw = flaw;
        let is_set = match self.subject {
            Subject::Consents => Levels::parse(faults).map(|levels| self.faults.set(levels)),
            Subject::Orders => Levels::parse(faults).map(|levels| self.faults_of_orders.set(levels)),
            Subject::Sweeps => Levels::parse(faults).map(|levels| self.faults_of_sweeps.set(levels)),
        };
        is_set.is_some()
    }

    /// Runs as a link says, its lives those of consents.
    pub fn follow(&mut self, link: &Link) {
        self.flaw = link.flaw;
        self.faults.set(link.levels.clone());
    }

    /// The kinds of fault of consents.
    pub fn faults() -> Vec<Described> {
        Fault::ALL.iter().map(|(_, name)| Described { id: id(name), name }).collect()
    }

    /// Lives one life.
    pub fn live(&mut self, choices: Choices) -> Lived {
        self.trace(choices, &mut Trace::default())
    }

    /// Lives one life, and traces it.
    pub fn trace(&mut self, choices: Choices, trace: &mut Trace) -> Lived {
        let (broken, steps, choices) = match self.subject {
            Subject::Consents => {
                self.faults.struck = trace.is_read().then(Vec::new);
                let mut life = Life::new(&self.applications, choices, &mut self.faults, trace);
                life.flaw = self.flaw;
                let broken = catch_unwind(AssertUnwindSafe(|| life.live())).unwrap_or(Some(rules::NO_TRAP));
                (broken, life.steps, life.choices)
            }
            Subject::Orders => {
                let mut life = orders::Life::new(&self.applications, choices, &mut self.faults_of_orders, trace);
                let broken = catch_unwind(AssertUnwindSafe(|| life.live())).unwrap_or(Some(rules::NO_TRAP));
                (broken, life.steps, life.choices)
            }
            Subject::Sweeps => {
                let mut life = sweeps::Life::new(&self.applications, choices, &mut self.faults_of_sweeps, trace);
                let broken = catch_unwind(AssertUnwindSafe(|| life.live())).unwrap_or(Some(rules::NO_TRAP));
                (broken, life.steps, life.choices)
            }
        };
        Lived { broken, steps, hash: trace.hash(), list: choices.into_list() }
    }

    /// How often each kind of fault struck, by name.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        match self.subject {
            Subject::Consents => self.faults.counts().collect(),
            Subject::Orders => self.faults_of_orders.counts().collect(),
            Subject::Sweeps => self.faults_of_sweeps.counts().collect(),
        }
    }
}

fn applications(environment: &str, profile: &str) -> Rc<Applications> {
    let get = |name: &str| {
        let value = match name {
            "TELL_ENVIRONMENT" => environment,
            "TELL_CLIENT_ID" => "client",
            "TELL_CLIENT_SECRET" => "S~cret",
            "TELL_APP" => "app",
            "TELL_CERTIFICATE" => "K~ey",
            "TELL_ASPSP" => "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac",
            "TELL_RESOURCE_BASE_URL" => "https://bank.example/v1",
            "TELL_REDIRECT_URL" => "https://tpp.example/callback",
            "TELL_VAULT_KEY" => "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            _ => return None,
        };
        Some(value.to_owned())
    };
    match Settings::read(get, Profile::read(Some(profile))) {
        Ok(settings) => settings.applications,
        Err(error) => panic!("the simulation's settings are refused: {error:?}"),
    }
}
