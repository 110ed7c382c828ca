/** One consent, one endpoint that a mode is aimed at: what leads up to it, the act, and the consent's life after it. */

import assert from 'node:assert/strict';
import { CODES } from '../../pkg/dist/generated/core.js';
import { RESOURCES } from '../rig/answers.ts';
import { assertPrivate, type Client, outcome, type Reply } from '../rig/client.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { until } from '../rig/until.ts';
import { ACCOUNTS, type World } from '../rig/world.ts';
import { ENDED, type Row } from './expected.ts';
import { type Endpoint, type HostileGateway, MARKER } from './gateway.ts';

const RECOVERY_MILLISECONDS = 40_000;
/**
 * Attempts of one call (ERR-3): whatever comes back, a fault is not multiplied. A GET that breaks off is sent again by
 * the runtime itself, once for each connection that it had kept.
 */
const MOST_ATTEMPTS = { authorise: 4, exchange: 4, refresh: 4, resource: Infinity };
/** In seconds: nobody is sent away for longer. */
const LONGEST_WAIT = 300;
/** All that an answer of the worker's may carry. */
const HEADERS = new Set([
  'cache-control', 'content-security-policy', 'cross-origin-resource-policy', 'referrer-policy',
  'strict-transport-security', 'x-content-type-options', 'content-type', 'content-length', 'transfer-encoding', 'date',
  'connection', 'keep-alive', 'retry-after', 'location', 'set-cookie', 'vary', 'content-encoding',
]);

export interface Stage {
  readonly world: World;
  readonly gateway: HostileGateway;
  /** The application that this scene has to itself: its calls are told apart by it. */
  readonly app: string;
}

/** Plays it, and holds every answer on the way against what is never so and what may be. */
export async function play(stage: Stage, row: Row, endpoint: Endpoint): Promise<void> {
  const { world, gateway, app } = stage;
  const client = world.worker.client();
  gateway.forget(app);
  const seen: Reply[] = [];
  const see = (reply: Reply): Reply => (seen.push(reply), reply);
  const wish = { scope: 'aisp', application: app };
  const start = async (): Promise<Reply> => see(await client.post('/api/authorise', wish));
  const read = async (): Promise<Reply> => see(await client.get(ACCOUNTS));
  let url = '';
  const arrive = async (): Promise<Reply> => see(await client.navigate(url));

  if (endpoint !== 'authorise') {
    url = await accepted(world, await recovered(start, ({ status }) => status === 201));
    if (endpoint !== 'exchange') assert.equal(outcome(client, await arrive()), 'connected');
  }
  if (endpoint === 'refresh') gateway.expire(app);
  gateway.aim(app, endpoint, row.mode);
  const reply = await { authorise: start, exchange: arrive, refresh: read, resource: read }[endpoint]();
  const met = gateway.heal(app, endpoint);
  assert.ok(met >= 1 && met <= MOST_ATTEMPTS[endpoint], `${met} calls met it`);
  assertAllHarmless(seen, gateway.secretsOf(app));
  const told = toldBy(client, reply);
  const may = row.codes[endpoint];
  assert.ok(may.includes(told), `told ${told}, not ${may.join('/')}: ${reply.text.slice(0, 300)}`);

  if (ENDED.includes(told)) {
    assert.ok(row.mayEnd?.includes(endpoint), `the consent is over by it: ${told}`);
  } else if (endpoint === 'authorise') {
    await recovered(start, ({ status }) => status === 201);
  } else if (row.rests === true && endpoint !== 'resource') {
    assert.match(await stateOf(client), endpoint === 'exchange' ? /^(requested|authorised|connecting)$/ : /^active$/);
  } else {
    const mayEnd = row.mayEnd?.includes(endpoint) === true;
    const isOver = (each: Reply): boolean => mayEnd && ENDED.includes(toldBy(client, each));
    if (endpoint === 'exchange') await recovered(arrive, (each) => toldBy(client, each) === 'ok' || isOver(each));
    const last = await recovered(read, (each) => each.status === 200 || isOver(each));
    if (last.status === 200) assert.equal(last.text, RESOURCES['/accounts'], 'what is read is the bank\'s own');
    assert.match(await stateOf(client), last.status === 200 ? /^active$/ : /^(revoked|reauthorise)$/);
  }
  assertAllHarmless(seen, gateway.secretsOf(app));
}

function accepted(world: World, started: Reply): Promise<string> {
  return world.gateway.accept(started.json<{ location: string }>().location);
}

/** `ok`, or the code of the problem. */
function toldBy(client: Client, reply: Reply): string {
  if (reply.status === 303) return outcome(client, reply).replace('connected', 'ok').replace('error=', '');
  return reply.status < 300 ? 'ok' : reply.json<{ code: string }>().code;
}

/** The browser tries again, until the call has got through. A problem on the way is about the gateway. */
async function recovered(act: () => Promise<Reply>, isGood: (reply: Reply) => boolean): Promise<Reply> {
  let reply = await act();
  await until(async () => {
    if (isGood(reply)) return true;
    const code = reply.status === 303 ? (reply.headers.location ?? '') : reply.json<{ code: string }>().code;
    assert.match(code, /^(\/#error=)?gateway_/, `the consent is lost: ${code}`);
    reply = await act();
    return false;
  }, RECOVERY_MILLISECONDS, 'the recovery');
  return reply;
}

async function stateOf(client: Client): Promise<string> {
  return (await client.get('/api/consent')).json<{ state: string }>().state;
}

function assertAllHarmless(replies: readonly Reply[], secrets: readonly string[]): void {
  for (const reply of replies) assertHarmless(reply, secrets);
}

/** What holds of every answer, whatever the gateway does. */
function assertHarmless(reply: Reply, secrets: readonly string[]): void {
  const { status, headers, text } = reply;
  assertPrivate(reply);
  for (const [name, value] of Object.entries(headers)) {
    assert.ok(HEADERS.has(name), `the header ${name}`);
    assert.ok(!String(value).includes(MARKER), `${name} is the bank's`);
  }
  assert.ok(headers.location === undefined || status === 303, 'nobody is sent away');
  for (const line of headers['set-cookie'] ?? []) assert.match(line, /^__Host-tell-[ap]isp=[\w.-]*;/);
  const wait = headers['retry-after'];
  if (wait !== undefined) assert.ok(/^\d{1,3}$/.test(wait) && Number(wait) <= LONGEST_WAIT, `Retry-After: ${wait}`);
  assertNoneIn('an answer', `${JSON.stringify(headers)}\n${text}`, secrets);
  if (status === 303) return assertKnown(/^\/#error=(.*)$/.exec(headers.location ?? '')?.[1]);
  if (status < 300) {
    if (text !== '') assert.match(headers['content-type'] ?? '', /^application\/json/);
    return;
  }
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/);
  // The sandbox may tell a developer what the gateway says is wrong, in members of its own.
  const { description: _, rule: __, ...problem } = reply.json<{ code: string; description?: string; rule?: string }>();
  assert.ok(!JSON.stringify(problem).includes(MARKER), 'what the gateway said is repeated');
  const { code } = problem;
  assertKnown(code);
  // A refusal of the bank's is passed on with its own status.
  if (code === 'gateway_refused') assert.ok(status >= 400 && status < 500, `${code} with ${status}`);
  else assert.equal(status, CODES[code as keyof typeof CODES].status);
}

function assertKnown(code: string | undefined): void {
  if (code === undefined) return;
  assert.ok(Object.hasOwn(CODES, code), `the code ${code}`);
  assert.notEqual(code, 'internal');
}
