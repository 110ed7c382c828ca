//! The life of a consent, told by the input: events, times and crashes in any order (`TOK-5`, `REF-1`).
//!
//! The simulation in `tests/simulation/` plays a gateway and a shell that could be; here nothing is probable, and fewer
//! rules hold.

use crate::configured::applications;
use arbitrary::{Arbitrary, Unstructured};
use std::{collections::BTreeSet, rc::Rc, sync::LazyLock};
use tell_connect::{
    consent::{Answer, Caller, Command, Consent, Day, Event, Loss, Plan, Record, SendId, Terms},
    gateway::{Applications, Call, Method, Payment, ResourceCall, UserIp},
    profile::{Environment, Scope, Unattended},
    wire::{IssuedAt, redirect::Redirect, request::RequestUuid},
};

/// The first moment of 2026, in milliseconds since 1970.
const BEGINNING: u64 = 1_767_225_600_000;
/// No clock that is taken reads later (`JWS-4`).
const LATEST: u64 = 4_102_444_800_000;
const LONGEST: usize = 64;
/// What a host may plan.
const PATHS: [&str; 4] = ["/accounts", "/accounts/*/balance", "/accounts/*/transactions", "/accounts/1/transactions"];
/// What happens is told, for whoever looks at one story.
static TRACED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("FUZZ_TRACE").is_some());

#[derive(Arbitrary, Debug)]
struct Story<'a> {
    is_sandbox: bool,
    steps: Vec<Step<'a>>,
}

#[derive(Arbitrary, Debug)]
struct Step<'a> {
    pause: Pause,
    what: What<'a>,
    /// How many commands are carried out before the shell crashes, if so few.
    crash: u8,
}

#[derive(Arbitrary, Debug)]
enum Pause {
    None,
    Milliseconds(u16),
    Seconds(u16),
    Days(u8),
    Back(u16),
    UntilWake,
}

