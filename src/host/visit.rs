//! A browser's call: which consents are asked what, in order, what the browser hears, and what it holds afterwards.
//!
//! ```text
//! visit.next(heard) -> step
//! ```
//!
//! The shell carries out each step and hands back what the consent replied; the last step answers the browser, with the
//! cookies of `visit.cookies()`.

use super::{
    asked::Authorisation,
    given::Given,
    session::{self, Entry, Id, Session, SessionKeys},
    settings::PaymentDoor,
};
use crate::{
    Code, Error,
    consent::Failure,
    profile::{Environment, Scope},
    wire::redirect,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

mod steps;

#[cfg(feature = "typescript")]
pub use steps::Reply;
pub use steps::{Asking, Call, Cookie, Cookies, Heard, StartTerms, Step};

/// One call of a browser's, under way.
#[derive(Debug)]
pub struct Visit {
    keys: SessionKeys,
    payments: PaymentDoor,
    now: u64,
    aisp: Slot,
    pisp: Slot,
    state: State,
}

/// What a browser holds for one scope.
#[derive(Debug)]
struct Slot {
    session: Session,
    /// A cookie came that opens nothing.
    is_void: bool,
    is_changed: bool,
}

/// What a browser wants of a consent that is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    /// A resource.
    Read,
    /// To pay.
    Pay,
    /// To follow its payment.
    Follow,
}

impl Aim {
    fn scope(self) -> Scope {
        match self {
            Self::Read => Scope::Aisp,
            Self::Pay | Self::Follow => Scope::Pisp,
        }
    }
}

#[derive(Debug)]
enum State {
    Begin { call: Call, id: Id },
    Checking { id: Id, terms: Box<StartTerms> },
    Starting { scope: Scope, id: Id },
    Returning { scope: Scope, id: Id },
    LookingAhead { scope: Scope, entry: Entry },
    Looking { ahead: Option<Entry> },
    Again,
    Opening { aim: Aim, entry: Entry },
    Forgetting { scope: Scope, left: Vec<Entry>, failed: bool },
    Replacing { then: Step },
    Over,
}

impl Visit {
    /// Begins one at `now` (milliseconds since 1970). `id` is 256 random bits, for a consent that begins.
    pub fn new(keys: SessionKeys, payments: PaymentDoor, cookies: &Cookies, now: u64, call: Call, id: Id) -> Self {
        let slot = |scope, cookie: &Option<String>| {
            let opened = cookie.as_ref().map(|cookie| keys.open(scope, cookie, now));
            Slot { is_void: opened == Some(None), session: opened.flatten().unwrap_or_default(), is_changed: false }
        };
        let (aisp, pisp) = (slot(Scope::Aisp, &cookies.aisp), slot(Scope::Pisp, &cookies.pisp));
        Self { keys, payments, now, aisp, pisp, state: State::Begin { call, id } }
    }

    /// The next step, after what was heard of the step before, if that was to ask or to look.
    pub fn next(&mut self, heard: Option<Heard>) -> Step {
        match (std::mem::replace(&mut self.state, State::Over), heard) {
            (State::Begin { call, id }, None) => self.begin(call, id),
            (State::Checking { id, terms }, Some(Heard::Granted)) => self.start(id, terms),
            (State::Checking { .. }, Some(heard)) => told(&heard, false),
            (State::Starting { scope, id }, Some(heard)) => self.started(scope, id, &heard),
            (State::Returning { scope, id }, Some(heard)) => self.returned(scope, &id, &heard),
            (State::LookingAhead { scope, entry }, Some(heard)) => self.looked_ahead(scope, entry, &heard),
            (State::Looking { ahead }, Some(heard)) => self.looked(ahead, &heard),
            (State::Again, Some(heard)) => told(&heard, false),
            (State::Opening { aim, entry }, Some(heard)) => self.opened(aim, entry, &heard),
            (State::Forgetting { scope, left, failed }, Some(heard)) => self.forgot(scope, left, failed, &heard),
            (State::Replacing { then: Step::Look { of, stranger } }, _) => {
                self.state = State::Again;
                Step::Look { of, stranger }
            }
            (State::Replacing { then }, _) => then,
            _ => problem(Code::Internal),
        }
    }

