import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNATTENDED_WINDOW, unattendedBudget } from '../src/budget.ts';
import { CONSENT_LIFE, type KeptToken, lifetimesOf, tokenEnds, tokenRefusal } from '../src/life.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const CODE_LIFE = lifetimesOf('sandbox').codeSeconds * 1000;

const CODE: KeptToken = {
  kind: 'code',
  app: 'app-one',
  state: 'accepted',
  expiresAt: NOW + CODE_LIFE,
  spentAt: null,
  consentEndsAt: NOW + CONSENT_LIFE,
};

function refusal(changes: Partial<KeptToken>, now = NOW) {
  return tokenRefusal({ ...CODE, ...changes }, { kind: 'code', app: 'app-one' }, now);
}

test('ENV-2: a code works for 10 minutes in sandbox, 60 seconds in production, and not at their end', () => {
  assert.equal(CODE_LIFE, 10 * 60 * 1000);
  assert.equal(lifetimesOf('production').codeSeconds, 60);
  assert.equal(refusal({}), undefined);
  assert.equal(refusal({}, NOW + CODE_LIFE - 1), undefined);
  assert.equal(refusal({}, NOW + CODE_LIFE), 'expired');
});

test('TOK-1, REF-1: each reason for a refusal has its name', () => {
  assert.equal(tokenRefusal(undefined, { kind: 'code', app: 'app-one' }, NOW), 'unknown');
  assert.equal(refusal({ kind: 'refresh' }), 'other_kind');
  assert.equal(refusal({ app: 'app-two' }), 'other_app');
  assert.equal(refusal({ state: 'withdrawn' }), 'withdrawn');
  assert.equal(refusal({ spentAt: NOW - 1 }), 'spent');
  assert.equal(refusal({ consentEndsAt: NOW }), 'consent_ended');
});

test('REF-1: within the grace a spent refresh token is not refused, afterwards it is', () => {
  const spent: KeptToken = { ...CODE, kind: 'refresh', spentAt: NOW };
  const asked = { kind: 'refresh', app: 'app-one', graceSeconds: 60 } as const;
  assert.equal(tokenRefusal(spent, asked, NOW + 59_999), undefined);
  assert.equal(tokenRefusal(spent, asked, NOW + 60_000), 'spent');
  assert.equal(tokenRefusal({ ...spent, state: 'withdrawn' }, asked, NOW), 'withdrawn');
});

test('TOK-3, REF-1: tokens live 3,600 seconds and 90 days, but not beyond the consent', () => {
  const fresh = tokenEnds(NOW + CONSENT_LIFE, 3600, NOW);
  assert.deepEqual(fresh, { access: NOW + 3_600_000, refresh: NOW + CONSENT_LIFE, expiresIn: 3600 });
  const late = tokenEnds(NOW + 90_500, 3600, NOW);
  assert.deepEqual(late, { access: NOW + 90_500, refresh: NOW + 90_500, expiresIn: 90 });
});

test('ACC-2: four requests in any 24 hours, the fifth when the first has left the window', () => {
  const first = NOW;
  const four = [first, first + 1000, first + 2000, first + 3000];
  assert.deepEqual(unattendedBudget(four.slice(0, 3), NOW + 4000), { admitted: true });
  assert.deepEqual(unattendedBudget(four, NOW + 4000), { admitted: false, retryAfter: 86_396 });
  const last = unattendedBudget(four, first + UNATTENDED_WINDOW - 1);
  assert.deepEqual(last, { admitted: false, retryAfter: 1 });
  assert.deepEqual(unattendedBudget(four, first + UNATTENDED_WINDOW), { admitted: true });
});
