/** What is true of everybody at the bank, whichever year they have lived through. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../src/data/accounts.ts';
import { DAY, firstOfMonth } from '../src/data/calendar.ts';
import type { Row } from '../src/data/entries.ts';
import { PEOPLE, accountsOf, holdingOf, personaNamed } from '../src/data/people.ts';
import type { PersonaName } from '../src/data/persona.ts';
import { RESOURCES, listingOf } from '../src/data/resources.ts';
import { SHAPES } from '../src/data/shape.ts';
import { availableOf, balances, rowsOf } from '../src/data/transactions.ts';
import { identificationProblem, schemeOf } from '../src/payee.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const SEEDS = [0, 1, 2026, 99_999_999];
const YEAR = 365;
const EVERY_ACCOUNT = PEOPLE.flatMap(accountsOf);
const DECIMAL = { GBP: /^\d+\.\d\d$/, EUR: /^\d+\.\d\d$/, USD: /^\d+\.\d\d$/, JPY: /^\d+$/ };

const of = (name: PersonaName) => accountsOf(personaNamed(name)) as readonly [Account, ...Account[]];
const textsOf = (account: Account, resource: string, as: { shape: 'tell' | 'obie'; seed?: number }): string[] =>
  listingOf(account, resource, { ...as, now: NOW })?.items.map(({ text }) => text) ?? [];

test('ACC-3: each account is one person’s, and no sort code or IBAN can be anybody’s', () => {
  assert.equal(new Set(EVERY_ACCOUNT.map(({ AccountId }) => AccountId)).size, EVERY_ACCOUNT.length);
  for (const account of EVERY_ACCOUNT) {
    assert.match(account.AccountId, /^\d{8}$/);
    assert.equal(account.Account[0]?.Identification, `000000${account.AccountId}`);
    const texts = SHAPES.flatMap((shape) => [undefined, ...RESOURCES].flatMap((resource) =>
      listingOf(account, resource, { shape, now: NOW })?.items.map(({ text }) => text) ?? [])).join();
    const named = texts.matchAll(/"SchemeName":"([^"]*)","Identification":"([^"]*)"/g);
    for (const [, scheme = '', identification = ''] of named) {
      assert.match(identification, /^(GB\d\dSBOX)?000000\d{8}$/);
      const known = schemeOf(scheme);
      assert.equal(known === undefined ? scheme : identificationProblem(known, identification), undefined);
    }
  }
});

test('ACC-3: in each year every list is newest first, all past, and each id comes once', () => {
  for (const account of EVERY_ACCOUNT) {
    for (const seed of SEEDS) {
      for (const now of [NOW, NOW + 200 * DAY]) {
        const rows = rowsOf(account, now, seed);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
        const times = rows.map(({ at }) => at);
        assert.deepEqual(times, times.toSorted((left, right) => right - left));
        assert.ok((times[0] ?? 0) < now);
        assert.ok(rows.every(({ at, bookedAt }) => Date.parse(bookedAt) === at));
      }
    }
  }
});

test('ACC-4: amounts are decimal text above zero, with the digits of the account’s currency, in both shapes', () => {
  for (const account of EVERY_ACCOUNT) {
    for (const shape of SHAPES) {
      for (const text of textsOf(account, 'transactions', { shape, seed: 7 })) {
        const row = JSON.parse(text);
        const { Amount, Currency } = shape === 'tell' ? row : row.Amount;
        assert.equal(Currency, account.Currency);
        assert.match(Amount, DECIMAL[account.Currency]);
        assert.ok(Number(Amount) > 0, text);
      }
      for (const resource of ['balance', 'direct-debits', 'standing-orders', 'scheduled-payments']) {
        for (const text of textsOf(account, resource, { shape })) {
          assert.match(/"Amount":"([^"]*)"/.exec(text)?.[1] ?? '', DECIMAL[account.Currency], text);
          assert.equal(/"Currency":"([^"]*)"/.exec(text)?.[1], account.Currency);
        }
      }
    }
  }
});

const told = ({ bookedAt, status, information, entry }: Row) => [bookedAt, status, information, entry.minor].join();

test('ACC-4: what is booked stays as it is, and a pending payment goes only to be booked', () => {
  for (const account of EVERY_ACCOUNT) {
    for (const seed of [0, 5]) {
      for (let day = 0; day < 15; day += 1) {
        const on = (further: number) => rowsOf(account, NOW + (day + further) * DAY, seed);
        const [today, tomorrow] = [on(0), on(1)];
        const later = new Map(tomorrow.map((row) => [row.id, row]));
        const booked = new Map(tomorrow.map(({ entry, status }) => [`${entry.day} ${entry.index}`, status]));
        const oldest = tomorrow.at(-1)?.at ?? 0;
        for (const row of today) {
          const { day: happened, index } = row.entry;
          const next = later.get(row.id);
          if (row.status === 'Booked' && next !== undefined) assert.equal(told(next), told(row));
          if (row.at > oldest + 7 * DAY) {
            assert.ok(row.status === 'Pending' || next !== undefined, `${row.id} is gone`);
            assert.ok(booked.has(`${happened} ${index}`), `${row.id} became nothing`);
          }
        }
      }
    }
  }
});

test('ACC-3: another seed is another year, and the same seed the same', () => {
  for (const account of EVERY_ACCOUNT.filter((one) => rowsOf(one, NOW).length > 30)) {
    const years = SEEDS.map((seed) => rowsOf(account, NOW, seed).map(told).join('\n'));
    assert.equal(new Set(years).size, SEEDS.length, account.Nickname);
    const [least, most] = [Math.min, Math.max].map((pick) => pick(...years.map((year) => year.split('\n').length)));
    assert.ok((most ?? 0) < (least ?? 0) * 1.25, `${least} to ${most} rows`);
  }
  const [account] = of('usual');
  const former = rowsOf(account, NOW, 1);
  // So many others are asked for meanwhile that nothing is kept of it.
  for (let day = 0; day < 12; day += 1) rowsOf(of('heavy')[0], NOW + day * DAY);
  const again = rowsOf(account, NOW, 1);
  assert.notEqual(again, former);
  assert.deepEqual(again.map(told), former.map(told));
});

test('ACC-3: a balance is what was there before three whole months and all that happened since', () => {
  for (const account of EVERY_ACCOUNT) {
    for (const seed of SEEDS) {
      const since = firstOfMonth(NOW, -3);
      const counted = rowsOf(account, NOW, seed).filter(({ entry }) => entry.day >= since);
      const sum = (rows: readonly Row[]): number =>
        rows.reduce((total, { entry }) => total + entry.minor, holdingOf(account)?.opening ?? 0);
      const expected = [counted, counted.filter(({ status }) => status === 'Booked')].map(sum);
      const unit = account.Currency === 'JPY' ? 1 : 100;
      const found = balances(account, NOW, seed).map(({ Amount, CreditDebitIndicator }) =>
        Math.round(Number(Amount.Amount) * unit) * (CreditDebitIndicator === 'Debit' ? -1 : 1));
      assert.deepEqual(found, expected);
    }
  }
});

test('ACC-3: who is overdrawn is so every day of every year, and nobody else ever', () => {
  for (const account of EVERY_ACCOUNT) {
    const isOverdrawn = of('overdrawn').includes(account);
    for (const seed of SEEDS) {
      for (let day = 0; day < YEAR; day += 3) {
        const available = availableOf(account, NOW + day * DAY, seed);
        assert.equal(available < 0, isOverdrawn, `${account.Nickname}, seed ${seed}, day ${day}: ${available}`);
      }
    }
  }
});

const inYear = (account: Account): readonly Row[] => rowsOf(account, NOW).filter(({ at }) => at >= NOW - YEAR * DAY);

test('ACC-3: everybody is as their line says', () => {
  const [young, ...more] = of('young');
  assert.equal(more.length, 0);
  assert.ok(inYear(young).every(({ entry }) => Math.abs(entry.minor) < 15_000));
  assert.ok(inYear(young).filter(({ entry }) => entry.habit.information.startsWith('WAGES')).length >= 50);

  const busy = of('busy').flatMap(inYear);
  assert.ok(busy.length > 20 * YEAR, `${busy.length}`);
  assert.ok(new Set(busy.map(({ entry }) => entry.habit.merchant?.name)).size > 12);
  const cards = of('busy').flatMap((account) => textsOf(account, 'transactions', { shape: 'tell' }))
    .map((text) => /"CardIdentification":"([^"]*)"/.exec(text)?.[1]);
  assert.equal(new Set(cards).size - 1, 5);

  assert.ok(inYear(of('heavy')[0]).length > 5_000);
  assert.deepEqual(of('foreign').map(({ Currency }) => Currency), ['GBP', 'EUR', 'USD', 'JPY']);
  for (const resource of RESOURCES) {
    for (const shape of SHAPES) {
      const answer = textsOf(of('empty')[0], resource, { shape });
      if (resource === 'balance') assert.match(answer[0] ?? '', /"0\.00"/);
      else if (resource !== 'product') assert.deepEqual(answer, []);
    }
  }
});

test('ACC-3: a direct debit that bounces is given back the day after, with a charge', () => {
  const rows = inYear(of('overdrawn')[0]);
  const saying = (text: string) => rows.filter(({ entry }) => entry.habit.information === text);
  const returned = saying('RETURNED DIRECT DEBIT HALCYON INSURANCE');
  const debits = new Map(saying('DIRECT DEBIT HALCYON INSURANCE').map(({ entry }) => [entry.day, entry.minor]));
  assert.equal(debits.size, 12);
  assert.equal(returned.length, 4);
  for (const { entry } of returned) assert.equal(debits.get(entry.day - 1), -entry.minor);
  assert.deepEqual(saying('UNPAID ITEM CHARGE').map(({ entry }) => entry.day), returned.map(({ entry }) => entry.day));
  assert.equal(saying('OVERDRAFT INTEREST').length, 12);
  for (let seed = 0; seed < 50; seed += 1) {
    const shown = rowsOf(of('overdrawn')[0], Date.UTC(2026, 3, 22), seed).slice(0, 20);
    const texts = shown.map(({ information }) => information).filter((text) => /HALCYON|UNPAID/.test(text));
    assert.equal(texts.length, 3, 'none of the three is shown late');
  }
});

test('ACC-3: what an account is to pay again is among what it has paid, under that name and for as much', () => {
  for (const account of EVERY_ACCOUNT) {
    const { directDebits = [], standingOrders = [] } = holdingOf(account)?.arrangements ?? {};
    const paid = rowsOf(account, NOW).map(({ entry: { habit, minor } }) => [habit, minor] as const);
    for (const { name, minor } of directDebits) {
      const text = `DIRECT DEBIT ${name.toUpperCase()}`;
      assert.ok(paid.some(([habit, amount]) => habit.information === text && amount === -minor), text);
    }
    for (const { name, identification, minor } of standingOrders) {
      assert.ok(paid.some(([{ creditor }, amount]) =>
        creditor?.name === name && creditor.identification === identification && amount === -minor), name);
    }
  }
});
