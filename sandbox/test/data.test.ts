import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../src/data/accounts.ts';
import { DAY } from '../src/data/calendar.ts';
import { money } from '../src/data/currency.ts';
import { type Row } from '../src/data/entries.ts';
import { answerText } from '../src/data/listing.ts';
import { accountsOf, personaNamed } from '../src/data/people.ts';
import { RESOURCES, listingOf } from '../src/data/resources.ts';
import { SHAPES, type Shape } from '../src/data/shape.ts';
import { balances, rowsOf } from '../src/data/transactions.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const ACCOUNTS = accountsOf(personaNamed('usual'));
const [EVERYDAY] = ACCOUNTS as readonly [Account];
const YEAR = 365;

function answerOf(account: Account, resource: string | undefined, shape: Shape): string | undefined {
  const listing = listingOf(account, resource, { shape, now: NOW });
  return listing && answerText(listing, shape, { links: { self: '/' }, totalPages: 1 });
}

test('ACC-3: every account has every resource in both shapes, and the same at the same time', () => {
  assert.equal(RESOURCES.length, 7);
  for (const shape of SHAPES) {
    for (const account of ACCOUNTS) {
      for (const resource of [undefined, ...RESOURCES]) {
        const answer = answerOf(account, resource, shape);
        assert.ok(answer);
        assert.equal(answerOf(account, resource, shape), answer);
        assert.equal(typeof JSON.parse(answer), 'object');
      }
    }
    for (const resource of RESOURCES) {
      assert.ok(listingOf(EVERYDAY, resource, { shape, now: NOW })?.items.length, `rows of ${resource}`);
    }
    for (const name of ['nix', 'constructor']) assert.equal(answerOf(EVERYDAY, name, shape), undefined);
  }
});

test('ACC-5: flat members are those that the rule names', () => {
  const of = (resource?: string) => JSON.parse(answerOf(EVERYDAY, resource, 'tell') ?? '');
  const { Accounts: [account] } = of();
  const names = 'AccountId Currency AccountType AccountSubType Nickname Identification SchemeName';
  for (const name of names.split(' ')) assert.ok(account[name], name);
  assert.deepEqual(Object.keys(of('balance')), ['Amount', 'Currency', 'CreditDebit']);
  const seen = new Set(of('transactions').Transactions.flatMap((row: object) => Object.keys(row)));
  const told =
    'TransactionId BookingDateTime Amount Currency Status CreditDebit Code SubCode CreditorSchemeName CreditorName ' +
    'CreditorIdentification TransactionInformation CardSchemeName CardIdentification MerchantCategoryCode MerchantName';
  assert.deepEqual([...seen].sort(), told.split(' ').sort());
  const { Beneficiaries: [payee], Links } = of('beneficiaries');
  const members = ['BeneficiaryId', 'Identification', 'Name', 'Reference', 'SchemeName'];
  assert.deepEqual(Object.keys(payee).sort(), members);
  assert.deepEqual(Links, { Self: '/' });
  const { ScheduledPayments: [planned] } = of('scheduled-payments');
  const fields = 'ScheduledPaymentId ScheduledPaymentDateTime SchemeName Identification Amount Currency Name';
  for (const name of fields.split(' ')) assert.ok(planned[name], name);
});

test('ACC-3: on any day there is a year of transactions, all past, newest first, each named once', () => {
  for (let day = 0; day < 730; day += 7) {
    const now = NOW + day * DAY;
    const list = rowsOf(EVERYDAY, now);
    assert.ok(list.length >= 300, `${list.length} on day ${day}`);
    assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
    const times = list.map(({ bookedAt }) => bookedAt);
    assert.deepEqual(times, times.toSorted().reverse());
    assert.ok(Date.parse(times[0] ?? '') < now);
    assert.ok(Date.parse(times.at(-1) ?? '') < now - YEAR * DAY);
  }
});

interface Life {
  row: Row;
  /** The days of the year on which it is first and last shown. */
  first: number;
  last: number;
}

let known: Life[] | undefined;

/** Each row that is shown on some day of a year. */
function lives(): Life[] {
  return (known ??= findLives());
}

function findLives(): Life[] {
  const seen = new Map<string, Life>();
  for (let day = 0; day < YEAR; day += 1) {
    for (const row of rowsOf(EVERYDAY, NOW + day * DAY)) {
      const name = `${row.status} ${row.id}`;
      const life = seen.get(name) ?? { row, first: day, last: day };
      seen.set(name, { ...life, last: day });
    }
  }
  return [...seen.values()];
}

const daysBefore = (bookedAt: string, day: number): number =>
  Math.floor((NOW + day * DAY) / DAY) - Math.floor(Date.parse(bookedAt) / DAY);

test('ACC-4: a pending payment is booked days later, mostly under another id, date and text, and for the same', () => {
  const all = lives();
  const ended = all.filter(({ row, first, last }) => row.status === 'Pending' && first > 0 && last < YEAR - 1);
  assert.ok(ended.length > 100, `${ended.length}`);
  let changed = 0;
  for (const { row, first, last } of ended) {
    const [booked, ...others] = all.filter(({ row: other }) => other.entry.day === row.entry.day
      && other.entry.index === row.entry.index && other.status === 'Booked');
    assert.ok(booked !== undefined && others.length === 0);
    assert.equal(booked.first, last + 1, 'it is booked on the day on which it is no longer pending');
    assert.ok(last - first <= 2);
    assert.equal(booked.row.entry.minor, row.entry.minor);
    assert.notEqual(booked.row.bookedAt, row.bookedAt);
    assert.notEqual(booked.row.information, row.information);
    const age = daysBefore(booked.row.bookedAt, booked.first);
    assert.ok(age >= 1 && age <= 3, `${age}`);
    if (booked.row.id !== row.id) changed += 1;
  }
  assert.ok(changed > ended.length * 0.6 && changed < ended.length, `${changed} of ${ended.length}`);
});

test('ACC-4: some transfers show up days after their booking date, behind what was there before', () => {
  const booked = lives().filter(({ row, first }) => !row.entry.habit.merchant && first > 0);
  const ages = booked.map(({ row, first }) => daysBefore(row.bookedAt, first));
  assert.deepEqual([...new Set(ages)].sort(), [1, 3, 4, 5]);
  const late = ages.filter((age) => age > 1);
  assert.ok(late.length >= 5 && late.length < ages.length / 2, `${late.length} of ${ages.length}`);
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
      const text = SHAPES.map((shape) => answerOf(account, resource, shape)).join();
      for (const [, identification] of text.matchAll(/"Identification":"(\d+)"/g)) {
        assert.match(identification ?? '', /^000000\d{8}$/);
      }
    }
  }
});

test('ACC-4: amounts are written from whole pence', () => {
  const amounts = [0, 5, 100, 123_456];
  assert.deepEqual(amounts.map((pence) => money(pence, 'GBP').Amount), ['0.00', '0.05', '1.00', '1234.56']);
  assert.deepEqual(amounts.map((yen) => money(yen, 'JPY').Amount), ['0', '5', '100', '123456']);
});
