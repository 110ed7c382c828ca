//! Who comes to the consent: a PSU who authorises it, callers who read, and strangers.

use crate::{
    answers,
    browser::{Browsing, Jar},
    faults::Fault,
    life::Life,
    shell::{Cause, path},
};
use tell_connect::{
    consent::{Caller, Event, Failure, Outcome},
    gateway::{Method, ResourceCall, UserIp},
    host::visit::{Cookies, Heard},
    profile::Scope,
};

/// What the people know.
pub struct People {
    /// When somebody comes next.
    pub next_visit: Option<u64>,
    /// The authorisation that the PSU was sent to.
    sent_to: Option<usize>,
    /// How the PSU came back from it: with a code, or without.
    came_back: Option<Option<u32>>,
    authorisations: u8,
    /// Those that were sent to the gateway.
    pub uuids: Vec<String>,
    /// What the PSU authorises now.
    pub scope: Scope,
    /// Calls of browsers that wait for a consent's reply.
    pub browsing: Vec<(Caller, Browsing)>,
    /// Replies that browsers take up once the machine has done with its turn.
    pub replies: Vec<(Browsing, Heard)>,
    /// What the PSU's browser holds.
    pub jar: Jar,
    /// Somebody got what the bank has.
    pub passed: bool,
}

impl Default for People {
    fn default() -> Self {
        Self {
            next_visit: None,
            sent_to: None,
            came_back: None,
            authorisations: 0,
            uuids: Vec::new(),
            scope: Scope::Aisp,
            browsing: Vec::new(),
            replies: Vec::new(),
            jar: Jar::default(),
            passed: false,
        }
    }
}

impl People {
    /// Each authorisation has a UUID of its own.
    pub fn number_of_authorisation(&mut self) -> u8 {
        self.authorisations = self.authorisations.wrapping_add(1);
        self.authorisations
    }

    /// The PSU is sent to the bank, for that authorisation.
    pub fn is_sent_to(&mut self, intent: Option<usize>) {
        self.sent_to = intent;
        self.came_back = None;
    }
}

