/** A consent's life seen from outside: refreshes that race, get lost or are refused, and a bank that takes back. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import { assertProblem, outcome, type Client, type Reply } from '../rig/client.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { until } from '../rig/until.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => {
  world.gateway.faults.clear();
  Object.assign(world.gateway.lifetimes, { accessSeconds: 3600, refreshedAccessSeconds: 3600, rotation: 'strict' });
  world.assertNoViolations();
});

/** A consent whose access token has run out: the next read must refresh. */
async function connectExpired(): Promise<Client> {
  world.gateway.lifetimes.accessSeconds = 1;
  const client = await connect(world);
  world.gateway.lifetimes.accessSeconds = 3600;
  return client;
}

/** How many requests of each kind reached the gateway since. */
function counter(): () => { refresh: number; resource: number; exchange: number } {
  const count = (): { refresh: number; resource: number; exchange: number } => ({
    refresh: world.gateway.count('refresh'),
    resource: world.gateway.count('resource'),
    exchange: world.gateway.count('exchange'),
  });
  const start = count();
  return () => {
    const now = count();
    return {
      refresh: now.refresh - start.refresh,
      resource: now.resource - start.resource,
      exchange: now.exchange - start.exchange,
    };
  };
}

async function assertEnded(client: Client, code: 'revoked' | 'reauthorise'): Promise<void> {
  assert.equal(await consentState(client), code);
  const since = counter();
  assertProblem(await client.get(ACCOUNTS), 403, code);
  assert.deepEqual(since(), { refresh: 0, resource: 0, exchange: 0 }, 'an ended consent asks the bank nothing');
}

describe('one refresh', () => {
  test('REF-2: a hundred reads on an expired token make exactly one refresh, and all succeed', async () => {
    const client = await connectExpired();
    const since = counter();
    const held = world.gateway.faults.next('refresh', faults.hold());
    const reads = Array.from({ length: 100 }, () => client.get(ACCOUNTS));
    await held.reached;
    held.release();
    const statuses = (await Promise.all(reads)).map(({ status }) => status);
    assert.deepEqual(statuses, statuses.map(() => 200));
    assert.deepEqual(since(), { refresh: 1, resource: 100, exchange: 0 });
    assert.equal((await client.get(ACCOUNTS)).status, 200);
    assert.equal(since().refresh, 1);
  });

  test('REF-2: a hundred reads whose refresh is refused get a hundred answers and cost one refresh', async () => {
    const client = await connectExpired();
    const since = counter();
    world.gateway.faults.always('refresh', faults.invalidGrant());
    const replies = await Promise.all(Array.from({ length: 100 }, () => client.get(ACCOUNTS)));
    for (const reply of replies) assertProblem(reply, 403, 'revoked');
    assert.deepEqual(since(), { refresh: 1, resource: 0, exchange: 0 });
  });

  test('REF-2: a hundred reads that meet a 401 make one refresh', async () => {
    const client = await connect(world);
    const since = counter();
    world.gateway.dropAccessTokens();
    const replies = await Promise.all(Array.from({ length: 100 }, () => client.get(ACCOUNTS)));
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    assert.equal(since().refresh, 1);
  });

  test('REF-2: a caller that goes away leaves the refresh to the others', async () => {
    const client = await connectExpired();
    const since = counter();
    const held = world.gateway.faults.next('refresh', faults.hold());
    const [impatient, patient] = [client.get(ACCOUNTS), client.get(ACCOUNTS)];
    await held.reached;
    client.abandonOldest();
    await assert.rejects(impatient);
    held.release();
    assert.equal((await patient).status, 200);
    assert.equal(since().refresh, 1);
  });

  test('REF-1: each refresh uses the token of the one before', async () => {
    world.gateway.lifetimes.refreshedAccessSeconds = 1;
    const client = await connectExpired();
    const since = counter();
    for (let round = 0; round < 5; round += 1) assert.equal((await client.get(ACCOUNTS)).status, 200);
    assert.equal(since().refresh, 5);
  });

  test('REF-1: an answer without a new refresh token keeps the old one', async () => {
    world.gateway.lifetimes.refreshedAccessSeconds = 1;
    const client = await connectExpired();
    world.gateway.faults.next('refresh', faults.withoutRefreshToken());
    for (let round = 0; round < 3; round += 1) assert.equal((await client.get(ACCOUNTS)).status, 200);
  });

  test('TOK-3, TOK-4, TOK-5: a surprising member in the answer costs no consent', async () => {
    const surprises = [faults.unknownMembers(), ...[
      { expires_in: '3600' }, { expires_in: 999_999 }, { expires_in: undefined }, { token_type: 'bearer' },
      { scope: 'accounts:read balance:read' },
    ].map((change) => faults.rewrite((body) => ({ ...body, ...change })))];
    for (const surprise of surprises) {
      const client = await connectExpired();
      world.gateway.faults.next('refresh', surprise);
      assert.equal((await client.get(ACCOUNTS)).status, 200);
      assert.equal(await consentState(client), 'active');
    }
  });
});

