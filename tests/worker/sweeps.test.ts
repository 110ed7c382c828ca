/** Access without the customer through the backend's door: the four a day, and plans that the consent carries out. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { SweepResult } from 'tell-connect/worker';
import { RESOURCES } from '../rig/answers.ts';
import { Ear } from '../rig/ear.ts';
import { codeOf, Host, value } from '../rig/host.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { until } from '../rig/until.ts';
import { World } from '../rig/world.ts';

const PUBLIC = '198.51.99.7';
/** As long as a request counts: a day, and as long as one may be on its way. */
const COUNTED = 86_400_000 + 60_000;
const LATE = 60_000;
/** As long as a body of which the queue's messages hold but a part. */
const LONG = JSON.stringify({ Transactions: [{ TransactionInformation: 'é"\\'.repeat(40_000) }] });

const ear = new Ear<SweepResult>();
let world: World;
let host: Host;
before(async () => {
  const url = await ear.open();
  const config = join(import.meta.dirname, 'host/told.jsonc');
  const resources = { ...RESOURCES, '/accounts/12345678/transactions': LONG };
  world = await World.createWith(() => ({ gateway: { resources }, settings: { TOLD_URL: url }, config }));
  host = await Host.start(world);
});
after(async () => {
  await host?.stop();
  await world?.end();
  ear.close();
});
afterEach(() => world.assertNoViolations());

async function connected(customer?: string): Promise<{ consent: string; uuid: string }> {
  const { consent, uuid, location } = value(await host.tell.authorise({ scope: 'aisp', ...(customer && { customer }) }));
  assert.equal(value(await host.tell.callback(await world.gateway.accept(location))).outcome, 'connected');
  return { consent, uuid };
}

/** What came of a consent by a way, each once. */
const of = (uuid: string, way: string): SweepResult[] => {
  const own = ear.heard[way]?.filter((result) => result.uuid === uuid) ?? [];
  return [...new Map(own.map((result) => [result.id, result])).values()];
};

/** The bodies by path, their pieces put together. */
const bodies = (results: SweepResult[]): Record<string, string> => {
  const paths = [...new Set(results.map(({ path }) => path))].sort();
  const whole = (path: string): string => results.filter((result) => result.path === path)
    .toSorted((one, other) => one.piece - other.piece).map(({ body }) => body).join('');
  return Object.fromEntries(paths.map((path) => [path, whole(path)]));
};

test('ACC-2: four requests of an endpoint go without the customer, the fifth is told when it may', async () => {
  const { consent } = await connected();
  const began = Date.now();
  for (const left of [3, 2, 1, 0]) {
    const { budget, body } = value(await host.tell.resource(consent, { path: '/accounts' }));
    assert.equal(body, RESOURCES['/accounts']);
    assert.equal(budget?.left, left);
    assert.ok(Math.abs(Date.parse(budget.nextAt ?? '') - began - COUNTED) < LATE, budget.nextAt ?? 'never');
  }
  const asked = world.gateway.count('resource');
  const spent = await host.tell.resource(consent, { path: '/accounts' });
  assert.ok(spent.code === 'budget_spent' && spent.status === 429, JSON.stringify(spent));
  assert.ok(Math.abs(Date.parse(spent.freeAt ?? '') - began - COUNTED) < LATE);
  assert.ok(Math.abs((spent.retryAfter ?? 0) - COUNTED / 1000) < LATE / 1000);
  assert.equal(world.gateway.count('resource'), asked, 'it was not sent');
  const { budget } = value(await host.tell.consent(consent));
  assert.deepEqual([budget.limit, budget.hours], [4, 24]);
  assert.deepEqual(budget.endpoints.map(({ endpoint, left }) => [endpoint, left]), [['/accounts', 0]]);
  const present = value(await host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC }));
  assert.equal(present.budget, undefined, 'the customer may look at any time');
});

