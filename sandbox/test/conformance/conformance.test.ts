/** Each rule that a gateway can check, shown by calls that are wrong in one way, in both environments. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CERTIFICATE } from '../support/sandbox.ts';
import { ENVIRONMENTS } from './bench.ts';
import { expectedIn } from './case.ts';
import { CASES, UNSEEN } from './cases/index.ts';
import { play } from './run.ts';
import { sites } from './sites.ts';
import { rulesOfThePage } from './rules.ts';

/** What the bank decides is no departure from anything that was expected. */
const DECIDED = / (insufficient_funds|payment_refused|temporarily_unavailable|server_error) /;

const reached = new Set<string>();

for (const item of Object.values(CASES).flat()) {
  test(`${item.rule}: ${item.name}`, async () => {
    for (const environment of ENVIRONMENTS) {
      const { outcome, told, body, headers, frames, secrets } = await play(item, environment);
      assert.equal(outcome, expectedIn(item, environment), `${environment}: ${body}`);
      for (const { file, line } of frames) reached.add(`${file}:${line}`);
      if (frames.length === 0) continue;
      if (item.reading !== undefined) assert.equal(told.reading, item.reading, body);
      if (!DECIDED.test(outcome)) assert.ok(told.expected && told.came, body);
      // ERR-1, ERR-2: a refusal is the gateway's own JSON, says what to do, and repeats nothing secret.
      assert.match(headers.get('content-type') ?? '', /^application\/json/);
      for (const secret of [...secrets, CERTIFICATE.split('\n')[1] ?? '']) assert.ok(!body.includes(secret), body);
      if (outcome.startsWith('401')) assertChallenge(outcome, headers);
      if (/^(429|503)/.test(outcome)) assert.match(headers.get('retry-after') ?? '', /^\d+$/);
      if (outcome.startsWith('405')) assert.match(headers.get('allow') ?? '', /^[A-Z, ]+$/);
    }
  });
}

function assertChallenge(outcome: string, headers: Headers): void {
  const scheme = { invalid_client: /^Basic /, invalid_token: /^Bearer / }[outcome.split(' ')[1] ?? ''];
  if (scheme !== undefined) assert.match(headers.get('www-authenticate') ?? '', scheme);
}

test('ERR-1: every place at which the gateway refuses a call is shown by one that is refused there', () => {
  const all = sites().map(({ file, line }) => `${file}:${line}`);
  assert.ok(all.length > 80, `${all.length} places`);
  assert.deepEqual(all.filter((site) => !reached.has(site)), []);
});

test('every rule of the protocol is shown, or it is said why a gateway cannot see it', () => {
  const shown = new Set(Object.values(CASES).flat().map(({ rule }) => rule));
  const rules = rulesOfThePage();
  assert.deepEqual([...shown, ...Object.keys(UNSEEN)].filter((rule) => !rules.includes(rule)), []);
  assert.deepEqual(rules.filter((rule) => shown.has(rule) === rule in UNSEEN), []);
});

test('no two cases of a rule have one name', () => {
  const names = Object.values(CASES).flat().map(({ rule, name }) => `${rule}: ${name}`);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
});