describe('what the bank takes back', () => {
  test('REV-1: a refused refresh is `revoked`, as a problem and as the state, and the tokens are gone', async () => {
    const client = await connectExpired();
    world.gateway.faults.next('refresh', faults.invalidGrant());
    assertProblem(await client.get(ACCOUNTS), 403, 'revoked');
    await assertEnded(client, 'revoked');
  });

  test('REV-1: a consent that the PSU revoked at the bank is found out by the next read', async () => {
    const client = await connect(world);
    const since = counter();
    world.gateway.revoke(world.gateway.issued.at(-1)?.intentId);
    assertProblem(await client.get(ACCOUNTS), 403, 'revoked');
    assert.deepEqual(since(), { refresh: 1, resource: 1, exchange: 0 });
    await assertEnded(client, 'revoked');
  });

  test('REF-2: one 401 costs one refresh, and the read succeeds', async () => {
    const client = await connect(world);
    const since = counter();
    world.gateway.dropAccessTokens();
    assert.equal((await client.get(ACCOUNTS)).status, 200);
    assert.deepEqual(since(), { refresh: 1, resource: 2, exchange: 0 });
  });

  test('REV-1: a 401 after a fresh token is `revoked`', async () => {
    const client = await connect(world);
    const since = counter();
    const refusal = (): Response => Response.json({ error: 'invalid_token' }, { status: 401 });
    world.gateway.faults.always('resource', faults.instead(refusal));
    assertProblem(await client.get(ACCOUNTS), 403, 'revoked');
    assert.deepEqual(since(), { refresh: 1, resource: 2, exchange: 0 });
    world.gateway.faults.clear();
    await assertEnded(client, 'revoked');
  });

  test('REV-1: a 401 that is not in the gateway\'s own words is passed on and ends nothing', async () => {
    const client = await connect(world);
    const since = counter();
    world.gateway.faults.always('resource', faults.status(401));
    assertProblem(await client.get(ACCOUNTS), 401, 'gateway_refused');
    assert.deepEqual(since(), { refresh: 1, resource: 2, exchange: 0 });
    world.gateway.faults.clear();
    assert.equal((await client.get(ACCOUNTS)).status, 200);
  });

  test('REV-1: a 403, whoever sends it, is passed on and ends nothing', async () => {
    const client = await connect(world);
    const since = counter();
    world.gateway.faults.always('resource', faults.status(403));
    assertProblem(await client.get(ACCOUNTS), 403, 'gateway_refused');
    assert.deepEqual(since(), { refresh: 0, resource: 1, exchange: 0 });
    world.gateway.faults.clear();
    assert.equal((await client.get(ACCOUNTS)).status, 200);
  });

  test('REV-1: after `revoked` the same browser can connect again', async () => {
    const client = await connectExpired();
    world.gateway.faults.next('refresh', faults.invalidGrant());
    assertProblem(await client.get(ACCOUNTS), 403, 'revoked');
    const { location } = await authorise(client);
    assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
    assert.equal((await client.get(ACCOUNTS)).status, 200);
  });

  test('REV-1: a DELETE in the middle of a refresh ends the consent, and nothing brings it back', async () => {
    const client = await connectExpired();
    const held = world.gateway.faults.next('refresh', faults.hold('after'));
    const read = client.get(ACCOUNTS);
    await held.reached;
    const cookies = new Map(client.cookies);
    const deletion = client.delete('/api/consent');
    const deleted: Reply | undefined = await Promise.race([deletion, waitForNothing(2000)]);
    held.release();
    assert.equal((deleted ?? await deletion).status, 204);
    const { status } = await read;
    assert.ok([200, 403, 404, 409].includes(status), `the read was answered with ${status}`);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    assertProblem(await client.get('/api/consent'), 404, 'consent_not_found');
  });
});

