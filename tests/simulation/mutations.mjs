// Bugs to plant in the machine, each of which the simulation must see. `find` stands in its file exactly once.

const consent = 'src/edge/consent.rs';
const token = 'src/edge/consent/token.rs';
const reader = 'src/edge/consent/reader.rs';
const time = 'src/edge/consent/time.rs';
const grant = 'src/edge/grant.rs';
const snapshot = 'src/edge/snapshot.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const mutations = [
  // What is kept, and when.
  {
    name: 'drop the keep before a call of access-token leaves',
    file: token,
    find: `self.keep();
        let id = self.send(call, TOKEN_DEADLINE_MS);`,
    replace: 'let id = self.send(call, TOKEN_DEADLINE_MS);',
  },
  {
    name: 'drop the keep of an answer as it came',
    file: token,
    find: `*unread = Some(super::Secret::new(body));
            self.keep();`,
    replace: '*unread = Some(super::Secret::new(body));',
  },
  {
    name: 'drop the keep of new tokens',
    file: token,
    find: `self.token = self.token.done();
        self.keep();`,
    replace: 'self.token = self.token.done();',
  },
  {
    name: 'drop the keep of an end',
    file: consent,
    find: `record.phase = Phase::Ended { end, at: now };
            self.keep();`,
    replace: 'record.phase = Phase::Ended { end, at: now };',
  },
  {
    name: 'drop the keep of a payment',
    file: reader,
    find: `record.spent_at = Some(now);
            self.keep();`,
    replace: 'record.spent_at = Some(now);',
  },
  {
    name: 'swap keep and send',
    file: consent,
    find: `        commands.extend(keeps);
        commands.extend(forget.then_some(Command::Forget));
        commands.extend(wake);
        commands.extend(sends);`,
    replace: `        commands.extend(sends);
        commands.extend(keeps);
        commands.extend(forget.then_some(Command::Forget));
        commands.extend(wake);`,
  },
  {
    name: 'swap keep and answer',
    file: consent,
    find: `        commands.extend(keeps);
        commands.extend(forget.then_some(Command::Forget));
        commands.extend(wake);
        commands.extend(sends);
        commands.extend(answers);`,
    replace: `        commands.extend(answers);
        commands.extend(keeps);
        commands.extend(forget.then_some(Command::Forget));
        commands.extend(wake);
        commands.extend(sends);`,
  },
  {
    name: 'erase nothing when the consent is forgotten',
    file: consent,
    find: 'self.out.forget = true;',
    replace: '',
  },
  {
    name: 'lose the unread answer in the snapshot of a refresh',
    file: snapshot,
    find: 'Phase::Refreshing { grant, unread: answer } => unread(write_grant(text, grant), answer),',
    replace: 'Phase::Refreshing { grant, .. } => write_grant(text, grant),',
  },
  {
    name: 'read a snapshot without its refresh token',
    file: snapshot,
    find: 'Some(token) => Some(Secret::token(token.into()).ok()?),',
    replace: 'Some(_) => None,',
  },

  // One call at a time, with the newest token.
  {
    name: 'forget the in-flight mark',
    file: token,
    find: 'if self.token.sent.is_some() || is_due {',
    replace: 'if is_due {',
  },
  {
    name: 'never set the in-flight mark',
    file: token,
    find: 'self.token.sent = Some((id, now));',
    replace: 'let _ = id;',
  },
  {
    name: 'forget that an attempt is due already',
    file: token,
    find: 'if self.token.sent.is_some() || is_due {',
    replace: 'if self.token.sent.is_some() {',
  },
  {
    name: 'keep the old refresh token when a new one comes',
    file: grant,
    find: 'refresh_token: answer.refresh_token.or_else(|| self.refresh_token.clone()),',
    replace: 'refresh_token: self.refresh_token.clone().or(answer.refresh_token),',
  },
  {
    name: 'lose the refresh token when no new one comes',
    file: grant,
    find: 'refresh_token: answer.refresh_token.or_else(|| self.refresh_token.clone()),',
    replace: 'refresh_token: answer.refresh_token,',
  },
  {
    name: 'begin the 90 days anew at each refresh',
    file: grant,
    find: 'granted_at: self.granted_at,',
    replace: 'granted_at: now,',
  },

  // Answers that are lost, late or unreadable.
  {
    name: 'take a late answer of a finished refresh',
    file: token,
    find: 'Self { serial: self.serial.wrapping_add(1), ..Self::default() }',
    replace: 'Self { serial: self.serial.wrapping_add(1), given_up: self.given_up.clone(), ..Self::default() }',
  },
  {
    name: 'ignore the late answer of an attempt that was given up',
    file: token,
    find: 'self.token.given_up.push(id);',
    replace: '',
  },
  {
    name: 'take a late answer at once, whatever is under way',
    file: token,
    find: 'Some(grant) if under_way || self.token.sent.is_none() => self.adopt(grant, now),',
    replace: 'Some(grant) => self.adopt(grant, now),',
  },
  {
    name: 'forget a late answer when the attempt under way is refused',
    file: token,
    find: `        if let Some(grant) = self.token.late.take() {
            return self.adopt(grant, now);
        }
        let refusal`,
    replace: '        let refusal',
  },
  {
    name: 'give up tokens that came late for an answer that cannot be read',
    file: token,
    find: 'if self.token.late.is_none() || TokenAnswer::salvage(&answer.body).is_some() {',
    replace: '{',
  },
  {
    name: 'never read an answer that was kept before a crash',
    file: token,
    find: 'if core::mem::take(&mut self.token.restarted)',
    replace: 'if false',
  },
  {
    name: 'forget that a lost answer leaves the token uncertain',
    file: token,
    find: 'self.token.uncertain |= uncertain;',
    replace: '',
  },
  {
    name: 'forget that a crash leaves the token uncertain',
    file: token,
    find: 'Self { uncertain: true, restarted: true,',
    replace: 'Self { restarted: true,',
  },
  {
    name: 'do not go on with an exchange or a refresh after a crash',
    file: token,
    find: 'restarted: true, retry_at: Some(0), ..Self::default() }',
    replace: 'restarted: true, ..Self::default() }',
  },

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
    find: 'Phase::Ended { at, .. } if now >= at + ENDED_KEPT_MS => self.forget(),',
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
    find: '**refusal = GatewayError { status: refusal.status, error, ..GatewayError::default() };',
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
    find: 'self.token.retry_at.is_some_and(|at| at <= now + retry::LONGEST_WAIT_MS)',
    replace: 'self.token.retry_at.is_some()',
  },
];
