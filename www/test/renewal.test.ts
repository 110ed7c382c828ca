import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysInWords, daysLeft, isRenewalDue } from '../src/renewal.ts';

const GRANTED = Date.parse('2026-09-01T09:00:00.000Z');
const DAY = 86_400_000;
const consent = { expiresAt: new Date(GRANTED + 90 * DAY).toISOString() };

test('CON-1: a renewal is offered from day 75 of 90', () => {
  assert.equal(isRenewalDue(consent, GRANTED + 75 * DAY - 1), false);
  assert.equal(isRenewalDue(consent, GRANTED + 75 * DAY), true);
  assert.equal(isRenewalDue({ expiresAt: undefined }, GRANTED), false);
  assert.equal(isRenewalDue({ expiresAt: 'some day' }, GRANTED), false);
});

test('CON-1: the days that are left are told, the one that has begun included', () => {
  assert.equal(daysLeft(consent, GRANTED), 90);
  assert.equal(daysLeft(consent, GRANTED + 1), 90);
  assert.equal(daysLeft(consent, GRANTED + 89 * DAY + 1), 1);
  assert.equal(daysLeft(consent, GRANTED + 91 * DAY), 0);
  assert.deepEqual([0, 1, 2].map(daysInWords), ['less than a day', '1 day', '2 days']);
});