/** Gives up on waiting without an opinion: a DELETE may answer at once or after the refresh. */
function waitForNothing(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());
}

describe('what gets lost on the way', () => {
  test('REF-3: a refresh that never reached the bank is sent again, and the consent lives on', async () => {
    const client = await connectExpired();
    const since = counter();
    world.gateway.faults.next('refresh', faults.lostRequest());
    assert.equal((await client.get(ACCOUNTS)).status, 200);
    assert.deepEqual(since(), { refresh: 2, resource: 1, exchange: 0 });
  });

  test('REF-3: a lost answer is asked for again with the same token, which a bank with grace answers', async () => {
    world.gateway.lifetimes.rotation = 'grace';
    for (const fault of [faults.lostAnswer(), faults.truncated()]) {
      const client = await connectExpired();
      const before = world.gateway.requests.length;
      world.gateway.faults.next('refresh', fault);
      assert.equal((await client.get(ACCOUNTS)).status, 200);
      const bodies = world.gateway.requests.slice(before).filter(({ endpoint }) => endpoint === 'refresh')
        .map(({ body }) => body.toString());
      assert.equal(bodies.length, 2);
      assert.equal(bodies[0], bodies[1]);
    }
  });

  test('REF-3: a lost answer and then a refusal is `reauthorise`, and says so', async () => {
    const client = await connectExpired();
    world.gateway.faults.next('refresh', faults.lostAnswer());
    assertProblem(await client.get(ACCOUNTS), 403, 'reauthorise');
    await assertEnded(client, 'reauthorise');
  });

  test('ERR-3: a busy refresh waits as it is told and then succeeds', async () => {
    for (const fault of [faults.status(503, '1'), faults.status(429, '1'), faults.status(500)]) {
      const client = await connectExpired();
      const since = counter();
      world.gateway.faults.next('refresh', fault);
      assert.equal((await client.get(ACCOUNTS)).status, 200);
      assert.equal(since().refresh, 2);
    }
  });

  test('ERR-3: a refresh that stays busy is a problem with Retry-After, and the consent is not lost', async () => {
    const client = await connectExpired();
    world.gateway.faults.always('refresh', faults.status(503, '3600'));
    const reply = await client.get(ACCOUNTS);
    assertProblem(reply, 503, 'gateway_busy');
    assert.ok(Number(reply.headers['retry-after']) > 0);
    assert.equal(await consentState(client), 'active');
  });

  test('ERR-3: HTML and garbage in place of a refresh answer lose nothing', async () => {
    for (const fault of [faults.html, faults.garbage]) {
      const client = await connectExpired();
      world.gateway.faults.next('refresh', fault());
      const first = await client.get(ACCOUNTS);
      if (first.status !== 200) assertProblem(first, 502);
      await until(async () => (await client.get(ACCOUNTS)).status === 200, 20_000, 'a read after the bad answer');
    }
  });

  test('TOK-2, ERR-3: an exchange that never reached the bank, or met a busy one, is sent again', async () => {
    for (const fault of [faults.lostRequest(), faults.status(503, '1'), faults.status(500)]) {
      world.gateway.faults.next('exchange', fault);
      const client = await connect(world);
      assert.equal((await client.get(ACCOUNTS)).status, 200);
    }
  });

  test('TOK-2, REF-3: an exchange whose answer was lost ends honestly', async () => {
    const client = world.worker.client();
    const { location } = await authorise(client);
    world.gateway.faults.next('exchange', faults.lostAnswer());
    const url = await world.gateway.accept(location);
    const hash = outcome(client, await client.navigate(url));
    assert.match(hash, /^error=[a-z_]+$/);
    assert.equal(outcome(client, await client.navigate(url)), hash);
    assert.equal(await consentState(client), 'reauthorise');
  });

  test('TOK-2: a code that the bank refuses is an outcome with a code of its own', async () => {
    const client = world.worker.client();
    const { location } = await authorise(client);
    world.gateway.faults.next('exchange', faults.invalidGrant());
    assert.match(outcome(client, await client.navigate(await world.gateway.accept(location))), /^error=[a-z_]+$/);
    assert.notEqual(await consentState(client), 'active');
  });
});

test('ERR-2: none of it put a secret into an answer or the log', () => {
  assertNoneIn('an answer or the log', world.heard(), world.gateway.secrets());
});
