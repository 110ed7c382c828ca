import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { type Both, startBoth, tppAt } from './support/both.ts';
import { ONE, TWO } from './support/certificates.ts';
import { ADA, PortalApi, REDIRECT, REGISTERED, completeJourney, makeReady } from './support/portal.ts';
import { read, refusal } from './support/tpp.ts';

interface Wrong {
  error: string;
  error_description: string;
  rule: string;
  field?: string;
}

test('CFG-1: a developer registers, adds an application, and is let in to the sandbox at once', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id, credentials } = await api.developer();
  assert.match(credentials.clientId, /^tc-sandbox-[0-9a-f-]+$/, 'no colon (BAS-2)');
  assert.match(credentials.clientSecret, /^[\w-]{43}$/, '256 bits');
  const app = await api.application(id, { certificate: ONE, redirectUrl: REDIRECT });
  const tpp = tppAt(both.sandbox, { ...credentials, app, certificate: ONE });
  const { access_token: accessToken } = await tpp.connect();
  assert.equal((await tpp.get('/accounts', accessToken)).status, 200);
});

test('CFG-1: the secret is shown once, and stands nowhere', async () => {
  await using both = await startBoth();
  const { api, developer, app, production, sandbox } = await makeReady(both);
  await completeJourney(sandbox);
  const path = `/developers/${developer}/secret`;
  const renewed = await api.post<{ clientSecret: string }>(path, { environment: 'sandbox' });
  const secrets = [sandbox.options.clientSecret, production.clientSecret, renewed.clientSecret];
  assert.equal(new Set(secrets).size, 3);
  const asked = ['/developers', `/developers/${developer}`, '/applications', `/applications/${app}`];
  const pages = ['/portal', `/portal/developers/${developer}`, `/portal/applications/${app}`];
  const answers = await Promise.all([
    ...asked.map((path) => api.get(path).then((answer) => answer.text())),
    ...pages.map((path) => fetch(both.sandbox.url + path).then((answer) => answer.text())),
  ]);
  for (const secret of secrets) {
    assert.ok(!both.books().includes(secret), 'in the books');
    assert.ok(!answers.some((answer) => answer.includes(secret)), 'in an answer');
  }
  const inside = ONE.split('\n')[1] ?? '';
  assert.ok(!answers.some((answer) => answer.includes(inside)), 'the certificate is a key too (ERR-2)');
});

test('BAS-1: a new secret ends the former, in its environment alone', async () => {
  await using both = await startBoth();
  const { api, developer, sandbox, production } = await makeReady(both);
  const { clientSecret } = await api.post<{ clientSecret: string }>(`/developers/${developer}/secret`, {
    environment: 'sandbox',
  });
  assert.equal(await refusal(sandbox.authorise()), '401 invalid_client BAS-1');
  assert.equal((await sandbox.with({ clientSecret }).authorise()).status, 200);
  // It is not released, but its credentials are right still.
  assert.equal(await refusal(tppAt(both.production, production).authorise()), '401 invalid_signature JWS-2');
});

test('ENV-5: credentials, consents and applications of one environment are none in the other', async () => {
  await using both = await startBoth();
  const { api, app, sandbox, production } = await makeReady(both);
  await completeJourney(sandbox);
  assert.equal(await refusal(tppAt(both.production, production).authorise()), '401 invalid_signature JWS-2', 'before');
  assert.equal((await api.send('POST', `/applications/${app}/go-live`)).status, 200);
  const live = tppAt(both.production, production);
  assert.equal((await live.authorise({ sandbox_sca: undefined })).status, 200);
  const { clientId, clientSecret } = sandbox.options;
  assert.equal(await refusal(live.with({ clientId, clientSecret }).authorise()), '401 invalid_client BAS-1');
  assert.equal(await refusal(live.with({ certificate: ONE }).authorise()), '401 invalid_signature JWS-8');
  const back = tppAt(both.sandbox, { ...production, certificate: ONE });
  assert.equal(await refusal(back.authorise()), '401 invalid_client BAS-1');
  assert.equal(await refusal(sandbox.with({ certificate: TWO }).authorise()), '401 invalid_signature JWS-8');
  const { access_token: accessToken } = await sandbox.connect();
  assert.equal(await refusal(live.get('/accounts', accessToken)), '401 invalid_token ACC-1');
});

