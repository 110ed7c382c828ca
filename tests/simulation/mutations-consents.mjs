// Bugs to plant where a consent begins and ends, callers are answered, and time passes. `find` stands in its file
// exactly once.

const consent = 'src/edge/consent.rs';
const token = 'src/edge/consent/token.rs';
const reader = 'src/edge/consent/reader.rs';
const time = 'src/edge/consent/time.rs';
const grant = 'src/edge/grant.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofConsents = [
  // Codes and redirects.
  {
    name: 'send a code however old it is',
    file: time,
    find: 'now.abs_diff(code_at) < self.settings.environment.code_lifetime_ms()',
    replace: 'code_at > 0',
  },
  {
    name: 'let a code of production live as long as one of the sandbox',
    file: 'src/profile.rs',
    find: 'Self::Production => 60 * 1000,',
    replace: 'Self::Production => 10 * 60 * 1000,',
  },
  {
    name: 'take the redirect of another uuid',
    file: consent,
    find: 'same_uuid & is_same(&record.intent_id, &redirect.intent_id)',
    replace: 'same_uuid | is_same(&record.intent_id, &redirect.intent_id)',
  },
  {
    name: 'take the redirect of an intent that is the beginning of ours',
    file: consent,
    find: 'one.len() == other.len() && one.bytes()',
    replace: 'one.bytes()',
  },
  {
    name: 'exchange the code of a repeated redirect',
    file: consent,
    find: '(Phase::Requested, Some(code)) => {',
    replace: '(Phase::Requested | Phase::Active { .. }, Some(code)) => {',
  },
  {
    name: 'decline a consent that is there already',
    file: consent,
    find: '(Phase::Requested, None) => {',
    replace: '(Phase::Requested | Phase::Active { .. }, None) => {',
  },

  // Ends.
  {
    name: 'do not end a consent whose refresh is refused',
    file: token,
    find: 'Refusal::Grant => self.end(self.end_by_refusal(), now),',
    replace: 'Refusal::Grant => self.attempt_failed(Failure::BadAnswer, None, true, now),',
  },
  {
    name: 'end a consent for credentials that are refused',
    file: token,
    find: '_ if body.trim_ascii_start()',
    replace: '(401, None) => Self::Grant,\n            _ if body.trim_ascii_start()',
  },
  {
    name: 'end a consent for the page of a proxy',
    file: token,
    find: "_ if body.trim_ascii_start().starts_with('<') => Self::Unreadable,",
    replace: '',
  },
  {
    name: 'end a consent at the first 401',
    file: reader,
    find: '(Some(Phase::Active { .. }), true) if is_newest => {',
    replace: '(Some(Phase::Active { .. }), _) if is_newest => {',
  },
  {
    name: 'end a consent for the 401 of an older token',
    file: reader,
    find: 'matches!(reader.at, At::Sent(_, serial) if serial == self.token.serial)',
    replace: 'matches!(reader.at, At::Sent(..))',
  },
  {
    name: 'keep a consent for longer than its 90 days',
    file: time,
    find: 'Phase::Active { grant } | Phase::Refreshing { grant, .. } if now >= grant.ends_at() => {',
    replace: 'Phase::Refreshing { grant, .. } if now >= grant.ends_at() => {',
  },
  {
    name: 'erase an ended consent before its week is over',
    file: time,
    find: 'Phase::Ended { at, .. } if now >= at.saturating_add(ENDED_KEPT_MS) => self.forget(),',
    replace: 'Phase::Ended { at, .. } if now > *at => self.forget(),',
  },

  // Callers.
  {
    name: 'answer whoever came back from the bank twice',
    file: token,
    find: 'for Waiting { caller, .. } in core::mem::take(&mut self.callbacks) {',
    replace: 'for Waiting { caller, .. } in self.callbacks.clone() {',
  },
  {
    name: 'leave readers waiting when there will be no token',
    file: token,
    find: 'self.readers_leave(failure, leaves);',
    replace: '',
  },
  {
    name: 'leave readers waiting when the consent ends',
    file: reader,
    find: `            Some(Phase::Ended { end, .. }) => {
                let failure = Failure::Ended(*end);
                self.answer(reader.caller, Err(failure));
            }
            _ => {
                reader.at`,
    replace: `            _ => {
                reader.at`,
  },
  {
    name: 'send a request that is no GET again',
    file: reader,
    find: 'self.call.method == Method::Get',
    replace: '!self.call.path.is_empty() || self.call.method == Method::Get',
  },
  {
    name: 'submit a payment twice',
    file: reader,
    find: `            if record.spent_at.is_some() {
                return self.answer(reader.caller, Err(Failure::AlreadySubmitted));
            }
`,
    replace: '',
  },
  {
    name: 'send an access token that is over',
    file: grant,
    find: 'now + life_ms(skew.0) < self.access_ends_at',
    replace: 'now > 0 && skew.0 < u32::MAX',
  },
  {
    name: 'end a consent while its access token is good',
    file: reader,
    find: 'if grant.refresh_token.is_none() && now < grant.access_ends_at => {',
    replace: 'if grant.refresh_token.is_none() && now > u64::MAX - 1 => {',
  },
  {
    name: 'repeat to a caller what the gateway said',
    file: consent,
    find: '*refusal = Rc::new(GatewayError { status: refusal.status, error, ..GatewayError::default() });',
    replace: 'let _ = (&refusal, error, GatewayError::default());',
  },

  // Time.
  {
    name: 'ignore Retry-After',
    file: token,
    find: 'let next = now + backoff.max(wait.unwrap_or(0));',
    replace: 'let next = now + backoff;',
  },
  {
    name: 'let a new caller ignore Retry-After',
    file: token,
    find: 'self.token.not_before = wait.map(|wait| now + wait);',
    replace: '',
  },
  {
    name: 'do not ask again for an alarm that went off too early',
    file: time,
    find: 'self.wake_at = None;',
    replace: '',
  },
  {
    name: 'ask for an alarm only after the snapshot that needs it',
    file: consent,
    find: 'before.is_none_or(|before| at < before)',
    replace: 'before.is_some_and(|before| at < before) && at == 0',
  },
  {
    name: 'poll while a call outlives its deadline',
    file: time,
    find: '*since = now;',
    replace: '*since += 0;',
  },
  {
    name: 'ask for no alarm at the end of the 90 days',
    file: time,
    find: 'Phase::Active { grant } | Phase::Refreshing { grant, .. } => Some(grant.ends_at()),',
    replace: 'Phase::Active { .. } | Phase::Refreshing { .. } => None,',
  },
  {
    name: 'ask for no alarm for a call under way',
    file: time,
    find: 'let of_call = self.token.sent.map(|(_, since)| since + LOST_AFTER_MS);',
    replace: 'let of_call = None;',
  },
  {
    name: 'let all wait until a clock that was set back has come up again',
    file: token,
    find: 'self.token.retry_at.filter(|at| *at <= now + retry::LONGEST_WAIT_MS)',
    replace: 'self.token.retry_at',
  },
  {
    name: 'let whoever comes wait for as long as Retry-After says',
    file: token,
    find: 'at.saturating_sub(since) >= PATIENCE_MS);',
    replace: 'since > at);',
  },
];
