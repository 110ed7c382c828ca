//! A browser's calls that concern more than one consent, carried out as the worker does: `host::Visit` says what to ask.
//!
//! One consent lives at a time. While another is asked for in its place, the former one waits aside; it comes back
//! where nothing comes of the other.

use crate::{
    life::Life,
    rules,
    shell::{Cause, Shell},
};
use tell_connect::{
    Code,
    consent::{Caller, Event, Failure, Phase},
    host::{
        Visit,
        given::Given,
        input::Wish,
        told::{Problem, Told},
        visit::{Knock, Sessions, Step, Which},
    },
    profile::Scope,
    wire::{redirect, request::RequestUuid},
};

/// A call of a browser's that waits for a consent's reply.
pub struct Browsing {
    visit: Visit,
    /// What the consent whose redirect it is replied.
    word: Option<String>,
    /// The code that the redirect brings, if it does.
    code: Option<u32>,
    /// The authorisation is there: only now may the former one go.
    is_requested: bool,
    looks_ahead: bool,
}

/// Starts of a shell are numbered, and so told from those of another.
const STARTS_A_SHELL: u32 = 10_000;

impl Life<'_> {
    /// The browser asks to be sent to the bank.
    pub fn ask_to_authorise(&mut self, scope: Scope, sessions: Sessions) {
        let visit = Visit::authorise(sessions, Given::Text(scope.name().to_owned()), Given::Absent);
        self.browse(Browsing { visit, word: None, code: None, is_requested: false, looks_ahead: false }, None);
    }

    /// The browser asks for the consent that it has to be replaced, if that is at rest.
    pub fn ask_to_renew(&mut self) {
        let is_idle = self.former.is_none() && self.wire.is_empty() && !self.shell.is_busy();
        let kept = self.shell.kept.as_ref().map(|kept| &kept.record);
        let Some((scope, true)) = kept.map(|kept| (kept.scope, matches!(kept.phase, Phase::Active { .. }))) else {
            return;
        };
        if !is_idle || self.shell.machine.is_none() {
            return;
        }
        let mut other = Shell::new(self.shell.applications.clone());
        other.started = self.shell.started + STARTS_A_SHELL;
        self.former = Some(std::mem::replace(&mut self.shell, other));
        self.trace.line(self.clock.time(), || String::from("the consent is to be renewed"));
        self.ask_to_authorise(scope, Sessions { aisp: scope == Scope::Aisp, pisp: scope == Scope::Pisp });
    }

    /// The browser comes back from the bank, or something in it looks ahead.
    pub fn come_by(&mut self, url: String, code: Option<u32>) {
        let looks_ahead = self.choices.once_in(8);
        let mut knock = Knock { method: Some(String::from("GET")), ..Knock::default() };
        if looks_ahead {
            match self.choices.below(3) {
                0 => knock.method = Some(String::from("HEAD")),
                1 => knock.sec_purpose = Some(String::from("prefetch;prerender")),
                _ => knock.purpose = Some(String::from("Prefetch")),
            }
        }
        // The other cookie's consent, if there is one, is of another authorisation.
        let sessions = Sessions { aisp: true, pisp: true };
        let visit = Visit::callback(sessions, &knock, url.clone());
        self.browse(Browsing { visit, word: None, code, is_requested: false, looks_ahead }, None);
        if looks_ahead {
            // And then the customer follows.
            let visit =
                Visit::callback(sessions, &Knock { method: Some(String::from("GET")), ..Knock::default() }, url);
            self.browse(Browsing { visit, word: None, code, is_requested: false, looks_ahead: false }, None);
        }
    }

    /// A consent replied to a browser's call.
    pub fn reply(&mut self, mut browsing: Browsing, reply: Told) {
        let word = match &reply {
            Told::Connected => Some(String::from("connected")),
            Told::Declined => Some(String::from("declined")),
            // A consent that does not know the redirect has nothing to say of it.
            Told::Failed { problem, .. } if problem.code == Code::RedirectMismatch => None,
            Told::Failed { problem, .. } => browsing.word.take().or(Some(format!("error={}", problem.code))),
            Told::Requested { .. } | Told::Passed { .. } | Told::Forgotten => None,
        };
        browsing.word = word.or(browsing.word);
        browsing.is_requested |= matches!(reply, Told::Requested { .. });
        self.browse(browsing, Some(reply));
    }

    fn browse(&mut self, mut browsing: Browsing, reply: Option<Told>) {
        let own = self.shell.kept.as_ref().map_or(self.people.scope, |kept| kept.record.scope);
        match browsing.visit.next(reply) {
            Step::Ask { of: Which::New, .. } => self.ask_new(browsing),
            Step::Ask { of, wish: Wish::Redirected { url: Given::Text(url) } } if of == own.into() => {
                self.ask_own(browsing, &url);
            }
            Step::Ask { wish: Wish::Redirected { .. }, .. } => {
                self.people.replies.push((browsing, refused(&Failure::RedirectMismatch)));
            }
            Step::Ask { wish: Wish::Forget, .. } => self.forget_former(browsing),
            Step::Ask { .. } => self.hold(false, rules::VISIT),
            Step::ToPage { fragment } => {
                let word = browsing.word.unwrap_or_else(|| String::from("error=redirect_mismatch"));
                let is_true = word == fragment;
                self.hold(is_true && !browsing.looks_ahead, rules::VISIT);
            }
            Step::Requested { uuid, .. } => {
                self.hold(self.former.is_none(), rules::FORMER);
                self.people.is_sent_to(self.gateway.intent_of(&uuid));
            }
            Step::Problem { problem, .. } => {
                let is_early = problem.code == Code::TooEarly;
                self.hold(is_early == browsing.looks_ahead, rules::VISIT);
            }
        }
    }

    fn ask_new(&mut self, browsing: Browsing) {
        let Some(caller) = self.caller() else { return };
        let number = self.people.number_of_authorisation();
        let uuid = RequestUuid::from_random([number; 16]);
        let scope = self.people.scope;
        self.people.browsing.push((caller, browsing));
        self.happen(Event::Start { caller, scope, uuid, application: None }, Cause::Start);
    }

    fn ask_own(&mut self, browsing: Browsing, url: &str) {
        self.hold(!browsing.looks_ahead, rules::VISIT);
        let redirect = match redirect::parse(url) {
            Ok(redirect) => redirect,
            Err(error) => return self.people.replies.push((browsing, refused(&Failure::Input(error)))),
        };
        let Some(caller) = self.caller() else { return };
        let own = self.shell.kept.as_ref().is_some_and(|kept| {
            kept.record.intent_id == redirect.intent_id && kept.record.uuid.eq_ignore_ascii_case(&redirect.uuid)
        });
        let code = browsing.code;
        self.people.browsing.push((caller, browsing));
        self.happen(Event::Redirected { caller, redirect }, Cause::Redirect { own, code });
    }

    /// The consent that is replaced goes, once the new one is there.
    fn forget_former(&mut self, browsing: Browsing) {
        self.hold(browsing.is_requested, rules::FORMER);
        let Some(mut former) = self.former.take() else { return self.hold(false, rules::FORMER) };
        std::mem::swap(&mut self.shell, &mut former);
        if let Some(caller) = self.caller() {
            self.people.browsing.push((caller, browsing));
            self.happen(Event::Forget { caller }, Cause::Forget);
        }
        std::mem::swap(&mut self.shell, &mut former);
        // Where the shell died before it was erased, the browser has heard of no new one: it has the former one still.
        if former.kept.is_some() && self.is_sound() {
            self.former = Some(former);
        }
    }

    /// Nothing came of the consent that was asked for in place of another: the other is at hand again.
    pub fn settle(&mut self) {
        if self.people.browsing.is_empty()
            && let Some(former) = self.former.take()
        {
            self.trace.line(self.clock.time(), || String::from("the former consent stays"));
            let started = self.shell.started;
            self.shell = former;
            // What is still under way to the other finds no one.
            self.shell.started = self.shell.started.max(started) + STARTS_A_SHELL;
            self.hold(self.shell.kept.is_some(), rules::FORMER);
        }
    }

    /// The browser's call that a caller stands for.
    pub fn browsing_of(&mut self, caller: Caller) -> Option<Browsing> {
        let at = self.people.browsing.iter().position(|(asked, _)| *asked == caller)?;
        Some(self.people.browsing.remove(at).1)
    }
}

fn refused(failure: &Failure) -> Told {
    Told::Failed { problem: Problem::from(failure), retry_after: None }
}