test('CFG-1: production refuses what the developer’s roles do not cover', async () => {
  await using both = await startBoth();
  const { api, developer, app, sandbox, production } = await makeReady(both);
  await completeJourney(sandbox);
  await api.production(developer, { roles: ['AISP'] });
  await api.send('POST', `/applications/${app}/go-live`);
  const live = tppAt(both.production, production);
  const bare = { sandbox_sca: undefined, uuid: crypto.randomUUID() };
  assert.equal(await refusal(live.authorise({ ...bare, scope: 'pisp' })), '403 unauthorized_client CFG-1');
  assert.equal((await live.authorise(bare)).status, 200);
  assert.equal((await sandbox.authorise({ scope: 'pisp' })).status, 200, 'the sandbox holds nobody to it');
  await api.production(developer, { roles: ['PISP'] });
  assert.equal(await refusal(live.authorise({ ...bare, uuid: crypto.randomUUID() })), '403 unauthorized_client CFG-1');
});

test('CFG-1: what the register says is told again without new credentials', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.production);
  const { id } = await api.developer();
  assert.match((await api.production(id)).clientId, /^tc-production-/);
  const again = await api.send('POST', `/developers/${id}/production`, { ...REGISTERED, registerNumber: '900002' });
  const { credentials, registerNumber } = await read<{ credentials?: object; registerNumber: string }>(again);
  assert.deepEqual([again.status, credentials, registerNumber], [200, undefined, '900002']);
});

test('CFG-1: an application is changed, and deleted with its certificates', async () => {
  await using both = await startBoth();
  const { api, app, developer, sandbox } = await makeReady(both);
  const changed = await api.send('PATCH', `/applications/${app}`, { redirectUrl: 'https://other.example/?own=1' });
  const { name, redirectUrl } = await read<{ name: string; redirectUrl: string }>(changed);
  assert.deepEqual([name, redirectUrl], ['Household books', 'https://other.example/?own=1']);
  const { location } = await read<{ location: string }>(await sandbox.authorise());
  const back = (await sandbox.press(location, 'accept')).headers.get('location') ?? '';
  assert.ok(back.startsWith('https://other.example/?own=1&intent-id='), back);
  assert.equal((await api.send('DELETE', `/applications/${app}`)).status, 204);
  assert.equal(await refusal(sandbox.authorise()), '401 invalid_signature JWS-2');
  assert.equal((await api.get(`/applications/${app}`)).status, 404);
  assert.deepEqual((await read<{ applications: [] }>(await api.get(`/developers/${developer}`))).applications, []);
});

test('CFG-1: a developer is deleted with all credentials and applications', async () => {
  await using both = await startBoth();
  const { api, app, developer, sandbox, production } = await makeReady(both);
  const { id: other } = await api.developer();
  assert.equal((await api.send('DELETE', `/developers/${developer}`)).status, 204);
  assert.equal(await refusal(sandbox.authorise()), '401 invalid_client BAS-1');
  for (const name of [developer, app, sandbox.options.clientId, production.clientId]) {
    const { developers, applications, clients } = both.register;
    assert.deepEqual([developers.find(name), applications.find(name), clients.find(name)], [null, null, null]);
  }
  assert.deepEqual(both.register.developers.all().map(({ id }) => id), [other]);
});

