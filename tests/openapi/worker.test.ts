/**
 * Every operation of docs/reference/openapi.json, driven to each of its statuses. That each answer is as documented the
 * rig's client sees to, here as in all other suites.
 */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import { assertProblem, outcome, type Client, type Reply } from '../rig/client.ts';
import { documented } from '../rig/documented.ts';
import { agreed, pay, payment, PAYMENT } from '../rig/payments.ts';
import { authorise, connect, World } from '../rig/world.ts';
import { UNDRIVEN } from './undriven.ts';

const READS = ['/api/accounts', '/api/accounts/12345678', '/api/accounts/12345678/balance'];
const FUNDS = '/api/payment/funds';
const GETS = ['/api/consent', ...READS, '/api/payment', FUNDS, '/api/statistics', '/api/journey'];
const REFUSAL = '{"error":"invalid_request"}';
const LARGE = { scope: 'pisp', application: 'x'.repeat(32 * 1024) };
const TEXT = { 'content-type': 'text/plain' };

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.gateway.faults.clear());

/** The worker starts anew with other settings. */
async function configured(settings: Record<string, string>): Promise<Client> {
  await world.worker.stop();
  world.worker.configure(settings);
  await world.start();
  return world.worker.client();
}

const askFor = (client: Client, body: object = { scope: 'aisp' }): Promise<Reply> => client.post('/api/authorise', body);

/** The one read, and the question for money, of clients that may. */
async function askBank(account: Client, payer: Client): Promise<Reply[]> {
  return Promise.all([...READS.map((target) => account.get(target)), payer.get(FUNDS)]);
}

test('each call that succeeds', async () => {
  const client = await connect(world);
  for (const target of ['/api/consent', ...READS, '/api/journey', '/api/statistics', '/api/statistics?format=csv']) {
    assert.equal((await client.get(target)).status, 200, target);
    assert.equal((await client.send('HEAD', target)).status, 200, target);
  }
  const payer = await agreed(world, { payment: PAYMENT });
  assert.deepEqual([(await payer.get('/api/payment')).status, (await payer.get(FUNDS)).status], [200, 200]);
  assert.deepEqual([(await pay(payer, {})).status, (await pay(payer, {})).status], [201, 200]);
  assert.equal((await payer.get('/api/payment')).status, 200);
  assert.equal((await pay(await agreed(world), payment('1.07'))).status, 202);
  const asked = await askFor(client);
  assert.equal(asked.status, 201);
  const { location } = asked.json<{ location: string }>();
  assert.equal(outcome(client, await client.navigate(await world.gateway.decline(location))), 'declined');
  assert.equal((await client.delete('/api/consent')).status, 204);
});

test('what is no answer but a success is passed on', async () => {
  const [client, payer] = [await connect(world), await agreed(world)];
  for (const status of [203, 204]) {
    world.gateway.faults.always('resource', faults.instead(() => new Response(status === 204 ? null : '{}', { status })));
    for (const reply of await askBank(client, payer)) assert.equal(reply.status, status, reply.text);
  }
});

test('who may not call', async () => {
  const client = await connect(world);
  const foreign = { 'sec-fetch-site': 'cross-site' };
  for (const target of GETS) assertProblem(await client.get(target, foreign), 403, 'origin_mismatch');
  for (const [method, target] of [['POST', '/api/authorise'], ['POST', '/api/payment'], ['DELETE', '/api/consent']] as const) {
    assertProblem(await client.send(method, target), 403, 'origin_required');
  }
  assertProblem(await client.navigate(`${client.origin}/api/callback`, { 'sec-purpose': 'prefetch' }), 425, 'too_early');
});

test('what cannot be meant', async () => {
  const client = await connect(world);
  const payer = await agreed(world);
  for (const [target, body] of [['/api/authorise', {}], ['/api/payment', { Amount: '1' }]] as const) {
    assertProblem(await payer.post(target, body), 400);
    assertProblem(await payer.post(target, LARGE), 413);
    assertProblem(await payer.post(target, body, TEXT), 415);
  }
  for (const target of ['/api/consent?scope=x', '/api/journey?scope=x', '/api/statistics?from=x']) {
    assertProblem(await client.get(target), 400);
  }
  assertProblem(await client.delete('/api/consent?scope=x'), 400, 'scope_invalid');
  for (const target of ['/api/accounts/a%20b', '/api/accounts/12345678/nope']) {
    assertProblem(await client.get(target), 400, 'path_invalid');
  }
  assertProblem(await client.get(`/api/accounts?page=${'1'.repeat(5000)}`), 400, 'too_large');
  assert.match(outcome(client, await client.navigate(`${client.origin}/api/callback`)), /^error=redirect_/);
});