#[derive(Arbitrary, Debug)]
enum What<'a> {
    Start { is_payment: bool, application: Option<&'a str> },
    Redirected { own_uuid: bool, own_intent: bool, code: Option<u8> },
    Wanted { method: Wanted, path: u8, is_attended: bool },
    Forget,
    Answered { flight: u8, answer: Answered<'a>, retry_after_ms: Option<u32> },
    Lost { flight: u8, loss: Lost },
    Woken,
    Pay { pence: u8, is_attended: bool },
    PaymentWanted,
    Inquired { lets_go: bool },
    Replaced,
    Planned { paths: u8, times: u8, is_from_a_day: bool },
    Handed { back: u8, is_taken: bool },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Wanted {
    Get,
    Post,
    Put,
    Delete,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Lost {
    Timeout,
    Unreachable,
    Unreadable,
}

#[derive(Arbitrary, Debug)]
enum Answered<'a> {
    /// What the flight waits for.
    Good {
        number: u8,
        refresh: bool,
        seconds: u16,
    },
    Refused(Refused),
    Any(u16, &'a str),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Refused {
    Grant,
    Client,
    Token,
    Bare,
    Busy,
    Failed,
    Page,
}

/// The shell, as little of one as can be.
struct Shell {
    applications: Rc<Applications>,
    machine: Consent,
    now: u64,
    kept: Option<Record>,
    text: Option<String>,
    alarm: Option<u64>,
    waiting: BTreeSet<Caller>,
    last_caller: Caller,
    flights: Vec<Flight>,
    /// Numbers of what sweeps brought.
    handed: Vec<u32>,
    /// The payment was sent.
    is_paid: bool,
}

struct Flight {
    id: SendId,
    call: Call,
    is_open: bool,
}

/// The input is a story, as `arbitrary` reads it.
pub(crate) fn check(input: &[u8]) {
    let Ok(story) = Story::arbitrary_take_rest(Unstructured::new(input)) else { return };
    let environment = if story.is_sandbox { Environment::Sandbox } else { Environment::Production };
    let mut shell = Shell::new(applications(environment));
    for step in story.steps.into_iter().take(LONGEST) {
        if *TRACED {
            eprintln!("{} {step:?}", shell.now);
        }
        shell.wait(&step.pause);
        let event = shell.event(step.what);
        let commands = shell.machine.handle(event, shell.now);
        shell.carry_out(commands, Some(step.crash).filter(|crash| *crash < 8));
    }
    let event = shell.event(What::Forget);
    let commands = shell.machine.handle(event, shell.now);
    shell.carry_out(commands, None);
    assert!(shell.waiting.is_empty(), "ERR-1: everybody is answered at the end, {:?} is not", shell.waiting);
    assert!(shell.kept.is_none() && shell.machine.view(0).is_none(), "REV-2: what was to be forgotten is");
}

impl Shell {
    fn new(applications: Rc<Applications>) -> Self {
        Self {
            machine: Consent::new(applications.clone()),
            applications,
            now: BEGINNING,
            kept: None,
            text: None,
            alarm: None,
            waiting: BTreeSet::new(),
            last_caller: 0,
            flights: Vec::new(),
            handed: Vec::new(),
            is_paid: false,
        }
    }

    fn wait(&mut self, pause: &Pause) {
        let now = match pause {
            Pause::None => self.now,
            Pause::Milliseconds(more) => self.now + u64::from(*more),
            Pause::Seconds(more) => self.now + u64::from(*more) * 1000,
            Pause::Days(more) => self.now + u64::from(*more) * 86_400_000,
            Pause::Back(less) => self.now - u64::from(*less) * 1000,
            Pause::UntilWake => self.alarm.unwrap_or_default().max(self.now),
        };
        self.now = now.clamp(BEGINNING, LATEST);
    }

    fn caller(&mut self) -> Caller {
        self.last_caller += 1;
        self.waiting.insert(self.last_caller);
        self.last_caller
    }

    fn event(&mut self, what: What<'_>) -> Event {
        match what {
            What::Start { is_payment, application } => Event::Start {
                caller: self.caller(),
                scope: if is_payment { Scope::Pisp } else { Scope::Aisp },
                uuids: [7, 8, 9].map(|byte| RequestUuid::from_random([byte; 16])),
                application: application.map(str::to_owned),
                terms: Terms::default(),
            },
            What::Redirected { own_uuid, own_intent, code } => {
                let own = |is_own: bool, part: fn(&Record) -> &String| {
                    let part = self.kept.as_ref().filter(|_| is_own).map(part);
                    part.cloned().unwrap_or_else(|| String::from("c0fd407d-134b-4091-8e04-ab49a98db217"))
                };
                let redirect = Redirect {
                    intent_id: own(own_intent, |record| &record.intent_id),
                    uuid: own(own_uuid, |record| &record.uuid),
                    code: code.map(|number| format!("code-{number}")),
                };
                Event::Redirected { caller: self.caller(), redirect }
            }
            What::Wanted { method, path, is_attended } => {
                let (method, body) = match method {
                    Wanted::Get => (Method::Get, None),
                    Wanted::Post => (Method::Post, Some(String::from("{\"amount\":\"1.00\"}"))),
                    Wanted::Put => (Method::Put, Some(String::from("[]"))),
                    Wanted::Delete => (Method::Delete, None),
                };
                let path = if path == 0 { String::from("/payments") } else { format!("/accounts/{path}") };
                let user_ip = is_attended.then(|| UserIp::parse("203.0.113.7").expect("it is a public address"));
                let call = ResourceCall::new(method, &path, user_ip, body).expect("it is a call");
                Event::Wanted { caller: self.caller(), call }
            }
            What::Forget => Event::Forget { caller: self.caller() },
            What::Answered { flight, answer, retry_after_ms } => {
                let retry_after_ms = retry_after_ms.map(u64::from);
                let (id, call) = self.closed(flight);
                let (status, body) = answered(answer, call.as_ref());
                Event::Answered { id, answer: Answer { status, retry_after_ms, body } }
            }
            What::Lost { flight, loss } => {
                let loss = match loss {
                    Lost::Timeout => Loss::Timeout,
                    Lost::Unreachable => Loss::Unreachable,
                    Lost::Unreadable => Loss::Unreadable,
                };
                Event::Lost { id: self.closed(flight).0, loss }
            }
            What::Woken => Event::Woken,
            What::Pay { pence, is_attended } => {
                let payment = (pence > 0).then(|| Payment::parse(payment(pence)).expect("PAY-1: it is a payment"));
                let user_ip = is_attended.then(|| UserIp::parse("203.0.113.7").expect("it is a public address"));
                Event::Pay { caller: self.caller(), payment, order: None, user_ip }
            }
            What::PaymentWanted => Event::PaymentWanted { caller: self.caller(), user_ip: None },
            What::Inquired { lets_go } => Event::Inquired { caller: self.caller(), lets_go },
            What::Replaced => Event::Replaced { caller: self.caller() },
            What::Planned { paths, times, is_from_a_day } => {
                let each = PATHS.iter().enumerate().filter(|(at, _)| paths & (1 << at) != 0);
                let since = is_from_a_day.then(|| Day::of(BEGINNING));
                let paths = each.map(|(_, path)| (*path).to_owned()).collect();
                let plan = Plan::new(paths, Some(u32::from(times % 3) + 1), since, Unattended::default());
                Event::Planned { caller: self.caller(), plan: plan.expect("ACC-8: it is a plan") }
            }
            What::Handed { back, is_taken } => {
                let number = self.handed.iter().rev().nth(usize::from(back)).copied().unwrap_or(u32::MAX);
                Event::Handed { number, is_taken }
            }
        }
    }

    /// A flight by number, from the newest on: each may be answered again, and one that never was, too.
    /// The ids of the latter are out of reach of the machine's own.
    fn closed(&mut self, number: u8) -> (SendId, Option<Call>) {
        match self.flights.iter_mut().rev().nth(usize::from(number)) {
            Some(flight) => {
                flight.is_open = false;
                (flight.id, Some(flight.call.clone()))
            }
            None => (SendId::MAX - SendId::from(number), None),
        }
    }

    fn carry_out(&mut self, commands: Vec<Command>, crash_after: Option<u8>) {
        let carried = crash_after.map_or(commands.len(), usize::from);
        let is_whole = carried >= commands.len();
        let mut is_leaving = false;
        for command in commands.into_iter().take(carried) {
            if *TRACED {
                eprintln!("    {command:?}");
            }
            assert!(
                !(is_leaving && matches!(command, Command::Keep(_) | Command::Forget)),
                "TOK-5: what is kept leads"
            );
            is_leaving |= matches!(command, Command::Send { .. } | Command::Answer { .. });
            self.command(command);
        }
        if is_whole {
            let kept = self.kept.as_ref().map(|record| &record.phase);
            assert!(kept == self.machine.phase(), "TOK-5: what the machine knows is kept");
        }
        if crash_after.is_some() {
            self.crash();
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Keep(snapshot) => {
                let record = Record::read(snapshot.expose()).expect("TOK-5: what is kept can be read");
                assert!(record.write() == snapshot, "TOK-5: one text for one record");
                self.kept = Some(record);
                self.text = Some(snapshot.expose().to_owned());
            }
            // There are no statistics here.
            Command::Count { .. } => panic!("STA-2: nothing is counted that nobody takes"),
            Command::Wake(wake) => self.alarm = wake.map(|wake| wake.at),
            Command::Forget => {
                (self.kept, self.text, self.is_paid) = (None, None, false);
                // Another consent is another matter.
                for flight in &mut self.flights {
                    flight.is_open = false;
                }
            }
            Command::Send { id, call, deadline_ms } => {
                assert!(deadline_ms > 0 && self.flights.iter().all(|other| other.id != id), "a request has its own id");
                let is_alone = !self.flights.iter().any(|other| other.is_open && is_token_call(&other.call));
                assert!(is_alone || !is_token_call(&call), "REF-1: one call of /access-token at a time");
                let client = &self.machine.application().expect("what is sent is of an application").client;
                let iat = IssuedAt::new(self.now / 1000).expect("JWS-4");
                let pays = |call: &Call| matches!(call, Call::Own(call, _) if call.method() == Method::Post);
                assert!(!pays(&call) || !std::mem::replace(&mut self.is_paid, true), "PAY-2: one payment");
                assert!(client.request(&call, iat).url.starts_with("https://"), "CFG-3");
                self.flights.push(Flight { id, call, is_open: true });
            }
            Command::Hand(swept) => {
                assert!(self.machine.record().is_some_and(|record| record.sweep.is_some()), "ACC-8: by a plan");
                self.handed.push(swept.number);
            }
            Command::Claim { .. } | Command::Deliver(_) => panic!("PAY-5: nobody has an order here, or listens"),
            Command::Answer { caller, outcome } => {
                assert!(self.waiting.remove(&caller), "ERR-1: {caller} is answered {outcome:?}, and does not wait");
            }
        }
    }

    fn crash(&mut self) {
        self.waiting.clear();
        self.flights.clear();
        let Some(text) = &self.text else {
            self.machine = Consent::new(self.applications.clone());
            return;
        };
        let asleep = Consent::load(self.applications.clone(), text).expect("TOK-5: what is kept can be loaded");
        let (machine, commands) = asleep.wake(self.now);
        self.machine = machine;
        self.carry_out(commands, None);
    }
}

fn is_token_call(call: &Call) -> bool {
    matches!(call, Call::Exchange { .. } | Call::Refresh { .. })
}

fn answered(answer: Answered<'_>, call: Option<&Call>) -> (u16, String) {
    let (status, body) = match answer {
        Answered::Good { number, refresh, seconds } => return good(call, number, refresh, seconds),
        Answered::Any(status, body) => (status, body),
        Answered::Refused(Refused::Grant) => (400, "{\"error\":\"invalid_grant\"}"),
        Answered::Refused(Refused::Client) => (401, "{\"error\":\"invalid_client\"}"),
        Answered::Refused(Refused::Token) => (401, "{\"error\":\"invalid_token\"}"),
        Answered::Refused(Refused::Bare) => (401, ""),
        Answered::Refused(Refused::Busy) => (429, ""),
        Answered::Refused(Refused::Failed) => (500, ""),
        Answered::Refused(Refused::Page) => (200, "<html>"),
    };
    (status, body.to_owned())
}

fn good(call: Option<&Call>, number: u8, refresh: bool, seconds: u16) -> (u16, String) {
    match call {
        Some(Call::Authorise { .. }) => {
            let location = "https://auth.tell.money/consent";
            (201, format!("{{\"intent-id\":\"intent-{number}\",\"location\":\"{location}\"}}"))
        }
        Some(Call::Exchange { .. } | Call::Refresh { .. }) => {
            let refresh = if refresh { format!(",\"refresh_token\":\"R{number}\"") } else { String::new() };
            (200, format!("{{\"access_token\":\"A{number}\",\"expires_in\":{seconds}{refresh}}}"))
        }
        Some(Call::Own(call, _)) if call.path().path().starts_with("/accounts") => {
            let path = call.path().path();
            let next =
                if refresh { format!(",\"Links\":{{\"Next\":\"{path}?page={number}\"}}") } else { String::new() };
            let booked = Day::of(BEGINNING).before(u32::from(seconds)).text();
            let list = format!("[{{\"AccountId\":\"{number}\",\"BookingDateTime\":\"{booked}\"}}]");
            (200, format!("{{\"Accounts\":{list},\"Transactions\":{list}{next}}}"))
        }
        Some(Call::Own(..)) => {
            let status = ["ACSP", "ACSC", "RJCT", "?"].get(usize::from(seconds % 4)).unwrap_or(&"ACSP");
            (201, format!("{{\"PaymentId\":\"P{number}\",\"Status\":\"{status}\"}}"))
        }
        Some(Call::Resource(..)) | None => (200, String::from("[]")),
    }
}

/// A payment of so many pence.
fn payment(pence: u8) -> String {
    let pence = pence % 99 + 1;
    format!(
        "{{\"PaymentType\":\"Domestic\",\"BeneficiaryName\":\"A\",\"SchemeName\":\"SortCodeAccountNumber\",\
         \"BeneficiaryIdentification\":\"20000012345678\",\"Amount\":\"0.{pence:02}\",\"Currency\":\"GBP\",\
         \"Reference\":\"r\"}}"
    )
}
