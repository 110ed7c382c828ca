/** The backend's door: a host's worker on the service binding, with a bank that forgives nothing. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Authorised, AuthoriseOptions } from 'tell-connect/worker';
import { RESOURCES } from '../rig/answers.ts';
import { outcome } from '../rig/client.ts';
import { codeOf, Host, value } from '../rig/host.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { PAYMENT } from '../rig/payments.ts';
import { authorise, connect, consentState, World } from '../rig/world.ts';

const MADE_UP = Buffer.concat([Buffer.of(1), Buffer.alloc(80, 'made up')]).toString('base64url');
const PUBLIC = '198.51.99.7';

let world: World;
let host: Host;
before(async () => {
  world = await World.create();
  host = await Host.start(world);
});
after(async () => {
  await host?.stop();
  await world?.end();
});
afterEach(() => world.assertNoViolations());

const anybody = (): string => `customer ${crypto.randomUUID()}`;

async function asked(options: Partial<AuthoriseOptions> = {}): Promise<Authorised> {
  return value(await host.tell.authorise({ scope: 'aisp', ...options }));
}

/** From nothing to a consent in use. */
async function connected(options: Partial<AuthoriseOptions> = {}): Promise<string> {
  const { consent, location } = await asked(options);
  const returned = value(await host.tell.callback(await world.gateway.accept(location)));
  assert.deepEqual([returned.outcome, returned.consent], ['connected', consent]);
  return consent;
}

async function stateOf(consent: string): Promise<string> {
  const view = await host.tell.consent(consent);
  return view.code ?? view.state;
}

async function handlesOf(customer: string): Promise<string[]> {
  return value(await host.tell.consents(customer)).consents.map(({ consent }) => consent);
}

test('RED-3: the redirect alone finds the consent, and says whose it is', async () => {
  const customer = anybody();
  const { consent, uuid, location, expiresAt } = await asked({ customer });
  assert.ok(Date.parse(expiresAt) > Date.now());
  assert.equal(await stateOf(consent), 'requested');
  const url = await world.gateway.accept(location);
  const returned = { consent, outcome: 'connected', scope: 'aisp', uuid, customer };
  assert.deepEqual(await host.tell.callback(url), returned);
  assert.deepEqual(await host.tell.callback(url), returned, 'a repeat shows the same (RED-4)');
  assert.equal(world.gateway.count('exchange'), 1);
  const view = value(await host.tell.consent(consent));
  assert.deepEqual([view.scope, view.state], ['aisp', 'active']);
  assert.deepEqual(await host.tell.consents(customer), { consents: [{ consent, ...view }] });
  assert.deepEqual(await host.tell.consents(anybody()), { consents: [] });
});

test('ACC-3, ACC-4: each resource through the door byte for byte, with the customer and without', async () => {
  const consent = await connected();
  for (const [path, body] of Object.entries(RESOURCES)) {
    assert.deepEqual(await host.tell.resource(consent, { path, userIp: PUBLIC }), { status: 200, body }, path);
    assert.equal(value(await host.tell.resource(consent, { path })).body, body, path);
  }
});

test('RED-2: a customer who declined is told as such, and a consent without a customer names none', async () => {
  const { consent, uuid, location } = await asked();
  const returned = await host.tell.callback(await world.gateway.decline(location));
  assert.deepEqual(returned, { consent, outcome: 'declined', scope: 'aisp', uuid });
  assert.equal(await stateOf(consent), 'declined');
  assert.equal(await codeOf(host.tell.resource(consent, { path: '/accounts' })), 'declined');
});

test('RED-3: a redirect of another\'s authorisation, or of none, is a mismatch and spends nothing', async () => {
  const [mine, browser] = [await asked(), world.worker.client()];
  const theirs = await authorise(browser);
  const [url, foreign] = [await world.gateway.accept(mine.location), await world.gateway.accept(theirs.location)];
  const spent = world.gateway.count('exchange');
  assert.equal(await codeOf(host.tell.callback(foreign)), 'redirect_mismatch');
  const others = [['uuid', crypto.randomUUID()], ['uuid', theirs.uuid], ['intent-id', 'another']] as const;
  for (const [name, other] of others) {
    const tampered = new URL(url);
    tampered.searchParams.set(name, other);
    assert.equal(await codeOf(host.tell.callback(tampered.href)), 'redirect_mismatch', name);
  }
  assert.equal(outcome(browser, await browser.navigate(url)), 'error=redirect_mismatch');
  assert.equal(world.gateway.count('exchange'), spent);
  assert.equal(value(await host.tell.callback(url)).outcome, 'connected');
  assert.equal(outcome(browser, await browser.navigate(foreign)), 'connected');
  assert.equal(await codeOf(host.tell.callback('https://shop.example/back')), 'redirect_parameter_missing');
  assert.equal(await codeOf(host.tell.callback(`${url}&uuid=${mine.uuid}`)), 'redirect_parameter_repeated');
});

