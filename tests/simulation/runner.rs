//! Runs lives, and counts what happened in them.

use crate::{choices::Choices, faults::Faults, life::Life, orders, rules, sweeps, trace::Trace};
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
pub struct Runner {
    subject: Subject,
    applications: Vec<Rc<Applications>>,
    /// What went wrong on purpose.
    faults: Faults,
    faults_of_orders: Faults<orders::Fault>,
    faults_of_sweeps: Faults<sweeps::Fault>,
}

/// One life, lived.
pub struct Lived {
    /// The first rule that did not hold.
    pub broken: Option<&'static str>,
    pub steps: u32,
    pub hash: u64,
    /// Its decisions, if they were recorded.
    pub list: Vec<u32>,
}

impl Runner {
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
        }
    }

    /// Lives one life.
    pub fn live(&mut self, choices: Choices) -> Lived {
        self.trace(choices, &mut Trace::default())
    }

    /// Lives one life, and traces it.
    pub fn trace(&mut self, choices: Choices, trace: &mut Trace) -> Lived {
        let (broken, steps, choices) = match self.subject {
            Subject::Consents => {
                let mut life = Life::new(&self.applications, choices, &mut self.faults, trace);
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
