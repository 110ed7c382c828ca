//! What must hold of each snapshot that is kept: that it follows from the one before and from what happened.

use crate::{
    answers::Meaning,
    flaws::Flaw,
    gateway::Tokens,
    life::Life,
    rules,
    shell::{Cause, Flight, Kept, Kind, number},
};
use tell_connect::{
    consent::{
        End, Grant, Phase, Record,
        deadlines::{CONFIRMED_MS, ENDED_KEPT_MS},
    },
    gateway::Secret,
};

/// The longest token answer that is kept, in bytes.
const LONGEST_ANSWER: usize = 65_536;
/// One snapshot in so many is written again.
const WRITTEN_IN: u64 = 8;

impl Life<'_> {
    /// Makes a snapshot durable.
    pub fn keep(&mut self, text: Secret, cause: &Cause, now: u64) {
        let old = self.shell.kept.take();
        if self.flaw == Some(Flaw::OlderSnapshot) {
            self.shell.older = old.as_ref().map(|old| old.text.clone());
        }
        self.shell.is_young |= old.is_none();
        let record = match &old {
            // Read already: an attempt of a call of /access-token keeps what the one before it kept.
            Some(old) if old.text == text => Ok(old.record.clone()),
            _ => Record::read(text.expose()),
        };
        let Ok(record) = record else { return self.hold(false, rules::LOADS) };
        // That it is read as it was meant is seen each turn; that it is written again as it was, now and then.
        let equals_itself = !self.trace.hash().is_multiple_of(WRITTEN_IN) || record.write() == text;
        self.hold(equals_itself, rules::LOADS);
        let holds_none = matches!(record.phase, Phase::Requested | Phase::Ended { .. });
        self.hold(!holds_none || !text.expose().contains('~'), rules::NO_TOKEN);
        let kept = Kept { unread: None, text, record };
        let broken = self.check_step(old.as_ref(), &kept.record, cause, now);
        self.hold(broken.is_none(), broken.unwrap_or(rules::STEPS));
        let unread = self.unread(old.as_ref(), &kept, cause);
        let was_waiting =
            old.is_none_or(|old| matches!(old.record.phase, Phase::Authorised { .. } | Phase::Refreshing { .. }));
        if was_waiting && matches!(kept.record.phase, Phase::Active { .. } | Phase::Ended { .. }) {
            self.end_generation();
        }
        self.shell.kept = Some(Kept { unread, ..kept });
    }

    /// Whether the next command must keep the answer that just came (`TOK-5`).
    pub fn must_keep(&self, cause: &Cause, now: u64) -> bool {
        let Cause::Answered { flight: flight @ Flight { open: true, .. }, meaning, body: Some(body), .. } = cause
        else {
            return false;
        };
        let is_too_long = body.len() > LONGEST_ANSWER;
        let Some(kept) = &self.shell.kept else { return false };
        let is_waiting = match &kept.record.phase {
            Phase::Authorised { .. } => flight.kind == Kind::Exchange,
            // It may end by time in this turn.
            Phase::Refreshing { .. } => flight.kind == Kind::Refresh && !self.is_over(now),
            Phase::Requested | Phase::Active { .. } | Phase::Ended { .. } => false,
        };
        // Tokens that came meanwhile are not given up for what nobody can read.
        let is_worth_it = kept.unread.is_none() || matches!(meaning, Meaning::Tokens(_));
        is_waiting && is_worth_it && !is_too_long && flight.generation == self.shell.call.generation
    }

    /// Whether two readings of the clock say that the time is over.
    fn is_over(&self, now: u64) -> bool {
        let first = self.shell.kept.as_ref().and_then(|kept| kept.record.over_at);
        let is_read_so = self.shell.kept.as_ref().is_some_and(|kept| now >= kept.ends_at());
        is_read_so && first.is_some_and(|first| first <= now && now - first >= CONFIRMED_MS)
    }

    /// The answer that just came is durable as it came.
    pub fn check_unread(&mut self, cause: &Cause) {
        let Cause::Answered { body: Some(body), .. } = cause else { return };
        let is_kept = self.shell.kept.as_ref().and_then(|kept| unread_of(&kept.record)).is_some_and(|it| it == body);
        self.hold(is_kept, rules::UNREAD);
    }

    /// The consent is about to be erased.
    pub fn check_forget(&mut self, cause: &Cause, now: u64) {
        let is_over = self
            .shell
            .kept
            .as_ref()
            .is_none_or(|kept| matches!(kept.record.phase, Phase::Ended { at, .. } if now >= at + ENDED_KEPT_MS));
        self.hold(is_over || matches!(cause, Cause::Forget), rules::NOT_LOST);
    }

    /// The tokens of a new snapshot's unread answer.
    fn unread(&mut self, old: Option<&Kept>, new: &Kept, cause: &Cause) -> Option<Tokens> {
        let before = old.and_then(|old| old.unread);
        let tokens = match (unread_of(&new.record), cause) {
            (None, _) => None,
            (Some(text), Cause::Answered { flight, meaning, body: Some(body), .. }) if text == body => {
                self.hold(flight.generation == self.shell.call.generation, rules::NO_TOKEN_BACK);
                self.hold(text.len() <= LONGEST_ANSWER, rules::TOO_LONG);
                if let Meaning::Tokens(tokens) = meaning { Some(*tokens) } else { None }
            }
            (Some(text), _) => {
                let is_same = old.and_then(|old| unread_of(&old.record)) == Some(text);
                self.hold(is_same, rules::UNREAD);
                before
            }
        };
        let still_waits = matches!(new.record.phase, Phase::Authorised { .. } | Phase::Refreshing { .. });
        self.hold(!still_waits || before.is_none() || tokens.is_some(), rules::NOT_LOST);
        tokens
    }

    /// The rule by which this snapshot may not follow that one, if there is one.
    fn check_step(&mut self, old: Option<&Kept>, new: &Record, cause: &Cause, now: u64) -> Option<&'static str> {
        let Some(old) = old else {
            let is_answer = matches!(
                cause,
                Cause::Answered {
                    flight: Flight { kind: Kind::Authorise, open: true, .. },
                    meaning: Meaning::Requested,
                    ..
                }
            );
            return broken(is_answer && new.phase == Phase::Requested, rules::STEPS);
        };
        let record = &old.record;
        let is_same_consent = (&record.uuid, &record.intent_id, record.requested_at, &record.paying)
            == (&new.uuid, &new.intent_id, new.requested_at, &new.paying)
            && (record.environment, record.scope, &record.application)
                == (new.environment, new.scope, &new.application);
        if !is_same_consent {
            return Some(rules::STEPS);
        }
        let is_as_before = (&record.phase, record.over_at) == (&new.phase, new.over_at);
        if is_as_before && record.tally != new.tally {
            // It was not taken, is now, or more came.
            return None;
        }
        let is_read = new.over_at.is_none_or(|at| Some(at) == record.over_at || at == now);
        if !is_read || record.phase == new.phase && new.over_at != record.over_at {
            let may_be_over = matches!(new.phase, Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. });
            return broken(is_read && may_be_over, rules::STEPS);
        }
        match (&record.phase, &new.phase) {
            (Phase::Requested, Phase::Authorised { code, code_at, unread: None }) => {
                let is_own = matches!(cause, Cause::Redirect { own: true, code: theirs } if number(code) == *theirs);
                broken(is_own && *code_at == now, rules::OWN_REDIRECT)
            }
            (Phase::Authorised { code, code_at, .. }, Phase::Authorised { code: new, code_at: new_at, .. }) => {
                broken(code == new && code_at == new_at, rules::OWN_REDIRECT)
            }
            (Phase::Active { grant }, Phase::Refreshing { grant: new, unread: None })
            | (Phase::Refreshing { grant, .. }, Phase::Refreshing { grant: new, .. }) => {
                broken(grant == new, rules::STEPS)
            }
            (Phase::Active { grant }, Phase::Active { grant: new }) => {
                let is_vouched = Grant { vouched_at: new.vouched_at, ..grant.clone() } == *new;
                let is_probe = matches!(
                    cause,
                    Cause::Answered { flight: Flight { kind: Kind::Probe, open: true, secret, .. }, .. }
                        if number(&grant.access_token) == Some(*secret)
                );
                self.shell.vouched = new.vouched_at.and(number(&new.access_token));
                broken(is_vouched && is_probe, rules::STEPS)
            }
            (Phase::Authorised { .. }, Phase::Active { grant }) => {
                self.shell.is_unusable = false;
                self.check_tokens(old, None, grant)
            }
            (Phase::Refreshing { grant: before, .. }, Phase::Active { grant }) => {
                let pair = number(&before.access_token).zip(number(&grant.access_token));
                self.shell.renewal = pair.map(|(before, after)| (before, after, self.clock.time()));
                self.check_tokens(old, Some(before), grant)
            }
            (Phase::Ended { .. }, _) => Some(rules::STEPS),
            (_, Phase::Ended { end, at }) => {
                broken(*at == now, rules::STEPS).or_else(|| self.check_end_of(old, *end, cause, now))
            }
            _ => Some(rules::STEPS),
        }
    }

    /// New tokens are those of the durable answer, which the gateway gave for what was sent.
    fn check_tokens(&mut self, old: &Kept, before: Option<&Grant>, grant: &Grant) -> Option<&'static str> {
        let Some(tokens) = old.unread else { return Some(rules::NO_TOKEN_BACK) };
        let spent = before.and_then(|before| before.refresh_token.as_ref()).and_then(number);
        let refresh = grant.refresh_token.as_ref().and_then(number);
        self.shell.is_unusable = tokens.is_unusable || self.shell.is_unusable && tokens.refresh.is_none();
        if self.shell.is_unusable != grant.unusable.is_some() {
            return Some(rules::UNUSABLE);
        }
        let is_theirs = number(&grant.access_token) == Some(tokens.access) && refresh == tokens.refresh.or(spent);
        let follows = tokens.refresh.is_none_or(|token| self.gateway.parent(token) == spent);
        let is_as_old = before.is_none_or(|before| grant.granted_at == before.granted_at);
        broken(is_theirs && follows, rules::NO_TOKEN_BACK).or(broken(is_as_old, rules::STEPS))
    }

    /// A consent ends as its PSU or its gateway said, or by time.
    fn check_end_of(&self, old: &Kept, end: End, cause: &Cause, now: u64) -> Option<&'static str> {
        let call = &self.shell.call;
        let is_refused = matches!(
            cause,
            Cause::Answered { flight, meaning: Meaning::GrantRefused, .. }
                if flight.open && flight.is_token_call() && flight.generation == call.generation
        ) && !call.has_tokens
            && old.unread.is_none();
        // For the accounts, in the bank's own words, and of the newest token.
        let is_refused_by_bank = matches!(
            (cause, &old.record.phase),
            (Cause::Answered { flight, meaning: Meaning::TokenRefused, .. }, Phase::Active { grant })
                if flight.is_of_accounts() && number(&grant.access_token) == Some(flight.secret)
        );
        let may = match (&old.record.phase, end) {
            (Phase::Requested, End::Declined) => matches!(cause, Cause::Redirect { own: true, code: None }),
            (Phase::Authorised { code_at, .. }, End::CodeExpired) => {
                let life = self.shell.code_ms;
                now.abs_diff(*code_at) >= life && old.unread.is_none()
            }
            (Phase::Authorised { .. }, End::Reauthorise) => is_refused,
            (Phase::Requested | Phase::Active { .. } | Phase::Refreshing { .. }, End::Expired) => {
                let is_confirmed = self.shell.over_since.is_some_and(|since| now - since >= CONFIRMED_MS);
                return broken(is_confirmed, rules::CONFIRMED);
            }
            (Phase::Refreshing { .. }, End::Revoked | End::Reauthorise) if is_refused && !self.shell.is_unusable => {
                let is_said = (end == End::Reauthorise) == call.may_be_spent;
                return broken(is_said || call.is_unclear, rules::HONEST_END);
            }
            (Phase::Active { grant }, End::Revoked) => {
                let access = number(&grant.access_token);
                is_refused_by_bank && access.is_some_and(|access| self.is_just_renewed(access))
            }
            // Without a refresh token the consent lives as long as its access token.
            (Phase::Active { grant }, End::Reauthorise) if grant.refresh_token.is_none() => {
                is_refused_by_bank && now >= grant.access_ends_at
            }
            _ => false,
        };
        broken(may, rules::NOT_LOST)
    }
}

fn broken(holds: bool, rule: &'static str) -> Option<&'static str> {
    (!holds).then_some(rule)
}

fn unread_of(record: &Record) -> Option<&str> {
    match &record.phase {
        Phase::Authorised { unread, .. } | Phase::Refreshing { unread, .. } => unread.as_ref().map(Secret::expose),
        Phase::Requested | Phase::Active { .. } | Phase::Ended { .. } => None,
    }
}