    /// What the browser is to hold afterwards: asked for once, after the last step.
    pub fn cookies(&self) -> Vec<Cookie> {
        let cookie = |scope, slot: &Slot| {
            let is_due = slot.is_changed || slot.is_void || slot.session.is_stale(self.now);
            is_due.then(|| Cookie {
                scope,
                value: self.keys.seal(scope, &slot.session, self.now),
                max_age: self.keys.max_age(),
            })
        };
        [cookie(Scope::Aisp, &self.aisp), cookie(Scope::Pisp, &self.pisp)].into_iter().flatten().collect()
    }

    fn slot(&mut self, scope: Scope) -> &mut Slot {
        match scope {
            Scope::Aisp => &mut self.aisp,
            Scope::Pisp => &mut self.pisp,
        }
    }

    fn session(&mut self, scope: Scope) -> &mut Session {
        &mut self.slot(scope).session
    }

    /// What it holds is about to change.
    fn changed(&mut self, scope: Scope) -> &mut Session {
        self.slot(scope).is_changed = true;
        self.session(scope)
    }

    fn ask(&mut self, entry: &Entry, wish: Asking, then: State) -> Step {
        self.state = then;
        Step::Ask { of: entry.name(), wish, terms: None }
    }

    fn look(&mut self, entry: &Entry, then: State) -> Step {
        self.state = then;
        look(entry)
    }

    fn begin(&mut self, call: Call, id: Id) -> Step {
        let aisp = Scope::Aisp.name();
        let begun = match call {
            Call::Authorise { body, key } => return self.authorising(id, &body, key.as_deref()),
            Call::Callback { url } => Ok(self.returning(&url)),
            Call::View { scope } => scope_of(scope, aisp).map(|scope| self.viewing(scope)),
            Call::Read => Ok(self.reaching(Aim::Read)),
            Call::Pay => match self.payments.refusal() {
                Some(code) => Err(code),
                None => Ok(self.reaching(Aim::Pay)),
            },
            Call::Payment => Ok(self.reaching(Aim::Follow)),
            Call::Journey { scope } => scope_of(scope, aisp).map(|scope| match self.session(scope).all().next() {
                Some(entry) => Step::Relay { of: entry.name() },
                None => Step::Nothing,
            }),
            Call::Forget { scope } => scope_of(scope, aisp).map(|scope| {
                let left = self.session(scope).all().collect();
                self.forget_next(scope, left, false)
            }),
        };
        begun.unwrap_or_else(problem)
    }

    /// What the browser wants to be sent to the bank for. An order that was paid sends it nowhere (`PAY-5`).
    fn authorising(&mut self, id: Id, body: &str, key: Option<&str>) -> Step {
        let asked = match Authorisation::read(body, key) {
            Ok(asked) => asked,
            Err(error) => return problem_of(error),
        };
        if let (Scope::Pisp, Some(code)) = (asked.scope, self.payments.refusal()) {
            return problem(code);
        }
        let application = match asked.application.optional("application") {
            Ok(application) => application,
            Err(error) => return problem_of(error),
        };
        let digest = asked.payment.as_ref().map(|payment| URL_SAFE_NO_PAD.encode(payment.digest()));
        let terms = Box::new(StartTerms {
            scope: asked.scope,
            application,
            payment: asked.payment.map(|payment| payment.text().to_owned()),
            order: asked.order.as_ref().map(|order| order.as_str().to_owned()),
            // One payment is no renewal of another.
            renews: asked.scope == Scope::Aisp && self.aisp.session.held().is_some(),
        });
        match asked.order {
            Some(order) => {
                self.state = State::Checking { id, terms };
                Step::Check { order: order.name(), digest }
            }
            None => self.start(id, terms),
        }
    }

    fn start(&mut self, id: Id, terms: Box<StartTerms>) -> Step {
        self.state = State::Starting { scope: terms.scope, id };
        Step::Ask { of: session::name(&id), wish: Asking::Start, terms: Some(terms) }
    }

