/** ACC-2 at the bank: what counts, what is noted, and that both outlive a restart. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import * as faults from '../src/faults.ts';
import { sqlOf } from '../src/node/sql.ts';
import { UnattendedBooks } from '../src/unattended.ts';
import { ORIGIN, openSandbox, startStrict } from './support/sandbox.ts';
import { read } from './support/tpp.ts';

const NOBODY = {};

test('ACC-2: each fifth is refused with the time to wait, named, and noted with its endpoint', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 4; times += 1) await tpp.get('/accounts', access, NOBODY);
  assert.equal(sandbox.fifths.length, 0);
  const fifth = await tpp.get('/accounts', access, NOBODY);
  assert.deepEqual([fifth.status, fifth.headers.get('retry-after')], [429, '86400']);
  assert.match((await read<{ error_description: string }>(fifth)).error_description, /ACC-2/);
  await tpp.get('/accounts', access, NOBODY);
  assert.deepEqual(sandbox.fifths.map(({ endpoint }) => endpoint), ['GET /accounts', 'GET /accounts']);
  assert.equal(sandbox.fifths[0]?.intentId, sandbox.issued[0]?.intentId);
  assert.deepEqual(sandbox.violations.splice(0).map(({ rule }) => rule), ['ACC-2', 'ACC-2']);
});

test('ACC-2: what has reached the bank counts, whatever came of it; what was lost on the way does not', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access, refresh_token: refresh } = await tpp.connect();
  const ask = (token = access) => tpp.get('/accounts/0/balance', token, NOBODY).then(({ status }) => status);
  sandbox.faults.next('resource', faults.lostRequest());
  await assert.rejects(ask());
  assert.equal(await ask(), 404);
  sandbox.faults.next('resource', faults.status(503));
  assert.equal(await ask(), 503);
  sandbox.faults.next('resource', faults.lostAnswer());
  await assert.rejects(ask());
  sandbox.clock.advance(3600);
  assert.equal(await ask(), 401);
  const { access_token: fresh } = await read<{ access_token: string }>(await tpp.refresh(refresh));
  assert.equal(await ask(fresh), 429);
  sandbox.faults.next('resource', faults.html());
  assert.equal(await ask(fresh), 200);
  assert.equal(sandbox.fifths.length, 2);
  sandbox.violations.splice(0);
});

test('ACC-2: a call that is not signed, or bears no token of a consent, is nobody’s and counts for none', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 5; times += 1) {
    await tpp.get('/accounts', 'made-up', NOBODY);
    await tpp.with({ certificate: 'another' }).get('/accounts', access, NOBODY);
  }
  assert.equal((await tpp.get('/accounts', access, NOBODY)).status, 200);
  assert.deepEqual(sandbox.fifths, []);
  sandbox.violations.splice(0);
});

test('ACC-2: a clock that is set back gives no fifth', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 4; times += 1) await tpp.get('/accounts', access, NOBODY);
  sandbox.clock.advance(-7200);
  assert.equal((await tpp.get('/accounts', access, NOBODY)).status, 429);
  sandbox.violations.splice(0);
});

test('ACC-2: what was counted and each fifth outlive a restart', () => {
  const sql = sqlOf(new DatabaseSync(':memory:'));
  const now = Date.UTC(2026, 5, 15, 12);
  for (let times = 0; times < 4; times += 1) new UnattendedBooks(sql).count('one', 'GET /accounts', now + times);
  assert.equal(new UnattendedBooks(sql).count('one', 'GET /accounts', now + 86_399_999).admitted, false);
  assert.equal(new UnattendedBooks(sql).count('two', 'GET /accounts', now + 86_399_999).admitted, true);
  assert.equal(new UnattendedBooks(sql).count('one', 'GET /accounts', now + 86_400_000).admitted, true);
  const later = new UnattendedBooks(sql);
  later.sweep(now + 400 * 86_400_000);
  assert.deepEqual(later.fifths(), [{ intentId: 'one', endpoint: 'GET /accounts', at: now + 86_399_999 }]);
});

test('ACC-2: another process asks for the record on the loopback interface, and nobody elsewhere', async () => {
  const { tpp, send, clock } = openSandbox();
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 5; times += 1) await tpp.get('/accounts', access, NOBODY);
  const told = await read<{ now: number; fifths: object[] }>(await send(new Request(`${ORIGIN}/__sandbox/record`)));
  assert.equal(told.now, clock.now);
  assert.deepEqual(told.fifths.map((fifth) => ({ ...fifth, intentId: '' })), [
    { intentId: '', endpoint: 'GET /accounts', at: clock.now },
  ]);
  assert.equal((await send(new Request('https://bank.example/__sandbox/record'))).status, 404);
});
