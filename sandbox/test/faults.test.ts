/** Every fault does what its name promises, to the endpoint it is aimed at. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as faults from '../src/faults.ts';
import type { Sandbox } from '../src/node.ts';
import { newCode, startStrict } from './support/sandbox.ts';
import { type Tokens, type Tpp, read } from './support/tpp.ts';

function exchange(tpp: Tpp, code: string): Promise<Response> {
  return tpp.token({ grant_type: 'authorization_code', code });
}

/** How many consents have been exchanged for tokens. */
function consents(sandbox: Sandbox): number {
  return sandbox.issued.filter(({ kind }) => kind === 'refresh').length;
}

test('REF-3: a lost request changes nothing, a lost answer does', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  sandbox.faults.next('exchange', faults.lostRequest());
  sandbox.faults.next('exchange', faults.lostAnswer());
  const code = await newCode(sandbox, tpp);
  await assert.rejects(exchange(tpp, code));
  assert.equal(consents(sandbox), 0);
  await assert.rejects(exchange(tpp, code));
  assert.equal(consents(sandbox), 1);
  assert.equal((await exchange(tpp, code)).status, 400);
  assert.equal(sandbox.count('exchange'), 3);
});

test('REF-2: a held request is processed on release, or has been when it is held after', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const before = sandbox.faults.next('exchange', faults.hold());
  const after = sandbox.faults.next('exchange', faults.hold('after'));
  const calls: Promise<Response>[] = [];
  for (const [held, processed] of [[before, 0], [after, 1]] as const) {
    calls.push(exchange(tpp, await newCode(sandbox, tpp)));
    await held.reached;
    assert.equal(consents(sandbox), processed);
  }
  before.release();
  after.release();
  assert.deepEqual((await Promise.all(calls)).map(({ status }) => status), [200, 200]);
});

test('REF-2: two refreshes of one consent at once are a violation, one after the other is none', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { refresh_token: first } = await tpp.connect();
  const held = sandbox.faults.next('refresh', faults.hold());
  const answer = tpp.refresh(first);
  await held.reached;
  await tpp.refresh(first);
  held.release();
  await answer;
  assert.deepEqual(sandbox.violations.map(({ rule }) => rule), ['REF-2']);
  await tpp.refresh(first);
  assert.equal(sandbox.violations.length, 1);
});

test('REF-2: a refresh whose caller has gone is not under way any more, although it is held', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { refresh_token: first } = await tpp.connect();
  const held = sandbox.faults.next('refresh', faults.hold());
  const caller = new AbortController();
  const abandoned = tpp.with({ send: (request) => fetch(request, { signal: caller.signal }) }).refresh(first);
  await held.reached;
  caller.abort();
  await assert.rejects(abandoned);
  await tpp.get('/accounts', 'none');
  assert.equal((await tpp.refresh(first)).status, 200);
  assert.deepEqual(sandbox.violations, []);
});

test('ERR-1: statuses, HTML, garbage and a refusal come in place of processing', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { refresh_token: first } = await tpp.connect();
  for (const fault of [faults.status(503, '7'), faults.html(), faults.garbage(), faults.invalidGrant()]) {
    sandbox.faults.next('refresh', fault);
  }
  const busy = await tpp.refresh(first);
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '7']);
  assert.match(await (await tpp.refresh(first)).text(), /<!doctype html>/);
  await assert.rejects((await tpp.refresh(first)).json());
  assert.match(await (await tpp.refresh(first)).text(), /invalid_grant/);
  assert.equal((await tpp.refresh(first)).status, 200);
});

test('JWS-4, PAY-2: a call that meets a fault is held against the rules too, and changes nothing', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect('pisp');
  sandbox.faults.next('payment', faults.status(500));
  assert.equal((await tpp.with({ now: () => 0 }).pay(access)).status, 500);
  assert.deepEqual(sandbox.violations.map(({ rule }) => rule), ['JWS-4']);
  sandbox.faults.next('payment', faults.lostRequest());
  await assert.rejects(tpp.pay(access));
  assert.equal((await tpp.pay(access)).status, 201);
  assert.equal(sandbox.violations.length, 1);
});

test('ERR-3: a truncated answer breaks off; a dripping and a late one arrive whole', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { refresh_token: first, access_token: access } = await tpp.connect();
  sandbox.faults.next('resource', faults.truncated());
  const broken = await tpp.get('/accounts', access);
  assert.equal(broken.status, 200);
  await assert.rejects(broken.text());
  sandbox.faults.next('refresh', faults.drip(1));
  const second = await read<Tokens>(await tpp.refresh(first));
  sandbox.faults.next('refresh', faults.delay(50));
  const asked = performance.now();
  assert.ok((await read<Tokens>(await tpp.refresh(second.refresh_token))).access_token);
  assert.ok(performance.now() - asked >= 45);
});

test('TOK-5, AUT-4: members can be added, left out and replaced', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  sandbox.faults.next('authorise', faults.location('https://evil.example/'));
  assert.match(await (await tpp.authorise()).text(), /evil/);
  const { refresh_token: first } = await tpp.connect();
  sandbox.faults.next('refresh', faults.withoutRefreshToken());
  assert.equal((await read<Partial<Tokens>>(await tpp.refresh(first))).refresh_token, undefined);
  sandbox.faults.next('refresh', faults.unknownMembers());
  assert.match(await (await tpp.refresh(first)).text(), /x-new/);
});

test('ERR-3: a standing fault lasts until it is cleared, and those in line come before it', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const statuses = async () => [(await tpp.authorise()).status, (await tpp.authorise()).status];
  sandbox.faults.always('authorise', faults.status(500));
  assert.deepEqual(await statuses(), [500, 500]);
  sandbox.faults.next('authorise', faults.status(429));
  assert.deepEqual(await statuses(), [429, 500]);
  sandbox.faults.clear();
  assert.deepEqual(await statuses(), [200, 200]);
});
