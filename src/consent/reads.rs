//! Calls of the bank's resources: each waits for a token, is sent, and is tried again where that is safe.

use super::{
    Allowance, Answer, CALL_DEADLINE_MS, Failure, Loss, PATIENCE_MS, Phase, Reason, Record, SendId, Wake,
    failure::{is_own_refusal, may_pass},
    news::News,
    out::{Out, Reader, Turn},
    probe::{self, Probe},
    retry,
};
use crate::{
    Refusal,
    gateway::{Call, Method, ResourceCall, answer::is_success, permission},
    profile::{ReadsAtOnce, RefreshSkew, Scope, Unattended},
    wire::json,
};
use std::rc::Rc;

/// Calls that wait for their turn at most; whoever comes after them is told to come back.
const LONGEST_QUEUE: usize = 128;
/// Seconds after which to come back.
const COME_BACK_S: u64 = 5;
/// Attempts of one call.
const ATTEMPTS: u8 = 3;

/// The calls that are under way or will be made again.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Those that wait for their turn among them, in the order in which they came.
    calls: Vec<(Read, At)>,
    probe: Probe,
}

/// A caller who wants a resource.
#[derive(Debug)]
pub(super) struct Read {
    reader: Reader,
    call: ResourceCall,
    since: u64,
    attempts: u8,
    /// Whether a token was refused already: it is renewed for this call once (`REF-2`).
    is_token_refused: bool,
    /// Whether it is a further page of a list (`ACC-8`).
    is_page: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Sent, with the token of that serial number.
    Sent(SendId, u32),
    /// Will be sent again.
    Retry(u64),
    /// Waits for its turn until then at most (`ACC-7`).
    Turn(u64),
}

/// The token at hand: which it is, and when it is too old. And what else bounds a call.
#[derive(Clone, Copy)]
pub(super) struct Freshness {
    /// Which access token is the newest.
    pub(super) serial: u32,
    /// How long before its end it counts as over.
    pub(super) skew: RefreshSkew,
    /// How many calls may be under way at once.
    pub(super) at_once: ReadsAtOnce,
    /// How often the bank may be asked without the PSU.
    pub(super) unattended: Unattended,
}

impl Read {
    /// A caller wants a resource from now on.
    pub(super) fn new(reader: Reader, call: ResourceCall, now: u64) -> Self {
        Self { reader, call, since: now, attempts: 0, is_token_refused: false, is_page: false }
    }

    /// It is a further page of a list, or not.
    #[must_use]
    pub(super) fn page(self, is_page: bool) -> Self {
        Self { is_page, ..self }
    }

    /// Who wants it.
    pub(super) fn reader(&self) -> Reader {
        self.reader
    }

    /// Since when.
    pub(super) fn since(&self) -> u64 {
        self.since
    }

    /// The clock was set back: they have not waited since a time that is still to come.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        self.since = self.since.min(now);
    }

    /// Whether sending it twice does no harm (`ERR-3`, `PAY-2`).
    fn is_repeatable(&self) -> bool {
        self.call.method() == Method::Get
    }

    /// Whether it is of those that are counted: account information without the PSU (`ACC-2`).
    fn is_counted(&self, scope: Scope) -> bool {
        self.call.user_ip().is_none() && scope == Scope::Aisp
    }

    /// What is left of its endpoint, if it is counted.
    fn allowance(&self, readings: Unattended, record: &Record, now: u64) -> Option<Allowance> {
        self.is_counted(record.scope).then(|| record.budget.allowance(&self.call, readings, now))
    }

    /// Takes what leaving needs: a permission, and one of the requests that may be made without the PSU.
    fn take_leave(&mut self, fresh: Freshness, turn: &mut Turn<'_>) -> Result<(), Failure> {
        let Turn { record, out, now } = turn;
        let granted = record.phase.grant().map(|grant| grant.permissions.as_slice()).unwrap_or_default();
        if let Some(permission) = permission::missing(self.call.path().path(), granted).filter(|_| self.is_repeatable())
        {
            return Err(Failure::PermissionMissing(permission));
        }
        let readings = fresh.unattended;
        // The walk of one that has waited long may be over by now.
        let is_page = self.is_page && now.abs_diff(self.since) < PATIENCE_MS;
        let continues = is_page && readings.pages_count_once && record.budget.has_walk(&self.call, readings, *now);
        let limit = if matches!(self.reader, Reader::Sweep(_)) { readings.of_sweeps() } else { readings.limit };
        if self.is_counted(record.scope) && !continues {
            record.budget.spend(&self.call, limit, readings, *now).map_err(|at| Failure::spent(at, *now))?;
            // A page of a walk that is over counts each time that it is asked for.
            self.is_page = false;
            out.note();
        }
        Ok(())
    }
}

