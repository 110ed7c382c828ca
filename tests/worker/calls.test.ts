/** What the worker tells of its calls in sandbox: bodies, times, reasons; and that in production it tells nothing. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallLog } from 'tell-connect/machine';
import { ACCOUNT_ID, RESOURCES } from '../rig/answers.ts';
import { type Client, assertProblem } from '../rig/client.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { ACCOUNTS, World, connect } from '../rig/world.ts';

const SHOWN = 64 * 1024;
/** More than is shown, with a letter of two bytes on the border. */
const LONG = JSON.stringify({ Data: Array.from({ length: 9000 }, (_, at) => `é${at % 10} row`) });
const DEEP = `${ACCOUNTS}/${ACCOUNT_ID}/transactions`;

let world: World;
before(async () => {
  world = await World.create({ resources: { ...RESOURCES, [DEEP.slice('/api'.length)]: LONG } });
});
after(() => world.end());

const journey = async (client: Client): Promise<CallLog> => {
  const reply = await client.get('/api/journey');
  assert.equal(reply.status, 200, reply.text);
  return reply.json<CallLog>();
};

test('ACC-4: in sandbox the body of a read is shown as it came, of a long one the beginning and its length', async () => {
  const client = await connect(world);
  const reply = await client.get(ACCOUNTS);
  const long = await client.get(DEEP);
  assert.equal(long.text, LONG, 'whoever asked gets all of it');
  const { steps, state, gateway } = await journey(client);
  assert.deepEqual([state, gateway], ['active', world.gateway.authBase]);
  const [first, second] = steps.filter(({ call }) => call === 'resource');
  assert.equal(first?.response?.body, reply.text);
  assert.equal(first?.response?.size, reply.bytes.length);
  const { body = '', size } = second?.response ?? {};
  assert.equal(size, Buffer.byteLength(LONG));
  const shown = body.replace(/"\*\*\*"$/, '');
  assert.ok(LONG.startsWith(shown) && Buffer.byteLength(shown) > SHOWN - 32 && Buffer.byteLength(body) <= SHOWN + 8);
  assertNoneIn('the journey', JSON.stringify(steps), world.gateway.secrets());
});

test('ERR-1: each call that was answered has its duration, a failed one its reason and the code that callers got', async () => {
  const client = await connect(world);
  world.gateway.faults.add({ fault: { kind: 'status', status: 403 }, path: '/accounts', times: 1 });
  const refused = assertProblem(await client.get(ACCOUNTS), 403, 'gateway_refused');
  const { steps } = await journey(client);
  for (const { call, ms } of steps) assert.equal(typeof ms, call === 'redirect' ? 'undefined' : 'number', call);
  const last = steps.at(-1);
  assert.equal(last?.response?.status, 403);
  assert.ok(last.response.reason !== undefined && last.response.body === undefined);
  assert.deepEqual(last.told, { code: 'gateway_refused', advice: refused.detail });
  assert.deepEqual(steps.filter(({ told }) => told !== undefined).length, 1);
});

test('CON-1: without a consent the journey tells the gateway alone', async () => {
  assert.deepEqual(await journey(world.worker.client()), { gateway: world.gateway.authBase, steps: [] });
});