    /// A new consent is asked for. The one that it is to replace stays in force (`CON-1`). In sandbox a developer may
    /// look into what the gateway refused.
    fn started(&mut self, scope: Scope, id: Id, heard: &Heard) -> Step {
        let now = self.now;
        match heard {
            Heard::Requested { uuid } => self.changed(scope).ask(id, uuid, now),
            Heard::Failed { code, .. } if code.is_of_gateway() && self.keys.environment() == Environment::Sandbox => {
                self.changed(scope).ask(id, "", now);
            }
            Heard::Failed { .. }
            | Heard::Connected { .. }
            | Heard::Declined
            | Heard::Granted
            | Heard::Forgotten
            | Heard::Seen(_) => {}
        }
        told(heard, false)
    }

    /// The consent that the redirect names is asked; where it names none of this browser's, the one that was asked for
    /// last, whose trail tells of it.
    fn returning(&mut self, url: &str) -> Step {
        let redirect = match redirect::parse(url) {
            Ok(redirect) => redirect,
            Err(error) => return to_page_with(error.code()),
        };
        let sessions = [(Scope::Aisp, &self.aisp.session), (Scope::Pisp, &self.pisp.session)];
        let own = sessions.iter().find_map(|(scope, session)| Some((*scope, session.of_uuid(&redirect.uuid)?)));
        let any = || sessions.iter().find_map(|(scope, session)| Some((*scope, session.all().next()?)));
        match own.or_else(any) {
            Some((scope, entry)) => self.ask(&entry, Asking::Redirected, State::Returning { scope, id: entry.id }),
            None => to_page_with(Code::RedirectMismatch),
        }
    }

    /// A browser that brought the code which the consent took gets a new cookie: with the one from before, nothing can
    /// be read (`SES-1`).
    fn returned(&mut self, scope: Scope, id: &Id, heard: &Heard) -> Step {
        match *heard {
            Heard::Connected { took: true } => self.connected(scope, id, to_page("connected")),
            Heard::Connected { took: false } => to_page("connected"),
            Heard::Declined => {
                self.changed(scope).returned(id);
                to_page("declined")
            }
            Heard::Failed { code, took } => {
                if took {
                    self.changed(scope).returned(id);
                }
                to_page_with(code)
            }
            Heard::Requested { .. } | Heard::Granted | Heard::Forgotten | Heard::Seen(_) => problem(Code::Internal),
        }
    }

    /// The consent is connected: the one that it replaces is forgotten, before `then` (`CON-1`).
    fn connected(&mut self, scope: Scope, id: &Id, then: Step) -> Step {
        match self.changed(scope).connected(id) {
            Some(former) => self.ask(&former, Asking::Replaced, State::Replacing { then }),
            None => then,
        }
    }

    fn viewing(&mut self, scope: Scope) -> Step {
        let now = self.now;
        let session = self.session(scope);
        match (session.newest(now), session.held()) {
            (Some(entry), _) => self.look(&entry, State::LookingAhead { scope, entry }),
            (None, Some(held)) => self.look(&held, State::Looking { ahead: None }),
            (None, None) => problem(Code::ConsentNotFound),
        }
    }

    /// What became of the authorisation that was asked for last.
    fn looked_ahead(&mut self, scope: Scope, entry: Entry, heard: &Heard) -> Step {
        if is_connected(heard) && entry.is_returned() {
            // Where the former one is asked before, this is looked at again: what was heard last is what is told.
            let step = self.connected(scope, &entry.id, look(&entry));
            return if matches!(step, Step::Look { .. }) { told(heard, false) } else { step };
        }
        match self.session(scope).held() {
            Some(held) => self.look(&held, State::Looking { ahead: is_asked(heard).then_some(entry) }),
            None => told(heard, false),
        }
    }

    /// What the browser is told: of the consent that it holds, or of the one that is to replace it.
    fn looked(&mut self, ahead: Option<Entry>, heard: &Heard) -> Step {
        match (heard, ahead) {
            (Heard::Seen(_), Some(ahead)) if !is_connected(heard) => self.look(&ahead, State::Again),
            (_, ahead) => told(heard, ahead.is_some()),
        }
    }