impl Life<'_> {
    /// Somebody comes, and perhaps another one later.
    pub fn visit(&mut self) {
        self.people.next_visit = None;
        if self.choices.below(6) > 0 {
            let seconds = self.choices.of([1, 0, 2, 20, 61, 700, 3550, 3700, 100_000, 2_700_000, 7_900_000]);
            self.people.next_visit = Some(self.clock.time() + seconds * 1000);
        }
        if self.former.is_some() {
            return self.go_on_renewing();
        }
        if self.faults.strikes_once_in(2, Fault::Deletion, &mut self.choices) {
            self.delete();
        }
        match (self.people.sent_to, self.people.came_back) {
            (None, _) => self.authorise(),
            (Some(intent), None) => self.come_back(intent),
            (Some(_), Some(_)) if self.choices.once_in(12) => self.ask_to_renew(),
            (Some(intent), Some(code)) => {
                if self.faults.strikes(Fault::Repeated, &mut self.choices) {
                    let code = match self.choices.below(3) {
                        0 => code,
                        1 => Some(self.gateway.consent(self.clock.time())),
                        _ => None,
                    };
                    self.redirect(intent, false, code);
                }
                self.end_step();
                if self.faults.strikes(Fault::Foreign, &mut self.choices) {
                    let code = Some(self.gateway.consent(self.clock.time()));
                    self.redirect(intent, true, code);
                }
                self.read();
            }
        }
    }

    /// Whoever renews comes back, looks what became of it, comes back again, or gives it up.
    fn go_on_renewing(&mut self) {
        if !self.people.browsing.is_empty() {
            return; // They wait for an answer.
        }
        self.people.next_visit = Some(self.clock.time() + self.choices.of([1, 20, 700]) * 1000);
        match (self.people.sent_to, self.people.came_back) {
            _ if self.choices.once_in(6) => self.settle(true),
            (None, _) => {}
            (Some(intent), None) => self.come_back(intent),
            (Some(_), Some(_)) if self.choices.once_in(2) => self.look(),
            (Some(intent), Some(code)) => self.redirect(intent, false, code),
        }
    }

    fn authorise(&mut self) {
        let times = if self.faults.strikes(Fault::Crowd, &mut self.choices) { 2 } else { 1 };
        self.people.scope = self.choices.of([Scope::Aisp, Scope::Aisp, Scope::Pisp]);
        for _ in 0..times {
            self.ask_to_authorise(self.people.scope);
        }
    }

    fn come_back(&mut self, intent: usize) {
        if self.faults.strikes(Fault::Foreign, &mut self.choices) {
            let code = Some(self.gateway.consent(self.clock.time()));
            return self.redirect(intent, true, code);
        }
        let code = match self.choices.below(10) {
            0..8 => Some(self.gateway.consent(self.clock.time())),
            8 => None,
            _ => return self.want(false),
        };
        self.people.came_back = Some(code);
        self.redirect(intent, false, code);
    }

    fn redirect(&mut self, intent: usize, foreign: bool, code: Option<u32>) {
        let Some(intent) = self.gateway.intent(intent) else { return };
        let (mut uuid, mut intent_id) = (intent.uuid.clone(), intent.id.clone());
        if foreign {
            match self.choices.below(3) {
                0 => uuid = String::from("00000000-0000-4000-8000-000000000000"),
                1 => intent_id.push('0'),
                _ => intent_id.clear(),
            }
        } else if self.choices.once_in(4) {
            uuid.make_ascii_uppercase();
        }
        let text = code.map_or_else(|| String::from("null"), |code| answers::name("C~", code));
        self.come_by(format!("/api/callback?intent-id={intent_id}&uuid={uuid}&authorisation_code={text}"), code);
    }

    fn read(&mut self) {
        let callers = match self.faults.strikes(Fault::Crowd, &mut self.choices) {
            true if self.choices.once_in(200) => 150,
            true => self.choices.of([2, 3, 5, 8, 20]),
            false => 1,
        };
        for _ in 0..callers {
            let writes = self.choices.once_in(6);
            self.want(writes);
        }
        if callers > 8 && self.faults.strikes(Fault::Deletion, &mut self.choices) {
            self.delete();
        }
    }

    /// Somebody wants what the bank has, or to change it.
    pub fn want(&mut self, writes: bool) {
        let Some(caller) = self.caller() else { return };
        let (method, body) = if writes { (Method::Post, Some(String::from("{}"))) } else { (Method::Get, None) };
        let Ok(call) = ResourceCall::new(method, &path(caller), present(), body) else {
            unreachable!("the simulation's paths are paths")
        };
        self.happen(Event::Wanted { caller, call }, Cause::Wanted);
    }

    fn delete(&mut self) {
        let Some(caller) = self.caller() else { return };
        self.people.sent_to = None;
        self.people.came_back = None;
        self.happen(Event::Forget { caller }, Cause::Forget);
    }

    /// Somebody connects, and will wait for one answer; unless the shell dies as it starts for them.
    pub fn caller(&mut self) -> Option<Caller> {
        self.start();
        self.shell.machine.is_some().then(|| self.shell.caller())
    }

    /// A caller gets an answer.
    pub fn hear(&mut self, caller: Caller, outcome: Result<Outcome, Failure>) {
        self.shell.callers.retain(|waiting| waiting.caller != caller);
        self.people.passed |= matches!(outcome, Ok(Outcome::Passed(_)));
        if let Some(browsing) = self.browsing_of(caller) {
            let heard = self.heard_of(&browsing, outcome);
            self.people.replies.push((browsing, heard));
        } else if matches!(outcome, Ok(Outcome::Forgotten)) {
            self.people.jar.cookies = Cookies::default();
        }
    }
}

/// The customer is there: what is asked without them has a simulation of its own.
fn present() -> Option<UserIp> {
    UserIp::parse("203.0.113.1").ok()
}
