//! One consent, a clock, a disk that keeps the last snapshot, and whatever was sent and answered.

use super::*;

const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";
pub(super) const INTENT: &str = "a077e84b-a815-4ed3-81c0-8f85d55e7c47";
pub(super) const START: u64 = 1_767_225_600_000;
pub(super) const SECOND: u64 = 1000;
pub(super) const MINUTE: u64 = 60 * SECOND;
pub(super) const HOUR: u64 = 3600 * SECOND;
pub(super) const DAY: u64 = 24 * HOUR;
/// As long as a request without the customer counts: it may reach the bank a minute late.
pub(super) const COUNTED: u64 = DAY + MINUTE;

/// A refusal in the gateway's own words.
pub(super) const OWN: &str = r#"{"error":"invalid_token"}"#;

const BALANCE: &str = "/accounts/1/balance";

/// The caller that started, and the browser that came back.
pub(super) const STARTER: Caller = 1;
pub(super) const BROWSER: Caller = 2;

pub(super) struct World {
    applications: Rc<Applications>,
    pub(super) consent: Consent,
    pub(super) now: u64,
    pub(super) scope: Scope,
    terms: Terms,
    /// What was kept, oldest first.
    pub(super) kept: Vec<String>,
    pub(super) forgotten: bool,
    pub(super) sent: Vec<(SendId, Call)>,
    pub(super) claims: Vec<(ClaimId, OrderKey)>,
    pub(super) notices: Vec<Notice>,
    pub(super) handed: Vec<Swept>,
    pub(super) batches: Vec<(CountId, Batch)>,
    pub(super) answers: Vec<(Caller, Result<Outcome, Failure>)>,
    pub(super) wake_at: Option<u64>,
    naps: u32,
}

pub(super) fn applications(environment: &str) -> Rc<Applications> {
    settings(environment).applications
}

/// A token answer with `access-n` and `refresh-n`.
pub(super) fn tokens(n: u32) -> String {
    let [access, refresh] = ["access", "refresh"].map(|name| format!("{name}-{n}"));
    format!(
        r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"Bearer","expires_in":3600,"scope":"accounts:read,balance:read"}}"#
    )
}

pub(super) fn get(path: &str) -> ResourceCall {
    ResourceCall::new(Method::Get, path, Some(UserIp::parse("203.0.113.1").unwrap()), None).unwrap()
}

/// The same without the customer.
pub(super) fn unattended(path: &str) -> ResourceCall {
    ResourceCall::new(Method::Get, path, None, None).unwrap()
}

impl World {
    pub(super) fn new(environment: &str) -> Self {
        Self::with(applications(environment))
    }

    pub(super) fn with(applications: Rc<Applications>) -> Self {
        Self {
            consent: Consent::new(applications.clone()),
            applications,
            now: START,
            scope: Scope::Aisp,
            terms: Terms::default(),
            kept: Vec::new(),
            forgotten: false,
            sent: Vec::new(),
            claims: Vec::new(),
            notices: Vec::new(),
            handed: Vec::new(),
            batches: Vec::new(),
            answers: Vec::new(),
            wake_at: None,
            naps: 0,
        }
    }

    /// The PSU was sent to the bank.
    pub(super) fn requested(environment: &str) -> Self {
        Self::requested_for(environment, Scope::Aisp, Terms::default())
    }

    pub(super) fn requested_for(environment: &str, scope: Scope, terms: Terms) -> Self {
        Self { scope, terms, ..Self::new(environment) }.at_the_bank()
    }