    /// Reads are of the consent that is held; while there is none, of one that this browser brought back. Payments are of
    /// the one that was asked for last: what is paid is never one from before.
    fn reaching(&mut self, aim: Aim) -> Step {
        let now = self.now;
        let session = self.session(aim.scope());
        match (session.held(), session.newest(now)) {
            (Some(held), None) => Step::Relay { of: held.name() },
            (Some(held), Some(_)) if aim == Aim::Read => Step::Relay { of: held.name() },
            (_, Some(entry)) => self.look(&entry, State::Opening { aim, entry }),
            (None, None) => problem(Code::ConsentNotFound),
        }
    }

    fn opened(&mut self, aim: Aim, entry: Entry, heard: &Heard) -> Step {
        let &Heard::Seen(Some(state)) = heard else { return told(heard, false) };
        match (state.end(), self.session(aim.scope()).held()) {
            // The payment from before goes on, where nothing comes of another.
            (Some(_), Some(held)) if aim == Aim::Follow => Step::Relay { of: held.name() },
            (Some(end), _) => problem(end.code()),
            (None, _) if is_connected(heard) && entry.is_returned() => {
                self.connected(aim.scope(), &entry.id, Step::Relay { of: entry.name() })
            }
            (None, _) if aim == Aim::Follow => Step::Awaiting,
            (None, _) => problem(Code::NotAuthorisedYet),
        }
    }

    fn forgot(&mut self, scope: Scope, left: Vec<Entry>, failed: bool, heard: &Heard) -> Step {
        match (heard, left.is_empty()) {
            (Heard::Forgotten, _) => self.forget_next(scope, left, failed),
            (heard, true) => told(heard, false),
            (_, false) => self.forget_next(scope, left, true),
        }
    }

    /// A cookie whose consents are not all erased is kept, so that it can be tried again.
    fn forget_next(&mut self, scope: Scope, mut left: Vec<Entry>, failed: bool) -> Step {
        match left.pop() {
            Some(entry) => self.ask(&entry, Asking::Forget, State::Forgetting { scope, left, failed }),
            None if failed => problem(Code::Internal),
            None => {
                *self.changed(scope) = Session::default();
                Step::Forgotten
            }
        }
    }
}

fn look(entry: &Entry) -> Step {
    Step::Look { of: entry.name(), stranger: !entry.is_returned() }
}

fn is_connected(heard: &Heard) -> bool {
    matches!(heard, Heard::Seen(Some(state)) if state.is_connected())
}

/// Whether the authorisation is under way.
fn is_asked(heard: &Heard) -> bool {
    matches!(heard, Heard::Seen(Some(state)) if state.end().is_none() && !state.is_connected())
}

/// What was heard last goes to the browser.
fn told(heard: &Heard, renewing: bool) -> Step {
    match heard {
        Heard::Seen(None) => problem(Code::ConsentNotFound),
        Heard::Seen(Some(_)) | Heard::Requested { .. } | Heard::Failed { .. } => Step::Tell { renewing },
        Heard::Connected { .. } | Heard::Declined | Heard::Granted | Heard::Forgotten => problem(Code::Internal),
    }
}

/// The scope that a browser named.
fn scope_of(scope: Given, absent: &str) -> Result<Scope, Code> {
    let scope = match scope {
        Given::Absent => Scope::parse(absent),
        Given::Text(scope) => Scope::parse(&scope),
        Given::Other => Err(Error::Scope),
    };
    scope.map_err(|error| error.code())
}

fn to_page(fragment: &str) -> Step {
    Step::ToPage { fragment: fragment.to_owned() }
}

fn to_page_with(code: Code) -> Step {
    Step::ToPage { fragment: ["error=", code.as_str()].concat() }
}

fn problem(code: Code) -> Step {
    Step::Problem { problem: Box::new(code.into()) }
}

fn problem_of(error: Error) -> Step {
    Step::Problem { problem: Box::new((&Failure::Input(error)).into()) }
}

#[cfg(test)]
mod tests;
