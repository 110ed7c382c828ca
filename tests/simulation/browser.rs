//! A browser's calls, carried out as the worker does: `host::Visit` says what to ask, and what the browser holds.
//!
//! One consent lives at a time. While another is asked for in its place, the former one waits aside, with whatever is
//! due to it; it comes back where nothing comes of the other (`CON-1`).

use crate::{
    life::Life,
    rules,
    shell::{Cause, Shell},
    trace::Who,
};
use sha2::{Digest as _, Sha256};
use tell_connect::{
    Code,
    consent::{Caller, End, Event, Failure, Outcome, Phase, State, Terms},
    host::{
        Knock, SessionKeys, Visit,
        given::Given,
        knock::Door,
        session::{self, Session},
        settings::PaymentDoor,
        visit::{Asking, Call, Cookie, Cookies, Heard, Step},
    },
    profile::{Environment, Scope},
    wire::{redirect, redirect::Redirect, request::RequestUuid},
};

/// A call of a browser's that waits for a consent's reply.
pub struct Browsing {
    visit: Visit,
    /// What the consent whose redirect it is replied.
    word: Option<String>,
    /// The redirect that it came with.
    redirect: Option<Redirect>,
    code: Option<u32>,
    /// The consent that it asked last.
    of: String,
}

/// What a browser holds, and what it was sealed with.
pub struct Jar {
    keys: SessionKeys,
    pub cookies: Cookies,
    /// No two consents have the same id.
    ids: u32,
}

impl Default for Jar {
    fn default() -> Self {
        let keys = SessionKeys::of(&vec![vec![7; 32].into()], Environment::Sandbox, session::IDLE_DAYS);
        Self { keys, cookies: Cookies::default(), ids: 0 }
    }
}

impl Jar {
    fn session(&self, scope: Scope, now: u64) -> Option<Session> {
        let cookie = match scope {
            Scope::Aisp => &self.cookies.aisp,
            Scope::Pisp => &self.cookies.pisp,
        };
        self.keys.open(scope, cookie.as_deref()?, now)
    }

    /// The name of the consent that the browser holds.
    fn held(&self, scope: Scope, now: u64) -> Option<String> {
        Some(self.session(scope, now)?.held()?.name())
    }

    fn take(&mut self, cookies: Vec<Cookie>) {
        for Cookie { scope, value, .. } in cookies {
            match scope {
                Scope::Aisp => self.cookies.aisp = value,
                Scope::Pisp => self.cookies.pisp = value,
            }
        }
    }
}

/// Starts of a shell are numbered, and so told from those of another.
const STARTS_A_SHELL: u32 = 10_000;

