//! The machine: it hands each event to its room, and turns what the rooms say into commands. Nothing else.

use super::{
    Answer, Caller, Command, End, Event, Failure, Loss, Outcome, PaymentView, Phase, Record, SendId, View, Wake, What,
    asleep::Asleep,
    deadlines::{self, ENDED_KEPT_MS, Overdue},
    following::Following,
    news::News,
    out::{Out, Reader, Turn},
    outbox::Outbox,
    payments::{Order, Payments},
    reads::{Freshness, Read, Reads},
    retry,
    start::{self, Return, Start},
    sweep::{Bank, Sweeping},
    tally::Tally,
    tokens::Tokens,
    waiters::Waiter,
};
use crate::{
    Error, Fault,
    gateway::{Application, Applications, Method, ResourceCall},
    profile::{Profile, Scope},
    wire::redirect::Redirect,
};
use std::rc::Rc;

/// One consent: what is kept of it, and its rooms.
#[derive(Debug)]
pub struct Consent {
    applications: Rc<Applications>,
    record: Option<Record>,
    start: Start,
    tokens: Tokens,
    reads: Reads,
    payments: Payments,
    following: Following,
    outbox: Outbox,
    sweeping: Sweeping,
    tally: Tally,
    /// What is left of a consent that was forgotten: notes that were not delivered yet.
    rest: Option<Record>,
    out: Out,
    /// The latest reading of the clock.
    seen: u64,
}

impl Consent {
    /// A consent that nothing is known of.
    pub fn new(applications: Rc<Applications>) -> Self {
        let profile = applications.get(None).map(|application| application.client.profile());
        let rooms = |profile: &Profile| (Payments::new(profile), Following::new(profile));
        let (payments, following) = profile.map_or_else(|| rooms(&Profile::default()), rooms);
        let out = Out::new(applications.host_listens);
        let tally = Tally::new(applications.counts);
        Self {
            applications,
            payments,
            following,
            outbox: Outbox::default(),
            sweeping: Sweeping::default(),
            tally,
            rest: None,
            record: None,
            start: Start::default(),
            tokens: Tokens::default(),
            reads: Reads::default(),
            out,
            seen: 0,
        }
    }

    /// A consent from its last durable snapshot.
    ///
    /// # Errors
    /// [`Error::SnapshotDamaged`], [`Error::SnapshotVersion`]; [`Error::Configuration`] when its environment or its
    /// application is not this configuration's (`ENV-5`). None is a reason to erase it.
    pub fn load(applications: Rc<Applications>, snapshot: &str) -> Result<Asleep, Error> {
        let record = Record::read(snapshot)?;
        let fault = |setting: &str, problem| Error::Configuration(vec![Fault { setting: setting.to_owned(), problem }]);
        if record.environment != applications.environment {
            return Err(fault("TELL_ENVIRONMENT", "A stored consent is of the other environment (ENV-5)."));
        }
        if applications.get(Some(&record.application)).is_none() {
            return Err(fault("TELL_APPLICATIONS", "A stored consent's application is not listed."));
        }
        let tokens = Tokens::after_restart(&record.phase);
        let (record, rest) = if record.forgotten_at.is_some() { (None, Some(record)) } else { (Some(record), None) };
        Ok(Asleep::new(Self { record, rest, tokens, ..Self::new(applications) }))
    }

    /// Takes up what a crash interrupted.
    pub(super) fn resume(&mut self, now: u64) {
        let turn = Turn::at(now, &mut self.record, &mut self.out);
        let news = turn.and_then(|mut turn| {
            Payments::resume(&mut turn);
            self.tokens.resume(&mut turn)
        });
        self.heed(news, now);
    }