impl Reads {
    /// Sends a call, or says that it needs a token that is not there.
    pub(super) fn go_on(&mut self, read: Read, fresh: Freshness, turn: &mut Turn<'_>) -> Option<News> {
        match &turn.record.phase {
            Phase::Requested => turn.out.read(read.reader, Err(Failure::NotAuthorised)),
            Phase::Ended { end, .. } => turn.out.read(read.reader, Err(Failure::Ended(*end))),
            Phase::Active { grant } if grant.is_fresh(fresh.skew, turn.now) => self.send(read, fresh, turn),
            // A token that cannot be renewed is sent for as long as the bank takes it.
            Phase::Active { grant } if !grant.can_renew() => self.send(read, fresh, turn),
            Phase::Authorised { .. } | Phase::Active { .. } | Phase::Refreshing { .. } => {
                return Some(News::TokenWanted(read));
            }
        }
        None
    }

    /// Sends a call with the token at hand, however short that lives, or has it wait for its turn.
    pub(super) fn send(&mut self, mut read: Read, fresh: Freshness, turn: &mut Turn<'_>) {
        let asked = turn.record.sweep.as_ref().map(|sweep| sweep.asked);
        if matches!(read.reader, Reader::Sweep(number) if asked != Some(number)) {
            // It was put for a former plan, and nobody waits for it.
            return;
        }
        if self.free(fresh.at_once) == 0 {
            return self.wait_for_turn(read, turn.out, turn.now);
        }
        if let Err(failure) = read.take_leave(fresh, turn) {
            return turn.out.read(read.reader, Err(failure));
        }
        let Phase::Active { grant } = &turn.record.phase else { return };
        let call = match read.reader {
            Reader::Caller(_) => Call::Resource(read.call.clone(), grant.access_token.clone()),
            Reader::Payment | Reader::Sweep(_) => Call::Own(read.call.clone(), grant.access_token.clone()),
        };
        read.attempts += 1;
        let id = turn.out.send(call, CALL_DEADLINE_MS);
        self.calls.push((read, At::Sent(id, fresh.serial)));
    }

