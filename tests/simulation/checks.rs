//! What must hold of what the machine does: of each request that leaves, each answer, each turn.

use crate::{
    answers::Meaning,
    life::Life,
    rules,
    shell::{Cause, Flight, Kept, Kind, number},
};
use std::fmt::Write as _;
use tell_connect::consent::{
    Caller, End, Failure, Outcome, PATIENCE_MS, Phase, TOKEN_DEADLINE_MS,
    deadlines::{CONFIRMED_MS, ENDED_KEPT_MS},
    retry::{LONGEST_WAIT_MS, SHORTEST_WAIT_MS},
};

/// Milliseconds after a call's deadline at which an alarm may look after it.
const AFTER_MS: u64 = 2000;
/// Reads of a consent that may be under way at once.
const AT_ONCE: usize = 8;
/// So many may wait for their turn.
const LONG_QUEUE: usize = 100;
/// One machine in so many is shown whole, which costs more than all other checks.
const SHOWN_IN: u64 = 4096;
/// In every secret, and in nothing else.
const SECRET: char = '~';

impl Life<'_> {
    /// Notes what an event tells of the calls for tokens and of the callers, before the machine takes it.
    pub fn note_cause(&mut self, cause: &Cause) {
        let now = self.clock.machine();
        let call = &mut self.shell.call;
        match cause {
            Cause::Answered { flight, status, meaning, .. } if flight.is_token_call() => {
                if flight.generation != call.generation {
                    return;
                }
                call.has_tokens |= matches!(meaning, Meaning::Tokens(_));
                if flight.open {
                    call.may_be_spent |= matches!(meaning, Meaning::Failed | Meaning::Garbage);
                    call.is_unclear |= matches!(status, 408 | 503);
                    let asked = if let Meaning::Busy(wait) = meaning { Some(wait.unwrap_or(1000)) } else { None };
                    call.quiet_until = asked.map(|wait| now + wait.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS));
                }
            }
            Cause::Lost { flight } if flight.is_token_call() && flight.generation == call.generation => {
                call.may_be_spent = true;
                call.quiet_until = None;
            }
            Cause::Answered { flight, status: 401, .. } if flight.open => self.shell.refused.push(flight.secret),
            _ => {}
        }
    }

    /// A request is about to leave.
    pub fn check_send(&mut self, flight: &Flight, is_get: bool, cause: &Cause, now: u64) {
        let is_new = self.shell.flights.iter().all(|other| other.id != flight.id);
        self.hold(is_new, rules::UNIQUE);
        let is_read = matches!(flight.kind, Kind::Resource { .. } | Kind::Probe);
        self.hold(!is_read || self.shell.reads_under_way() < AT_ONCE, rules::AT_ONCE);
        match flight.kind {
            Kind::Authorise => {
                self.shell.authorises += 1;
                let own = |other: &&Flight| other.kind == Kind::Authorise && other.consent == flight.consent;
                let is_idle = !self.shell.flights.iter().filter(own).any(|other| other.open);
                self.hold(is_idle && self.shell.kept.is_none(), rules::STEPS);
            }
            Kind::Exchange | Kind::Refresh => self.check_token_call(flight, cause, now),
            Kind::Resource { caller } => self.check_read(flight, caller, is_get, now),
            Kind::Probe => self.check_probe(flight, now),
        }
    }

    fn check_token_call(&mut self, flight: &Flight, cause: &Cause, now: u64) {
        let others = self.shell.flights.iter().filter(|other| other.open && other.consent == flight.consent);
        let is_alone = !{ others }.any(Flight::is_token_call);
        self.hold(is_alone, rules::ONE_CALL);
        // A clock set back so far that the wait would outlast any that can be asked for ends it.
        let must_wait = |until| now < until && until <= now + LONGEST_WAIT_MS;
        let is_quiet = self.shell.call.quiet_until.is_some_and(must_wait);
        self.hold(!is_quiet, rules::RETRY_AFTER);
        // The last caller is the one who came. Whoever else waits, with nothing sent, waits for an attempt that is due.
        let comes = matches!(cause, Cause::Wanted | Cause::Redirect { .. });
        let others = self.shell.callers.split_last().map_or(&[][..], |(_, others)| others);
        let is_due = comes
            && !self.shell.excused
            && self.shell.reads_under_way() < AT_ONCE
            && others.iter().any(|waiting| !waiting.is_sent);
        self.hold(!is_due, rules::BACKOFF);
        self.check_needed(cause, now);
        let Some(kept) = &self.shell.kept else { return self.hold(false, rules::KEPT_FIRST) };
        let knows_more = kept.unread.is_some();
        let (holds, rule) = match (flight.kind, &kept.record.phase) {
            (Kind::Refresh, _) if knows_more => (false, rules::NEWEST),
            (Kind::Refresh, Phase::Refreshing { grant, .. }) => {
                (grant.refresh_token.as_ref().and_then(number) == Some(flight.secret), rules::KEPT_FIRST)
            }
            (Kind::Exchange, Phase::Authorised { code, code_at, .. }) if !knows_more => {
                let is_alive = now.abs_diff(*code_at) < self.shell.code_ms;
                let is_kept = number(code) == Some(flight.secret);
                (is_alive && is_kept, if is_kept { rules::CODE_ALIVE } else { rules::KEPT_FIRST })
            }
            (Kind::Exchange, Phase::Requested) | (Kind::Refresh, _) => (false, rules::KEPT_FIRST),
            _ => (false, rules::CODE_ONCE),
        };
        self.hold(holds, rule);
    }

    fn check_read(&mut self, flight: &Flight, caller: Caller, is_get: bool, now: u64) {
        self.check_fresh(flight, now);
        let is_first = !self.shell.flights.iter().any(|other| other.open && other.kind == flight.kind);
        self.hold(is_first, rules::ONE_ANSWER);
        let Some(waiting) = self.shell.waiting(caller) else { return self.hold(false, rules::ONE_ANSWER) };
        waiting.is_sent = true;
        let may_be_done = std::mem::replace(&mut waiting.may_be_done, !is_get);
        self.hold(is_get || !may_be_done, rules::NO_REPEAT);
        // What a payment is, a consent sends by itself.
        self.hold(is_get || self.shell.kept.as_ref().is_some_and(|kept| !kept.pays()), rules::PAY_ALONE);
    }

    pub fn check_fresh(&mut self, flight: &Flight, now: u64) {
        let is_fresh = self.shell.kept.as_ref().is_some_and(|kept| match &kept.record.phase {
            Phase::Active { grant } => {
                // One that is said to live no time at all is sent as it comes, one that cannot be renewed at any time.
                let is_over = now > grant.access_ends_at && grant.refresh_token.is_some();
                number(&grant.access_token) == Some(flight.secret) && !is_over
            }
            _ => false,
        });
        self.hold(is_fresh, rules::FRESH);
    }

    /// A caller is about to be answered.
    pub fn check_answer(&mut self, caller: Caller, outcome: &Result<Outcome, Failure>, cause: &Cause) {
        let waits = self.shell.callers.iter().any(|waiting| waiting.caller == caller);
        self.hold(waits, rules::ONE_ANSWER);
        let kept = self.shell.kept.as_ref();
        let phase = kept.map(|kept| &kept.record.phase);
        let is_true = match outcome {
            Ok(Outcome::Requested { uuid, .. }) => {
                let is_last = self.people.uuids.last() == Some(uuid);
                is_last && kept.is_some_and(|kept| kept.record.phase == Phase::Requested && kept.record.uuid == *uuid)
            }
            Ok(Outcome::Connected) => match phase {
                // Tokens that came late can be over at once.
                Some(Phase::Ended { end, at }) => *end == End::Reauthorise && *at == self.clock.machine(),
                other => matches!(other, Some(Phase::Active { .. } | Phase::Refreshing { .. })),
            },
            Ok(Outcome::Declined) => matches!(phase, Some(Phase::Ended { end: End::Declined, .. })),
            Ok(Outcome::Passed(passed)) => match cause {
                Cause::Answered { flight, meaning, .. } => {
                    let is_theirs = flight.open && flight.kind == Kind::Resource { caller };
                    is_theirs && flight.id == *passed && *meaning == Meaning::Resource
                }
                _ => false,
            },
            // Payments and sweeps have simulations of their own.
            Ok(Outcome::Payment(_) | Outcome::Standing(_) | Outcome::Unattended(..) | Outcome::Planned(_)) => false,
            Ok(Outcome::Forgotten) | Err(Failure::NotFound) => phase.is_none(),
            // It may be over and erased in one turn.
            Err(Failure::Ended(_)) if phase.is_none() => matches!(cause, Cause::Forget),
            Err(Failure::Ended(told)) => matches!(phase, Some(Phase::Ended { end, .. }) if end == told),
            Err(Failure::NotReadOnly) => kept.is_some_and(Kept::pays),
            // Nobody is sent away while there is room, to be read or to wait.
            Err(Failure::Crowded(_)) => {
                let is_long = matches!(cause, Cause::Woken) || self.shell.callers.len() > LONG_QUEUE;
                is_long && self.shell.reads_under_way() >= AT_ONCE
            }
            Err(Failure::NotAuthorised) => phase == Some(&Phase::Requested),
            // Nobody is sent away for longer than any gateway can ask.
            Err(Failure::Busy(seconds)) => seconds * 1000 <= LONGEST_WAIT_MS,
            Err(_) => true,
        };
        let is_refused = *outcome == Err(Failure::RedirectMismatch) && phase.is_some();
        let is_taken = !(is_refused && matches!(cause, Cause::Redirect { own: true, .. }));
        // What the bank says of one resource is passed on.
        let is_passed_on = match cause {
            Cause::Answered { flight, status: 403, .. }
                if flight.open && flight.kind == (Kind::Resource { caller }) =>
            {
                let is_over = matches!(outcome, Err(Failure::Ended(_) | Failure::NotFound));
                is_over || matches!(outcome, Err(Failure::Refused(refusal)) if refusal.status == 403)
            }
            _ => true,
        };
        self.hold(is_passed_on, rules::PASSED_ON);
        if let Cause::Answered { flight: Flight { kind: Kind::Authorise, .. }, .. }
        | Cause::Lost { flight: Flight { kind: Kind::Authorise, .. } } = cause
        {
            let attempts = std::mem::take(&mut self.shell.authorises);
            let may_be_last = attempts > 1 || !matches!(outcome, Err(Failure::Unreachable));
            self.hold(may_be_last && attempts <= 3, rules::ASKED_AGAIN);
        }
        self.hold(is_true, rules::TRUE_ANSWER);
        self.hold(is_taken, rules::TAKEN_REDIRECT);
        let is_safe = match outcome {
            Ok(Outcome::Requested { uuid, location, .. }) => !uuid.contains(SECRET) && !location.contains(SECRET),
            Err(failure @ (Failure::Input(_) | Failure::Refused(_) | Failure::RefusedClient(_))) => {
                let mut shown = String::new();
                // Writing to a String cannot fail.
                let _ = write!(shown, "{failure:?} {} {:?}", failure.message(), failure.gateway());
                !shown.contains(SECRET)
            }
            // Numbers and fixed texts alone.
            Ok(_) | Err(_) => true,
        };
        self.hold(is_safe, rules::NO_SECRET);
    }

    /// All commands of a turn are carried out.
    pub fn check_turn(&mut self, cause: &Cause, now: u64) {
        let shell = &self.shell;
        let known = shell.machine.as_ref().and_then(|machine| machine.phase());
        let is_durable = known == shell.kept.as_ref().map(|kept| &kept.record.phase);
        self.hold(is_durable, rules::DURABLE);
        self.note_reading(true, now);
        self.check_vouched(cause, now);
        self.check_time(cause, now);
        self.check_alarm(now);
        let shell = &mut self.shell;
        shell.excused &= !shell.callers.is_empty();
        let alarm = shell.alarm.map(|alarm| alarm.at);
        let is_under_way = shell.callers.is_empty() || shell.flights.iter().any(|flight| flight.open);
        let is_soon = alarm.is_some_and(|at| at <= now + PATIENCE_MS);
        let polls = matches!(cause, Cause::Woken) && alarm.is_some_and(|at| at <= now);
        self.hold(is_under_way || is_soon, rules::NO_WAIT);
        self.hold(!polls, rules::NO_POLL);
        if self.trace.hash().is_multiple_of(SHOWN_IN) {
            let shown = format!("{:?}", self.shell.machine);
            self.hold(!shown.contains(SECRET), rules::NO_SECRET);
        }
    }

    /// The machine was started again, and has been told.
    pub fn check_restart(&mut self) {
        let is_waiting = self
            .shell
            .kept
            .as_ref()
            .is_some_and(|kept| matches!(kept.record.phase, Phase::Authorised { .. } | Phase::Refreshing { .. }));
        let calls = self.shell.flights.iter().any(|flight| flight.open && flight.is_token_call());
        self.hold(!is_waiting || calls, rules::RESUMED);
    }

    /// The machine reads the clock. `is_done`: it lives to tell.
    pub fn note_reading(&mut self, is_done: bool, now: u64) {
        let is_over = self.shell.kept.as_ref().is_some_and(|kept| now >= kept.ends_at());
        if is_over {
            // A reading that was ahead of this one is none to be confirmed.
            self.shell.over_since = self.shell.over_since.filter(|since| *since <= now).or(Some(now));
        } else if is_done {
            self.shell.over_since = None;
        }
    }

    /// What is over has ended.
    fn check_time(&mut self, cause: &Cause, now: u64) {
        let Some(kept) = &self.shell.kept else { return };
        let calls = || self.shell.flights.iter().any(|flight| flight.open && flight.is_token_call());
        let is_in_time = match &kept.record.phase {
            Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } => match kept.record.over_at {
                Some(first) => now < first + CONFIRMED_MS,
                None => now < kept.ends_at(),
            },
            Phase::Authorised { code_at, .. } => now.abs_diff(*code_at) < self.shell.code_ms || calls(),
            Phase::Ended { at, .. } => now < at + ENDED_KEPT_MS,
        };
        let is_refused = match cause {
            Cause::Answered { flight, meaning: Meaning::GrantRefused, .. } => {
                let is_of_call = flight.is_token_call() && flight.generation == self.shell.call.generation;
                flight.open && is_of_call && !(flight.kind == Kind::Refresh && self.shell.is_unusable)
            }
            _ => false,
        };
        // What began too late is over with the alarm that goes off at once.
        self.hold(is_in_time || !matches!(cause, Cause::Woken), rules::IN_TIME);
        // The generation changes as a consent ends, or gets tokens that came late.
        self.hold(!is_refused, rules::REFUSED);
    }

    /// What is kept is looked after, even if nobody ever comes again.
    pub fn check_alarm(&mut self, now: u64) {
        let Some(kept) = &self.shell.kept else { return };
        let latest = match &kept.record.phase {
            // It may have been set by a clock that was ahead of this one.
            _ if self.clock.went_back() => u64::MAX,
            Phase::Ended { at, .. } => at + ENDED_KEPT_MS,
            Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. } => {
                kept.record.over_at.map_or(kept.ends_at(), |first| first + CONFIRMED_MS)
            }
            // The call under way decides, even if it outlives the code.
            Phase::Authorised { code_at, .. } => {
                let code_ends_at = code_at + self.shell.code_ms;
                code_ends_at.max(now) + TOKEN_DEADLINE_MS + AFTER_MS
            }
        };
        let is_set = self.shell.alarm.is_some_and(|alarm| alarm.at <= latest);
        self.hold(is_set, rules::ALARM);
    }
}