test('ACC-1: the customer\'s address goes along where they are present, and is a public one', async () => {
  const consent = await connected();
  const told = (): string | undefined =>
    world.gateway.requests.at(-1)?.headers.find(([name]) => name === 'x-user-ip')?.[1];
  const answer = value(await host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC }));
  assert.deepEqual(answer, { status: 200, body: RESOURCES['/accounts'] });
  assert.equal(told(), PUBLIC);
  await host.tell.resource(consent, { path: '/accounts' });
  assert.equal(told(), undefined);
  // On a developer's own machine, in sandbox, a documentation address stands for the customer's.
  await host.tell.resource(consent, { path: '/accounts', userIp: '::1' });
  assert.equal(told(), '203.0.113.1');
  for (const userIp of ['10.0.0.1', '192.168.1.1', 'fe80::1', 'a name', '']) {
    assert.equal(await codeOf(host.tell.resource(consent, { path: '/accounts', userIp })), 'user_ip_invalid', userIp);
  }
});

test('ERR-3: a bank that is busy says when to come back', async () => {
  const consent = await connected();
  world.gateway.faults.always('resource', faults.status(503, '77'));
  const busy = await host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC });
  world.gateway.faults.clear();
  assert.ok(busy.code !== undefined);
  assert.deepEqual([busy.code, busy.status, busy.retryAfter], ['gateway_busy', 503, 77]);
});

test('CON-1: a customer\'s consent stays in force until the one that replaces it is connected', async () => {
  const customer = anybody();
  const former = await connected({ customer });
  const declined = await asked({ customer });
  await host.tell.callback(await world.gateway.decline(declined.location));
  const next = await asked({ customer });
  assert.deepEqual([await stateOf(former), await stateOf(next.consent)], ['active', 'requested']);
  assert.equal(value(await host.tell.resource(former, { path: '/accounts', userIp: PUBLIC })).status, 200);
  const later = await asked({ customer });
  const other = await connected({ customer: anybody() });

  await host.tell.callback(await world.gateway.accept(next.location));
  assert.deepEqual([await stateOf(former), await stateOf(next.consent)], ['consent_not_found', 'active']);
  assert.equal(await codeOf(host.tell.resource(former, { path: '/accounts', userIp: PUBLIC })), 'consent_not_found');
  assert.deepEqual(await handlesOf(customer), [next.consent, later.consent], 'what was asked for later stays');
  assert.equal(await stateOf(other), 'active');
});

test('REV-1: a consent that the bank took back is told as revoked', async () => {
  const consent = await connected();
  world.gateway.revoke();
  assert.equal(await codeOf(host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC })), 'revoked');
  assert.equal(await stateOf(consent), 'revoked');
});

test('REV-2: what is forgotten is gone, from the customer\'s list too, and can be forgotten again', async () => {
  const customer = anybody();
  const [consent, kept] = [await connected({ customer }), await asked({ customer })];
  assert.deepEqual(await host.tell.forget(consent), { forgotten: true });
  assert.deepEqual(await host.tell.forget(consent), { forgotten: true });
  assert.equal(await stateOf(consent), 'consent_not_found');
  assert.equal(await codeOf(host.tell.resource(consent, { path: '/accounts' })), 'consent_not_found');
  assert.deepEqual(await handlesOf(customer), [kept.consent]);
});

test('SES-1: a made-up handle is refused by each call before anything is asked', async () => {
  const [consent, asked] = [await connected(), world.gateway.requests.length];
  const changed = consent.slice(0, 60) + (consent[60] === 'A' ? 'B' : 'A') + consent.slice(61);
  for (const handle of [MADE_UP, changed, consent.slice(1), `${consent}A`, '', 'é'.repeat(100), 'A'.repeat(10_000)]) {
    for (const call of [
      host.tell.consent(handle), host.tell.resource(handle, { path: '/accounts' }), host.tell.pay(handle),
      host.tell.payment(handle), host.tell.forget(handle),
    ]) assert.equal(await codeOf(call), 'consent_not_found', handle);
  }
  assert.equal(world.gateway.requests.length, asked);
  assert.equal(await stateOf(consent), 'active');
});

