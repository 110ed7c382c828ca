/** The redirect back: whose it is, how often it comes, and what must not spend the code. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { outcome, type Client } from '../rig/client.ts';
import { authorise, connect, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

interface Arrival { readonly client: Client; readonly url: string; readonly exchanges: () => number }

/** A browser that has been accepted at the bank and is on its way back. */
async function arrive(): Promise<Arrival> {
  const client = world.worker.client();
  const { location } = await authorise(client);
  const before = world.gateway.count('exchange');
  const url = await world.gateway.accept(location);
  return { client, url, exchanges: () => world.gateway.count('exchange') - before };
}

function changed(url: string, change: (parameters: URLSearchParams) => void): string {
  const copy = new URL(url);
  change(copy.searchParams);
  return copy.href;
}

async function refused({ client, exchanges }: Arrival, url: string, code: RegExp = /./): Promise<void> {
  const hash = outcome(client, await client.navigate(url));
  assert.match(hash, /^error=[a-z][a-z0-9_]*$/);
  assert.match(hash.slice('error='.length), code);
  assert.equal(exchanges(), 0);
}

test('RED-3: a browser without the session, or with another\'s, exchanges nothing', async () => {
  const arrival = await arrive();
  const strangers = [world.worker.client(), world.worker.client(), await connect(world)];
  await authorise(strangers[1] as Client);
  const before = world.gateway.count('exchange');
  for (const client of strangers) {
    const exchanges = (): number => world.gateway.count('exchange') - before;
    await refused({ ...arrival, client, exchanges }, arrival.url, /^redirect_mismatch$/);
  }
  assert.equal(outcome(arrival.client, await arrival.client.navigate(arrival.url)), 'connected');
});

test('RED-3: another uuid or intent-id exchanges nothing, and the right one still works after it', async () => {
  const arrival = await arrive();
  const other = await arrive();
  const theirs = new URL(other.url).searchParams;
  for (const name of ['uuid', 'intent-id']) {
    for (const value of [randomUUID(), theirs.get(name) ?? '']) {
      await refused(arrival, changed(arrival.url, (parameters) => parameters.set(name, value)), /^redirect_mismatch$/);
    }
  }
  assert.equal(await consentState(arrival.client), 'requested');
  assert.equal(outcome(arrival.client, await arrival.client.navigate(arrival.url)), 'connected');
  assert.equal(arrival.exchanges(), 1);
});

test('RED-3: a foreign decline does not end what this browser started', async () => {
  const { client, url } = await arrive();
  const foreign = changed(url, (parameters) => {
    parameters.set('intent-id', randomUUID());
    parameters.set('authorisation_code', 'null');
  });
  assert.match(outcome(client, await client.navigate(foreign)), /^error=/);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
});

test('RED-1: any of the three parameters twice is refused, even when both are alike', async () => {
  const arrival = await arrive();
  for (const name of ['intent-id', 'uuid', 'authorisation_code']) {
    const value = new URL(arrival.url).searchParams.get(name) ?? '';
    for (const second of [value, 'other']) {
      await refused(arrival, changed(arrival.url, (parameters) => parameters.append(name, second)));
    }
  }
  assert.equal(outcome(arrival.client, await arrival.client.navigate(arrival.url)), 'connected');
});

test('RED-1: unknown parameters are ignored', async () => {
  const { client, url } = await arrive();
  const more = changed(url, (parameters) => {
    parameters.append('utm_source', 'a');
    parameters.append('utm_source', 'b');
  });
  assert.equal(outcome(client, await client.navigate(more)), 'connected');
});

test('RED-2a: parameters of a wrong form, and bytes that are no UTF-8, are refused', async () => {
  const arrival = await arrive();
  const wrong: Array<[string, string]> = [
    ['authorisation_code', 'x'.repeat(2049)], ['authorisation_code', 'a b'], ['authorisation_code', 'é'],
    ['authorisation_code', 'a\nb'], ['uuid', 'no-uuid'], ['uuid', ''], ['intent-id', ''],
    ['intent-id', 'i'.repeat(257)],
  ];
  for (const [name, value] of wrong) {
    await refused(arrival, changed(arrival.url, (parameters) => parameters.set(name, value)));
  }
  await refused(arrival, arrival.url.replace(/authorisation_code=.*/, 'authorisation_code=%FF%FE'));
  await refused(arrival, changed(arrival.url, (parameters) => parameters.delete('uuid')));
  await refused(arrival, changed(arrival.url, (parameters) => parameters.delete('intent-id')));
  assert.equal(outcome(arrival.client, await arrival.client.navigate(arrival.url)), 'connected');
});

test('RED-4: a HEAD and a prefetch spend nothing, the visit after them connects', async () => {
  const { client, url, exchanges } = await arrive();
  const { pathname, search } = new URL(url);
  assert.ok((await client.send('HEAD', pathname + search)).status < 500);
  for (const purpose of ['prefetch', 'prefetch;prerender', 'prefetch;anonymous-client-ip']) {
    const reply = await client.navigate(url, { 'sec-purpose': purpose });
    assert.ok(reply.status < 500, `answered ${reply.status}`);
    assert.doesNotMatch(reply.headers.location ?? '', /#connected/);
  }
  assert.equal(exchanges(), 0);
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
  assert.equal(exchanges(), 1);
});

test('RED-4: a repeat shows the same outcome and exchanges nothing', async () => {
  const { client, url, exchanges } = await arrive();
  for (let visit = 0; visit < 3; visit += 1) assert.equal(outcome(client, await client.navigate(url)), 'connected');
  assert.equal(exchanges(), 1);
  assert.equal(await consentState(client), 'active');
  const declined = world.worker.client();
  const decline = await world.gateway.decline((await authorise(declined)).location);
  for (let visit = 0; visit < 2; visit += 1) {
    assert.equal(outcome(declined, await declined.navigate(decline)), 'declined');
  }
});

test('RED-4: ten visits at once share one exchange', async () => {
  const { client, url, exchanges } = await arrive();
  const replies = await Promise.all(Array.from({ length: 10 }, () => client.navigate(url)));
  assert.deepEqual(new Set(replies.map((reply) => outcome(client, reply))), new Set(['connected']));
  assert.equal(exchanges(), 1);
});

test('RED-4: after the outcome another code for the same intent is not exchanged', async () => {
  const { client, url, exchanges } = await arrive();
  assert.equal(outcome(client, await client.navigate(url)), 'connected');
  const another = changed(url, (parameters) => parameters.set('authorisation_code', 'code-another'));
  const again = await client.navigate(another);
  assert.ok(again.status < 500);
  assert.equal(exchanges(), 1);
  assert.equal(await consentState(client), 'active');
});
