/** What a browser is in the middle of when the worker is killed, and what it may find afterwards. */

import assert from 'node:assert/strict';
import type { Endpoint } from 'tell-connect-sandbox/node';
import { assertProblem, outcome, type Client, type Reply } from '../../rig/client.ts';
import { until } from '../../rig/until.ts';
import { ACCOUNTS, authorise, connect, type World } from '../../rig/world.ts';

const RECOVERY_MILLISECONDS = 40_000;

/** `renew` and `return` are a second authorisation of a browser that has a consent: asked for, and come back from. */
export const PHASES = ['connect', 'exchange', 'refresh', 'read', 'renew', 'return', 'delete'] as const;
export type Phase = (typeof PHASES)[number];

/** The call to the bank that each phase makes; an erasure makes none. */
export const ENDPOINTS: Readonly<Record<Phase, Endpoint | undefined>> = {
  connect: 'authorise', exchange: 'exchange', refresh: 'refresh', read: 'resource', renew: 'authorise',
  return: 'exchange', delete: undefined,
};

export interface Scene {
  readonly phase: Phase;
  readonly client: Client;
  /** The browser does the same again after the crash. */
  readonly act: () => Promise<Reply>;
  /** A code that the browser was told is used: it is never used again. */
  readonly used: readonly string[];
  /** With its cookies as they were. */
  readonly cookies: ReadonlyMap<string, string>;
}

export async function prepare(world: World, phase: Phase): Promise<Scene> {
  if (phase === 'connect') {
    const client = world.worker.client();
    return scene(phase, client, () => client.post('/api/authorise', { scope: 'aisp' }));
  }
  if (phase === 'exchange') {
    const client = world.worker.client();
    const url = await world.gateway.accept((await authorise(client)).location);
    return scene(phase, client, () => client.navigate(url));
  }
  // Told to live so short, a token is renewed for the next read.
  world.gateway.lifetimes.accessSeconds = phase === 'refresh' ? 1 : 3600;
  const codes = codesOf(world);
  const client = await connect(world);
  world.gateway.lifetimes.accessSeconds = 3600;
  const used = codesOf(world).slice(codes.length);
  if (phase === 'renew') return scene(phase, client, () => client.post('/api/authorise', { scope: 'aisp' }), used);
  if (phase === 'delete') return scene(phase, client, () => client.delete('/api/consent'), used);
  if (phase === 'return') {
    const url = await world.gateway.accept((await authorise(client)).location);
    return scene(phase, client, () => client.navigate(url), used);
  }
  return scene(phase, client, () => client.get(ACCOUNTS), used);
}

/** The codes that were sent to be exchanged, oldest first, each as often as it was. */
export function codesOf(world: World): string[] {
  const exchanges = world.gateway.requests.filter(({ endpoint }) => endpoint === 'exchange');
  return exchanges.map(({ body }) => new URLSearchParams(body).get('code') ?? '');
}

/**
 * After the crash: the consent works; or it has to be authorised again, which is fair only where the bank has spent the
 * token and its answer was lost; or it is erased, where that was asked for.
 */
export async function judge(scene: Scene, mayEnd: boolean): Promise<'lives' | 'reauthorise' | 'erased'> {
  const { client, act, phase } = scene;
  if (phase === 'delete') return erased(scene);
  if (phase === 'connect') {
    // The cookie may have been lost with the answer: the browser simply starts again.
    assert.equal((await settle(act)).status, 201);
    assert.equal(await stateOf(client), 'requested');
    return 'lives';
  }
  if (phase === 'renew') {
    assert.equal((await settle(act)).status, 201);
  } else if (phase === 'exchange' || phase === 'return') {
    assert.match(outcome(client, await settle(act)), mayEnd ? /^(connected|error=)/ : /^connected$/);
  }
  const read = await settle(() => client.get(ACCOUNTS));
  if (read.status === 200) {
    assert.equal(await stateOf(client), 'active');
    return 'lives';
  }
  assert.notEqual(phase, 'return', 'the consent that is to be replaced stays until the new one is connected');
  assertProblem(read, 403, 'reauthorise');
  assert.equal(await stateOf(client), 'reauthorise');
  assert.ok(mayEnd, 'the bank would have let this consent live');
  return 'reauthorise';
}

/** Erased is erased, with the cookie that was as well. */
async function erased({ client, act, cookies }: Scene): Promise<'erased'> {
  assert.equal((await settle(act)).status, 204);
  for (const [name, value] of cookies) client.cookies.set(name, value);
  assertProblem(await settle(() => client.get('/api/consent')), 404, 'consent_not_found');
  return 'erased';
}

/** The browser tries again until it gets an answer that is not about the bank's gateway. */
async function settle(act: () => Promise<Reply>): Promise<Reply> {
  let reply = await act();
  await until(async () => {
    if (reply.status < 500 && !isOfGateway(reply)) return true;
    if (reply.status >= 500) assertProblem(reply, [502, 503, 504], /^(gateway_|busy$)/);
    reply = await act();
    return false;
  }, RECOVERY_MILLISECONDS, 'the recovery');
  return reply;
}

const isOfGateway = ({ headers }: Reply): boolean => (headers.location ?? '').startsWith('/#error=gateway_');

async function stateOf(client: Client): Promise<string> {
  const reply = await client.get('/api/consent');
  assert.equal(reply.status, 200, reply.text);
  return reply.json<{ state: string }>().state;
}

function scene(phase: Phase, client: Client, act: () => Promise<Reply>, used: readonly string[] = []): Scene {
  return { phase, client, act, used, cookies: new Map(client.cookies) };
}
