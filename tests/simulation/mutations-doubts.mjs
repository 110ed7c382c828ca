// Bugs to plant where the bank refuses something and the consent may be over (REV-1). `find` stands in its file exactly
// once.
const failure = 'src/consent/failure.rs';
const grant = 'src/consent/grant.rs';
const machine = 'src/consent/machine.rs';
const probe = 'src/consent/probe.rs';
const reads = 'src/consent/reads.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofDoubts = [
  // A refresh that is refused.
  {
    name: 'end a consent for credentials that are refused',
    file: failure,
    find: "(401, None) if !body.trim_ascii_start().starts_with('<') => Self::Client,",
    replace: '(401, None) => Self::Grant,',
  },
  {
    name: 'end a consent for an endpoint that is not there',
    file: failure,
    find: '(404 | 451 | 500.., _) => Self::Gateway,',
    replace: '(500.., _) => Self::Gateway,',
  },
  {
    name: 'end a consent for a call that came too early',
    file: failure,
    find: '(408 | 421 | 425 | 429 | 503, _) => Self::Busy,',
    replace: '(429 | 503, _) => Self::Busy,',
  },
  {
    name: 'end a consent for a gateway that fails',
    file: failure,
    find: '(404 | 451 | 500.., _) => Self::Gateway,',
    replace: '(404 | 451 | 501.., _) => Self::Gateway,',
  },
  {
    name: 'end a consent for a 403 of a refresh',
    file: failure,
    find: '(403, _) => Self::Policy,',
    replace: '(403, _) => Self::Grant,',
  },
  {
    name: 'end a consent for the page of a proxy',
    file: failure,
    find: '_ if !is_own_refusal(body) => Self::Foreign,',
    replace: '',
  },

  // An access token that is refused.
  {
    name: 'end a consent for a resource that is refused',
    file: reads,
    find: `        if is_probe {
            return end.map(News::Over);`,
    replace: `        if end.is_some() {
            return end.map(News::Over);`,
  },
  {
    name: 'end a consent at the first 401',
    file: grant,
    find: 'let is_doubted = self.vouched_at.is_none() && is_fresh_at(self.renewed_at, now);',
    replace: 'let is_doubted = self.vouched_at.is_none();',
  },
  {
    name: 'end a consent for a token that was renewed long ago',
    file: grant,
    find: 'at.is_some_and(|at| now.abs_diff(at) < FRESH_MS)',
    replace: 'at.is_some_and(|at| now.abs_diff(at) < 1000 * FRESH_MS)',
  },
  {
    name: 'end a consent for a token that is over',
    file: grant,
    find: 'Some(_) => (is_doubted && !is_over).then_some(End::Revoked),',
    replace: 'Some(_) => is_doubted.then_some(End::Revoked),',
  },
  {
    name: 'end a consent that cannot be renewed while its token is good',
    file: grant,
    find: 'None => (is_over && self.unusable.is_none()).then_some(End::Reauthorise),',
    replace: 'None => Some(End::Reauthorise),',
  },
  {
    name: 'end a consent for the 401 of an older token',
    file: reads,
    find: '401 if read.is_repeatable() && serial == fresh.serial => {',
    replace: '401 if read.is_repeatable() && serial <= fresh.serial => {',
  },
  {
    name: 'end a consent for the page of a proxy in place of the accounts',
    file: reads,
    find: '|| is_probe && !is_own_refusal(body) {',
    replace: '|| is_probe && body.len() > 100_000 {',
  },
  {
    name: 'take a token renewed for its age for one that was refused',
    file: machine,
    find: 'Some(News::TokenWanted(read)) => self.wait_to_read(read, now),',
    replace: `Some(News::TokenWanted(read)) => {
                self.tokens.refused_by_bank();
                self.wait_to_read(read, now);
            }`,
  },
  {
    name: 'let whoever comes by a clock that was set back doubt the consent',
    file: reads,
    find: 'let may_ask = read.is_token_refused || grant.refresh_token.is_none() || self.probe.is_under_way();',
    replace: 'let may_ask = read.attempts > 0;',
  },

  // The probe.
  {
    name: 'end a consent for a probe that a proxy answers',
    file: probe,
    find: 'filter(|_| answer.status == 401 && is_own);',
    replace: 'filter(|_| answer.status == 401 && (is_own || !is_own));',
  },
  {
    name: 'end a consent for a probe that is refused by 403',
    file: probe,
    find: 'filter(|_| answer.status == 401 && is_own);',
    replace: 'filter(|_| matches!(answer.status, 401 | 403) && is_own);',
  },
  {
    name: 'end a consent for the probe of an older token',
    file: probe,
    find: 'let is_newest = self.sent.take().is_some_and(|sent| sent.serial == serial);',
    replace: 'let is_newest = self.sent.take().is_some_and(|sent| sent.serial <= serial);',
  },
  {
    name: 'ask twice at once',
    file: probe,
    find: 'let (None, Ok(call)) = (&self.sent,',
    replace: 'let (_, Ok(call)) = (&self.sent,',
  },
  {
    name: 'leave whoever waits for the probe waiting when it is lost',
    file: probe,
    find: `        self.sent = None;
        self.tell(out);`,
    replace: `        self.sent = None;
        let _ = out;`,
  },
  {
    name: 'leave whoever waits for the probe waiting when the consent ends',
    file: reads,
    find: '        self.probe.dismiss(failure, out);',
    replace: '',
  },
  {
    name: 'do not note that the accounts vouch for the token',
    file: probe,
    find: 'is_success(status) && (answer.body.is_empty() || json::check(&answer.body).is_ok())',
    replace: 'is_success(status) && answer.body.len() > 100_000',
  },
  {
    name: 'take the page of a proxy for the accounts',
    file: probe,
    find: 'is_success(status) && (answer.body.is_empty() || json::check(&answer.body).is_ok())',
    replace: 'is_success(status)',
  },
  {
    name: 'vouch for a token for ever',
    file: probe,
    find: '                401 => None,',
    replace: '',
  },
  {
    name: 'renew the token for a resource that is refused, vouched for or not',
    file: reads,
    find: 'let is_vouched = grant.vouched_at.is_some() && !is_probe && !is_over;',
    replace: 'let is_vouched = grant.vouched_at.is_some() && is_probe && is_over;',
  },
  {
    name: 'tell a caller that a 403 is a bad answer',
    file: reads,
    find: '400..500 => turn.out.read(read.reader, Err(Failure::Refused(refusal))),',
    replace: '400..500 => turn.out.read(read.reader, Err(Failure::BadAnswer)),',
  },
];
