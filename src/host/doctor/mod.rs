//! The doctor: whether a configuration is fit, check by check (`LIV-1`), and which readings a sandbox takes (`JWS-10`).
//!
//! It has no IO: what it has to know it asks for, one thing at a time, and is told.

mod book;
mod certificates;
mod checks;
mod env_file;
mod live;
mod names;
mod other;
mod place;
mod reach;
mod secrets;
mod startup;
mod urls;

pub use book::{Finding, Report, Row, Verdict};
pub use certificates::X509;
pub use checks::Check;
pub use place::Source;
pub use reach::Answer;

use crate::{Error, gateway::Request};
use book::Book;
use live::Live;
use place::Place;
use reach::Target;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// What a doctor begins with.
#[derive(Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorStart", optional_fields))]
pub struct Start {
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub now: u64,
    /// The configuration.
    pub own: Source,
    /// The other environment's, to compare with.
    pub against: Option<Source>,
    /// Whether no base is asked whether it answers.
    pub offline: bool,
    /// Whether the sandbox is asked by signed calls.
    pub live: bool,
}

/// What the doctor has to know.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorAsk", tag = "kind", rename_all = "lowercase"))]
pub enum Ask {
    /// What X.509 says of a certificate.
    X509 {
        /// PEM.
        pem: String,
    },
    /// What a plain GET without credentials brings.
    Reach {
        /// Where.
        url: String,
    },
    /// What a signed call brings.
    Send {
        /// The call.
        request: Request,
    },
}

/// What it is told.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(rename = "DoctorTold", tag = "kind", rename_all = "lowercase")
)]
pub enum Told {
    /// Of a certificate.
    X509 {
        /// Nothing, where it is none.
        #[cfg_attr(feature = "typescript", ts(optional))]
        facts: Option<X509>,
    },
    /// Of a request.
    Answer(Answer),
}

enum Task {
    X509 { name: String, pem: String },
    Reach(Target),
    Send,
}

/// One examination.
pub struct Doctor {
    now: u64,
    own: Place,
    book: Book,
    tasks: VecDeque<Task>,
    asked: Option<Task>,
    live: Option<Live>,
}

impl Doctor {
    /// Looks at all that can be seen at once.
    pub fn new(start: Start) -> Self {
        let mut book = Book::default();
        let own = Place::read(start.own, &mut book);
        startup::check(&own, &mut book);
        names::check(&own, &mut book);
        secrets::check(&own, &mut book);
        urls::check(&own, &mut book);
        if let Some(against) = start.against {
            // What is wrong with the other file is said when it is looked at.
            other::check(&own, &Place::read(against, &mut Book::default()), &mut book);
        }
        let mut tasks = VecDeque::new();
        for certificate in own.certificates() {
            if let Some(pem) = certificates::check_text(certificate, &own, &mut book) {
                tasks.push_back(Task::X509 { name: certificate.name.clone(), pem });
            }
        }
        if !start.offline {
            tasks.extend(reach::targets(&own).into_iter().map(Task::Reach));
        }
        let live = if start.live { begun(&own, &mut book) } else { None };
        Self { now: start.now, own, book, tasks, asked: None, live }
    }

    /// What it has to know next, at `now`, in milliseconds since 1970; `None` when it knows all.
    pub fn next(&mut self, now: u64) -> Option<Ask> {
        let (task, ask) = match self.tasks.pop_front() {
            Some(Task::X509 { name, pem }) => (Task::X509 { name, pem: pem.clone() }, Ask::X509 { pem }),
            Some(Task::Reach(target)) => {
                let url = target.url.clone();
                (Task::Reach(target), Ask::Reach { url })
            }
            Some(Task::Send) | None => {
                if self.book.has(Check::AuthReachable, Verdict::Fault) && self.live.take().is_some() {
                    skipped(&mut self.book, "The auth base does not answer.");
                }
                let request = self.live.as_mut()?.next(&self.own, now)?;
                (Task::Send, Ask::Send { request })
            }
        };
        self.asked = Some(task);
        Some(ask)
    }

    /// Takes what it asked for.
    ///
    /// # Errors
    /// [`Error::Argument`] for anything else.
    pub fn told(&mut self, told: &Told) -> Result<(), Error> {
        match (self.asked.take(), told) {
            (Some(Task::X509 { name, .. }), Told::X509 { facts }) => {
                let now = i64::try_from(self.now).unwrap_or(i64::MAX);
                certificates::check_facts(&name, facts.as_ref(), now, &self.own, &mut self.book);
            }
            (Some(Task::Reach(target)), Told::Answer(answer)) => {
                reach::check(&target, answer, self.own.environment, &mut self.book);
            }
            (Some(Task::Send), Told::Answer(answer)) => {
                if let Some(live) = &mut self.live {
                    live.told(answer);
                }
            }
            (Some(Task::X509 { .. } | Task::Reach(_) | Task::Send) | None, Told::X509 { .. } | Told::Answer(_)) => {
                return Err(Error::Argument("The doctor has asked for something else."));
            }
        }
        Ok(())
    }

    /// What it found.
    pub fn report(mut self) -> Report {
        let profile = self.live.as_ref().and_then(|live| live.conclude(&self.own, &mut self.book));
        let calls = self.live.as_ref().map_or(0, Live::calls);
        self.book.report(self.own.environment, profile, calls)
    }
}

/// The search in a sandbox: production is never asked, and what is not configured cannot be.
fn begun(place: &Place, book: &mut Book) -> Option<Live> {
    let problem = "--live is for the sandbox alone, so production was not asked. Leave it out.";
    book.looked(Check::LiveSandbox);
    if place.is_production() {
        book.found(Check::LiveSandbox, Verdict::Fault, None, problem.to_owned());
        return None;
    }
    let live = Live::new(place);
    if live.is_none() {
        skipped(book, "A configuration with faults cannot be asked about. Correct them first.");
    }
    live
}

fn skipped(book: &mut Book, problem: &str) {
    book.found(Check::LiveCall, Verdict::Skipped, None, problem.to_owned());
}

#[cfg(test)]
mod tests;
