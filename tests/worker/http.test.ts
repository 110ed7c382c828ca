/** The worker as an HTTP server: who may change state, what a request may look like, what every answer carries. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { assertPrivate, assertProblem, outcome, type Client, type Headers } from '../rig/client.ts';
import { ACCOUNTS, authorise, connect, consentState, World } from '../rig/world.ts';

let world: World;
let connected: Client;
before(async () => {
  world = await World.create();
  connected = await connect(world);
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

const BODY = JSON.stringify({ scope: 'aisp' });
const JSON_TYPE = { 'content-type': 'application/json' };

test('ERR-2: a state-changing call from another origin, or from none, is refused before anything happens', async () => {
  const { port } = new URL(world.worker.origin);
  const foreign: Array<[Headers, RegExp]> = [
    [{ origin: 'https://evil.example' }, /^origin_mismatch$/],
    [{ origin: 'null' }, /^origin_/],
    [{ origin: `http://localhost:${Number(port) + 1}` }, /^origin_mismatch$/],
    [{ origin: `${world.worker.origin}.evil.example` }, /^origin_mismatch$/],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, /^origin_mismatch$/],
    [{}, /^origin_required$/],
    [{ 'sec-fetch-site': 'cross-site' }, /^origin_/],
    [{ 'sec-fetch-site': 'same-site' }, /^origin_/],
    [{ 'sec-fetch-site': 'none' }, /^origin_/],
    [{ referer: `${world.worker.origin}/` }, /^origin_required$/],
  ];
  const before = world.gateway.requests.length;
  for (const [headers, code] of foreign) {
    assertProblem(await connected.send('POST', '/api/authorise', { ...headers, ...JSON_TYPE }, BODY), 403, code);
    assertProblem(await connected.send('DELETE', '/api/consent', headers), 403, code);
  }
  assert.equal(world.gateway.requests.length, before);
  assert.equal(await consentState(connected), 'active');
});

test('ERR-2: a same-origin Origin is enough, and so is Sec-Fetch-Site', async () => {
  for (const headers of [{ origin: world.worker.origin }, { 'sec-fetch-site': 'same-origin' }] as Headers[]) {
    const client = world.worker.client();
    assert.equal((await client.send('POST', '/api/authorise', { ...headers, ...JSON_TYPE }, BODY)).status, 201);
  }
});

test('ERR-2: a body that is too large is refused, with a length and without', async () => {
  const client = world.worker.client();
  const large = JSON.stringify({ scope: 'aisp', application: 'x'.repeat(1024 * 1024) });
  assertProblem(await client.post('/api/authorise', large), 413, 'body_too_large');
  assertProblem(await client.post('/api/authorise', large, { 'transfer-encoding': 'chunked' }), 413, 'body_too_large');
});

test('ERR-2: a wrong content type is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
    assertProblem(await world.worker.client().post('/api/authorise', BODY, { 'content-type': type }), [400, 415]);
  }
  const charset = { 'content-type': 'application/json; charset=utf-8' };
  assert.equal((await world.worker.client().post('/api/authorise', BODY, charset)).status, 201);
});

test('AUT-3, ERR-2: a malformed body, an unknown scope or application is refused, and no cookie is set', async () => {
  const client = world.worker.client();
  const before = world.gateway.requests.length;
  const bodies = ['', '{', 'null', '[]', '"aisp"', '{}', '{"scope":"AISP"}', '{"scope":"cbpii"}', '{"scope":["aisp"]}',
    '{"scope":null}', '{"scope":"aisp","application":"unknown"}', '{"scope":"aisp","application":1}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`, '{"scope":"aisp"}x', '\u0000'];
  for (const body of bodies) {
    const reply = await client.post('/api/authorise', body);
    assertProblem(reply, [400, 404, 415, 422]);
    assert.equal(client.lastSetCookies.length, 0, body.slice(0, 40));
  }
  assertProblem(await client.send('POST', '/api/authorise', { ...client.sameOrigin(), ...JSON_TYPE },
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), [400, 422]);
  assert.equal(world.gateway.requests.length, before);
});

test('ERR-2: a wrong method and an unknown route are problems, not pages', async () => {
  const wrong = [['GET', '/api/authorise'], ['PUT', '/api/consent'], ['PATCH', '/api/consent'], ['POST', ACCOUNTS],
    ['DELETE', `${ACCOUNTS}/12345678`], ['POST', '/api/callback'], ['POST', '/api/journey']] as const;
  for (const [method, target] of wrong) {
    const body = method === 'GET' ? undefined : '{}';
    assertProblem(await connected.send(method, target, { ...connected.sameOrigin(), ...JSON_TYPE }, body), [404, 405]);
  }
  for (const target of ['/api', '/api/', '/api/nope', '/api/accounts/12345678/nope', '/api/accounts/1/balance/2',
    '/api//accounts', '/api/Accounts', '/api/accounts/..%2f..%2faccess-token']) {
    assertProblem(await connected.get(target), [400, 404]);
  }
  assert.equal(await consentState(connected), 'active');
});

test('ACC-1: x-user-ip is what the edge saw, whatever a client claims', async () => {
  const claims = ['x-forwarded-for', 'cf-connecting-ip', 'x-user-ip', 'x-real-ip', 'true-client-ip', 'x-client-ip'];
  await connected.get(ACCOUNTS);
  for (const name of claims) await connected.get(ACCOUNTS, { [name]: '8.8.4.4' });
  await connected.get(ACCOUNTS, { forwarded: 'for=8.8.4.4' });
  await connected.get(ACCOUNTS, Object.fromEntries(claims.map((name) => [name, '2001:4860:4860::8844'])));
  const seen = world.gateway.requests.filter(({ endpoint }) => endpoint === 'resource').flatMap(({ headers }) =>
    headers.filter(([name]) => name === 'x-user-ip').map(([, value]) => value));
  assert.ok(seen.length >= claims.length + 3);
  assert.deepEqual(new Set(seen), new Set(['203.0.113.1']));
});

test('JWS-3: a query string is passed on as it came and left out of the signed path', async () => {
  const query = '?fromBookingDateTime=2026-01-01T00%3A00%3A00Z&page=2&q=a%20b+c%26';
  const reply = await connected.get(`${ACCOUNTS}/12345678/transactions${query}`);
  assert.equal(reply.status, 200, reply.text);
  assert.equal(world.gateway.requests.at(-1)?.query, query);
});

test('ACC-6: an id that someone on the way could read otherwise is refused, and nothing is sent', async () => {
  const before = world.gateway.requests.length;
  const refused = ['...', '%2e%2e%2faccess-token', 'a%2Fb', 'a%2eb', 'a%20b', '%C3%A9', 'a;b', 'a:b@c', '%25',
    '%252e%252e', '%252F', '%', '%zz', "a'b", '%00', '%5c', '%5c..%5c', 'x'.repeat(129)];
  for (const id of refused) {
    assertProblem(await connected.get(`${ACCOUNTS}/${id}`), 400, 'path_invalid');
    assertProblem(await connected.get(`${ACCOUNTS}/${id}/balance`), 400, 'path_invalid');
  }
  for (const resource of ['nope', 'Balance', '...', 'balance%2f', 'balance%00', '%62alance', 'balance;a=b', '%252e']) {
    assertProblem(await connected.get(`${ACCOUNTS}/12345678/${resource}`), 400, 'path_invalid');
  }
  // These a URL's reader resolves before any route is looked for, or a segment is missing.
  const resolved = ['/..', '/../', '/%2e%2e/balance', '/.%2E/../access-token', '/..\\balance', '\\..\\..\\v1', '//',
    '//balance'];
  for (const target of resolved) {
    const reply = await connected.get(ACCOUNTS + target);
    // What leads out of the API is a page that there is not.
    if (/^\/api(\/|$)/.test(new URL(ACCOUNTS + target, 'http://localhost').pathname)) assertProblem(reply, [400, 404]);
    else assert.equal(reply.status, 404);
  }
  assert.equal(world.gateway.requests.length, before);
});

test('ACC-6, JWS-3: every plain id is sent as it was written', async () => {
  for (const id of ['~', 'a.B_c~-9', '..a', 'x'.repeat(128)]) {
    assertProblem(await connected.get(`${ACCOUNTS}/${id}/balance?page=..%2F`), 404, 'gateway_refused');
    const sent = world.gateway.requests.at(-1);
    assert.ok(sent?.target.endsWith(`/accounts/${id}/balance?page=..%2F`), sent?.target);
  }
});

test('ERR-1: what the bank answers with a 4xx reaches the caller as that status', async () => {
  const reply = await connected.get(`${ACCOUNTS}/87654321/balance`);
  const { description, rule } = assertProblem(reply, 404, 'gateway_refused');
  assert.equal(rule, 'ACC-3');
  assert.ok(description?.startsWith('There is no'), description);
});

test('ERR-2: every kind of answer is private and cannot be sniffed', async () => {
  const client = world.worker.client();
  assertPrivate(await client.post('/api/authorise', { scope: 'aisp' }));
  const { location } = await authorise(client);
  outcome(client, await client.navigate(await world.gateway.accept(location)));
  for (const target of ['/api/consent', ACCOUNTS, '/api/journey']) {
    const reply = await client.get(target);
    assert.equal(reply.status, 200, reply.text);
    assertPrivate(reply);
    assert.equal(reply.headers['access-control-allow-origin'], undefined);
  }
  assertPrivate(await client.delete('/api/consent'));
});

test('ACC-7: a read is application/json whatever the bank named, and lets nothing run', async () => {
  for (const [target, type] of [[ACCOUNTS, 'application/json'], ['/api/nope', 'application/problem+json']] as const) {
    const { headers } = await connected.get(target);
    assert.equal(headers['content-type'], type);
    assert.equal(headers['content-security-policy'],
      "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.match(headers['strict-transport-security'] ?? '', /^max-age=\d{8}/);
  }
});

test('ERR-4: the shipped worker refuses a flood of one session\'s reads, and another\'s goes on', async () => {
  const client = world.worker.client();
  await authorise(client);
  let reply = await client.get(ACCOUNTS);
  // The limit is 600 a minute; a minute may end in between.
  for (let number = 1; number < 1300 && reply.status === 409; number += 1) reply = await client.get(ACCOUNTS);
  assertProblem(reply, 429, 'too_many_requests');
  assert.ok(Number(reply.headers['retry-after']) > 0);
  assert.equal((await connected.get(ACCOUNTS)).status, 200);
});

test('ERR-2: a 405 tells which methods the address takes', async () => {
  const allowed = [['PUT', '/api/consent', 'GET, HEAD, DELETE'], ['DELETE', '/api/authorise', 'POST'],
    ['POST', `${ACCOUNTS}/12345678/balance`, 'GET, HEAD']] as const;
  for (const [method, target, allow] of allowed) {
    const reply = await connected.send(method, target, { ...connected.sameOrigin(), ...JSON_TYPE });
    assertProblem(reply, 405, 'method_not_allowed');
    assert.equal(reply.headers.allow, allow);
  }
  assert.equal((await connected.get('/api/consent')).headers.allow, undefined);
});