    fn at_the_bank(mut self) -> Self {
        self.start(STARTER);
        let location = "https://auth.tell.money/v1/authorise/x";
        self.answer(200, &format!(r#"{{"intent-id":"{INTENT}","location":"{location}"}}"#));
        self.take_answer(STARTER).unwrap();
        self
    }

    /// The consent is connected, at a bank of that profile.
    pub(super) fn connected_with(profile: &str) -> Self {
        let mut world = Self::with(settings_with(profile).applications).at_the_bank();
        world.redirect(BROWSER, "code-1");
        world.answer(200, &tokens(1));
        assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
        world
    }

    /// The PSU came back with `code-1`, which was sent.
    pub(super) fn authorised(environment: &str) -> Self {
        let mut world = Self::requested(environment);
        world.redirect(BROWSER, "code-1");
        world
    }

    /// The consent has `access-1` for an hour, and `refresh-1`.
    pub(super) fn connected() -> Self {
        let mut world = Self::authorised("sandbox");
        world.answer(200, &tokens(1));
        assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
        world
    }

    /// The PSU consented to one payment.
    pub(super) fn paying() -> Self {
        Self::paying_for(Terms::default())
    }

    /// The PSU consented to one payment on these terms.
    pub(super) fn paying_for(terms: Terms) -> Self {
        let mut world = Self::requested_for("sandbox", Scope::Pisp, terms);
        world.redirect(BROWSER, "code-1");
        world.answer(200, &tokens(1));
        assert_eq!(world.take_answer(BROWSER), Ok(Outcome::Connected));
        world
    }

    /// The access token is over, and `reader` asked: `refresh-1` was sent.
    pub(super) fn refreshing(reader: Caller) -> Self {
        let mut world = Self::connected();
        world.later(HOUR);
        world.want(reader);
        assert_eq!(world.last_call(), refresh(1));
        world
    }

    /// The bank refused `access-1` for a balance, the token was renewed, and it refuses `access-2` too.
    pub(super) fn doubted(reader: Caller) -> Self {
        let mut world = Self::connected();
        world.want_balance(reader);
        world.answer(401, OWN);
        assert_eq!(world.last_call(), refresh(1));
        world.answer(200, &tokens(2));
        world.answer(401, OWN);
        world
    }

    /// Gives the machine an event and carries out what it says.
    pub(super) fn take(&mut self, event: Event) -> Vec<Command> {
        let commands = self.consent.handle(event, self.now);
        self.carry_out(commands)
    }

    fn carry_out(&mut self, commands: Vec<Command>) -> Vec<Command> {
        for command in commands.clone() {
            match command {
                Command::Keep(snapshot) => self.kept.push(snapshot.expose().to_owned()),
                Command::Wake(wake) => self.wake_at = wake.map(|wake| wake.at),
                Command::Forget => self.forgotten = true,
                Command::Send { id, call, .. } => self.sent.push((id, call)),
                Command::Claim { id, order, .. } => self.claims.push((id, order)),
                Command::Deliver(notice) => self.notices.push(*notice),
                Command::Hand(swept) => self.handed.push(*swept),
                Command::Count { id, batch } => self.batches.push((id, batch)),
                Command::Answer { caller, outcome } => self.answers.push((caller, outcome)),
            }
        }
        commands
    }

    pub(super) fn start(&mut self, caller: Caller) -> Vec<Command> {
        self.take(Event::Start {
            caller,
            scope: self.scope,
            uuids: uuids(),
            application: None,
            terms: self.terms.clone(),
        })
    }

    pub(super) fn redirect(&mut self, caller: Caller, code: &str) -> Vec<Command> {
        self.redirect_of(caller, INTENT, UUID, code)
    }

    pub(super) fn redirect_of(&mut self, caller: Caller, intent: &str, uuid: &str, code: &str) -> Vec<Command> {
        let url = format!("?intent-id={intent}&uuid={uuid}&authorisation_code={code}");
        self.take(Event::Redirected { caller, redirect: redirect::parse(&url).unwrap() })
    }

    /// A redirect that differs from ours in one of its two names.
    pub(super) fn foreign_redirects(&mut self, caller: Caller) -> [Vec<Command>; 2] {
        let uuid = UUID.replace("c0fd", "c0fe");
        [self.redirect_of(caller, "another", UUID, "code-9"), self.redirect_of(caller, INTENT, &uuid, "code-9")]
    }

    pub(super) fn want(&mut self, caller: Caller) -> Vec<Command> {
        self.take(Event::Wanted { caller, call: get("/accounts") })
    }

    pub(super) fn want_balance(&mut self, caller: Caller) -> Vec<Command> {
        self.take(Event::Wanted { caller, call: get(BALANCE) })
    }

    /// The last request is answered.
    pub(super) fn answer(&mut self, status: u16, body: &str) -> Vec<Command> {
        self.answer_to(self.last_id(), status, body)
    }

    pub(super) fn answer_to(&mut self, id: SendId, status: u16, body: &str) -> Vec<Command> {
        self.take(Event::Answered { id, answer: Answer { status, retry_after_ms: None, body: body.into() } })
    }

    /// The last request is refused as busy, with a time to come back after.
    pub(super) fn busy(&mut self, status: u16, retry_after_ms: u64) -> Vec<Command> {
        let answer = Answer { status, retry_after_ms: Some(retry_after_ms), body: String::new() };
        self.take(Event::Answered { id: self.last_id(), answer })
    }

    /// The last request's answer is lost.
    pub(super) fn lose(&mut self) -> Vec<Command> {
        self.take(Event::Lost { id: self.last_id(), loss: Loss::Timeout })
    }

    pub(super) fn later(&mut self, ms: u64) {
        self.now += ms;
    }

    /// Time passes until the machine asked to be woken.
    pub(super) fn sleep(&mut self) -> Vec<Command> {
        self.now = self.now.max(self.wake_at.unwrap());
        self.naps += 1;
        assert!(self.naps < 100, "the machine asks to be woken and does not get on: {:?}", self.consent);
        self.take(Event::Woken)
    }

    /// The machine dies and starts again from the last durable snapshot.
    pub(super) fn crash(&mut self) -> Vec<Command> {
        let asleep = Consent::load(self.applications.clone(), self.kept.last().unwrap()).unwrap();
        let (consent, commands) = asleep.wake(self.now);
        self.consent = consent;
        self.carry_out(commands)
    }

    pub(super) fn last_id(&self) -> SendId {
        self.sent.last().unwrap().0
    }

    pub(super) fn last_call(&self) -> Call {
        self.sent.last().unwrap().1.clone()
    }

    /// The one answer that a caller got.
    pub(super) fn take_answer(&mut self, caller: Caller) -> Result<Outcome, Failure> {
        let (own, others): (Vec<_>, Vec<_>) = self.answers.drain(..).partition(|(asked, _)| *asked == caller);
        self.answers = others;
        assert_eq!(own.len(), 1, "{own:?}");
        own.into_iter().next().unwrap().1
    }

    pub(super) fn state(&self) -> &'static str {
        name(self.consent.view(self.now).unwrap().state)
    }

    /// No token and no code is left on the disk.
    pub(super) fn assert_no_secret_kept(&self) {
        let snapshot = self.kept.last().unwrap();
        assert!(!["access-", "refresh-", "code-"].iter().any(|secret| snapshot.contains(secret)), "{snapshot}");
    }
}

/// The UUIDs of the attempts of `/authorise`.
pub(super) fn uuids() -> [RequestUuid; AUTHORISE_ATTEMPTS] {
    ["c0fd", "c1fd", "c2fd"].map(|start| RequestUuid::parse(&UUID.replacen("c0fd", start, 1)).unwrap())
}

/// A state as callers are told it.
pub(super) fn name(state: State) -> &'static str {
    serde_json::to_value(state).unwrap().as_str().unwrap().to_owned().leak()
}

pub(super) fn refresh(n: u32) -> Call {
    Call::Refresh { refresh_token: Secret::new(format!("refresh-{n}")) }
}

pub(super) fn exchange() -> Call {
    Call::Exchange { code: Secret::new("code-1".into()) }
}

pub(super) fn read(n: u32) -> Call {
    Call::Resource(get("/accounts"), Secret::new(format!("access-{n}")))
}

pub(super) fn balance(n: u32) -> Call {
    Call::Resource(get(BALANCE), Secret::new(format!("access-{n}")))
}

/// Where in the commands the first of a kind stands.
pub(super) fn position(commands: &[Command], which: fn(&Command) -> bool) -> usize {
    commands.iter().position(which).unwrap_or_else(|| panic!("none in {commands:?}"))
}

pub(super) fn is_keep(command: &Command) -> bool {
    matches!(command, Command::Keep(_))
}

pub(super) fn is_send(command: &Command) -> bool {
    matches!(command, Command::Send { .. })
}

pub(super) fn is_answer(command: &Command) -> bool {
    matches!(command, Command::Answer { .. })
}
