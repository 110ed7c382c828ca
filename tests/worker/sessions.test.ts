/** What a browser holds: renewal keeps the former consent, and a cookie opens nothing before its time (CON-1, SES-1). */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { assertProblem, outcome, type Client } from '../rig/client.ts';
import { ACCOUNTS, authorise, connect, consent, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

const COOKIE = '__Host-tell-aisp';

interface Renewing { readonly state: string; readonly renewing: boolean; readonly grantedAt: string | null }

const renewing = async (client: Client): Promise<Renewing> => await consent(client) as unknown as Renewing;

async function reads(client: Client): Promise<void> {
  assert.equal((await client.get(ACCOUNTS)).status, 200);
}

/** The same browser's cookies, as somebody else has them. */
function copyOf(client: Client): Client {
  const copy = world.worker.client();
  for (const [name, value] of client.cookies) copy.cookies.set(name, value);
  return copy;
}

test('CON-1: the former consent is in force and readable until the new one is connected', async () => {
  const client = await connect(world);
  const former = await renewing(client);
  assert.equal(former.renewing, false);
  const { location } = await authorise(client);
  assert.deepEqual(await renewing(client), { ...former, renewing: true });
  await reads(client);
  const before = copyOf(client);
  assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
  const now = await renewing(client);
  assert.equal(now.renewing, false);
  assert.ok(Date.parse(now.grantedAt ?? '') >= Date.parse(former.grantedAt ?? ''));
  await reads(client);
  assertProblem(await before.get(ACCOUNTS), 404, 'consent_not_found');
});

test('CON-1: declined, the former consent stays, and a repeat tells the same', async () => {
  const client = await connect(world);
  const { location } = await authorise(client);
  const url = await world.gateway.decline(location);
  for (let time = 0; time < 2; time += 1) {
    assert.equal(outcome(client, await client.navigate(url)), 'declined');
    assert.deepEqual([(await renewing(client)).state, (await renewing(client)).renewing], ['active', false]);
    await reads(client);
  }
});

test('CON-1: abandoned or failed, the former consent stays', async () => {
  const client = await connect(world);
  await authorise(client);
  await reads(client);
  assertProblem(await client.post('/api/authorise', { scope: 'aisp', application: 'none' }), 400);
  await reads(client);
  assert.equal(await consentState(client), 'active');
});

test('CON-1: of two tabs the older one\'s redirect is accepted, and then the newer one\'s', async () => {
  const client = await connect(world);
  const [older, newer] = [await authorise(client), await authorise(client)];
  for (const { location } of [older, newer]) {
    assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
    await reads(client);
  }
});

test('CON-1: DELETE erases what is held and what is asked for', async () => {
  const client = await connect(world);
  const { location } = await authorise(client);
  const before = copyOf(client);
  assert.equal((await client.delete('/api/consent')).status, 204);
  assert.equal(client.cookies.has(COOKIE), false);
  assertProblem(await before.get('/api/consent'), 404, 'consent_not_found');
  const url = await world.gateway.accept(location);
  assert.equal(outcome(before, await before.navigate(url)), 'error=redirect_mismatch');
});

test('SES-1: the cookie is replaced at the callback, and the one from before reads nothing', async () => {
  const client = world.worker.client();
  const { location } = await authorise(client);
  const planted = copyOf(client);
  const url = await world.gateway.accept(location);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
  assert.notEqual(client.cookies.get(COOKIE), planted.cookies.get(COOKIE));
  const guess = new URL(url);
  guess.searchParams.set('authorisation_code', 'guess');
  for (const address of [undefined, guess.href]) {
    if (address !== undefined) assert.equal(outcome(planted, await planted.navigate(address)), 'connected');
    assertProblem(await planted.get(ACCOUNTS), 409, 'not_authorised_yet');
    const view = await renewing(planted);
    assert.deepEqual([view.state, view.grantedAt], ['authorised', null]);
  }
  await reads(client);
});

test('SES-1: a browser that did not hear the answer to its callback comes back with the same code', async () => {
  const client = world.worker.client();
  const { location } = await authorise(client);
  const unheard = copyOf(client);
  const url = await world.gateway.accept(location);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
  assert.equal(outcome(unheard, await unheard.navigate(url)), 'connected');
  await reads(unheard);
});

test('SES-1: a cookie that was made up or changed is as none, and is ended', async () => {
  const client = await connect(world);
  const real = client.cookies.get(COOKIE) ?? '';
  for (const value of ['A'.repeat(43), 'A'.repeat(real.length), `${real.slice(0, -1)}${real.endsWith('A') ? 'E' : 'A'}`, 'x']) {
    const stranger = world.worker.client();
    for (const call of [
      async () => assertProblem(await stranger.get(ACCOUNTS), 404, 'consent_not_found'),
      async () => assertProblem(await stranger.get('/api/consent'), 404, 'consent_not_found'),
      async () => assert.equal((await stranger.delete('/api/consent')).status, 204),
    ]) {
      stranger.cookies.set(COOKIE, value);
      await call();
      assert.equal(stranger.cookies.has(COOKIE), false, 'it is ended');
    }
  }
  await reads(client);
});

test('SES-1: cookies are of this host alone, unseen by scripts, for 30 days', async () => {
  const client = world.worker.client();
  await authorise(client);
  assert.match(client.lastSetCookies.join(), /^__Host-tell-aisp=[\w-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

test('ERR-2: what another site asks for is not answered, whatever the method', async () => {
  const client = await connect(world);
  for (const site of ['cross-site', 'same-site', 'none']) {
    for (const target of [ACCOUNTS, '/api/consent', '/api/journey']) {
      assertProblem(await client.get(target, { 'sec-fetch-site': site }), 403, 'origin_mismatch');
    }
  }
  for (const target of [ACCOUNTS, '/api/consent']) assert.equal((await client.send('GET', target)).status, 200);
});

test('RED-4: a preview, an old prefetch and what is no document spend no code', async () => {
  const client = world.worker.client();
  const { location } = await authorise(client);
  const url = await world.gateway.accept(location);
  const before = world.gateway.count('exchange');
  for (const headers of [
    { 'x-moz': 'prefetch' }, { 'x-purpose': 'preview' }, { 'sec-fetch-dest': 'image' }, { 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-dest': 'empty' }, { 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' },
  ]) {
    assertProblem(await client.navigate(url, headers), 425, 'too_early');
  }
  assert.equal(world.gateway.count('exchange'), before);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
});
