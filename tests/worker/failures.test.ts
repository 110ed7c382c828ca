/** A gateway that lies, breaks off, hangs or is gone: a problem with a code, within a deadline, and nothing is lost. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Endpoint } from 'tell-connect-sandbox/node';
import { assertProblem, outcome } from '../rig/client.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => {
  world.gateway.faults.clear();
  world.assertNoViolations();
});

const BAD_ANSWERS: Readonly<Record<string, () => faults.Fault>> = {
  'a page of HTML': faults.html,
  'garbage for JSON': faults.garbage,
  'an answer that breaks off': faults.truncated,
};

describe('AUT-4: a location that is not the bank\'s is refused', () => {
  const foreign = [
    'https://evil.example/v1/authorise/1', 'http://auth.tell.money/v1/authorise/1', 'javascript:alert(1)', '',
    'https://auth.tell.money.evil.example/', 'https://auth.tell.money@evil.example/', '//evil.example/',
    '/v1/authorise/1', 'https://evil.example/#https://auth.tell.money/', 'https://auth.tell.money:8443@evil.example',
    'data:text/html,x', 'https://xn--auth-tell.money/', 'http://localhost.evil.example/', 'https:\\\\evil.example',
  ];
  for (const location of foreign) {
    test(`AUT-4: ${location === '' ? 'an empty location' : location}`, async () => {
      world.gateway.faults.next('authorise', faults.location(location));
      const client = world.worker.client();
      const reply = await client.post('/api/authorise', { scope: 'aisp' });
      assertProblem(reply, 502);
      if (location !== '') assert.equal(reply.text.includes(location), false);
    });
  }

  test('AUT-4: the environment\'s own hosts are taken', async () => {
    for (const host of ['auth.tell.money', 'auth-sandbox.tell.money']) {
      world.gateway.faults.next('authorise', faults.location(`https://${host}/v1/authorise/1`));
      assert.equal((await authorise(world.worker.client())).location, `https://${host}/v1/authorise/1`);
    }
  });
});

describe('ERR-2: authorise', () => {
  for (const [name, fault] of Object.entries(BAD_ANSWERS)) {
    test(`ERR-2: ${name} is a bad gateway`, async () => {
      world.gateway.faults.always('authorise', fault());
      assertProblem(await world.worker.client().post('/api/authorise', { scope: 'aisp' }), 502);
    });
  }

  test('ERR-1, ERR-2: refusals and outages each have a code', async () => {
    const expected: Array<[number, RegExp]> = [[400, /^gateway_refused$/], [401, /^gateway_refused_client$/],
      [403, /^gateway_refused$/], [500, /^gateway_/], [503, /^gateway_/], [429, /^gateway_busy$/]];
    for (const [status, code] of expected) {
      world.gateway.faults.always('authorise', faults.status(status));
      const reply = await world.worker.client().post('/api/authorise', { scope: 'aisp' });
      assertProblem(reply, [400, 401, 403, 429, 502, 503], code);
    }
  });

  test('ERR-2: a cut connection is a gateway that cannot be reached', async () => {
    world.gateway.faults.always('authorise', faults.lostRequest());
    assertProblem(await world.worker.client().post('/api/authorise', { scope: 'aisp' }), 502, 'gateway_unreachable');
  });

  test('ERR-2: an answer far beyond any size is refused', async () => {
    const padding = 'x'.repeat(8 * 1024 * 1024);
    world.gateway.faults.always('authorise', faults.rewrite((body) => ({ ...body, padding })));
    assertProblem(await world.worker.client().post('/api/authorise', { scope: 'aisp' }), 502, 'gateway_bad_answer');
  });

  test('TOK-4: unknown members in an answer are ignored', async () => {
    world.gateway.faults.next('authorise', faults.unknownMembers());
    await authorise(world.worker.client());
  });
});

describe('ERR-2: accounts', () => {
  for (const [name, fault] of Object.entries(BAD_ANSWERS)) {
    test(`ERR-2: ${name} is a bad gateway, and the consent stays`, async () => {
      const client = await connect(world);
      world.gateway.faults.always('resource', fault());
      const reply = await client.get(ACCOUNTS);
      // ACC-4 passes on what is whole; only what broke off must be a failure here.
      if (name === 'an answer that breaks off') assertProblem(reply, 502);
      else assert.ok(reply.status === 200 || reply.status === 502, `answered ${reply.status}`);
      world.gateway.faults.clear();
      assert.equal((await client.get(ACCOUNTS)).status, 200);
    });
  }

  test('ERR-2: HTML with status 200 never reaches the page as HTML', async () => {
    const client = await connect(world);
    world.gateway.faults.always('resource', faults.html());
    const reply = await client.get(ACCOUNTS);
    assert.doesNotMatch(reply.headers['content-type'] ?? '', /html/);
  });

  test('ERR-3: one failure of a GET is retried and nobody notices', async () => {
    const client = await connect(world);
    for (const fault of [faults.status(503, '1'), faults.status(500), faults.lostRequest()]) {
      world.gateway.faults.next('resource', fault);
      assert.equal((await client.get(ACCOUNTS)).status, 200);
    }
  });

  test('ERR-3: a bank that stays busy is told of with its Retry-After', async () => {
    const client = await connect(world);
    world.gateway.faults.always('resource', faults.status(503, '3600'));
    const reply = await client.get(ACCOUNTS);
    assertProblem(reply, 503, 'gateway_busy');
    assert.ok(Number(reply.headers['retry-after']) > 0);
    assert.equal(await consentState(client), 'active');
  });
});

test('ERR-2: nothing waits for ever: neither for a gateway that says nothing, nor for one that drips', async () => {
  const client = await connect(world);
  const endpoints: Endpoint[] = ['authorise', 'resource'];
  for (const endpoint of endpoints) {
    world.gateway.faults.next(endpoint, faults.hold());
    world.gateway.faults.always(endpoint, faults.drip(2000));
  }
  const authorising = [1, 2].map(() => world.worker.client().post('/api/authorise', { scope: 'aisp' }));
  const reading = [1, 2].map(() => client.get(ACCOUNTS));
  for (const reply of await Promise.all([...authorising, ...reading])) assertProblem(reply, 504, 'gateway_timeout');
  world.gateway.faults.clear();
  assert.equal((await client.get(ACCOUNTS)).status, 200);
});

test('ERR-2: a dead gateway is a problem on every route, and the page is told at the callback', async () => {
  const client = await connect(world);
  const waiting = world.worker.client();
  const url = await world.gateway.accept((await authorise(waiting)).location);
  await world.gateway.close();
  assertProblem(await client.get(ACCOUNTS), 502, 'gateway_unreachable');
  assertProblem(await world.worker.client().post('/api/authorise', { scope: 'aisp' }), 502, 'gateway_unreachable');
  assert.match(outcome(waiting, await waiting.navigate(url)), /^error=gateway_/);
  assert.equal(await consentState(client), 'active');
});
