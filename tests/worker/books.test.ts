/** How the example that keeps transactions (examples/sync) takes what a queue brings: in any order, and again and again. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { SweepResult } from 'tell-connect/worker';
import { Rows } from '../../examples/sync/src/rows.ts';
import { sqlOf } from '../../sandbox/src/node/sql.ts';

const BEGAN = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;

const rowsOf = (): Rows => new Rows(sqlOf(new DatabaseSync(':memory:')));

/** A row of the bank's: of its id's first letter, `p` is pending. */
const row = (id: string, amount = '3.40'): object => ({
  TransactionId: id, Status: id.startsWith('p') ? 'Pending' : 'Booked', Amount: amount, Currency: 'GBP',
  CreditDebit: 'Debit', BookingDateTime: '2026-03-01T08:00:00Z', TransactionInformation: 'Pret A Manger',
});

/** A walk's pages, in order, which were asked for from that hour on. */
function walk(hour: number, ...pages: object[][]): SweepResult[] {
  return pages.map((page, index) => ({
    id: `u-s${hour}-${index}`, uuid: 'u', application: 'default', customer: 'c', path: '/accounts/1/transactions',
    page: index + 1, isLast: index + 1 === pages.length, at: new Date(BEGAN + hour * HOUR + index * 300).toISOString(),
    piece: 1, pieces: 1, body: JSON.stringify({ Transactions: page }),
  }));
}

const ids = (rows: Rows): string[] => rows.transactions('1').map(({ id }) => id).sort();

test('ACC-8: pages are one list whatever order they come in, and none of it shows before all has come', () => {
  const rows = rowsOf();
  const pages = walk(0, [row('b-1')], [row('b-2')], [row('b-3')]);
  for (const [index, page] of pages.toReversed().entries()) {
    assert.deepEqual(ids(rows), [], `after ${index}`);
    rows.take(page);
    rows.take(page);
  }
  assert.deepEqual(ids(rows), ['b-1', 'b-2', 'b-3']);
});

test('ACC-8: a long page comes in pieces', () => {
  const rows = rowsOf();
  const [whole = assert.fail()] = walk(0, [row('b-1'), row('b-2')]);
  const half = whole.body.length / 2;
  const pieces = [whole.body.slice(0, half), whole.body.slice(half)].map((body, index) => (
    { ...whole, id: `${whole.id}-${index}`, piece: index + 1, pieces: 2, body }));
  for (const piece of pieces.toReversed()) rows.take(piece);
  assert.deepEqual(ids(rows), ['b-1', 'b-2']);
});

test('ACC-8: what was pending makes room for what it is booked as, and does not come back with a late message', () => {
  const rows = rowsOf();
  const [before, after] = [walk(0, [row('p-1'), row('b-0', '9.00')]), walk(8, [row('b-1'), row('b-0', '9.00')])];
  for (const result of [...before, ...after, ...after, ...before]) rows.take(result);
  assert.deepEqual(ids(rows), ['b-0', 'b-1']);
  const [, booked] = rows.transactions('1');
  assert.deepEqual([booked?.was, booked?.firstSeen], ['p-1', BEGAN]);
  rows.take(walk(16, [row('b-1'), row('b-0', '9.00')])[0] ?? assert.fail());
  assert.equal(rows.transactions('1')[1]?.was, 'p-1', 'it is known from then on');
});

test('ACC-8: a walk that was broken off, and a longer one before, leave nothing behind', () => {
  const rows = rowsOf();
  const [first = assert.fail(), , third = assert.fail()] = walk(0, [row('b-1')], [row('p-8')], [row('p-9')]);
  for (const result of [first, third]) rows.take(result);
  for (const result of walk(1, [row('b-1')], [row('b-2')])) rows.take(result);
  assert.deepEqual(ids(rows), ['b-1', 'b-2'], 'the list is of the second walk alone');
  for (const result of walk(9, [row('b-3')])) rows.take(result);
  assert.deepEqual(ids(rows), ['b-1', 'b-2', 'b-3']);
});