test('where nothing was granted', async () => {
  const stranger = world.worker.client();
  for (const target of ['/api/consent', ...READS, '/api/payment', FUNDS]) {
    assertProblem(await stranger.get(target), 404, 'consent_not_found');
  }
  assertProblem(await pay(stranger, PAYMENT), 404, 'consent_not_found');
  for (const target of ['/api/consent?none=ok', '/api/payment?none=ok']) {
    assert.equal((await stranger.get(target)).json<{ state: string }>().state, 'none');
  }
  const waiting = world.worker.client();
  await authorise(waiting);
  for (const target of READS) assertProblem(await waiting.get(target), 409, 'not_authorised_yet');
  const { location } = await authorise(waiting, 'pisp');
  assertProblem(await pay(waiting, PAYMENT), 409, 'not_authorised_yet');
  await waiting.navigate(await world.gateway.decline(location));
  for (const target of ['/api/payment', FUNDS]) assertProblem(await waiting.get(target), 403, 'declined');
});

test('an order is of one payment', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const stated = { scope: 'pisp', payment: PAYMENT, order };
  const [one, other] = [await agreed(world, stated), await agreed(world, stated)];
  assert.equal((await pay(one, {})).status, 201);
  assertProblem(await pay(one, payment('99.00')), 409, 'payment_already_submitted');
  assertProblem(await pay(other, {}), 409, 'order_already_paid');
  assertProblem(await pay(other, payment('99.00')), 422, 'payment_mismatch');
  assertProblem(await askFor(other, stated), 409, 'order_already_paid');
  assertProblem(await askFor(other, { ...stated, payment: payment('99.00') }), 422, 'order_mismatch');
});

describe('a bank that does not help', () => {
  const cases = [[418, 418, REFUSAL], [500, 502, ''], [503, 503, '']] as const;
  for (const [status, expected, body] of cases) {
    test(`it answers ${status}`, async () => {
      const [client, payer] = [await connect(world), await agreed(world)];
      const fault = (): faults.Fault => faults.status(status, '3600', body);
      world.gateway.faults.always('resource', fault());
      for (const reply of await askBank(client, payer)) assertProblem(reply, expected);
      world.gateway.faults.always('authorise', fault());
      assertProblem(await askFor(world.worker.client()), expected);
    });
  }

  test('it answers a payment with a refusal', async () => {
    for (const [status, expected] of [[418, 418], [401, 502], [429, 503]] as const) {
      const client = await agreed(world);
      world.gateway.faults.next('payment', faults.status(status, '3600', REFUSAL));
      assertProblem(await pay(client, PAYMENT), expected);
    }
  });

  test('it says nothing', async () => {
    const [client, payer] = [await connect(world), await agreed(world)];
    for (const endpoint of ['authorise', 'resource'] as const) world.gateway.faults.always(endpoint, faults.hold());
    const replies = await Promise.all([askBank(client, payer), askFor(world.worker.client())]);
    for (const reply of replies.flat()) assertProblem(reply, 504, 'gateway_timeout');
  });
});

test('settings that forbid, and settings that are wrong', async () => {
  let client = await configured({ TELL_STATISTICS_TOKEN: 'a-token-of-twenty-four-b', TELL_PAYMENTS: 'off' });
  assertProblem(await client.get('/api/statistics'), 401, 'statistics_token_wrong');
  assertProblem(await pay(client, PAYMENT), 403, 'payments_off');
  client = await configured({
    TELL_ENVIRONMENT: 'production', TELL_RESOURCE_BASE_URL: 'https://bank.example/v1', TELL_AUTH_BASE_URL: '',
    TELL_STATISTICS_TOKEN: '', TELL_REDIRECT_URL: 'https://shop.example/api/callback',
  });
  for (const target of ['/api/journey', '/api/statistics']) assertProblem(await client.get(target), 404, 'route_not_found');
  client = await configured({ TELL_ENVIRONMENT: '' , TELL_VAULT_KEY: '' });
  for (const target of [...GETS, '/api/callback']) assertProblem(await client.get(target), 500, 'configuration_invalid');
  assertProblem(await askFor(client), 500);
  assertProblem(await pay(client, PAYMENT), 500);
  assertProblem(await client.delete('/api/consent'), 500);
});

test('every status that is documented was seen, but for those that nothing here brings about', () => {
  const unseen = documented.operations.map(({ operationId, responses }) => {
    const seen = documented.seen.get(operationId) ?? new Set();
    return [operationId, Object.keys(responses).filter((status) => !seen.has(status)).sort()] as const;
  });
  assert.deepEqual(Object.fromEntries(unseen.filter(([, statuses]) => statuses.length > 0)), UNDRIVEN);
});
