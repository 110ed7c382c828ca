/** A program that knows no more than the document goes through the whole journey by openapi-fetch. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { PAYMENT } from '../rig/payments.ts';
import { World } from '../rig/world.ts';
import type { components, paths } from './api.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());

type Scope = components['schemas']['Scope'];

/** The cookies of a browser, which `fetch` in Node.js has not. */
function jar(): Middleware {
  const cookies = new Map<string, string>();
  return {
    onRequest({ request }) {
      request.headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      request.headers.set('Sec-Fetch-Site', 'same-origin');
    },
    onResponse({ response }) {
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

function browser(): Client<paths> {
  const client = createClient<paths>({ baseUrl: world.worker.origin, redirect: 'manual' });
  client.use(jar());
  return client;
}

/** What the customer does at the bank's page, by HTTP: where its form sends the browser. */
async function atBank(location: string, decision: string): Promise<URL> {
  const page = await (await fetch(location)).text();
  assert.match(page, /<form/);
  const answer = await fetch(location, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

/** Comes back from the bank, and gives the page that the browser ends on. */
async function comeBack(client: Client<paths>, url: URL): Promise<string | null> {
  const given = (name: string): string => url.searchParams.get(name) ?? '';
  const query = { 'intent-id': given('intent-id'), uuid: given('uuid'), authorisation_code: given('authorisation_code') };
  const { response } = await client.GET('/api/callback', { params: { query }, redirect: 'manual' });
  return response.headers.get('location');
}

async function connected(client: Client<paths>, body: components['schemas']['AuthorisationRequest']): Promise<void> {
  const { data, error } = await client.POST('/api/authorise', { body });
  assert.ok(data !== undefined, error?.detail);
  assert.equal(await comeBack(client, await atBank(data.location, 'accept')), '/#connected');
}

test('accounts: from nothing to what the bank tells, and to nothing again', async () => {
  const client = browser();
  const nothing = await client.GET('/api/consent', {});
  assert.equal(nothing.error?.code, 'consent_not_found');
  const none = await client.GET('/api/consent', { params: { query: { none: 'ok' } } });
  assert.equal(none.data?.state, 'none');
  await connected(client, { scope: 'aisp' });
  const { data: consent } = await client.GET('/api/consent', {});
  assert.ok(consent !== undefined && consent.state !== 'none');
  assert.deepEqual([consent.state, consent.renewing, consent.budget.limit], ['active', false, 4]);
  const accounts = await client.GET('/api/accounts', {});
  assert.ok('Data' in (accounts.data as object), JSON.stringify(accounts.data));
  const id = '12345678';
  for (const resource of ['balance', 'transactions', 'beneficiaries', 'direct-debits', 'product'] as const) {
    const { response } = await client.GET('/api/accounts/{id}/{resource}', { params: { path: { id, resource } } });
    assert.equal(response.status, 200, resource);
  }
  const unknown = await client.GET('/api/accounts/{id}', { params: { path: { id: 'nobody' } } });
  assert.deepEqual([unknown.error?.code, unknown.error?.gateway?.status], ['gateway_refused', 404]);
  const { data: journey } = await client.GET('/api/journey', {});
  assert.ok(journey?.steps.some(({ call }) => call === 'exchange'));
  assert.equal((await client.DELETE('/api/consent', {})).response.status, 204);
  assert.equal((await client.GET('/api/accounts', {})).error?.code, 'consent_not_found');
});

test('a payment: stated, agreed to, submitted once, and followed', async () => {
  const client = browser();
  const scope: Scope = 'pisp';
  await connected(client, { scope, payment: PAYMENT, order: 'order-17' });
  const ready = await client.GET('/api/payment', {});
  assert.ok(ready.data !== undefined && ready.data.state !== 'none');
  assert.deepEqual([ready.data.state, ready.data.payment?.Amount], ['ready', '12.50']);
  const funds = await client.GET('/api/payment/funds', {});
  assert.equal((funds.data as { FundsAvailable?: unknown }).FundsAvailable, true);
  const paid = await client.POST('/api/payment', { body: {} });
  assert.deepEqual([paid.response.status, paid.data?.state], [201, 'accepted']);
  const again = await client.POST('/api/payment', { body: PAYMENT, params: { header: { 'Idempotency-Key': 'order-17' } } });
  assert.deepEqual([again.response.status, again.data], [200, paid.data]);
  const other = await client.POST('/api/payment', { body: { ...PAYMENT, Amount: '99.00' } });
  assert.equal(other.error?.code, 'payment_already_submitted');
  assert.equal(world.gateway.payments.length, 1);
});

test('what the customer declines is an outcome', async () => {
  const client = browser();
  const { data } = await client.POST('/api/authorise', { body: { scope: 'aisp' } });
  assert.equal(await comeBack(client, await atBank(data?.location ?? '', 'decline')), '/#declined');
  assert.equal((await client.GET('/api/accounts', {})).error?.code, 'declined');
});

test('the statistics, as JSON and as a table', async () => {
  const client = browser();
  const query = { from: '2026-01-01', to: '2026-01-02' };
  const { data } = await client.GET('/api/statistics', { params: { query } });
  assert.equal(typeof data === 'object' && data.days.length, 2);
  const table = await client.GET('/api/statistics', { params: { query: { ...query, format: 'csv' } }, parseAs: 'text' });
  assert.match(String(table.data), /^Summary Data/);
});

test('what the document forbids does not compile', () => {
  const client = browser();
  const wrong = (): unknown[] => [
    // @ts-expect-error There is no such scope.
    client.POST('/api/authorise', { body: { scope: 'cbpii' } }),
    // @ts-expect-error A scope is needed.
    client.POST('/api/authorise', { body: {} }),
    // @ts-expect-error There is no such address.
    client.GET('/api/nothing', {}),
    // @ts-expect-error There is no such resource.
    client.GET('/api/accounts/{id}/{resource}', { params: { path: { id: '1', resource: 'nothing' } } }),
    // @ts-expect-error There is no such code.
    client.GET('/api/consent', {}).then(({ error }) => error?.code === 'nothing'),
  ];
  assert.equal(typeof wrong, 'function');
});
