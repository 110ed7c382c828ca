/**
 * Consents that live for weeks without their customers, in the nearest to workerd in which weeks pass within seconds
 * (tests/rig/virtual-world.ts). With `CONSENTS=1000 DAYS=30` more of them live longer, and what they cost is told.
 */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { Rows } from '../../examples/sync/src/rows.ts';
import type { Entry } from '../../sandbox/src/data/entries.ts';
import { accountsOf, personaNamed } from '../../sandbox/src/data/people.ts';
import { rowsOf } from '../../sandbox/src/data/transactions.ts';
import type { Statistics } from 'tell-connect/worker';
import { value } from '../rig/host.ts';
import { sqlOf } from '../../sandbox/src/node/sql.ts';
import { DAY } from '../rig/virtual-bank.ts';
import { BEGAN, live, type Month, OUTAGE, report, STEADY } from '../rig/virtual-month.ts';

const CONSENTS = Number(process.env['CONSENTS'] ?? 20);
const DAYS = Number(process.env['DAYS'] ?? 10);
/** A book is kept of so many consents at most. */
const BOOKS = 20;
/** A consent's rounds come five minutes later each day. */
const SHARE = 1440 / 1445;

const ACCOUNTS = accountsOf(personaNamed('usual'));

const books = Array.from({ length: Math.min(BOOKS, CONSENTS) }, () => new Rows(sqlOf(new DatabaseSync(':memory:'))));
let month: Month;
before(async () => {
  month = await live({ consents: CONSENTS, days: DAYS, take: (result, number) => books[number]?.take(result) });
  if (process.env['CONSENTS'] !== undefined) console.log(report(month, CONSENTS));
});
after(() => month?.world[Symbol.dispose]());

/** The requests of a day since the first. */
const asked = (day: number, path: string): number => month.world.bank.byDay.get(BEGAN / DAY + day)?.[path] ?? 0;

test('ACC-2: no endpoint is asked a fifth time in 24 hours, by our count and by the bank\'s', () => {
  const { bank } = month.world;
  assert.deepEqual(bank.fifths, []);
  assert.deepEqual(bank.ledger.fifths(), []);
  assert.deepEqual(bank.refused, {});
  assert.equal(bank.unattended.size, CONSENTS * (1 + 2 * ACCOUNTS.length));
});

test('ACC-8: all the times that were planned are used, but for those in which the bank was down', () => {
  for (const [path, each] of [['/accounts', 1], ['/accounts/*/balance', 3], ['/accounts/*/transactions', 3]] as const) {
    let sum = 0;
    for (let day = STEADY; day < DAYS; day += 1) sum += asked(day, path);
    const planned = 3 * each * CONSENTS * (DAYS - STEADY) * SHARE;
    assert.ok(sum > 0.95 * planned && sum <= 1.02 * planned, `${path}: ${sum} of ${planned}`);
  }
});

test('ACC-8: a consent wakes when it asks, spread over the day, and keeps what it has to', () => {
  const each = (count: number): number => count / CONSENTS / month.steadyDays;
  const { wakes, made, puts, alarmsSet, reads } = month.consents;
  assert.ok(each(wakes) < 4, `wakes: ${each(wakes)}`);
  assert.ok(each(made) <= each(wakes), `made: ${each(made)}`);
  assert.ok(each(puts) < 45, `puts: ${each(puts)}`);
  assert.ok(each(alarmsSet) < 20, `alarms: ${each(alarmsSet)}`);
  assert.ok(each(reads) < 12, `reads: ${each(reads)}`);
  const most = Math.max(...month.hours);
  assert.ok(most < month.hours.reduce((sum, count) => sum + count, 0) / 4, `an hour has ${most} of them`);
  assert.ok(month.world.consents.inMemory < CONSENTS / 4 + 2, 'they are not in memory in between');
});

test('ACC-8: a book that is kept of it is complete, and nothing is in it twice', () => {
  for (const book of books) {
    assert.deepEqual(book.accounts().map(({ id }) => id), ACCOUNTS.map(({ AccountId }) => AccountId));
    for (const account of ACCOUNTS) {
      const readAt = book.accounts().find(({ id }) => id === account.AccountId)?.readAt ?? 0;
      assert.ok(readAt > BEGAN + (DAYS - 1) * DAY, 'it was read today');
      const bank = rowsOf(account, readAt);
      const oldest = bank.at(-1)?.bookedAt ?? '';
      const own = book.transactions(account.AccountId).filter(({ bookedAt }) => bookedAt >= oldest);
      assert.deepEqual(
        own.map(({ id, isBooked, bookedAt }) => [bookedAt, id, isBooked ? 'Booked' : 'Pending'].join()).sort(),
        bank.map(({ id, status, bookedAt }) => [bookedAt, id, status].join()).sort(),
      );
      const idOf = ({ accountId, day, index }: Entry): string => `${accountId}-${day}-${index + 1}`;
      const pendingId = new Map(bank.map(({ id, entry }) => [id, idOf(entry)]));
      const renamed = own.filter(({ was }) => was !== null);
      assert.deepEqual(renamed.map(({ was }) => was), renamed.map(({ id }) => pendingId.get(id)), 'it is what it was');
    }
  }
  const rows = books.flatMap((book) => book.transactions(ACCOUNTS[0]?.AccountId ?? ''));
  const renamed = rows.filter(({ was }) => was !== null);
  assert.ok(renamed.length >= books.length, `some were booked under another id: ${renamed.length}`);
});

test('ACC-8: during an outage each consent asks now and then, within the four', () => {
  const count = asked(OUTAGE.day, '/accounts');
  assert.ok(count >= 2 * CONSENTS && count <= 4 * CONSENTS, String(count));
});

test('STA-1: the statistics are what the bank was asked, day by day, and how often it failed', async () => {
  const { clock, tell, bank } = month.world;
  const dateOf = (day: number): string => new Date(BEGAN + day * DAY).toISOString().slice(0, 10);
  let told: Statistics | undefined;
  // What was under way at the last midnight has come to its end.
  clock.at(BEGAN + DAYS * DAY + 60_000, () => {
    void tell.statistics({ from: dateOf(0), to: dateOf(DAYS - 1) }).then((statistics) => (told = value(statistics)));
  });
  await clock.runUntil(BEGAN + DAYS * DAY + 120_000);
  const counted = told?.days.map(({ date, aisp }) => [date, aisp?.requests, aisp?.bankErrors, aisp?.networkErrors]);
  const made = Array.from({ length: DAYS }, (_, day) => {
    const { requests, failures } = bank.bySent.get(BEGAN / DAY + day) ?? assert.fail(`nothing on day ${day}`);
    return [dateOf(day), requests, failures, 0];
  });
  assert.deepEqual(counted, made);
  assert.ok(made.some(([, , failures]) => Number(failures) > 0), 'some failed');
});

test('ACC-2: with nothing left to the host, four rounds a day use all four', { skip: CONSENTS > 20 }, async () => {
  const [consents, days] = [5, 8];
  month.world[Symbol.dispose]();
  const other = await live({ consents, days, times: 4, profile: { sweepReserve: 0 }, take: () => undefined });
  using world = other.world;
  assert.deepEqual([world.bank.fifths, world.bank.ledger.fifths()], [[], []]);
  let sum = 0;
  for (let day = STEADY; day < days; day += 1) sum += world.bank.byDay.get(BEGAN / DAY + day)?.['/accounts'] ?? 0;
  const planned = 4 * consents * (days - STEADY) * SHARE;
  assert.ok(sum >= 0.9 * planned && sum <= 1.02 * planned, `${sum} of ${planned}`);
});
