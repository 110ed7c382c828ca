//! A seat for one consent: the machine, the checks of what a shell hands it, and the log of its calls.

use super::{
    Settings, asked,
    audit::{Audit, Before},
    call_log::{CallLog, Heard, Noted, Reason},
    input::{Asked, Happened, Input, Visitor, Wish},
    results,
    session::handle,
    statistics,
    told::{About, ConsentView, Instruction, Told},
};
use crate::{
    Error,
    consent::{
        Answer, Asleep, Caller, Claim, Command, Consent, Event, Failure, Loss, Phase, Record, State, Terms,
        figures::FUNDS, retry,
    },
    gateway::{Call, Method, OrderKey, Payment, ResourceCall, Shown, UserIp, answer::is_success},
    profile::{Environment, Scope},
    wire::{
        IssuedAt,
        redirect::{self, Redirect},
        request::RequestUuid,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::rc::Rc;
use uuid::Uuid;

/// One consent as a shell drives it.
#[derive(Debug)]
pub struct Seat {
    settings: Rc<Settings>,
    machine: Machine,
    /// In sandbox alone.
    log: Option<CallLog>,
    /// The redirects whose browsers wait for an answer.
    redirects: Vec<(Caller, Redirect)>,
}

#[derive(Debug)]
enum Machine {
    /// Loaded; boxed, since it is seldom.
    Asleep(Option<Box<Asleep>>),
    Awake(Box<Consent>),
}

/// Sixteen random bytes, when they are needed.
pub type Random<'a> = &'a dyn Fn() -> Result<[u8; 16], Error>;

impl Seat {
    /// A seat for a consent that nothing is known of, or for one that was kept.
    ///
    /// # Errors
    /// Those of [`Consent::load`].
    pub fn new(settings: Rc<Settings>, snapshot: Option<&str>) -> Result<Self, Error> {
        let applications = settings.applications.clone();
        let machine = match snapshot {
            Some(snapshot) => Machine::Asleep(Some(Box::new(Consent::load(applications, snapshot)?))),
            None => Machine::Awake(Box::new(Consent::new(applications))),
        };
        let log = match settings.environment() {
            Environment::Sandbox => Some(CallLog::default()),
            Environment::Production => None,
        };
        Ok(Self { settings, machine, log, redirects: Vec::new() })
    }

    /// Takes what happened at `now` (milliseconds since 1970) and says what to do, in order. `random` gives what the
    /// UUID of a new authorisation is made of (`AUT-2`).
    ///
    /// # Errors
    /// [`Error::IssuedAt`] for a clock that cannot be right. Whatever else is wrong with a wish is told to its caller.
    pub fn handle(&mut self, input: Input, now: u64, random: Random<'_>) -> Result<Vec<Instruction>, Error> {
        // Checked before anything happens, so that no request can fail to be signed after it was decided.
        let iat = IssuedAt::new(now / 1000)?;
        let before = Before::of(self.phase());
        let mut commands = self.wake(now);
        let Machine::Awake(machine) = &mut self.machine else { return Err(Error::Interrupted) };
        let (mut reason, mut step) = (None, None);
        let event = match input {
            Input::Asked(Asked { caller, wish }) => Self::wish(&self.settings, caller, wish, random),
            Input::Happened(happened) => {
                let (event, noted) = Self::happened(happened, now, self.log.as_mut());
                if let Some(noted) = noted {
                    (reason, step) = (noted.reason, Some(noted.step));
                }
                Ok(event)
            }
        };
        match event {
            Ok(event) => {
                if let Event::Redirected { caller, redirect } = &event {
                    if let Some(log) = &mut self.log {
                        let url = machine.application().map(|application| application.redirect_url.as_str());
                        step = Some(log.redirected(url, redirect, machine.knows(redirect), now));
                    }
                    self.redirects.push((*caller, redirect.clone()));
                }
                commands.extend(machine.handle(event, now));
            }
            Err((caller, error)) => {
                commands.push(Command::Answer { caller, outcome: Err(Failure::Input(error)) });
            }
        }
        if let (Some(log), Some(step)) = (&mut self.log, step) {
            let failure = commands.iter().find_map(|command| {
                if let Command::Answer { outcome: Err(failure), .. } = command { Some(failure) } else { None }
            });
            if let Some(failure) = failure {
                log.told(step, failure.code(), failure.message());
            }
        }
        // What is told has happened: the lines come last.
        let lines = match self.settings.audit {
            Audit::Off => Vec::new(),
            Audit::Console | Audit::Queue => before.lines(self.phase(), &commands, now),
        };
        let mut instructions = Vec::with_capacity(commands.len() + lines.len());
        for command in commands {
            instructions.push(self.instruction(command, now, iat)?);
        }
        if let Some(Reason { description, rule, .. }) = reason {
            // Whoever fails by this answer is told what it says.
            for instruction in &mut instructions {
                if let Instruction::Answer { outcome: Told::Failed { problem, .. }, .. } = instruction {
                    (problem.description, problem.rule) = (description.clone(), rule.clone());
                }
            }
        }
        instructions.extend(lines);
        Ok(instructions)
    }

    /// What may be known of the consent at `now` (milliseconds since 1970); `None` when there is none.
    pub fn view(&self, now: u64) -> Option<ConsentView> {
        let (view, record) = match &self.machine {
            Machine::Awake(machine) => (machine.view(now)?, machine.record()?),
            Machine::Asleep(asleep) => {
                let asleep = asleep.as_ref()?;
                (asleep.view(now)?, asleep.record()?)
            }
        };
        let Shown { application, bank } = self.settings.shown(Some(&record.application));
        Some(ConsentView { application, bank, ..view.into() })
    }

    /// Whose it is, for its host alone; `None` when there is none.
    pub fn about(&self) -> Option<About> {
        self.record().map(About::from)
    }

    fn record(&self) -> Option<&Record> {
        match &self.machine {
            Machine::Awake(machine) => machine.record(),
            Machine::Asleep(asleep) => asleep.as_ref()?.record(),
        }
    }

    fn phase(&self) -> Option<&Phase> {
        match &self.machine {
            Machine::Awake(machine) => machine.phase(),
            Machine::Asleep(asleep) => asleep.as_ref()?.phase(),
        }
    }

    /// The calls so far as JSON, oldest first, with nothing secret in it. None in production.
    pub fn call_log(&self) -> String {
        let client = self.settings.applications.get(None).map(|application| &application.client);
        let (Some(log), Some(client)) = (&self.log, client) else { return String::from(r#"{"steps":[]}"#) };
        let is_spent = matches!(self.record().map(State::of), Some(State::Spent));
        let state = if is_spent { Some("spent") } else { self.phase().map(Phase::name) };
        log.json(client.auth_base(), state)
    }

    /// A consent that was loaded wakes before anything else happens to it.
    fn wake(&mut self, now: u64) -> Vec<Command> {
        let Machine::Asleep(asleep) = &mut self.machine else { return Vec::new() };
        let Some(asleep) = asleep.take() else { return Vec::new() };
        let (machine, commands) = asleep.wake(now);
        self.machine = Machine::Awake(Box::new(machine));
        commands
    }

    /// An event that a caller waits on, or whom to tell what is wrong with what they asked.
    fn wish(settings: &Settings, caller: u32, wish: Wish, random: Random<'_>) -> Result<Event, (u32, Error)> {
        let event = || -> Result<Event, Error> {
            let uuid = || Ok::<_, Error>(RequestUuid::from_random(random()?));
            Ok(match wish {
                Wish::Start { scope, application, payment, order, customer, renews, uuid: given } => Event::Start {
                    caller,
                    scope: Scope::parse(&scope.optional("scope")?.unwrap_or_default())?,
                    uuids: match given.optional("uuid")? {
                        Some(given) => handle::uuids(Uuid::try_parse(&given).map_err(|_| Error::Uuid)?.into_bytes()),
                        None => [uuid()?, uuid()?, uuid()?],
                    },
                    application: application.optional("application")?,
                    terms: Terms {
                        payment: payment.optional("payment")?.map(Payment::parse).transpose()?,
                        order: order.optional("order")?.as_deref().map(OrderKey::parse).transpose()?,
                        customer: customer.optional("customer")?,
                        renews: renews.unwrap_or_default(),
                    },
                },
                Wish::Pay { body, key, payment_text, visitor } => {
                    let (body, key) = (body.optional("body")?, key.optional("key")?);
                    let (stated, order) = asked::payment(body.as_deref().unwrap_or("{}"), key.as_deref())?;
                    let payment = payment_text.optional("payment")?.map(Payment::parse).transpose()?.or(stated);
                    Event::Pay { caller, payment, order, user_ip: address(settings, visitor)? }
                }
                Wish::Payment { visitor } => Event::PaymentWanted { caller, user_ip: address(settings, visitor)? },
                Wish::Funds { visitor } => {
                    let call = ResourceCall::new(Method::Get, FUNDS, address(settings, visitor)?, None)?;
                    Event::Wanted { caller, call }
                }
                Wish::Inquire { lets_go } => Event::Inquired { caller, lets_go: lets_go.unwrap_or_default() },
                Wish::Replaced => Event::Replaced { caller },
                Wish::Redirected { url } => {
                    Event::Redirected { caller, redirect: redirect::parse(&url.required("url")?)? }
                }
                Wish::Wanted { method, path, visitor, body } => {
                    let user_ip = address(settings, visitor)?;
                    let method = Method::parse(&method.required("method")?)?;
                    let body = body.optional("body")?;
                    Event::Wanted { caller, call: ResourceCall::new(method, &path.required("path")?, user_ip, body)? }
                }
                Wish::Account { path, visitor } => {
                    let user_ip = address(settings, visitor)?;
                    // One profile is all applications', of which there is one at least.
                    let client = &settings.applications.get(None).ok_or(Error::Interrupted)?.client;
                    let path = path.required("path")?;
                    let call = ResourceCall::account(&path, user_ip, &client.profile().resources)?;
                    Event::Wanted { caller, call }
                }
                Wish::Plan { plan } => {
                    if !settings.takes_results {
                        return Err(Error::Argument("A plan needs somebody to take what it brings: TELL_RESULTS."));
                    }
                    let client = &settings.applications.get(None).ok_or(Error::Interrupted)?.client;
                    let plan = results::plan(&plan.required("plan")?, client.profile().unattended)?;
                    Event::Planned { caller, plan }
                }
                Wish::Forget => Event::Forget { caller },
            })
        };
        event().map_err(|error| (caller, error))
    }

    /// The event, and what was noted of it.
    fn happened(happened: Happened, now: u64, log: Option<&mut CallLog>) -> (Event, Option<Noted>) {
        match happened {
            Happened::Answered { id, status, retry_after, body, is_whole, shown, size } => {
                let noted = log.and_then(|log| {
                    let size = size.or_else(|| u32::try_from(body.len()).ok()).unwrap_or_default();
                    let heard = Heard { status, body: shown.as_deref().unwrap_or(&body), size, is_whole };
                    log.answered(id, Some(heard), now)
                });
                // A proxy's page, or half an answer: what it would have said is not known.
                if is_whole == Some(false) && is_success(status) {
                    return (Event::Lost { id, loss: Loss::Unreadable }, noted);
                }
                let retry_after_ms = retry_after.and_then(|header| retry::retry_after_ms(&header, now));
                (Event::Answered { id, answer: Answer { status, retry_after_ms, body } }, noted)
            }
            Happened::Lost { id, loss } => {
                let noted = log.and_then(|log| log.answered(id, None, now));
                (Event::Lost { id, loss }, noted)
            }
            Happened::Claimed { id, claim, payment } => {
                let claim = match (claim.as_str(), payment) {
                    ("granted", _) => Claim::Granted,
                    ("mismatch", _) => Claim::Mismatch,
                    ("taken", Some(payment)) => Claim::Taken(Rc::new(payment)),
                    _ => Claim::Failed,
                };
                (Event::Claimed { id, claim }, None)
            }
            Happened::Noted { id, is_delivered } => (Event::Noted { id, is_delivered }, None),
            Happened::Handed { number, is_taken } => (Event::Handed { number, is_taken }, None),
            Happened::Counted { id, is_taken } => (Event::Counted { id, is_taken }, None),
            Happened::Woken => (Event::Woken, None),
        }
    }

    /// Whether who is about to be answered came with a redirect, and that with the code which the consent took.
    fn took(&mut self, caller: Caller) -> bool {
        let Some(at) = self.redirects.iter().position(|(waiting, _)| *waiting == caller) else { return false };
        let (_, redirect) = self.redirects.swap_remove(at);
        matches!(&self.machine, Machine::Awake(machine) if machine.took(&redirect))
    }

    fn instruction(&mut self, command: Command, now: u64, iat: IssuedAt) -> Result<Instruction, Error> {
        Ok(match command {
            Command::Keep(snapshot) => Instruction::Keep { snapshot },
            Command::Wake(wake) => {
                Instruction::Wake { at: wake.map(|wake| wake.at), reason: wake.map(|wake| wake.reason) }
            }
            Command::Forget => Instruction::Forget,
            Command::Send { id, call, deadline_ms } => {
                let Machine::Awake(machine) = &self.machine else { return Err(Error::Interrupted) };
                // The machine sends nothing without an application.
                let client = &machine.application().ok_or(Error::Interrupted)?.client;
                if let Some(log) = &mut self.log {
                    log.sent(id, client, &call, now, iat);
                }
                let passes = matches!(call, Call::Resource(..));
                let is_wanted_whole = matches!(call, Call::Own(..));
                let shows = self.log.is_some();
                let request = client.request(&call, iat);
                Instruction::Send { id, request, deadline_ms, passes, is_wanted_whole, shows }
            }
            Command::Claim { id, order, digest } => {
                Instruction::Claim { id, order: order.name(), digest: URL_SAFE_NO_PAD.encode(digest) }
            }
            Command::Deliver(notice) => (*notice).into(),
            Command::Hand(swept) => (*swept).into(),
            Command::Count { id, batch } => Instruction::Count {
                id,
                shard: statistics::shard_of(batch.id),
                batch: batch.id.write(),
                counts: batch.counts.write(),
            },
            Command::Answer { caller, outcome } => {
                Instruction::Answer { caller, outcome: outcome.into(), took: self.took(caller) }
            }
        })
    }
}

/// The PSU's address, of a visitor as the edge or a backend saw them, if there is one.
fn address(settings: &Settings, visitor: Option<Visitor>) -> Result<Option<UserIp>, Error> {
    let Some(visitor) = visitor else { return Ok(None) };
    let ip = visitor.ip.optional("ip")?;
    // A backend that saw a loopback address runs on a developer's own machine.
    let host = visitor.host.optional("host")?.or(ip.clone()).unwrap_or_default();
    UserIp::of_visitor(settings.environment(), &host, ip.as_deref()).map(Some)
}

#[cfg(test)]
mod tests;
