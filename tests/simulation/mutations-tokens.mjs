// Bugs to plant where tokens are kept, spent and renewed. `find` stands in its file exactly once.

const consent = 'src/edge/consent.rs';
const token = 'src/edge/consent/token.rs';
const reader = 'src/edge/consent/reader.rs';
const grant = 'src/edge/grant.rs';
const snapshot = 'src/edge/snapshot.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofTokens = [
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
    find: 'refresh_token: optional(object, "refresh_token", |token| Secret::token(owned(token)?).ok())?,',
    replace: 'refresh_token: None,',
  },

  // One call at a time, with the newest token.
  {
    name: 'forget the in-flight mark',
    file: token,
    find: `if self.token.sent.is_some() {
            return;`,
    replace: `if self.token.attempts > 100 {
            return;`,
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
    find: 'self.token.retry_at.filter(|at| *at <= now + retry::LONGEST_WAIT_MS)',
    replace: 'None::<u64>',
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
];