test('ERR-2: what is wrong with a call is a value with a code, and nothing is sent', async () => {
  const [consent, sent] = [await connected(), world.gateway.requests.length];
  const call = (options: object): Promise<object> => host.tell.authorise(options as AuthoriseOptions);
  assert.equal(await codeOf(call({ scope: 'cbpii' })), 'scope_invalid');
  assert.equal(await codeOf(call({})), 'scope_invalid');
  assert.equal(await codeOf(call({ scope: 'aisp', application: 'nobody' })), 'invalid_argument');
  for (const customer of ['', 'x'.repeat(257), 7]) {
    assert.equal(await codeOf(call({ scope: 'aisp', customer })), 'invalid_argument', String(customer));
  }
  assert.equal(await codeOf(call({ scope: 'aisp', order: 'o-1' })), 'invalid_argument');
  assert.equal(await codeOf(host.tell.consents('')), 'invalid_argument');
  for (const path of ['accounts', 'https://evil.example/accounts', '/accounts#x', '']) {
    assert.equal(await codeOf(host.tell.resource(consent, { path })), 'path_invalid', path);
  }
  assert.equal(await codeOf(host.tell.pay(consent)), 'scope_invalid');
  assert.equal(world.gateway.requests.length, sent);
});

test('SES-1: a browser\'s consent has a handle for the host that the browser is with', async () => {
  const client = await connect(world);
  const { consent } = value(await host.handleOfRequest(client.cookies));
  assert.equal(await stateOf(consent), 'active');
  assert.equal(value(await host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC })).status, 200);
  const cookie = [...client.cookies].map(([name, value]) => `other=1; ${name}=${value}`).join('; ');
  assert.deepEqual(await host.tell.handleOf(cookie), { consent });
  for (const none of [host.handleOfRequest(client.cookies, 'pisp'), host.tell.handleOf(''),
    host.tell.handleOf('__Host-tell-aisp=made-up'), host.handleOfRequest(new Map())]) {
    assert.equal(await codeOf(none), 'consent_not_found');
  }
  await host.tell.forget(consent);
  assert.equal((await client.get('/api/consent')).status, 404);
});

test('REV-2: a backend\'s consents outlive a restart, and with TELL_PAYMENTS=off nobody pays by one', async () => {
  const customer = anybody();
  const [consent, under] = [await connected({ customer }), await asked({ customer })];
  const payer = await connected({ scope: 'pisp', payment: PAYMENT });
  await world.worker.stop();
  world.worker.configure({ TELL_PAYMENTS: 'off' });
  await world.start();
  assert.equal(await codeOf(host.tell.authorise({ scope: 'pisp' })), 'payments_off');
  assert.equal(await codeOf(host.tell.pay(payer)), 'payments_off');
  assert.equal(world.gateway.payments.length, 0);
  assert.deepEqual(await handlesOf(customer), [consent, under.consent]);
  assert.equal(value(await host.tell.resource(consent, { path: '/accounts', userIp: PUBLIC })).status, 200);
  const returned = value(await host.tell.callback(await world.gateway.accept(under.location)));
  assert.deepEqual([returned.outcome, returned.customer], ['connected', customer]);
  assert.deepEqual(await handlesOf(customer), [under.consent]);
  assert.equal(await consentState(await connect(world)), 'active', 'and browsers go on');
});

test('ERR-2: none of this has shown the backend, or the log, a secret', () => {
  assertNoneIn('what the backend heard', host.heard.join('\n'), world.gateway.secrets());
  assertNoneIn('what the worker said', world.heard(), world.gateway.secrets());
});

test('STA-1: a backend has the statistics without a token', async () => {
  const own = value(await host.tell.statistics({ from: '2026-01-30', to: '2026-01-31' }));
  assert.deepEqual(own.days.map(({ date }) => date), ['2026-01-30', '2026-01-31']);
  assert.equal(await codeOf(host.tell.statistics({ from: 'yesterday' })), 'invalid_argument');
});