test('ACC-8: a plan begins at once, and what the bank sends is handed on byte for byte, by queue and by handler', async () => {
  const customer = crypto.randomUUID();
  const { consent, uuid } = await connected(customer);
  const paths = ['/accounts', '/accounts/*/balance', '/accounts/*/transactions'];
  const { nextAt } = value(await host.tell.plan(consent, { paths }));
  assert.ok(Math.abs(Date.parse(nextAt ?? '') - Date.now()) < LATE, 'at once');
  const expected = {
    '/accounts': RESOURCES['/accounts'],
    '/accounts/12345678/balance': RESOURCES['/accounts/12345678/balance'],
    '/accounts/12345678/transactions': LONG,
  };
  const isAll = (way: string): boolean => JSON.stringify(bodies(of(uuid, way))) === JSON.stringify(expected);
  await until(() => isAll('taker') && isAll('results'), LATE, 'all of it');
  const [taken, queued] = [of(uuid, 'taker'), of(uuid, 'results')];
  assert.equal(taken.length, 3, 'a handler has a long one whole');
  assert.ok(queued.length > 4 && queued.every((piece) => JSON.stringify(piece).length < 128 * 1024), 'a queue in pieces');
  const [{ at, ...first } = assert.fail()] = taken;
  const expectedFirst = {
    id: `${uuid}-s1-1`, uuid, application: 'default', customer, path: '/accounts', page: 1, isLast: true, piece: 1, pieces: 1,
    body: RESOURCES['/accounts'],
  };
  assert.deepEqual(first, expectedFirst);
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < LATE);
  const { budget } = value(await host.tell.consent(consent));
  assert.deepEqual(budget.endpoints.map(({ left }) => left), [3, 3, 3]);
  assertNoneIn('what the host was handed', JSON.stringify(ear.heard), world.gateway.secrets());
});

test('ACC-5: the rows come with the texts where a plan wants them', async () => {
  const { consent, uuid } = await connected();
  value(await host.tell.plan(consent, { paths: ['/accounts', '/accounts/12345678/statements'], views: true }));
  await until(() => of(uuid, 'taker').length > 0 && of(uuid, 'results').length > 1, LATE, 'texts and rows');
  const [taken = assert.fail()] = of(uuid, 'taker');
  assert.equal(taken.body, RESOURCES['/accounts']);
  assert.deepEqual((taken.rows as { accountId?: string }[]).map(({ accountId }) => accountId), ['12345678']);
  const queued = of(uuid, 'results');
  assert.deepEqual(queued.map(({ id, body, rows }) => [id, body, rows]), [
    [`${uuid}-s1-1`, RESOURCES['/accounts'], undefined],
    [`${uuid}-s1-1-r1`, '', taken.rows],
  ]);
});

test('ACC-8: what a host does not take is handed on again with its id, across a restart too', async () => {
  ear.away.add('taker');
  const { consent, uuid } = await connected();
  value(await host.tell.plan(consent, { paths: ['/accounts'] }));
  const queued = (): SweepResult[] => ear.heard['results']?.filter((result) => result.uuid === uuid) ?? [];
  await until(() => ear.refused >= 2 && queued().length >= 2, LATE, 'two attempts');
  assert.equal(new Set(queued().map(({ id }) => id)).size, 1, 'the queue had it under one id');
  await world.worker.stop();
  ear.away.clear();
  await world.start();
  // Stopped before it knew of the second refusal, it would look after that by itself only after some minutes.
  value(await host.tell.consent(consent));
  await until(() => of(uuid, 'taker').length > 0, LATE, 'it after all');
  assert.deepEqual(bodies(of(uuid, 'taker')), { '/accounts': RESOURCES['/accounts'] });
});

test('ACC-8: a bank that fails is left alone for a while, and the other paths are read', async () => {
  const { consent, uuid } = await connected();
  world.gateway.faults.next('resource', faults.status(503));
  value(await host.tell.plan(consent, { paths: ['/accounts/12345678/balance', '/accounts'] }));
  await until(() => of(uuid, 'taker').length > 0, LATE, 'the other path');
  assert.deepEqual(Object.keys(bodies(of(uuid, 'taker'))), ['/accounts']);
  const { budget } = value(await host.tell.consent(consent));
  assert.deepEqual(budget.endpoints.map(({ left }) => left), [3, 3], 'each was asked once');
});

test('ERR-2: what is wrong with a plan is told, and nothing is planned', async () => {
  const { consent } = await connected();
  const asked = world.gateway.count('resource');
  const code = (plan: object): Promise<unknown> => codeOf(host.tell.plan(consent, plan as never));
  assert.equal(await code({}), 'invalid_argument');
  assert.equal(await code({ paths: ['/accounts'], times: 5 }), 'invalid_argument');
  assert.equal(await code({ paths: ['/accounts'], since: 'yesterday' }), 'invalid_argument');
  assert.equal(await code({ paths: ['https://bank.example/accounts'] }), 'path_invalid');
  assert.deepEqual(await host.tell.plan(consent, { paths: [] }), { nextAt: null });
  assert.equal(world.gateway.count('resource'), asked);
  const { consent: pays } = value(await host.tell.authorise({ scope: 'pisp' }));
  assert.equal(await codeOf(host.tell.plan(pays, { paths: ['/accounts'] })), 'scope_invalid');
});