impl Life<'_> {
    /// The browser asks to be sent to the bank.
    pub fn ask_to_authorise(&mut self, scope: Scope) {
        let body = ["{\"scope\":\"", scope.name(), "\"}"].concat();
        self.begin(Call::Authorise { body, key: None }, None);
    }

    /// The browser asks for the consent that it holds to be replaced, if that is at rest.
    pub fn ask_to_renew(&mut self) {
        let is_idle = self.former.is_none() && self.wire.is_empty() && !self.shell.is_busy();
        let kept = self.shell.kept.as_ref().map(|kept| &kept.record);
        let Some((scope, true)) = kept.map(|kept| (kept.scope, matches!(kept.phase, Phase::Active { .. }))) else {
            return;
        };
        let is_held = self.people.jar.held(scope, self.clock.machine()).as_ref() == Some(&self.shell.name);
        if !is_idle || !is_held || self.shell.machine.is_none() {
            return;
        }
        let other = self.shell.beside(STARTS_A_SHELL);
        self.former = Some(std::mem::replace(&mut self.shell, other));
        self.people.scope = scope;
        self.people.is_sent_to(None);
        self.tell(Who::Customer, || String::from("the consent is to be renewed"));
        self.ask_to_authorise(scope);
    }

    /// The browser comes back from the bank, or something in it looks ahead.
    pub fn come_by(&mut self, url: String, code: Option<u32>) {
        let get = Knock { method: Some(String::from("GET")), ..Knock::default() };
        if self.choices.once_in(8) {
            let mut knock = get.clone();
            match self.choices.below(4) {
                0 => knock.method = Some(String::from("HEAD")),
                1 => knock.purpose = Some(String::from("prefetch;prerender")),
                2 => knock.purpose = Some(String::from("Preview")),
                _ => knock.destination = Some(String::from("image")),
            }
            self.hold(knock.refusal(Door::Return) == Some(Code::TooEarly), rules::VISIT);
        }
        // And then the customer follows.
        self.hold(get.refusal(Door::Return).is_none(), rules::VISIT);
        self.begin(Call::Callback { url }, code);
    }

    /// The browser asks what became of the consent that is to replace the one it holds.
    pub fn look(&mut self) {
        let scope = Given::Text(self.people.scope.name().to_owned());
        self.begin(Call::View { scope }, None);
    }

    fn begin(&mut self, call: Call, code: Option<u32>) {
        let now = self.clock.machine();
        let jar = &mut self.people.jar;
        jar.ids += 1;
        let mut id = [0; 32];
        id[..4].copy_from_slice(&jar.ids.to_be_bytes());
        let redirect = match &call {
            Call::Callback { url } => redirect::parse(url).ok(),
            Call::Authorise { .. }
            | Call::View { .. }
            | Call::Read
            | Call::Pay
            | Call::Payment
            | Call::Journey { .. }
            | Call::Forget { .. } => None,
        };
        let visit = Visit::new(jar.keys.clone(), PaymentDoor::Both, &jar.cookies, now, call, id);
        self.browse(Browsing { visit, word: None, redirect, code, of: String::new() }, None);
    }

    /// A consent replied to a browser's call.
    pub fn reply(&mut self, mut browsing: Browsing, heard: Heard) {
        let word = match &heard {
            Heard::Connected { .. } => Some(String::from("connected")),
            Heard::Declined => Some(String::from("declined")),
            Heard::Failed { code, .. } => Some(format!("error={code}")),
            Heard::Requested { .. } | Heard::Granted | Heard::Forgotten | Heard::Seen(_) => None,
        };
        browsing.word = browsing.word.or(word);
        if let Heard::Requested { uuid } = &heard {
            self.shell.name.clone_from(&browsing.of);
            let kept = self.former.as_ref().is_none_or(|former| former.kept.is_some());
            self.hold(kept, rules::FORMER);
            self.people.is_sent_to(self.gateway.intent_of(uuid));
        }
        self.browse(browsing, Some(heard));
    }

    fn browse(&mut self, mut browsing: Browsing, heard: Option<Heard>) {
        let step = browsing.visit.next(heard);
        if let Step::Ask { of, .. } = &step {
            browsing.of.clone_from(of);
        }
        let is_of = |shell: &Shell, of: &String| shell.name == *of;
        match step {
            Step::Ask { wish: Asking::Start, .. } => self.ask_new(browsing),
            Step::Ask { of, wish: Asking::Redirected, .. } if is_of(&self.shell, &of) => self.ask_own(browsing),
            Step::Ask { of, wish: Asking::Replaced, .. }
                if self.former.as_ref().is_some_and(|former| is_of(former, &of)) =>
            {
                self.forget_former(browsing);
            }
            // A consent that is gone: of the other scope, or one that was given up.
            Step::Ask { wish: Asking::Redirected, .. } => {
                let mismatch = Heard::Failed { code: Code::RedirectMismatch, took: false };
                self.people.replies.push((browsing, mismatch));
            }
            Step::Ask { wish: Asking::Forget | Asking::Replaced, .. } => {
                self.people.replies.push((browsing, Heard::Forgotten))
            }
            Step::Look { of, stranger } => {
                let seen = Heard::Seen(self.seen(&of, stranger));
                self.people.replies.push((browsing, seen));
            }
            Step::ToPage { fragment } => {
                let word = browsing.word.clone().unwrap_or_else(|| String::from("error=redirect_mismatch"));
                let is_parsed = browsing.redirect.is_some();
                self.hold(!is_parsed || word == fragment, rules::VISIT);
                self.check_session(&browsing);
                self.people.jar.take(browsing.visit.cookies());
                let is_held =
                    self.people.jar.held(self.people.scope, self.clock.machine()).as_ref() == Some(&self.shell.name);
                self.hold(!is_held || self.former.is_none(), rules::FORMER);
            }
            Step::Tell { .. } | Step::Problem { .. } => self.people.jar.take(browsing.visit.cookies()),
            Step::Check { .. } | Step::Awaiting | Step::Relay { .. } | Step::Forgotten | Step::Nothing => {
                self.hold(false, rules::VISIT)
            }
        }
    }

    /// What may be known of a consent, as the shell shows it.
    fn seen(&self, of: &String, stranger: bool) -> Option<State> {
        let shell = [Some(&self.shell), self.former.as_ref()].into_iter().flatten().find(|shell| shell.name == *of)?;
        let state = State::of(&shell.kept.as_ref()?.record);
        Some(if stranger && state.is_connected() { State::Authorised } else { state })
    }

    /// Whoever brought another code than the one that the consent took holds what it held before.
    fn check_session(&mut self, browsing: &Browsing) {
        let code = browsing.redirect.as_ref().and_then(|redirect| redirect.code.as_ref());
        let digest = code.map(|code| <[u8; 32]>::from(Sha256::digest(code)));
        // A consent that was erased meanwhile opens nothing to anyone.
        let Some(taken) = self.shell.kept.as_ref().map(|kept| kept.record.code_digest) else { return };
        let (scope, now) = (self.people.scope, self.clock.machine());
        let before = self.people.jar.held(scope, now);
        let mut after = Jar { keys: self.people.jar.keys.clone(), cookies: self.people.jar.cookies.clone(), ids: 0 };
        after.take(browsing.visit.cookies());
        let is_new = after.held(scope, now).is_some_and(|held| held == self.shell.name && before != Some(held));
        self.hold(!is_new || (digest.is_some() && digest == taken), rules::SESSION);
    }

    fn ask_new(&mut self, browsing: Browsing) {
        let Some(caller) = self.caller() else { return };
        let number = self.people.number_of_authorisation();
        let uuids = [1, 2, 3].map(|attempt| {
            let mut bytes = [number; 16];
            bytes[15] = attempt;
            RequestUuid::from_random(bytes)
        });
        let scope = self.people.scope;
        self.people.browsing.push((caller, browsing));
        self.happen(Event::Start { caller, scope, uuids, application: None, terms: Terms::default() }, Cause::Start);
    }

    fn ask_own(&mut self, browsing: Browsing) {
        let Some(redirect) = browsing.redirect.clone() else { return self.hold(false, rules::VISIT) };
        let Some(caller) = self.caller() else { return };
        let own = self.shell.kept.as_ref().is_some_and(|kept| {
            kept.record.intent_id == redirect.intent_id && kept.record.uuid.eq_ignore_ascii_case(&redirect.uuid)
        });
        let code = browsing.code;
        self.people.browsing.push((caller, browsing));
        self.happen(Event::Redirected { caller, redirect }, Cause::Redirect { own, code });
    }

    /// The consent that is replaced goes, once the new one is connected.
    fn forget_former(&mut self, browsing: Browsing) {
        let phase = self.shell.kept.as_ref().map(|kept| &kept.record.phase);
        let is_connected = matches!(phase, Some(Phase::Active { .. } | Phase::Refreshing { .. }));
        self.hold(is_connected, rules::FORMER);
        let Some(mut former) = self.former.take() else { return self.hold(false, rules::FORMER) };
        std::mem::swap(&mut self.shell, &mut former);
        if let Some(caller) = self.caller() {
            self.people.browsing.push((caller, browsing));
            self.happen(Event::Replaced { caller }, Cause::Forget);
        }
        std::mem::swap(&mut self.shell, &mut former);
        // Where the shell died before it was erased, the browser has not heard that it is connected.
        if former.kept.is_some() && self.is_sound() {
            self.former = Some(former);
        } else {
            self.counting.lose(0);
        }
    }

    /// Nothing came of the consent that was asked for in place of another, or nothing will: the other is at hand again.
    pub fn settle(&mut self, is_given_up: bool) {
        if !self.people.browsing.is_empty() || self.former.is_none() {
            return;
        }
        let is_over = match self.shell.kept.as_ref().map(|kept| &kept.record.phase) {
            None => !self.shell.is_busy(),
            Some(Phase::Ended { end: End::Declined | End::CodeExpired | End::Expired, .. }) => true,
            // What the browser has not heard of has replaced it all the same.
            Some(Phase::Active { .. } | Phase::Refreshing { .. }) if is_given_up => {
                self.former = None;
                self.counting.lose(0);
                return;
            }
            Some(_) => is_given_up,
        };
        if is_over && let Some(former) = self.former.take() {
            self.tell(Who::Customer, || String::from("the former consent stays"));
            let other = std::mem::replace(&mut self.shell, former);
            self.counting.lose(0);
            // What is still under way to the other finds no one.
            self.shell.number_after(&other, STARTS_A_SHELL);
            self.hold(self.shell.kept.is_some(), rules::FORMER);
        }
    }

    /// The browser's call that a caller stands for.
    pub fn browsing_of(&mut self, caller: Caller) -> Option<Browsing> {
        let at = self.people.browsing.iter().position(|(asked, _)| *asked == caller)?;
        Some(self.people.browsing.remove(at).1)
    }

    /// A consent's outcome, as a visit hears it.
    pub fn heard_of(&self, browsing: &Browsing, outcome: Result<Outcome, Failure>) -> Heard {
        let took = match (&browsing.redirect, &self.shell.machine) {
            (Some(redirect), Some(machine)) => machine.took(redirect),
            _ => false,
        };
        match outcome {
            Ok(Outcome::Requested { uuid, .. }) => Heard::Requested { uuid },
            Ok(Outcome::Connected) => Heard::Connected { took },
            Ok(Outcome::Declined) => Heard::Declined,
            Ok(
                Outcome::Forgotten
                | Outcome::Passed(_)
                | Outcome::Unattended(..)
                | Outcome::Planned(_)
                | Outcome::Payment(_)
                | Outcome::Standing(_),
            ) => Heard::Forgotten,
            Err(failure) => Heard::Failed { code: failure.code(), took },
        }
    }
}
