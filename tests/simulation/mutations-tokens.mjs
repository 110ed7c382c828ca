// Bugs to plant where tokens are kept, spent and renewed. `find` stands in its file exactly once.
const grant = 'src/consent/grant.rs';
const machine = 'src/consent/machine.rs';
const out = 'src/consent/out.rs';
const snapshot = 'src/consent/snapshot.rs';
const tokens = 'src/consent/tokens.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofTokens = [
  // What is kept, and when.
  {
    name: 'drop the keep before a call of access-token leaves',
    file: tokens,
    find: 'turn.enter(Phase::Refreshing { grant: grant.clone(), unread: None });',
    replace: 'turn.record.phase = Phase::Refreshing { grant: grant.clone(), unread: None };',
  },
  {
    name: 'drop the keep of an answer as it came',
    file: out,
    find: '            self.enter(phase);',
    replace: '            self.record.phase = phase;',
  },
  {
    name: 'drop the keep of new tokens',
    file: tokens,
    find: 'turn.enter(Phase::Active { grant });',
    replace: 'turn.record.phase = Phase::Active { grant };',
  },
  {
    name: 'drop the keep of an end',
    file: machine,
    find: 'turn.enter(Phase::Ended { end, at: now });',
    replace: 'turn.record.phase = Phase::Ended { end, at: now };',
  },
  {
    name: 'swap keep and send',
    file: out,
    find: `        commands.append(&mut self.keeps);
        commands.extend(std::mem::take(&mut self.forget).then_some(Command::Forget));
        commands.extend(asked);
        commands.append(&mut self.sends);`,
    replace: `        commands.append(&mut self.sends);
        commands.append(&mut self.keeps);
        commands.extend(std::mem::take(&mut self.forget).then_some(Command::Forget));
        commands.extend(asked);`,
  },
  {
    name: 'swap keep and answer',
    file: out,
    find: `        commands.append(&mut self.keeps);
        commands.extend(std::mem::take(&mut self.forget).then_some(Command::Forget));
        commands.extend(asked);
        commands.append(&mut self.sends);
        commands.append(&mut self.claims);
        commands.append(&mut self.deliveries);
        commands.append(&mut self.counts);
        commands.append(&mut self.answers);`,
    replace: `        commands.append(&mut self.answers);
        commands.append(&mut self.keeps);
        commands.extend(std::mem::take(&mut self.forget).then_some(Command::Forget));
        commands.extend(asked);
        commands.append(&mut self.sends);
        commands.append(&mut self.claims);
        commands.append(&mut self.deliveries);
        commands.append(&mut self.counts);`,
  },
  {
    name: 'erase nothing when the consent is forgotten',
    file: out,
    find: 'self.forget = true;',
    replace: '',
  },
  {
    name: 'lose the unread answer in the snapshot of a refresh',
    file: snapshot,
    find: 'Phase::Refreshing { unread, .. } => written.unread = unread.as_ref(),',
    replace: 'Phase::Refreshing { .. } => {}',
  },
  {
    name: 'read a snapshot without its refresh token',
    file: snapshot,
    find: `            refresh_token,
            unusable: self`,
    replace: `            refresh_token: refresh_token.filter(|_| false),
            unusable: self`,
  },
  {
    name: 'leave the code of a redirect out of what is kept',
    file: machine,
    find: 'turn.enter(Phase::Authorised { code, code_at: now, unread: None });',
    replace: 'turn.record.phase = Phase::Authorised { code, code_at: now, unread: None };',
  },

  // Answers that surprise.
  {
    name: 'drop a refresh token with spaces in it',
    file: 'src/gateway/secret.rs',
    find: "matches!(byte, b' '..=b'~')",
    replace: "matches!(byte, b'!'..=b'~')",
  },
  {
    name: 'drop a refresh token that is a number',
    file: 'src/gateway/answer.rs',
    find: 'if is_number { Some(written.to_owned()) }',
    replace: 'if is_number { None }',
  },
  {
    name: 'drop a refresh token that cannot be used',
    file: grant,
    find: 'unusable: answer.is_incomplete.then(|| written.clone()),',
    replace: 'unusable: answer.is_incomplete.then(|| written.clone()).filter(|_| false),',
  },
  {
    name: 'forget a refresh token that cannot be used at the next refresh',
    file: grant,
    find: 'if answer.is_incomplete { Some(written.clone()) } else { before }',
    replace: 'if answer.is_incomplete { Some(written.clone()) } else { before.filter(|_| false) }',
  },
  {
    name: 'leave a refresh token that cannot be used out of the snapshot',
    file: snapshot,
    find: 'unusable: grant.and_then(|grant| grant.unusable.as_ref()),',
    replace: 'unusable: None,',
  },
  {
    name: 'end a consent whose newer refresh token cannot be used',
    file: tokens,
    find: 'Verdict::Grant if turn.record.phase.grant().is_some_and(|grant| grant.unusable.is_some()) => {',
    replace: 'Verdict::Grant if turn.record.phase.grant().is_some_and(|grant| grant.granted_at == 0) => {',
  },
  {
    name: 'end a consent whose only refresh token cannot be used',
    file: tokens,
    find: 'None if grant.unusable.is_some() => return self.denied(&Failure::BadAnswer, turn),',
    replace: '',
  },
  {
    name: 'keep an answer however long it is',
    file: tokens,
    find: 'if answer.body.len() > MAX_TOKEN_ANSWER {',
    replace: 'if answer.body.len() > 1000 * MAX_TOKEN_ANSWER {',
  },

  // One call at a time, with the newest token.
  {
    name: 'forget the in-flight mark',
    file: tokens,
    find: `Attempt::InFlight { .. } => None,
            Attempt::Due`,
    replace: `Attempt::InFlight { .. } if self.attempts > 100 => None,
            Attempt::InFlight { .. } => self.call(turn),
            Attempt::Due`,
  },
  {
    name: 'never set the in-flight mark',
    file: tokens,
    find: 'self.attempt = Attempt::InFlight { id, since: turn.now };',
    replace: 'let _ = id;',
  },
  {
    name: 'forget that an attempt is due already',
    file: tokens,
    find: `Attempt::Due { at } => {
                let busy = Failure::Busy(at.saturating_sub(turn.now).div_ceil(1000));
                self.waiting.leave(Leaving::ImpatientAt(at), &busy, turn.out);
                None
            }
            Attempt::Resting`,
    replace: `Attempt::Due { .. } => self.call(turn),
            Attempt::Resting`,
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
    file: tokens,
    find: 'Self { serial: self.serial.wrapping_add(1), ..Self::default() }',
    replace: 'Self { serial: self.serial.wrapping_add(1), given_up: self.given_up.clone(), ..Self::default() }',
  },
  {
    name: 'ignore the late answer of an attempt that was given up',
    file: tokens,
    find: 'self.given_up.push(id);',
    replace: '',
  },
  {
    name: 'take a late answer at once, whatever is under way',
    file: tokens,
    find: 'Some(grant) if is_under_way || !self.is_in_flight() => Some(self.adopt(grant, turn)),',
    replace: 'Some(grant) if is_under_way || turn.now > 0 => Some(self.adopt(grant, turn)),',
  },
  {
    name: 'forget a late answer when the attempt under way is refused',
    file: tokens,
    find: `        if let Some(grant) = self.late.take() {
            return Some(self.adopt(grant, turn));
        }
        let refusal`,
    replace: '        let refusal',
  },
  {
    name: 'give up tokens that came late for an answer that cannot be read',
    file: tokens,
    find: 'if self.late.is_none() || TokenAnswer::salvage(&answer.body).is_some() {',
    replace: '{',
  },
  {
    name: 'never read an answer that was kept before a crash',
    file: tokens,
    find: `        let grant = turn.record.phase.read_unread(turn.now)?;
        Some`,
    replace: `        let grant = turn.record.phase.read_unread(turn.now).filter(|_| false)?;
        Some`,
  },
  {
    name: 'forget that a lost answer leaves the token uncertain',
    file: tokens,
    find: 'self.is_uncertain |= is_uncertain;',
    replace: 'let _ = is_uncertain;',
  },
  {
    name: 'forget that a crash leaves the token uncertain',
    file: tokens,
    find: 'Self { is_uncertain: true, attempt: Attempt::Due { at: 0 },',
    replace: 'Self { attempt: Attempt::Due { at: 0 },',
  },
  {
    name: 'do not go on with an exchange or a refresh after a crash',
    file: tokens,
    find: 'is_uncertain: true, attempt: Attempt::Due { at: 0 }, ..Self::default() }',
    replace: 'is_uncertain: true, ..Self::default() }',
  },
];
