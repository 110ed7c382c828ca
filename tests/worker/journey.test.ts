/** The consent journey from the browser's side, with a bank that forgives nothing. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ACCOUNT_ID, RESOURCES } from '../rig/answers.ts';
import { assertPrivate, assertProblem, outcome } from '../rig/client.ts';
import { assertNoneIn, assertNoneOnDisk, found } from '../rig/leaks.ts';
import { ACCOUNTS, authorise, connect, consent, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

test('AUT-1, TOK-1, ACC-1, ACC-3: authorise, accept, callback, accounts and each resource', async () => {
  const client = await connect(world);
  for (const [path, text] of Object.entries(RESOURCES)) {
    const reply = await client.get(`/api${path}`);
    assert.equal(reply.status, 200, `${path}: ${reply.text}`);
    assert.ok(reply.bytes.equals(Buffer.from(text)), `ACC-4: ${path} byte for byte`);
    assertPrivate(reply);
  }
});

test('ACC-4: an answer passes byte for byte, numbers as they were written', async () => {
  const client = await connect(world);
  const reply = await client.get(`${ACCOUNTS}/${ACCOUNT_ID}/balance`);
  assert.ok(reply.bytes.equals(Buffer.from(RESOURCES[`/accounts/${ACCOUNT_ID}/balance`] ?? '')));
  assert.match(reply.text, /1\.10,.*12345678901234567890.*0\.10E\+2/);
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
});

test('AUT-1: authorise answers with uuid, location and an end, and the consent is `requested`', async () => {
  const client = world.worker.client();
  const { uuid, location, expiresAt } = await authorise(client);
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(location.startsWith(`${world.gateway.authBase}/authorise/`));
  assert.ok(Date.parse(expiresAt) > Date.now());
  assert.equal(await consentState(client), 'requested');
  const before = world.gateway.count('resource');
  assertProblem(await client.get(ACCOUNTS), [403, 404, 409]);
  assert.equal(world.gateway.count('resource'), before);
});

test('TOK-4: an active consent names its permissions and its 90 days', async () => {
  const client = await connect(world);
  const { scope, state, permissions, grantedAt, expiresAt } = await consent(client);
  assert.deepEqual([scope, state], ['aisp', 'active']);
  assert.deepEqual([...permissions].sort(), ['accounts:read', 'balance:read', 'beneficiaries:read', 'product:read']);
  const days = (Date.parse(expiresAt ?? '') - Date.parse(grantedAt ?? '')) / 86_400_000;
  assert.ok(Math.abs(days - 90) < 0.01, `${days} days`);
});

test('RED-2: a declined authorisation is an outcome of its own, and nothing is exchanged', async () => {
  const client = world.worker.client();
  const { location } = await authorise(client);
  const before = world.gateway.count('exchange');
  assert.equal(outcome(client, await client.navigate(await world.gateway.decline(location))), 'declined');
  assert.equal(await consentState(client), 'declined');
  assertProblem(await client.get(ACCOUNTS), 403, 'declined');
  assert.equal(world.gateway.count('exchange'), before);
});

test('RED-2: an absent and an empty code are a decline too', async () => {
  for (const change of [(url: URL) => url.searchParams.delete('authorisation_code'),
    (url: URL) => url.searchParams.set('authorisation_code', '')]) {
    const client = world.worker.client();
    const url = new URL(await world.gateway.decline((await authorise(client)).location));
    change(url);
    assert.equal(outcome(client, await client.navigate(url.href)), 'declined');
  }
});

test('RED-3: the cookie is __Host-, HttpOnly, Secure, SameSite=Lax, Path=/ and unguessable', async () => {
  const values = new Set<string>();
  for (const scope of ['aisp', 'pisp'] as const) {
    for (let round = 0; round < 2; round += 1) {
      const client = world.worker.client();
      await authorise(client, scope);
      assert.equal(client.lastSetCookies.length, 1);
      const [pair = '', ...attributes] = (client.lastSetCookies[0] ?? '').split(/;\s*/);
      const names = attributes.map((attribute) => attribute.toLowerCase());
      assert.ok(pair.startsWith(`__Host-tell-${scope}=`), pair.split('=')[0]);
      for (const needed of ['httponly', 'secure', 'samesite=lax', 'path=/']) assert.ok(names.includes(needed), needed);
      assert.ok(!names.some((name) => name.startsWith('domain')), '__Host- has no Domain');
      values.add(pair.slice(pair.indexOf('=') + 1));
    }
  }
  assert.equal(values.size, 4);
  for (const value of values) assert.ok(value.length >= 22, 'at least 128 bits in base64url');
});