test('CFG-1: an application of another developer is not the client’s', async () => {
  await using both = await startBoth();
  const { api, app } = await makeReady(both);
  const { credentials } = await api.developer({ name: 'Grace Hopper' });
  const other = tppAt(both.sandbox, { ...credentials, app, certificate: ONE });
  assert.equal(await refusal(other.authorise()), '401 invalid_client CFG-1');
});

test('CFG-4: each wrong member is told, and which', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.sandbox);
  const { id } = await api.developer();
  const cases: [path: string, body: object, field: string | undefined][] = [
    ['/developers', { ...ADA, name: ' ' }, 'name'],
    ['/developers', { ...ADA, name: 'a'.repeat(201) }, 'name'],
    ['/developers', { ...ADA, company: 'a\u202eb' }, 'company'],
    ['/developers', { ...ADA, email: 'nobody' }, 'email'],
    ['/developers', { ...ADA, email: 7 }, 'email'],
    ['/developers', { ...ADA, password: 'x' }, undefined],
    [`/developers/${id}/production`, { ...REGISTERED, authority: '' }, 'authority'],
    [`/developers/${id}/production`, { ...REGISTERED, registerNumber: undefined }, 'registerNumber'],
    [`/developers/${id}/production`, { ...REGISTERED, roles: [] }, 'roles'],
    [`/developers/${id}/production`, { ...REGISTERED, roles: ['CBPII'] }, 'roles'],
    [`/developers/${id}/secret`, { environment: 'production' }, 'environment'],
    [`/developers/${id}/secret`, { environment: 'test' }, 'environment'],
    ['/applications', { name: 'x' }, 'developer'],
    ['/applications', { developer: id, name: 'x', redirectUrl: 'app://back' }, 'redirectUrl'],
    ['/applications', { developer: id, name: 'x', redirectUrl: 'https://a.example/#x' }, 'redirectUrl'],
    ['/applications', { developer: id, name: 'x', certificate: 7 }, 'certificate'],
    ['/applications', { developer: id, name: 'x', certificate: '' }, 'certificate'],
  ];
  for (const [path, body, field] of cases) {
    const answer = await api.send('POST', path, body);
    const wrong = await read<Wrong>(answer);
    assert.deepEqual([answer.status, wrong.error, wrong.field], [400, 'invalid_request', field], JSON.stringify(body));
    assert.match(wrong.error_description, /^[A-Z].*[.]$/);
  }
  assert.equal((await read<{ developers: [] }>(await api.get('/developers'))).developers.length, 1);
  assert.equal((await api.send('POST', '/applications', { developer: 'nobody', name: 'x' })).status, 404);
  assert.equal((await api.send('POST', '/developers', 'no JSON')).status, 415);
});

test('ENV-1: another site changes nothing, and whoever comes from elsewhere finds no portal', async () => {
  await using both = await startBoth();
  const register = (headers: Record<string, string>) =>
    fetch(`${both.sandbox.url}/portal/api/developers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(ADA),
    });
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
    assert.equal((await register(headers as Record<string, string>)).status, 403);
  }
  assert.equal(both.register.developers.count(), 0);
  assert.equal((await register({ origin: both.sandbox.url })).status, 201);
  for (const path of ['/portal', '/portal/api/developers', '/portal/consents']) {
    assert.equal(await statusFrom(both, path, 'bank.example'), 404, path);
    assert.equal(await statusFrom(both, path, 'localhost:1'), 200, path);
  }
});

test('ENV-1: the portal can be switched off, or opened to all', async () => {
  await using off = await startBoth({ controls: 'off' });
  await using anyone = await startBoth({ controls: 'anyone' });
  assert.equal(await statusFrom(off, '/portal', 'localhost'), 404);
  assert.equal(await statusFrom(anyone, '/portal', 'bank.example'), 200);
});

/** `fetch` sets the host itself. */
function statusFrom({ sandbox }: Both, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(sandbox.url + path, { headers: { host } }, (answer) => resolve(answer.resume().statusCode));
    request.once('error', reject);
  });
}
