/**
 * Crashes. The worker is killed with SIGKILL while browsers connect, come back, refresh, read, renew and disconnect,
 * and is started again on the state it left. Each consent then lives on, or says `reauthorise` where that is fair; no
 * answer is an error of the worker's own. `KILLS=n` kills it n times, `SEED=n` chooses the moments.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Rotation } from 'tell-connect-sandbox/node';
import { assertNoneIn, assertNoneOnDisk } from '../rig/leaks.ts';
import { ACCOUNTS, connect, consentState, World } from '../rig/world.ts';
import { random, shuffled } from './crash/random.ts';
import { codesOf, ENDPOINTS, judge, type Phase, PHASES, prepare, type Scene } from './crash/scenes.ts';

const KILLS = Number(process.env['KILLS'] ?? 5);
const SEED = Number(process.env['SEED'] ?? 1);
/** Browsers at each kill: one whose moment is chosen, and others that are wherever they are. */
const BROWSERS = 4;
/** Where the chosen one is in its talk with the bank: it waits for an answer that is not decided, or not sent. */
const MOMENTS = ['unprocessed', 'unanswered', 'any'] as const;
const LONGEST_DELAY_MILLISECONDS = 60;

interface Kind {
  readonly phase: Phase;
  readonly moment: (typeof MOMENTS)[number];
  readonly rotation: Rotation;
}

/** Every way to kill it. How refresh tokens rotate matters where one is in play, or is about to be issued. */
const KINDS: readonly Kind[] = PHASES.flatMap((phase) => MOMENTS.flatMap((moment) => {
  if (ENDPOINTS[phase] === undefined && moment !== 'any') return [];
  const rotations: readonly Rotation[] = phase === 'exchange' || phase === 'refresh' ? ['strict', 'grace'] : ['strict'];
  return rotations.map((rotation) => ({ phase, moment, rotation }));
}));

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** Kills the worker in the middle of all that the browsers do. */
async function kill(scenes: readonly Scene[], { phase, moment }: Kind, delay: number): Promise<void> {
  const endpoint = ENDPOINTS[phase];
  const hold = moment === 'any' || endpoint === undefined ? undefined
    : world.gateway.faults.next(endpoint, faults.hold(moment === 'unprocessed' ? 'before' : 'after'));
  const acts = scenes.map(({ act }) => act().then(() => undefined, () => undefined));
  await (hold?.reached ?? new Promise((pass) => setTimeout(pass, delay)));
  await world.worker.kill();
  world.gateway.faults.clear();
  // A request that the gateway still holds was never processed: the connection it came on is dead.
  if (moment === 'unanswered') hold?.release();
  await Promise.all(acts);
  await world.start();
}

test(`REF-3, TOK-2, TOK-5: ${KILLS} kills, seed ${SEED}`, async (context) => {
  const next = random(SEED);
  const [kinds, others] = [shuffled(KINDS, next), shuffled(PHASES, next)];
  const tally = { lives: 0, reauthorise: 0, erased: 0 };
  const bystander = await connect(world);
  for (let number = 1; number <= KILLS; number += 1) {
    const kind = kinds.next().value;
    const delay = Math.floor(next() * LONGEST_DELAY_MILLISECONDS);
    const phases = [kind.phase, ...Array.from({ length: BROWSERS - 1 }, () => others.next().value)];
    const when = kind.moment === 'any' ? `after ${delay} ms` : kind.moment;
    const name = `kill ${number} in ${phases.join(' + ')}, ${when}, rotation ${kind.rotation}`;
    await context.test(`REF-3, TOK-2, TOK-5, CON-1: ${name}`, async () => {
      world.gateway.lifetimes.rotation = kind.rotation;
      const scenes: Scene[] = [];
      for (const phase of phases) scenes.push(await prepare(world, phase));
      const issued = world.gateway.issued.length;
      await kill(scenes, kind, delay);
      // What the bank gave out meanwhile may have been lost with the worker.
      const isProcessed = world.gateway.issued.length > issued;
      for (const scene of scenes) {
        const isForgiven = scene.phase === 'refresh' && kind.rotation === 'grace';
        const isSpending = ENDPOINTS[scene.phase] === 'exchange' || scene.phase === 'refresh';
        tally[await judge(scene, isProcessed && isSpending && !isForgiven)] += 1;
      }
      const codes = codesOf(world);
      for (const code of scenes.flatMap(({ used }) => used)) {
        assert.equal(codes.filter((each) => each === code).length, 1, 'a code that was used is never sent again');
      }
      assert.equal((await bystander.get(ACCOUNTS)).status, 200);
      assert.equal(await consentState(bystander), 'active');
      world.assertNoViolations();
    });
  }
  context.diagnostic(`seed ${SEED}: ${JSON.stringify(tally)}`);
});

test('ERR-2: no crash left a secret in an answer, the log or a file', async () => {
  await world.worker.stop();
  const secrets = world.gateway.secrets();
  assertNoneIn('an answer or the log', world.heard(), secrets);
  const codes = world.gateway.issued.filter(({ kind }) => kind === 'code').map(({ secret }) => secret);
  assertNoneOnDisk(world.worker.persistTo, secrets.filter((secret) => !codes.includes(secret)));
  // Wrangler's own developer trace keeps the URLs it served.
  assertNoneOnDisk(world.worker.persistTo, codes, /^v3\/observability\//);
});
