/** Many authorisations, and many connects and disconnects: what each leaves on the disk. `FLOOD=n` makes n of each. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertProblem, outcome } from '../rig/client.ts';
import { ACCOUNTS, authorise, connect, World } from '../rig/world.ts';
import { diskOf, told } from './disk.ts';
import { Turns } from './turns.ts';

const FLOOD = Number(process.env['FLOOD'] ?? 100);
const AT_A_TIME = 16;
/** A database without a table is one page. */
const EMPTY_BYTES = 4096;
/** What an authorisation that nobody comes back to may take until it is erased, most of it the database's own log. */
const REQUEST_BYTES = 64 * 1024;

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** Does it so many times, and says what is on the disk before and after. */
async function flood(act: () => Promise<void>): Promise<ReturnType<typeof diskOf>[]> {
  await world.worker.stop();
  const before = diskOf(world.worker.persistTo);
  await world.start();
  const turns = new Turns(AT_A_TIME);
  await Promise.all(Array.from({ length: FLOOD }, () => turns.take(act)));
  await world.worker.stop();
  const after = diskOf(world.worker.persistTo);
  await world.start();
  world.assertNoViolations();
  return [before, after];
}

test(`ERR-4: ${FLOOD} authorisations that nobody comes back to are one small object each`, async (context) => {
  const [before, after] = await flood(async () => void await authorise(world.worker.client()));
  assert.ok(before && after);
  context.diagnostic(told(before, after));
  assert.equal(after.objects.size - before.objects.size, FLOOD);
  assert.ok(after.bytes - before.bytes <= FLOOD * REQUEST_BYTES, told(before, after));
});

test(`REV-2: ${FLOOD} connects and disconnects leave empty databases, and nothing that opens them`, async (context) => {
  const [before, after] = await flood(async () => {
    const client = await connect(world);
    const cookies = new Map(client.cookies);
    assert.equal((await client.delete('/api/consent')).status, 204);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    assertProblem(await client.get(ACCOUNTS), 404, 'consent_not_found');
  });
  assert.ok(before && after);
  context.diagnostic(told(before, after));
  const made = after.objects.size - before.objects.size;
  assert.ok(after.bytes - before.bytes <= made * EMPTY_BYTES, told(before, after));
});

test(`CON-1: ${FLOOD} renewals that one browser abandons leave its consent readable`, async (context) => {
  const client = await connect(world);
  const [before, after] = await flood(async () => void await authorise(client));
  assert.ok(before && after);
  context.diagnostic(told(before, after));
  assert.equal((await client.get(ACCOUNTS)).status, 200);
  assert.ok(after.bytes - before.bytes <= FLOOD * REQUEST_BYTES, told(before, after));
});

test('RED-4: after the floods a browser still connects', async () => {
  const client = world.worker.client();
  const url = await world.gateway.accept((await authorise(client)).location);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
});
