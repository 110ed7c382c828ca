import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNTS, type Account } from '../src/data/accounts.ts';
import { DAY } from '../src/data/calendar.ts';
import { RESOURCES, accountResource } from '../src/data/resources.ts';
import { balances, money, transactions } from '../src/data/transactions.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const [EVERYDAY] = ACCOUNTS as readonly [Account];

test('ACC-3: every account has every resource, and the same at the same time', () => {
  assert.equal(RESOURCES.length, 7);
  for (const account of ACCOUNTS) {
    for (const resource of [undefined, ...RESOURCES]) {
      const answer = accountResource(account, resource, NOW);
      assert.ok(answer);
      assert.deepEqual(accountResource(account, resource, NOW), answer);
    }
  }
  for (const name of ['nix', 'constructor']) assert.equal(accountResource(EVERYDAY, name, NOW), undefined);
});

test('ACC-3: on any day there are 30 transactions and more, all past, newest first, each named once', () => {
  for (let day = 0; day < 730; day += 1) {
    const now = NOW + day * DAY;
    const list = transactions(EVERYDAY, now);
    assert.ok(list.length >= 30, `${list.length} on day ${day}`);
    assert.equal(new Set(list.map(({ TransactionId }) => TransactionId)).size, list.length);
    const times = list.map(({ BookingDateTime }) => BookingDateTime);
    assert.deepEqual(times, times.toSorted().reverse());
    assert.ok(Date.parse(times[0] ?? '') < now);
  }
});

test('ACC-3: the transactions of a date are the same the day after', () => {
  const names = (now: number) => new Set(transactions(EVERYDAY, now).map(({ TransactionId }) => TransactionId));
  const [today, tomorrow] = [names(NOW), names(NOW + DAY)];
  assert.ok(today.isSubsetOf(tomorrow));
});

test('ACC-3: balances are what the transactions add up to and stay believable', () => {
  for (const account of ACCOUNTS) {
    for (let day = 0; day < 730; day += 1) {
      for (const { Amount, CreditDebitIndicator } of balances(account, NOW + day * DAY)) {
        assert.match(Amount.Amount, /^\d+\.\d\d$/);
        assert.equal(CreditDebitIndicator, 'Credit', `${account.Nickname} on day ${day}: ${Amount.Amount}`);
        assert.ok(Number(Amount.Amount) < 10_000);
      }
    }
  }
});

test('ACC-3: no sort code can be real', () => {
  for (const account of ACCOUNTS) {
    for (const resource of RESOURCES) {
      const text = JSON.stringify(accountResource(account, resource, NOW));
      for (const [, identification] of text.matchAll(/"Identification":"(\d+)"/g)) {
        assert.match(identification ?? '', /^000000\d{8}$/);
      }
    }
  }
});

test('ACC-4: amounts are written from whole pence', () => {
  assert.deepEqual([0, 5, 100, 123_456].map((pence) => money(pence).Amount), ['0.00', '0.05', '1.00', '1234.56']);
});
