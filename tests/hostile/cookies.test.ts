/**
 * Cookies that nobody was given: each is refused before an object is touched, so that they leave nothing on the disk.
 * `FLOOD=n` sends n of each kind.
 */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertProblem } from '../rig/client.ts';
import { ACCOUNTS, connect, consentState, World } from '../rig/world.ts';
import { diskOf, told } from './disk.ts';
import { Turns } from './turns.ts';

const FLOOD = Number(process.env['FLOOD'] ?? 100);
const AT_A_TIME = 16;
const NAME = '__Host-tell-aisp';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** A text of that length, of a cookie's characters. */
const random = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

/** The true one with another character somewhere. */
function changed(value: string): string {
  const at = randomBytes(2).readUInt16BE() % value.length;
  return value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
}

test(`SES-1: ${FLOOD} made-up cookies a kind reach no object, whatever they ask for`, async (context) => {
  const client = await connect(world);
  const value = client.cookies.get(NAME);
  assert.ok(value !== undefined);
  const kinds: ReadonlyArray<() => string> = [
    () => random(value.length), () => random(43), () => changed(value), () => value + random(1),
    () => value.slice(0, -1),
  ];
  await world.worker.stop();
  const before = diskOf(world.worker.persistTo);
  await world.start();
  const turns = new Turns(AT_A_TIME);
  const sent = kinds.flatMap((kind) => Array.from({ length: FLOOD }, () => turns.take(async () => {
    const stranger = world.worker.client();
    const cookie = { cookie: `${NAME}=${kind()}` };
    for (const target of ['/api/consent', ACCOUNTS]) {
      assertProblem(await stranger.get(target, cookie), 404, 'consent_not_found');
    }
    assert.equal((await stranger.delete('/api/consent', { ...stranger.sameOrigin(), ...cookie })).status, 204);
  })));
  await Promise.all(sent);
  await world.worker.stop();
  const after = diskOf(world.worker.persistTo);
  context.diagnostic(told(before, after));
  assert.deepEqual([...after.objects.difference(before.objects)], []);
  assert.ok(after.bytes <= before.bytes, `${after.bytes - before.bytes} bytes more`);
  await world.start();
  assert.equal(await consentState(client), 'active');
});
