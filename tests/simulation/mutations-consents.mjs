// Bugs to plant where a consent begins and ends, callers are answered, and time passes. `find` stands in its file
// exactly once.
const deadlines = 'src/consent/deadlines.rs';
const failure = 'src/consent/failure.rs';
const grant = 'src/consent/grant.rs';
const machine = 'src/consent/machine.rs';
const out = 'src/consent/out.rs';
const phase = 'src/consent/phase.rs';
const reads = 'src/consent/reads.rs';
const start = 'src/consent/start.rs';
const tokens = 'src/consent/tokens.rs';
const waiters = 'src/consent/waiters.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofConsents = [
  // Codes and redirects.
  {
    name: 'send a code however old it is',
    file: phase,
    find: 'now.abs_diff(code_at) < self.environment.code_lifetime_ms()',
    replace: 'code_at > 0 || now > 0',
  },
  {
    name: 'let a code of production live as long as one of the sandbox',
    file: 'src/profile.rs',
    find: 'Self::Production => 60 * 1000,',
    replace: 'Self::Production => 10 * 60 * 1000,',
  },
  {
    name: 'take the redirect of another uuid',
    file: start,
    find: 'same_uuid & is_same(&record.intent_id, &redirect.intent_id)',
    replace: 'same_uuid | is_same(&record.intent_id, &redirect.intent_id)',
  },
  {
    name: 'take the redirect of an intent that is the beginning of ours',
    file: start,
    find: 'one.len() == other.len() && one.bytes()',
    replace: 'one.bytes()',
  },
  {
    name: 'exchange the code of a repeated redirect',
    file: start,
    find: '(Phase::Requested, Some(code)) => Self::Consented',
    replace: '(Phase::Requested | Phase::Active { .. }, Some(code)) => Self::Consented',
  },
  {
    name: 'decline a consent that is there already',
    file: start,
    find: '(Phase::Requested, None) => Self::Declined,',
    replace: '(Phase::Requested | Phase::Active { .. }, None) => Self::Declined,',
  },

  // Attempts of /authorise, and waits.
  {
    name: 'ask for an authorisation again with the same uuid',
    file: start,
    find: 'let Some(uuid) = self.uuids.get(self.attempts).cloned()',
    replace: 'let Some(uuid) = self.uuids.get(self.attempts / 3).cloned()',
  },
  {
    name: 'keep the uuid of the first attempt, whichever was answered',
    file: start,
    find: 'self.uuids.get(self.attempts.checked_sub(1)?)',
    replace: 'self.uuids.get(self.attempts.min(0))',
  },
  {
    name: 'do not ask again for an authorisation that was cut off',
    file: start,
    find: 'matches!(loss, Loss::Unreachable | Loss::Unreadable);',
    replace: 'matches!(loss, Loss::Timeout);',
  },
  {
    name: 'ask for no alarm for an authorisation that is to be asked for again',
    file: machine,
    find: 'let rooms = [self.start.deadline(), self.outbox.deadline(),',
    replace: 'let rooms = [self.start.deadline().filter(|wake| wake.at == 0), self.outbox.deadline(),',
  },
  {
    name: 'call again at once when Retry-After says 0',
    file: 'src/consent/retry.rs',
    find: 'wait_ms.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS)',
    replace: 'wait_ms.min(LONGEST_WAIT_MS)',
  },
  {
    name: 'wait for as long as Retry-After says, however long',
    file: 'src/consent/retry.rs',
    find: 'wait_ms.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS)',
    replace: 'wait_ms.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS * 100)',
  },

  // Ends.
  {
    name: 'do not end a consent whose refresh is refused',
    file: tokens,
    find: 'Verdict::Grant => Some(News::Over(self.end_by_refusal(&turn.record.phase))),',
    replace: 'Verdict::Grant => self.failed(&Failure::BadAnswer, None, true, turn),',
  },
  {
    name: 'keep a consent for longer than its 90 days',
    file: deadlines,
    find: 'let over_at = (now >= at).then_some(first);',
    replace: 'let over_at = (now >= at && matches!(record.phase, Phase::Requested)).then_some(first);',
  },
  {
    name: 'end a consent at the first reading of a clock',
    file: deadlines,
    find: 'now - first >= CONFIRMED_MS)',
    replace: 'now - first < u64::MAX)',
  },
  {
    name: 'end a consent at two readings of a clock in one second',
    file: deadlines,
    find: 'now - first >= CONFIRMED_MS)',
    replace: 'now - first > 0)',
  },
  {
    name: 'believe a first reading that a later one contradicts',
    file: deadlines,
    find: 'let over_at = (now >= at).then_some(first);',
    replace: 'let over_at = if now >= at { Some(first) } else { record.over_at };',
  },
  {
    name: 'believe a first reading that lies ahead',
    file: deadlines,
    find: 'let first = earlier_reading(record.over_at, now);',
    replace: 'let first = record.over_at.map(|first| first.min(now)).unwrap_or(now).min(at);',
  },
  {
    name: 'do not keep the first reading of a clock',
    file: machine,
    find: 'Some(Overdue::Noted) => self.out.note(),',
    replace: 'Some(Overdue::Noted) => {}',
  },
  {
    name: 'read the clock a second time when somebody comes',
    file: deadlines,
    find: 'record.over_at.map_or(at, |first| first.saturating_add(CONFIRMED_MS));',
    replace: 'record.over_at.map_or(at, |first| first.saturating_add(CONFIRMED_MS * 10_000));',
  },
  {
    name: 'let all wait until a clock that was set back has come up again',
    file: machine,
    find: '            self.clock_went_back(now);\n        }',
    replace: '        }',
  },
  {
    name: 'let a reader wait until a clock that was set back has come up again',
    file: reads,
    find: '                *at = retry::after_going_back(*at, PATIENCE_MS, now);',
    replace: '',
  },
  {
    name: 'let whoever waits for tokens wait until a clock that was set back has come up again',
    file: tokens,
    find: '        self.waiting.clock_went_back(turn.now);',
    replace: '',
  },
  {
    name: 'erase an ended consent before its week is over',
    file: deadlines,
    find: 'Phase::Ended { .. } => (now >= at).then_some(Overdue::Erased),',
    replace: 'Phase::Ended { at: ended_at, .. } => (now > *ended_at || now >= at).then_some(Overdue::Erased),',
  },

  // Callers.
  {
    name: 'answer whoever came back from the bank twice',
    file: tokens,
    find: 'Waiter::Browser(caller) => turn.out.answer(caller, Ok(Outcome::Connected)),',
    replace: `Waiter::Browser(caller) => {
                    turn.out.answer(caller, Ok(Outcome::Connected));
                    turn.out.answer(caller, Ok(Outcome::Connected));
                }`,
  },
  {
    name: 'leave readers waiting when there will be no token',
    file: waiters,
    find: 'Waiter::Read(read) => out.read(read.reader(), Err(failure.clone())),',
    replace: 'Waiter::Read(_) => {}',
  },
  {
    name: 'leave readers waiting when the consent ends',
    file: reads,
    find: 'Phase::Ended { end, .. } => turn.out.read(read.reader, Err(Failure::Ended(*end))),',
    replace: 'Phase::Ended { .. } => {}',
  },
  {
    name: 'send a request that is no GET again',
    file: reads,
    find: 'self.call.method() == Method::Get',
    replace: 'self.call.method() == Method::Get || self.since > 0',
  },
  {
    name: 'change something by a consent for a payment',
    file: machine,
    find: 'if is_payment && call.method() != Method::Get {',
    replace: 'if is_payment && call.method() == Method::Delete {',
  },
  {
    name: 'send an access token that is over',
    file: grant,
    find: 'now + life_ms(skew.seconds()) < self.access_ends_at',
    replace: 'now > 0 && skew.seconds() < u32::MAX',
  },
  {
    name: 'end a consent whose token cannot be renewed',
    file: reads,
    find: 'Phase::Active { grant } if !grant.can_renew() =>',
    replace: 'Phase::Active { grant } if !grant.can_renew() && grant.unusable.is_some() =>',
  },
  {
    name: 'repeat to a caller what the gateway said',
    file: out,
    find: '*refusal = without_text(refusal);',
    replace: 'let _ = without_text(refusal);',
  },
  {
    name: 'keep everyone waiting for an attempt that comes too late for them',
    file: waiters,
    find: 'Leaving::ImpatientAt(at) => at.saturating_sub(waiting.since) >= PATIENCE_MS,',
    replace: 'Leaving::ImpatientAt(at) => at.saturating_sub(waiting.since) >= 100 * PATIENCE_MS,',
  },
  {
    name: 'forget those who wait when tokens come',
    file: tokens,
    find: 'Waiter::Read(read) => came.reads.push(read),',
    replace: 'Waiter::Read(_) => {}',
  },

  {
    name: 'send every read at once',
    file: reads,
    find: 'if self.free(fresh.at_once) == 0 {',
    replace: 'if self.free(fresh.at_once) == usize::MAX {',
  },
  {
    name: 'leave the probe out of what is under way',
    file: reads,
    find: 'saturating_sub(sent + usize::from(self.probe.is_under_way()))',
    replace: 'saturating_sub(sent)',
  },
  {
    name: 'forget those who wait for their turn',
    file: machine,
    find: '        self.take_turns(now);',
    replace: '',
  },
  {
    name: 'forget those who have waited too long for their turn',
    file: reads,
    find: `            out.read(read.reader, Err(Failure::Crowded(COME_BACK_S)));
        }
        self.take_out`,
    replace: `            let _ = (read.reader, &out);
        }
        self.take_out`,
  },
  {
    name: 'send away whoever comes while others are under way',
    file: reads,
    find: 'matches!(at, At::Turn(_))) < LONGEST_QUEUE {',
    replace: 'matches!(at, At::Turn(_))) > LONGEST_QUEUE {',
  },
  {
    name: 'send away whoever waits for their turn',
    file: reads,
    find: 'matches!(at, At::Turn(until) if until <= now)',
    replace: 'matches!(at, At::Turn(until) if until > now)',
  },

  // Time.
  {
    name: 'ignore Retry-After',
    file: tokens,
    find: 'let next = turn.now + backoff.max(wait.unwrap_or(0));',
    replace: 'let next = turn.now + backoff;',
  },
  {
    name: 'let a new caller ignore Retry-After',
    file: tokens,
    find: 'self.attempt = wait.map_or(Attempt::Idle, |wait| Attempt::Resting { until: turn.now + wait });',
    replace: 'self.attempt = Attempt::Idle;',
  },
  {
    name: 'do not ask again for an alarm that went off too early',
    file: out,
    find: '        self.wake = None;',
    replace: '',
  },
  {
    name: 'ask for an alarm only after the snapshot that needs it',
    file: out,
    find: 'before.is_none_or(|before| at < before)',
    replace: 'before.is_some_and(|before| at < before) && at == 0',
  },
  {
    name: 'poll while a call outlives its deadline',
    file: tokens,
    find: '                *since = turn.now;',
    replace: '                *since += 0;',
  },
  {
    name: 'ask for no alarm at the end of the 90 days',
    file: deadlines,
    find: 'let is_under_way = is_in_flight && matches!(record.phase, Phase::Authorised { .. });',
    replace: 'let is_under_way = is_in_flight || matches!(record.phase, Phase::Active { .. });',
  },
  {
    name: 'ask for no alarm for a call under way',
    file: tokens,
    find: 'Attempt::InFlight { since, .. } => Some(Wake { at: since + LOST_AFTER_MS, reason: Reason::TokenOverdue }),',
    replace: 'Attempt::InFlight { .. } => None,',
  },
  {
    name: 'let whoever comes wait for as long as Retry-After says',
    file: tokens,
    find: `                self.waiting.leave(Leaving::ImpatientAt(at), &busy, turn.out);
                None
            }
            Attempt::Resting`,
    replace: `                let _ = busy;
                None
            }
            Attempt::Resting`,
  },
  {
    name: 'wake for the last of several reasons',
    file: machine,
    find: 'all.into_iter().flatten().min_by_key(|wake| wake.at)',
    replace: 'all.into_iter().flatten().max_by_key(|wake| wake.at)',
  },
];
