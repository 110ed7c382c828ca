import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastReadWithoutYou, readBudget } from '../src/budget.ts';

const endpoint = (path: string, lastAt: string) => ({ endpoint: path, left: 3, nextAt: '2026-11-30T10:00:00.000Z', lastAt });

test('ACC-2: what the worker tells of a budget is read, and what is none is not there', () => {
  const told = { limit: 4, hours: 24, endpoints: [endpoint('/accounts', '2026-11-29T10:00:00.000Z'), null, { endpoint: 7 }] };
  assert.deepEqual(readBudget(told), {
    limit: '4',
    hours: '24',
    endpoints: [{ path: '/accounts', left: '3', nextAt: '2026-11-30T10:00:00.000Z', lastAt: '2026-11-29T10:00:00.000Z' }],
  });
  for (const odd of [undefined, null, [], {}, { limit: 4 }, { limit: 4, hours: 24, endpoints: {} }]) {
    assert.equal(readBudget(odd), undefined);
  }
});

test('ACC-2: an account was last read without its customer when anything of it was', () => {
  const budget = readBudget({
    limit: 4,
    hours: 24,
    endpoints: [
      endpoint('/accounts', '2026-11-29T13:00:00.000Z'),
      endpoint('/accounts/1/balance', '2026-11-29T10:00:00.000Z'),
      endpoint('/accounts/1/transactions', '2026-11-29T11:00:00.000Z'),
      endpoint('/accounts/11', '2026-11-29T12:00:00.000Z'),
    ],
  });
  assert.ok(budget);
  assert.equal(lastReadWithoutYou(budget, '1'), '2026-11-29T11:00:00.000Z');
  assert.equal(lastReadWithoutYou(budget, '11'), '2026-11-29T12:00:00.000Z');
  assert.equal(lastReadWithoutYou(budget, '2'), undefined);
});
