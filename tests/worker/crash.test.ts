/**
 * Crashes. The worker is killed with SIGKILL at a random moment of connect, exchange, refresh or read and is started
 * again on the state it left. The consent then lives on or says `reauthorise`; no answer is an error of the worker's
 * own. `CRASHES=n` crashes it n times, `SEED=n` chooses the moments.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Endpoint, Rotation } from 'tell-connect-sandbox/node';
import { assertProblem, outcome, type Client, type Reply } from '../rig/client.ts';
import { assertNoneIn, assertNoneOnDisk } from '../rig/leaks.ts';
import { until } from '../rig/until.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';

const CRASHES = Number(process.env.CRASHES ?? 20);
const SEED = Number(process.env.SEED ?? 1);
const RECOVERY_MILLISECONDS = 30_000;

/** Where the worker is in its talk with the bank when it is killed. */
const MOMENTS = ['unprocessed', 'unanswered', 'any'] as const;
const LONGEST_DELAY_MILLISECONDS = 40;
const PHASES = ['connect', 'exchange', 'refresh', 'read'] as const;
type Phase = (typeof PHASES)[number];
type Moment = (typeof MOMENTS)[number];

interface CrashKind {
  readonly phase: Phase;
  readonly moment: Moment;
  readonly rotation: Rotation;
}

/** Every way to crash it. How refresh tokens rotate matters where one is in play, or is about to be issued. */
const CRASH_KINDS: readonly CrashKind[] = PHASES.flatMap((phase) => MOMENTS.flatMap((moment) => {
  const rotations: readonly Rotation[] = phase === 'exchange' || phase === 'refresh' ? ['strict', 'grace'] : ['strict'];
  return rotations.map((rotation) => ({ phase, moment, rotation }));
}));

const ENDPOINTS: Readonly<Record<Phase, Endpoint>> = {
  connect: 'authorise', exchange: 'exchange', refresh: 'refresh', read: 'resource',
};

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

/** Mulberry32: small, seeded, and good enough to choose moments with. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Like a deck of cards: in chance order, and none comes twice before each has come once. */
function* shuffled<T>(values: readonly T[], next: () => number): Generator<T, never> {
  for (;;) {
    const deck = [...values];
    while (deck.length > 0) yield deck.splice(Math.floor(next() * deck.length), 1)[0] as T;
  }
}

interface Scene {
  readonly client: Client;
  /** What is under way when it is killed; the browser does the same again afterwards. */
  readonly act: () => Promise<Reply>;
}

async function prepare(phase: Phase): Promise<Scene> {
  if (phase === 'connect') {
    const client = world.worker.client();
    return { client, act: () => client.post('/api/authorise', { scope: 'aisp' }) };
  }
  if (phase === 'exchange') {
    const client = world.worker.client();
    const url = await world.gateway.accept((await authorise(client)).location);
    return { client, act: () => client.navigate(url) };
  }
  world.gateway.lifetimes.accessSeconds = phase === 'refresh' ? 1 : 3600;
  const client = await connect(world);
  return { client, act: () => client.get(ACCOUNTS) };
}

/** Kills the worker in the middle of the scene's act. */
async function crash(scene: Scene, phase: Phase, moment: Moment, delay: number): Promise<void> {
  const hold = moment === 'any' ? undefined
    : world.gateway.faults.next(ENDPOINTS[phase], faults.hold(moment === 'unprocessed' ? 'before' : 'after'));
  const act = scene.act().then(() => undefined, () => undefined);
  await (hold?.reached ?? new Promise((pass) => setTimeout(pass, delay)));
  await world.worker.kill();
  world.gateway.faults.clear();
  // A request that the gateway still holds was never processed: the connection it came on is dead.
  if (moment === 'unanswered') hold?.release();
  await act;
  await world.start();
}

/** The browser tries again until it gets an answer that is not about the network. */
async function settle(act: () => Promise<Reply>): Promise<Reply> {
  let reply = await act();
  await until(async () => {
    if (reply.status < 500) return true;
    assertProblem(reply, [502, 503, 504], /^gateway_/);
    reply = await act();
    return false;
  }, RECOVERY_MILLISECONDS, 'the recovery');
  return reply;
}

/** The consent works, or says that the person has to authorise again, which is only fair after `mayEnd`. */
async function judge({ client, act }: Scene, phase: Phase, mayEnd: boolean): Promise<'lives' | 'reauthorise'> {
  if (phase === 'connect') {
    // The cookie may have been lost with the answer: the browser simply starts again.
    assert.equal((await settle(act)).status, 201);
    assert.equal(await consentState(client), 'requested');
    return 'lives';
  }
  if (phase === 'exchange') {
    assert.match(outcome(client, await settle(act)), mayEnd ? /^(connected|error=)/ : /^connected$/);
  }
  const read = await settle(() => client.get(ACCOUNTS));
  const state = await consentState(client);
  if (read.status === 200) {
    assert.equal(state, 'active');
    return 'lives';
  }
  assertProblem(read, 403, 'reauthorise');
  assert.equal(state, 'reauthorise');
  assert.ok(mayEnd, 'the bank would have let this consent live');
  return 'reauthorise';
}

test(`REF-3, TOK-2, TOK-5: ${CRASHES} crashes, seed ${SEED}`, async (context) => {
  const next = random(SEED);
  const kinds = shuffled(CRASH_KINDS, next);
  const tally = { lives: 0, reauthorise: 0 };
  for (let number = 1; number <= CRASHES; number += 1) {
    const { phase, moment, rotation } = kinds.next().value;
    const delay = Math.floor(next() * LONGEST_DELAY_MILLISECONDS);
    const when = moment === 'any' ? `after ${delay} ms` : moment;
    await context.test(`REF-3, TOK-2, TOK-5: crash ${number} in ${phase}, ${when}, rotation ${rotation}`, async () => {
      world.gateway.lifetimes.rotation = rotation;
      const scene = await prepare(phase);
      const issued = world.gateway.issued.length;
      await crash(scene, phase, moment, delay);
      const processed = world.gateway.issued.length > issued;
      const forgiven = phase === 'refresh' && rotation === 'grace';
      tally[await judge(scene, phase, processed && !forgiven)] += 1;
      world.assertNoViolations();
    });
  }
  context.diagnostic(`lives on: ${tally.lives}, reauthorise: ${tally.reauthorise}`);
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
