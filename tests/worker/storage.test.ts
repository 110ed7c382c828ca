/**
 * What stands on the disk: of a consent that cannot be read, and after a disconnect. `DISCONNECTS=n` connects and
 * disconnects n times.
 */

import assert from 'node:assert/strict';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, before, test } from 'node:test';
import { assertProblem, outcome, type Client } from '../rig/client.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';
import { until } from '../rig/until.ts';

const DISCONNECTS = Number(process.env['DISCONNECTS'] ?? 10);
/** A database without a table: its one page. */
const EMPTY_BYTES = 4096;

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

/** The consents' databases. */
const files = (): string[] => globSync('v3/do/*ConsentVault*/*.sqlite', { cwd: world.worker.persistTo })
  .filter((file) => !file.endsWith('metadata.sqlite')).map((file) => join(world.worker.persistTo, file));

/** How many rows an object's tables hold, the platform's own included. */
function rows(file: string): Record<string, unknown> {
  const database = new DatabaseSync(file);
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
    return Object.fromEntries(tables.map(({ name }) =>
      [name, database.prepare(`SELECT count(*) AS count FROM "${name}"`).get()?.['count']]));
  } finally {
    database.close();
  }
}

/** The one object made since, and how to change a bit of what it keeps, so far from the end, or to change it back. */
async function flippable(make: () => Promise<Client>, fromEnd: number): Promise<{ client: Client; file: string; flip: () => void }> {
  const known = new Set(files());
  const client = await make();
  const [file = '', ...others] = files().filter((each) => !known.has(each));
  assert.equal(others.length, 0);
  const flip = (): void => {
    const database = new DatabaseSync(file);
    const { value } = database.prepare("SELECT value FROM _cf_KV WHERE key = 'consent'").get() as { value: Uint8Array };
    value[value.length - fromEnd]! ^= 1;
    database.prepare("UPDATE _cf_KV SET value = ? WHERE key = 'consent'").run(value);
    database.close();
  };
  return { client, file, flip };
}

test('REV-2: a snapshot that cannot be read is read again at the next call, and heals', async () => {
  const { client, file, flip } = await flippable(() => connect(world), 40);
  await world.worker.stop();
  flip();
  await world.start();
  for (const target of ['/api/consent', ACCOUNTS]) assertProblem(await client.get(target), 500, 'snapshot_damaged');
  await world.worker.stop();
  assert.equal(rows(file)['_cf_KV'], 2, 'it is noted since when');
  flip();
  await world.start();
  assert.equal((await client.get(ACCOUNTS)).status, 200);
  assert.equal(await consentState(client), 'active');
  await world.worker.stop();
  assert.equal(rows(file)['_cf_KV'], 1, 'the note is gone');
  await world.start();
});

for (const [what, fromEnd, code] of [['seal', 40, 'snapshot_damaged'], ['stored value', 1, 'internal']] as const) {
  test(`REV-2: DELETE erases a consent whose ${what} cannot be read, and leaves nothing`, async () => {
    const { client, file, flip } = await flippable(() => connect(world), fromEnd);
    await world.worker.stop();
    flip();
    await world.start();
    assertProblem(await client.get(ACCOUNTS), 500, code);
    const cookies = new Map(client.cookies);
    assert.equal((await client.delete('/api/consent')).status, 204);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    assertProblem(await client.get('/api/consent'), 404, 'consent_not_found');
    await world.worker.stop();
    assert.deepEqual(rows(file), {});
    await world.start();
  });
}

test(`REV-2: nothing is left behind by ${DISCONNECTS} disconnects`, async (context) => {
  const known = new Set(files());
  for (let number = 0; number < DISCONNECTS; number += 1) {
    const client = world.worker.client();
    const { location } = await authorise(client);
    assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
    assert.equal((await client.delete('/api/consent')).status, 204);
  }
  await world.worker.stop();
  const made = files().filter((file) => !known.has(file));
  const sizes = made.map((file) => statSync(file).size);
  for (const file of made) assert.deepEqual(rows(file), {}, file);
  assert.ok(Math.max(0, ...sizes) <= EMPTY_BYTES, `${Math.max(...sizes)} bytes`);
  context.diagnostic(`${made.length} files, ${sizes.reduce((sum, size) => sum + size, 0)} bytes`);
  await world.start();
});

test('REV-1: each step of a consent\'s life is a line of the audit trail', async () => {
  const trail = (): Record<string, unknown>[] =>
    world.worker.log().split('\n').filter((line) => line.includes('"audit":1'))
      .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>);
  const known = trail().length;
  const client = await connect(world);
  await client.delete('/api/consent');
  // A line is written after the answer, and comes to the log after that.
  await until(() => trail().length >= known + 2 && trail().at(-1)?.['kind'] === 'erasure', 20_000, 'the trail');
  const lines = trail();
  const [grant, erasure] = lines.slice(-2);
  assert.deepEqual([grant?.['kind'], erasure?.['kind']], ['grant', 'erasure']);
  assert.equal(grant?.['consent'], erasure?.['consent']);
  for (const line of lines) {
    assert.deepEqual(Object.keys(line).filter((member) => member !== 'code'), ['audit', 'at', 'kind', 'consent']);
  }
});