    /// Takes one event at `now` (milliseconds since 1970) and says what to do, in order.
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Command> {
        self.time_passed(now);
        if std::mem::replace(&mut self.seen, now) > now {
            self.clock_went_back(now);
        }
        match event {
            Event::Start { caller, scope, uuids, application, terms } => {
                if self.record.is_some() || self.rest.is_some() || self.start.is_under_way() {
                    self.out.answer(caller, Err(Failure::AlreadyStarted));
                } else {
                    let application = self.applications.get(application.as_deref());
                    self.start.begin(caller, (scope, uuids), (application, terms), &mut self.out, now);
                }
            }
            Event::Redirected { caller, redirect } => self.redirected(caller, &redirect, now),
            Event::Wanted { caller, call } => self.wanted(caller, call, now),
            Event::Pay { caller, payment, order, user_ip } => {
                let fresh = self.freshness();
                self.of_payment(caller, now, |(payments, _), turn| {
                    payments.pay(caller, Order { payment, order, user_ip }, fresh, turn)
                });
            }
            Event::PaymentWanted { caller, user_ip } => {
                self.of_payment(caller, now, |(_, following), turn| following.look(Some(caller), user_ip, turn));
            }
            Event::Claimed { id, claim } => {
                let turn = Turn::at(now, &mut self.record, &mut self.out);
                let news = turn.and_then(|mut turn| self.payments.claimed(id, claim, &mut turn));
                self.heed(news, now);
            }
            Event::Inquired { caller, lets_go } => {
                self.of_payment(caller, now, |(payments, _), turn| {
                    payments.inquired(caller, lets_go, turn);
                    None
                });
            }
            Event::Noted { id, is_delivered } => self.noted(id, is_delivered, now),
            Event::Planned { caller, plan } => match Turn::at(now, &mut self.record, &mut self.out) {
                Some(turn) if turn.record.scope == Scope::Pisp => {
                    turn.out.answer(caller, Err(Failure::Input(Error::Scope)));
                }
                Some(mut turn) => self.sweeping.plan(caller, plan, &mut turn),
                None => self.out.answer(caller, Err(Failure::NotFound)),
            },
            Event::Handed { number, is_taken } => {
                if let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) {
                    self.sweeping.handed(number, is_taken, &mut turn);
                }
            }
            Event::Counted { id, is_taken } => {
                self.tally.counted(id, is_taken, self.record.as_mut().or(self.rest.as_mut()), now);
            }
            Event::Replaced { caller } => {
                // A payment is followed to its end, whatever its customer does next.
                if self.record.as_ref().is_some_and(|record| record.paying.submission.is_none()) {
                    self.forget(now);
                }
                self.out.answer(caller, Ok(Outcome::Forgotten));
            }
            Event::Forget { caller } => {
                self.forget(now);
                self.out.answer(caller, Ok(Outcome::Forgotten));
            }
            Event::Answered { id, answer } => self.answered(id, answer, now),
            Event::Lost { id, loss } => self.lost(id, loss, now),
            Event::Woken => {
                self.out.woken();
                self.do_due(now);
            }
        }
        self.take_turns(now);
        self.take_answers(now);
        self.sweep(now);
        if let Some(record) = &self.record {
            self.out.keep_noted(record);
        }
        match self.record.as_ref().or(self.rest.as_ref()) {
            Some(record) => self.outbox.go_on(record, &mut self.out, now),
            None => self.outbox = Outbox::default(),
        }
        if self.tally.go_on(self.record.as_mut().or(self.rest.as_mut()), &mut self.out, now) {
            self.keep_what_is_left();
        }
        let wake = self.next_wake(now);
        self.out.commands(wake)
    }

    /// What may be known from outside; `None` when there is no consent.
    pub fn view(&self, now: u64) -> Option<View<'_>> {
        self.record.as_ref().map(|record| View::of(record, self.freshness().unattended, now))
    }

    /// What may be told of the payment; `None` when there is no consent.
    pub fn payment(&self) -> Option<PaymentView> {
        self.record.as_ref().map(PaymentView::of)
    }

    /// The application this consent belongs to.
    pub fn application(&self) -> Option<&Application> {
        let name = self.record.as_ref().map(|record| record.application.as_str()).or(self.start.application())?;
        self.applications.get(Some(name))
    }

    /// What is kept.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// The phase, for whoever checks the machine.
    pub fn phase(&self) -> Option<&Phase> {
        self.record.as_ref().map(|record| &record.phase)
    }

    /// Whether a redirect is of this consent (`RED-3`), for whoever logs it.
    pub fn knows(&self, redirect: &Redirect) -> bool {
        !matches!(Return::of(self.record.as_ref(), redirect), Return::Foreign)
    }

    /// Whether a redirect brought the code that this consent took (`SES-1`).
    pub fn took(&self, redirect: &Redirect) -> bool {
        self.record.as_ref().is_some_and(|record| start::took(record, redirect))
    }

    fn redirected(&mut self, caller: Caller, redirect: &Redirect, now: u64) {
        match Return::of(self.record.as_ref(), redirect) {
            Return::Foreign => self.out.answer(caller, Err(Failure::RedirectMismatch)),
            Return::Declined => {
                self.end(End::Declined, now);
                self.out.answer(caller, Ok(Outcome::Declined));
            }
            Return::Consented(code) => {
                if let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) {
                    turn.record.code_digest = Some(start::digest(code.expose()));
                    turn.enter(Phase::Authorised { code, code_at: now, unread: None });
                }
                self.wait(Waiter::Browser(caller), now, now);
            }
            Return::UnderWay => self.wait(Waiter::Browser(caller), now, now),
            Return::Repeated(outcome) => self.out.answer(caller, outcome),
        }
    }

    fn wanted(&mut self, caller: Caller, call: ResourceCall, now: u64) {
        if self.record.is_none() {
            return self.out.answer(caller, Err(Failure::NotFound));
        }
        let is_payment = self.record.as_ref().is_some_and(|record| record.scope == Scope::Pisp);
        if is_payment && call.method() != Method::Get {
            // What is paid is checked, claimed and kept (PAY-1): it is asked for by itself.
            return self.out.answer(caller, Err(Failure::NotReadOnly));
        }
        let parameter = self.application().map(|found| &found.client.profile().parameters.page);
        let is_page = parameter.is_some_and(|parameter| call.is_page(parameter));
        self.go_on(vec![Read::new(Reader::Caller(caller), call, now).page(is_page)], now);
    }

    /// Something is asked of the payment.
    fn of_payment(
        &mut self,
        caller: Caller,
        now: u64,
        ask: impl FnOnce((&mut Payments, &mut Following), &mut Turn<'_>) -> Option<News>,
    ) {
        let news = match Turn::at(now, &mut self.record, &mut self.out) {
            Some(mut turn) => ask((&mut self.payments, &mut self.following), &mut turn),
            None => return self.out.answer(caller, Err(Failure::NotFound)),
        };
        self.heed(news, now);
    }

    /// A note was delivered, or was not.
    fn noted(&mut self, id: u32, is_delivered: bool, now: u64) {
        let Some(record) = self.record.as_mut().or(self.rest.as_mut()) else { return };
        if self.outbox.heard(id, is_delivered, record, now) {
            self.keep_what_is_left();
        }
    }

    /// What is left of a forgotten consent goes with the last of it that others are told.
    fn keep_what_is_left(&mut self) {
        let Some(record) = self.record.as_ref().or(self.rest.as_ref()) else { return };
        if record.owes_nothing() && record.forgotten_at.is_some() {
            self.rest = None;
            self.out.forget();
        } else {
            self.out.note();
            self.out.keep_noted(record);
        }
    }

    fn answered(&mut self, id: SendId, mut answer: Answer, now: u64) {
        self.tally.answered(id, &answer, now);
        answer.retry_after_ms = answer.retry_after_ms.map(retry::bounded);
        if self.start.is_of(id) {
            self.record = self.start.answered(&answer, &self.applications, &mut self.out, now);
            return;
        }
        let fresh = self.freshness();
        let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) else { return };
        let news = if self.tokens.is_of(id) {
            self.tokens.answered(id, answer, &mut turn)
        } else if self.payments.is_of(id) {
            self.payments.answered(id, &answer, &mut turn);
            None
        } else {
            self.reads.answered(id, &answer, fresh, &mut turn)
        };
        self.heed(news, now);
    }

    fn lost(&mut self, id: SendId, loss: Loss, now: u64) {
        self.tally.lost(id, loss, now);
        if self.start.is_of(id) {
            return self.start.lost(loss, &mut self.out);
        }
        let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) else { return };
        if self.tokens.is_of(id) {
            let news = self.tokens.lost(id, loss, &mut turn);
            self.heed(news, now);
        } else if self.payments.is_of(id) {
            self.payments.lost(id, &mut turn);
        } else {
            self.reads.lost(id, loss, &mut turn);
        }
    }

    /// Does what is due.
    fn do_due(&mut self, now: u64) {
        self.start.woken(&mut self.out, now);
        let turn = Turn::at(now, &mut self.record, &mut self.out);
        let news = turn.and_then(|mut turn| self.tokens.woken(&mut turn));
        self.heed(news, now);
        let due = self.reads.due(&mut self.out, now);
        self.go_on(due, now);
        let turn = Turn::at(now, &mut self.record, &mut self.out);
        let news = turn.and_then(|mut turn| {
            self.payments.due(&mut turn);
            let is_due = self.following.is_due(turn.record, now);
            if is_due { self.following.look(None, None, &mut turn) } else { None }
        });
        self.heed(news, now);
    }

    /// Somebody, who asked at `since`, waits for tokens.
    fn wait(&mut self, who: Waiter, since: u64, now: u64) {
        let turn = Turn::at(now, &mut self.record, &mut self.out);
        let news = turn.and_then(|mut turn| self.tokens.wait(who, since, &mut turn));
        self.heed(news, now);
    }

    fn wait_to_read(&mut self, read: Read, now: u64) {
        let since = read.since();
        self.wait(Waiter::Read(read), since, now);
    }

    /// Carries what one room tells to the others.
    fn heed(&mut self, news: Option<News>, now: u64) {
        match news {
            None => {}
            Some(News::TokenWanted(read)) => self.wait_to_read(read, now),
            Some(News::TokenRefused(read)) => {
                self.tokens.refused_by_bank();
                self.wait_to_read(read, now);
            }
            Some(News::TokensCame(came)) => {
                self.send(came.reads, now);
                if let (true, Some(mut turn)) = (came.pays, Turn::at(now, &mut self.record, &mut self.out)) {
                    self.payments.with_token(&mut turn);
                }
            }
            Some(News::PaymentWantsToken(since)) => self.wait(Waiter::Payment, since, now),
            Some(News::StatusWanted(call)) => self.go_on(vec![Read::new(Reader::Payment, call, now)], now),
            Some(News::SweepWants(read)) => self.go_on(vec![read], now),
            Some(News::Over(end)) => self.end(end, now),
        }
    }

    /// Sends calls with the token at hand, however short that lives; unless it is over.
    fn send(&mut self, reads: Vec<Read>, now: u64) {
        if !matches!(self.phase(), Some(Phase::Active { grant }) if now <= grant.access_ends_at) {
            return self.go_on(reads, now);
        }
        let fresh = self.freshness();
        let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) else { return };
        for read in reads {
            self.reads.send(read, fresh, &mut turn);
        }
    }

    /// Sends those whose turn has come (`ACC-7`).
    fn take_turns(&mut self, now: u64) {
        loop {
            let next = self.reads.next_in_turn(self.freshness().at_once);
            if next.is_empty() {
                return;
            }
            self.send(next, now);
        }
    }

    /// Hands on what the machine's own questions have brought.
    fn take_answers(&mut self, now: u64) {
        if let Some(failure) = self.out.take_no_token() {
            self.payments.tell_callers(&failure, &mut self.out);
        }
        for answer in self.out.take_looked() {
            if let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) {
                self.following.looked(answer.as_ref(), &mut turn);
            }
        }
    }

    /// Has the sweep do what it can.
    fn sweep(&mut self, now: u64) {
        let applications = self.applications.clone();
        let name = self.record.as_ref().map(|record| record.application.as_str());
        let Some(client) = name.and_then(|name| applications.get(Some(name))).map(|found| &found.client) else {
            return;
        };
        let profile = client.profile();
        let bank = Bank {
            base: client.resource_base(),
            parameters: &profile.parameters,
            window_ms: profile.unattended.window_ms(),
        };
        loop {
            let fresh = self.freshness();
            let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) else { return };
            for (number, outcome) in turn.out.take_swept() {
                self.sweeping.heard(number, outcome, &bank, &mut turn);
            }
            let Some(news) = self.sweeping.go_on(fresh, &bank, &mut turn) else { return };
            self.heed(Some(news), now);
        }
    }

    /// Sends calls, or has them wait for a token.
    fn go_on(&mut self, reads: Vec<Read>, now: u64) {
        for read in reads {
            let fresh = self.freshness();
            let turn = Turn::at(now, &mut self.record, &mut self.out);
            let news = turn.and_then(|mut turn| self.reads.go_on(read, fresh, &mut turn));
            self.heed(news, now);
        }
    }

    fn freshness(&self) -> Freshness {
        let profile = self.application().map(|found| found.client.profile());
        let of = |profile: &Profile| (profile.refresh_skew, profile.reads_at_once, profile.unattended);
        let (skew, at_once, unattended) = profile.map(of).unwrap_or_default();
        Freshness { serial: self.tokens.serial(), skew, at_once, unattended }
    }

    /// Ends what is over.
    fn time_passed(&mut self, now: u64) {
        let readings = self.freshness().unattended;
        if let Some(record) = &mut self.record
            && record.budget.read_clock(readings, now)
        {
            let went_back = record.budget.behind_since == Some(now);
            if let Some(sweep) = record.sweep.as_mut().filter(|_| went_back) {
                sweep.end_walks();
            }
            self.out.note();
        }
        let is_in_flight = self.tokens.is_in_flight();
        match self.record.as_mut().and_then(|record| deadlines::overdue(record, is_in_flight, now)) {
            Some(Overdue::Ended(end)) => self.end(end, now),
            Some(Overdue::Erased) => self.forget(now),
            Some(Overdue::Noted) => self.out.note(),
            None => {}
        }
        // Nobody took its last notes in all that time.
        if self.rest.as_ref().and_then(|rest| rest.forgotten_at).is_some_and(|at| at + ENDED_KEPT_MS <= now) {
            self.rest = None;
            self.out.forget();
        }
    }

    /// A clock that is set back strands nobody (`REV-2`): what was to come by it is due now, or its callers are told.
    fn clock_went_back(&mut self, now: u64) {
        let readings = self.freshness().unattended;
        self.start.clock_went_back(now);
        self.reads.clock_went_back(now);
        if let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) {
            self.tokens.clock_went_back(&mut turn);
            self.sweeping.clock_went_back(readings, &mut turn);
            self.payments.clock_went_back(&mut turn);
        }
        self.outbox.clock_went_back(now);
        self.tally.clock_went_back(now);
    }

    /// Ends the consent: its tokens go with the phase that held them.
    fn end(&mut self, end: End, now: u64) {
        if let Some(mut turn) = Turn::at(now, &mut self.record, &mut self.out) {
            if turn.record.phase.grant().is_some() {
                turn.note_host(What::Ended(end));
            }
            turn.record.sweep = None;
            turn.enter(Phase::Ended { end, at: now });
        }
        let failure = Failure::Ended(end);
        self.dismiss(&failure);
        self.payments.ended(&failure, &mut self.out);
    }

    /// Forgets the consent, whatever is under way. What others are still to be told of it outlives it, and nothing else.
    fn forget(&mut self, now: u64) {
        self.rest = self.record.take().filter(|record| !record.owes_nothing()).or(self.rest.take());
        self.out.forget();
        if let Some(rest) = &mut self.rest {
            rest.forgotten_at = rest.forgotten_at.or(Some(now));
            rest.phase = Phase::Ended { end: End::Expired, at: now };
            rest.over_at = None;
            rest.paying.payment = None;
            rest.sweep = None;
            self.out.keep_rest(rest);
        }
        self.start.dismiss(&Failure::NotFound, &mut self.out);
        self.dismiss(&Failure::NotFound);
        self.payments.dismiss(&Failure::NotFound, &mut self.out);
        self.following.dismiss(&Failure::NotFound, &mut self.out);
    }

    fn dismiss(&mut self, failure: &Failure) {
        self.tokens.dismiss(failure, &mut self.out);
        self.reads.dismiss(failure, &mut self.out);
        self.sweeping = Sweeping::default();
        drop(self.out.take_swept());
        // Nobody asks on behalf of a payment any more: whoever watches it is told what is known.
        if let Some(failure) = self.out.take_no_token() {
            self.payments.tell_callers(&failure, &mut self.out);
        }
    }

    /// The next moment at which something is due.
    fn next_wake(&self, now: u64) -> Option<Wake> {
        let Some(record) = &self.record else {
            let rooms = [self.start.deadline(), self.outbox.deadline(), self.tally.deadline(self.rest.as_ref())];
            return rooms.into_iter().flatten().min_by_key(|wake| wake.at);
        };
        let of_phase = deadlines::end_of(record, self.tokens.is_in_flight());
        let payment = [self.payments.deadline(), self.following.deadline(record, now)].into_iter().flatten();
        let told = [self.outbox.deadline(), self.tally.deadline(Some(record))].into_iter().flatten();
        let rooms = [of_phase, self.tokens.deadline(), self.reads.deadline(), self.sweeping.deadline(record)];
        let all = rooms.into_iter().chain(payment.chain(told).map(Some));
        all.into_iter().flatten().min_by_key(|wake| wake.at)
    }
}