    /// The clock was set back: nobody has waited since a time that is still to come.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        for (read, at) in &mut self.calls {
            read.clock_went_back(now);
            if let At::Retry(at) | At::Turn(at) = at {
                *at = retry::after_going_back(*at, PATIENCE_MS, now);
            }
        }
    }

    /// Takes out some calls.
    fn take_out(&mut self, is_wanted: &mut dyn FnMut(At) -> bool) -> Vec<Read> {
        self.calls.extract_if(.., |(_, at)| is_wanted(*at)).map(|(read, _)| read).collect()
    }

    /// Takes out the calls that are to be made again by now. Those who have waited too long for their turn are told.
    pub(super) fn due(&mut self, out: &mut Out, now: u64) -> Vec<Read> {
        for read in self.take_out(&mut |at| matches!(at, At::Turn(until) if until <= now)) {
            out.read(read.reader, Err(Failure::Crowded(COME_BACK_S)));
        }
        self.take_out(&mut |at| matches!(at, At::Retry(at) if at <= now))
    }

    fn count(&self, which: fn(At) -> bool) -> usize {
        self.calls.iter().filter(|(_, at)| which(*at)).count()
    }

    /// How many more calls may be under way.
    fn free(&self, at_once: ReadsAtOnce) -> usize {
        let sent = self.count(|at| matches!(at, At::Sent(..)));
        at_once.count().saturating_sub(sent + usize::from(self.probe.is_under_way()))
    }

    /// One more waits for its turn, unless too many do.
    fn wait_for_turn(&mut self, read: Read, out: &mut Out, now: u64) {
        if self.count(|at| matches!(at, At::Turn(_))) < LONGEST_QUEUE {
            self.calls.push((read, At::Turn(now + PATIENCE_MS)));
        } else {
            out.read(read.reader, Err(Failure::Crowded(COME_BACK_S)));
        }
    }

    /// Takes out those whose turn has come.
    pub(super) fn next_in_turn(&mut self, at_once: ReadsAtOnce) -> Vec<Read> {
        let mut free = self.free(at_once);
        self.take_out(&mut |at| {
            let is_next = free > 0 && matches!(at, At::Turn(_));
            free -= usize::from(is_next);
            is_next
        })
    }

    /// When the next call is to be made again, or has waited too long for its turn.
    pub(super) fn deadline(&self) -> Option<Wake> {
        let wakes = self.calls.iter().filter_map(|(_, at)| match at {
            At::Retry(at) => Some(Wake { at: *at, reason: Reason::ReadRetry }),
            At::Turn(at) => Some(Wake { at: *at, reason: Reason::TurnOverdue }),
            At::Sent(..) => None,
        });
        wakes.min_by_key(|wake| wake.at)
    }

    /// The bank answered a call.
    pub(super) fn answered(
        &mut self,
        id: SendId,
        answer: &Answer,
        fresh: Freshness,
        turn: &mut Turn<'_>,
    ) -> Option<News> {
        if self.probe.is_of(id) {
            return self.probe.answered(answer, fresh.serial, turn);
        }
        let (read, serial) = self.take(id)?;
        if is_success(answer.status) {
            // Passed on as it came, but never a proxy's page or half an answer.
            let is_whole = answer.body.is_empty() || json::check(&answer.body).is_ok();
            match is_whole {
                true => turn
                    .out
                    .read(read.reader, Ok((id, answer, read.allowance(fresh.unattended, turn.record, turn.now)))),
                false => self.try_again(read, Failure::BadAnswer, None, turn),
            }
            return None;
        }
        let refusal = Rc::new(Refusal::read(answer.status, &answer.body));
        match refusal.status {
            401 if read.is_repeatable() && serial == fresh.serial => {
                return self.token_refused(read, refusal, &answer.body, fresh, turn);
            }
            // Another caller had the token renewed meanwhile.
            401 if read.is_repeatable() => return self.go_on(read, fresh, turn),
            status if may_pass(status) => {
                let failure = Failure::of_refusal(refusal, answer.retry_after_ms);
                self.try_again(read, failure, answer.retry_after_ms, turn);
            }
            400..500 => turn.out.read(read.reader, Err(Failure::Refused(refusal))),
            _ => turn.out.read(read.reader, Err(Failure::BadAnswer)),
        }
        None
    }

    /// No answer came to a call.
    pub(super) fn lost(&mut self, id: SendId, loss: Loss, turn: &mut Turn<'_>) {
        if self.probe.is_of(id) {
            self.probe.lost(turn.out);
        } else if let Some((read, _)) = self.take(id) {
            self.try_again(read, loss.failure(), None, turn);
        }
    }

    fn take(&mut self, id: SendId) -> Option<(Read, u32)> {
        let is_it = |(_, at): &(Read, At)| matches!(at, At::Sent(sent, _) if *sent == id);
        match self.calls.remove(self.calls.iter().position(is_it)?) {
            (read, At::Sent(_, serial)) => Some((read, serial)),
            (_, At::Retry(_) | At::Turn(_)) => None,
        }
    }

    /// The bank refused the newest access token: it is renewed once for a call (`REF-2`), and where that did not help,
    /// one question tells a consent that is over from a resource that is refused (`REV-1`).
    ///
    /// What bounds the refreshes of a bank that refuses one resource: while the token at hand is vouched for there are
    /// none, and the question is asked again once a minute at most. Where the bank does not answer it, there is one of
    /// each a minute.
    fn token_refused(
        &mut self,
        mut read: Read,
        refusal: Rc<Refusal>,
        body: &str,
        fresh: Freshness,
        turn: &mut Turn<'_>,
    ) -> Option<News> {
        let Phase::Active { grant } = &turn.record.phase else { return self.go_on(read, fresh, turn) };
        let is_probe = read.call.path().path() == probe::PATH && turn.record.scope == Scope::Aisp;
        let is_over = grant.refresh_token.is_some() && turn.now >= grant.access_ends_at;
        let is_vouched = grant.vouched_at.is_some() && !is_probe && !is_over;
        let end = grant.end_by_refusal(turn.now);
        if end.is_none() && grant.refresh_token.is_some() && !is_vouched && !read.is_token_refused {
            read.is_token_refused = true;
            return Some(News::TokenRefused(read));
        }
        // By a clock that was set back an old token is new: only who saw it renewed can doubt the consent.
        let may_ask = read.is_token_refused || grant.refresh_token.is_none() || self.probe.is_under_way();
        let is_known = if is_vouched { grant.is_just_vouched(turn.now) } else { end.is_none() || !may_ask };
        if is_known || turn.record.scope == Scope::Pisp || is_probe && !is_own_refusal(body) {
            turn.out.read(read.reader, Err(Failure::Refused(refusal)));
            return None;
        }
        self.probe.refused(read.reader, &refusal);
        if is_probe {
            return end.map(News::Over);
        }
        self.probe.ask(read.call.user_ip().cloned(), fresh, turn);
        None
    }

    /// Plans another attempt of a GET while its caller has patience (`ERR-3`). One without the PSU is not made again: each
    /// attempt would be one of the few that its caller has (`ACC-8`).
    fn try_again(&mut self, read: Read, failure: Failure, wait: Option<u64>, turn: &mut Turn<'_>) {
        let next = turn.now + retry::backoff_ms(read.attempts, &turn.record.uuid).max(wait.unwrap_or(0));
        let in_time = next.saturating_sub(read.since) < PATIENCE_MS && !read.is_counted(turn.record.scope);
        if read.is_repeatable() && read.attempts < ATTEMPTS && in_time {
            self.calls.push((read, At::Retry(next)));
        } else {
            turn.out.read(read.reader, Err(failure));
        }
    }

    /// The consent is over: all who wait are told.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        for (read, _) in std::mem::take(&mut self.calls) {
            out.read(read.reader, Err(failure.clone()));
        }
        self.probe.dismiss(failure, out);
    }
}
