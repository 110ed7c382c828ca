/** The sandbox gateway's controls in workerd: what differs there from a Node process, and what outlives a restart. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { Control } from '../../sandbox/test/support/control.ts';
import { Events } from '../../sandbox/test/support/events.ts';
import { VARIABLES } from '../../sandbox/test/support/sandbox.ts';
import { type Tokens, Tpp, read } from '../../sandbox/test/support/tpp.ts';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';

const [APPLICATION] = JSON.parse(VARIABLES.SANDBOX_APPLICATIONS) as { app: string; certificate: string }[];

const folder = mkdtempSync(join(tmpdir(), 'tell-faults-'));
let server: LocalServer;
let control: Control;
let tpp: Tpp;
before(async () => {
  const envFile = join(folder, 'sandbox.env');
  writeEnvFile(envFile, VARIABLES);
  const config = resolve(import.meta.dirname, '../../sandbox/wrangler.jsonc');
  server = new LocalServer({ name: 'sandbox', config, port: await freePort(), envFile, folder });
  await server.start();
  control = new Control({ url: server.address });
  tpp = new Tpp({
    send: (request) => fetch(request),
    now: Date.now,
    authBase: `${server.address}/v1`,
    resourceBase: `${server.address}/v1`,
    clientId: VARIABLES.SANDBOX_CLIENT_ID,
    clientSecret: VARIABLES.SANDBOX_CLIENT_SECRET,
    app: APPLICATION?.app ?? '',
    certificate: APPLICATION?.certificate ?? '',
  });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function meet(fault: object | string, more: object = {}): Promise<void> {
  assert.equal((await control.post('/faults', { fault, times: 1, ...more })).status, 201);
}

/** The caller has no whole answer: no head, or a head and a body that breaks off. */
async function breaksOff(answer: Promise<Response>): Promise<void> {
  await assert.rejects(answer.then((begun) => begun.arrayBuffer()));
}

test('REF-3: a dropped call breaks off, processed or not as its fault says, and so does a cut answer', async () => {
  const { refresh_token: first } = await tpp.connect();
  await meet('drop-before');
  await breaksOff(tpp.refresh(first));
  const second = await read<Tokens>(await tpp.refresh(first));
  await meet('drop-after');
  await breaksOff(tpp.refresh(second.refresh_token));
  assert.equal((await tpp.refresh(second.refresh_token)).status, 400, 'it is spent');
  const { access_token: access } = await tpp.connect();
  await meet('cut-body');
  const cut = await tpp.get('/accounts', access);
  assert.equal(cut.status, 200);
  await assert.rejects(cut.text());
  const { calls } = await control.json<{ calls: { status: number; fault: string | null }[] }>('/calls?verdict=failed');
  assert.deepEqual(calls.map(({ status }) => status), [0, 0, 0]);
  assert.match(calls.map(({ fault }) => fault).join(), /cut-body.*drop-after.*drop-before/);
});

test('ERR-3, REV-1: late, dripping, doubled and withdrawn calls are the same as elsewhere', async () => {
  const { access_token: access } = await tpp.connect();
  await meet({ kind: 'drip', milliseconds: 1 });
  assert.match(await (await tpp.get('/accounts', access)).text(), /^\{"Accounts".*\}$/s);
  await meet({ kind: 'delay', milliseconds: 20 });
  assert.equal((await tpp.get('/accounts', access)).status, 200);
  const { access_token: paying } = await tpp.connect('pisp');
  await meet('duplicate', { endpoint: 'payment' });
  assert.equal((await tpp.pay(paying)).status, 409);
  await meet({ kind: 'wrong-shape', as: 'null' });
  assert.equal(await (await tpp.get('/accounts', access)).text(), 'null');
  await meet('revoked-in-flight');
  for (const status of [200, 401]) assert.equal((await tpp.get('/accounts', access)).status, status);
});

test('bank: its calls are heard as they come, and those that were missed first', async () => {
  const url = `${server.address}/__sandbox/events`;
  const live = await Events.open(url);
  await tpp.authorise();
  const [first] = await live.next<{ endpoint: string }>(1);
  assert.equal(first?.data.endpoint, 'authorise');
  await live.close();
  await tpp.connect();
  const missed = await Events.open(url, first?.id);
  const heard = await missed.next<{ endpoint: string }>(2);
  assert.deepEqual(heard.map(({ data }) => data.endpoint), ['authorise', 'exchange']);
  await missed.close();
});

test('bank: its clock, its rules with what is left of them, and its calls outlive a restart', async () => {
  await meet('html', { id: 'three', endpoint: 'authorise', times: 3 });
  await tpp.authorise();
  await control.post('/clock', { set: '2027-01-01T00:00:00Z' });
  await control.post('/clock', { stop: true });
  const told = async () => Promise.all(['/clock', '/faults', '/calls'].map((path) => control.json<object>(path)));
  const [clock, ...others] = await told();
  assert.match(JSON.stringify(others), /"remaining":2/);
  await server.stop();
  await server.start();
  const [clockAfter, ...othersAfter] = await told();
  assert.deepEqual(othersAfter, others);
  assert.equal((clockAfter as { now: string }).now, (clock as { now: string }).now);
  await control.post('/clock', { reset: true });
  await control.delete('/faults');
  assert.equal((await tpp.authorise()).status, 200);
});

test('bank: the control room and the viewer are pages of the worker too', async () => {
  for (const path of ['/control', '/viewer', '/viewer/1', '/scripts/viewer.js']) {
    assert.equal((await control.get(path)).status, 200, path);
  }
  assert.equal((await control.press('clock', { do: 'hour' })).status, 303);
  assert.equal((await control.json<{ offsetSeconds: number }>('/clock')).offsetSeconds, 3600);
});
