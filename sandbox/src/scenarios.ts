import type { FaultRule } from './fault-rule.ts';

type Rule = Omit<FaultRule, 'id'>;

export interface Scenario {
  /** What happens, for people. */
  sentence: string;
  /** @param now what the bank's clock shows, in milliseconds since 1970 */
  rules: (now: number) => readonly Rule[];
}

const TEN_MINUTES = 600_000;

/** What goes wrong with banks, each under a name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'refresh-answer-lost': scenario(
    'The next refresh is processed and its answer is lost, so that nobody knows the new refresh token.',
    { endpoint: 'refresh', fault: { kind: 'drop-after' }, times: 1 },
  ),
  'code-exchange-answer-lost': scenario(
    'The next code is exchanged and the answer is lost; the code is spent.',
    { endpoint: 'exchange', fault: { kind: 'drop-after' }, times: 1 },
  ),
  'payment-answer-lost': scenario(
    'The next payment is made and its answer is lost.',
    { endpoint: 'payment', fault: { kind: 'drop-after' }, times: 1 },
  ),
  'next-payment-fails': scenario(
    'The next payment is answered with 500, and nothing is paid.',
    { endpoint: 'payment', fault: { kind: 'status', status: 500 }, times: 1 },
  ),
  'payment-sent-twice': scenario(
    'The network brings the next payment twice; the bank pays once and answers the second with a conflict.',
    { endpoint: 'payment', fault: { kind: 'duplicate' }, times: 1 },
  ),
  'bank-down-10-minutes': {
    sentence: 'Every call is answered with 503, for ten minutes of the bank’s clock.',
    rules: (now) => [{ fault: { kind: 'status', status: 503 }, until: new Date(now + TEN_MINUTES).toISOString() }],
  },
  'slow-bank': scenario('Every answer comes three seconds late.', { fault: { kind: 'delay', milliseconds: 3000 } }),
  flaky: scenario(
    'One call in five is answered with 503; which ones is always the same.',
    { fault: { kind: 'status', status: 503 }, probability: 0.2, seed: 1 },
  ),
  'revoked-in-mid-flight': scenario(
    'The person takes the consent back while the next read is under way: it is answered, and nothing after it.',
    { endpoint: 'resource', fault: { kind: 'revoked-in-flight', when: 'after' }, times: 1 },
  ),
  'rate-limited': scenario(
    'The next three reads are answered with 429 and Retry-After: 30.',
    { endpoint: 'resource', fault: { kind: 'retry-after', status: 429, retryAfter: 30 }, times: 3 },
  ),
  'limit-reached': scenario(
    'The next read is refused with 403 by a policy of the bank’s, which ends nothing (REV-1).',
    { endpoint: 'resource', fault: { kind: '403-limit' }, times: 1 },
  ),
  'token-refused-once': scenario(
    'The access token of the next read is refused, although it is good; a refreshed one works.',
    { endpoint: 'resource', fault: { kind: '401-once' }, times: 1 },
  ),
  'refresh-refused': scenario(
    'The next refresh is refused with invalid_grant, although the token is good.',
    { endpoint: 'refresh', fault: { kind: 'invalid_grant' }, times: 1 },
  ),
  'maintenance-page': scenario(
    'A proxy answers the next three calls with a page and status 200.',
    { fault: { kind: 'html' }, times: 3 },
  ),
  'broken-answers': scenario(
    'The next read breaks off in the middle, the one after it is no JSON, the third is an array.',
    { endpoint: 'resource', fault: { kind: 'cut-body' }, times: 1 },
    { endpoint: 'resource', fault: { kind: 'garbage' }, times: 1 },
    { endpoint: 'resource', fault: { kind: 'wrong-shape', as: 'array' }, times: 1 },
  ),
};

/** A scenario's rules with ids of their own, so that one begun again stands once; nothing for another name. */
export function rulesOf(name: string, now: number): FaultRule[] | undefined {
  const known = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  const rules = known?.rules(now);
  return rules?.map((rule, index) => ({ id: rules.length === 1 ? name : `${name}-${index + 1}`, ...rule }));
}

function scenario(sentence: string, ...rules: Rule[]): Scenario {
  return { sentence, rules: () => rules };
}