test('RED-3: account access and a payment live side by side, the callback is matched by its uuid', async () => {
  const client = world.worker.client();
  const account = await authorise(client, 'aisp');
  const payment = await authorise(client, 'pisp');
  assert.deepEqual([...client.cookies.keys()].sort(), ['__Host-tell-aisp', '__Host-tell-pisp']);
  assert.equal(outcome(client, await client.navigate(await world.gateway.accept(payment.location))), 'connected');
  assert.deepEqual([await consentState(client), await consentState(client, 'pisp')], ['requested', 'active']);
  assert.equal(outcome(client, await client.navigate(await world.gateway.accept(account.location))), 'connected');
  assert.equal((await client.delete('/api/consent?scope=pisp')).status, 204);
  assertProblem(await client.get('/api/consent?scope=pisp'), 404, 'consent_not_found');
  assert.equal(await consentState(client), 'active');
  assert.equal((await client.get(ACCOUNTS)).status, 200);
});

test('ERR-2: a browser without a consent is told so, whatever cookie it makes up', async () => {
  for (const cookie of ['', '__Host-tell-aisp=', `__Host-tell-aisp=${'A'.repeat(43)}`, '__Host-tell-aisp=..%2f', ';;=;',
    `__Host-tell-aisp=${'x'.repeat(4000)}`]) {
    for (const target of ['/api/consent', '/api/consent?scope=pisp', ACCOUNTS]) {
      assertProblem(await world.worker.client().get(target, { cookie }), 404, 'consent_not_found');
    }
  }
  assertProblem(await world.worker.client().get('/api/consent?scope=cbpii'), [400, 404]);
});

test('REV-1: after DELETE the consent is gone, and a second one is harmless', async () => {
  const client = await connect(world);
  const cookies = new Map(client.cookies);
  assert.equal((await client.delete('/api/consent')).status, 204);
  // A copy of the cookie opens nothing either.
  for (const [name, value] of cookies) client.cookies.set(name, value);
  assertProblem(await client.get('/api/consent'), 404, 'consent_not_found');
  assertProblem(await client.get(ACCOUNTS), 404, 'consent_not_found');
  assert.ok([204, 404].includes((await client.delete('/api/consent')).status));
});

test('TOK-5: after the worker is stopped and started again the consent is still there', async () => {
  const client = await connect(world);
  const waiting = world.worker.client();
  const { location } = await authorise(waiting);
  const view = await consent(client);
  await world.worker.stop();
  await world.start();
  const before = world.gateway.count('exchange') + world.gateway.count('refresh');
  assert.deepEqual(await consent(client), view);
  assert.equal((await client.get(ACCOUNTS)).status, 200);
  assert.equal(world.gateway.count('exchange') + world.gateway.count('refresh'), before);
  assert.equal(outcome(waiting, await waiting.navigate(await world.gateway.accept(location))), 'connected');
});

test('JWS-2, ERR-2: the journey shows each step with what was signed, and no secret', async () => {
  const client = await connect(world);
  await client.get(ACCOUNTS);
  const reply = await client.get('/api/journey');
  assert.equal(reply.status, 200, reply.text);
  const { steps } = reply.json<{ steps: Array<{ at: string; call: string; signed?: { header: string } }> }>();
  assert.deepEqual(steps.map(({ call }) => call), ['authorise', 'redirect', 'exchange', 'resource']);
  const paths = steps.flatMap(({ signed }) => (signed === undefined ? [] : [JSON.parse(signed.header).path as string]));
  assert.deepEqual(paths, ['/authorise', '/access-token', '/accounts']);
  const times = steps.map(({ at }) => Date.parse(at));
  assert.deepEqual([...times].sort((a, b) => a - b), times);
  assertNoneIn('the journey', reply.text, world.gateway.secrets());
});

test('ERR-2: no token, code, secret or certificate in any answer, log line or file of the state', async () => {
  const secrets = world.gateway.secrets();
  assert.ok(secrets.length > 15, 'tokens and codes have been issued');
  const planted = Buffer.from(`x${JSON.stringify({ s: secrets[2] })}x`);
  assert.deepEqual(found(planted, secrets), [2], 'the search finds what is there');
  await world.worker.stop();
  assertNoneIn('an answer or the log', world.heard(), secrets);
  const codes = world.gateway.issued.filter(({ kind }) => kind === 'code').map(({ secret }) => secret);
  const others = secrets.filter((secret) => !codes.includes(secret));
  assert.ok(assertNoneOnDisk(world.worker.persistTo, others) > 10_000, 'there is state to look through');
  // Wrangler's own developer trace keeps the URLs it served, a callback's code among them; it is none of the worker's.
  assertNoneOnDisk(world.worker.persistTo, codes, /^v3\/observability\//);
});
