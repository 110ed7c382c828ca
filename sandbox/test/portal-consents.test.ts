import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBoth } from './support/both.ts';
import { PortalApi, makeReady } from './support/portal.ts';
import { type Tpp, read, refusal } from './support/tpp.ts';

interface Consent {
  intentId: string;
  environment: string;
  state: string;
  scope: string;
  granted: string[];
  endsAt: string | null;
}

interface Called {
  target: string;
  status: number;
  reason: string | null;
}

const DAYS = 86_400;

async function list(api: PortalApi, query = ''): Promise<{ consents: Consent[]; before: string | null }> {
  return read(await api.get(`/consents${query}`));
}

async function intentOf(tpp: Tpp, changes: object = {}): Promise<{ id: string; location: string }> {
  const answer = await read<{ 'intent-id': string; location: string }>(await tpp.authorise(changes));
  return { id: answer['intent-id'], location: answer.location };
}

test('CON-1: each consent is listed with what was granted and when it ends', async () => {
  await using both = await startBoth();
  const { api, app, sandbox } = await makeReady(both);
  const decided = async (changes: object, decision: string): Promise<string> => {
    const { id, location } = await intentOf(sandbox, changes);
    if (decision !== '') await sandbox.press(location, decision);
    return id;
  };
  const ids = [
    await decided({}, 'accept&permissions=balance:read,accounts:read'),
    await decided({}, 'decline'),
    await decided({ scope: 'pisp' }, 'accept'),
    await decided({}, ''),
  ];
  const { consents } = await list(api, `?app=${app}`);
  assert.deepEqual(consents.map(({ intentId }) => intentId).reverse(), ids, 'the newest first');
  assert.deepEqual(consents.map(({ state }) => state).reverse(), ['accepted', 'declined', 'accepted', 'requested']);
  const [narrowed, declined, payment] = consents.reverse();
  assert.deepEqual(narrowed?.granted, ['accounts:read', 'balance:read']);
  assert.deepEqual([declined?.granted, declined?.endsAt], [[], null]);
  assert.match(payment?.granted.join() ?? '', /one payment/);
  const inDays = (Date.parse(narrowed?.endsAt ?? '') - Date.now()) / 1000 / DAYS;
  assert.ok(inDays > 89.9 && inDays <= 90, String(inDays));
  assert.deepEqual((await list(api, `?app=${app}&state=declined`)).consents.map(({ intentId }) => intentId), [ids[1]]);
  assert.deepEqual((await list(api, '?environment=production')).consents, []);
  both.sandbox.clock.advance(90 * DAYS);
  assert.equal((await read<Consent>(await api.get(`/consents/${ids[0]}`))).state, 'ended');
});

test('CON-1: a long list comes in pages, and misses none', async () => {
  await using both = await startBoth();
  const { api, sandbox } = await makeReady(both);
  const asked: string[] = [];
  for (let count = 0; count < 51; count += 1) asked.push((await intentOf(sandbox)).id);
  const first = await list(api);
  const second = await list(api, `?before=${first.before}`);
  const listed = [...first.consents, ...second.consents].map(({ intentId }) => intentId);
  assert.deepEqual(listed, asked.reverse());
  assert.equal(second.before, null);
});

test('REV-1: a consent is revoked at the portal, of either environment’s port', async () => {
  await using both = await startBoth();
  const { sandbox } = await makeReady(both);
  const { access_token: accessToken, location } = await sandbox.connect();
  const id = location.split('/').at(-1);
  const elsewhere = new PortalApi(both.production);
  const { state } = await read<Consent>(await elsewhere.send('DELETE', `/consents/${id}`));
  assert.equal(state, 'withdrawn');
  assert.equal(await refusal(sandbox.get('/accounts', accessToken)), '401 invalid_token ACC-1');
  assert.equal((await elsewhere.send('DELETE', '/consents/nobody')).status, 404);
});

test('ERR-2: each call under a consent is listed with the reason of its failure, and no secret', async () => {
  await using both = await startBoth();
  const { api, sandbox } = await makeReady(both);
  const { access_token: accessToken, refresh_token: refreshToken, location, code } = await sandbox.connect();
  const id = location.split('/').at(-1);
  await sandbox.get('/accounts', accessToken);
  await sandbox.get('/accounts/none', accessToken);
  await sandbox.get('/accounts', accessToken, { 'x-user-ip': '10.0.0.1' });
  await sandbox.with({ certificate: 'another' }).get('/accounts', accessToken);
  await sandbox.token({ grant_type: 'authorization_code', code });
  const other = await sandbox.connect();
  await sandbox.get('/accounts', other.access_token);
  const answer = await api.get(`/consents/${id}/calls`);
  const text = await answer.text();
  const { calls } = JSON.parse(text) as { calls: Called[] };
  const ruleIn = (reason: string | null): string => /\(([A-Z]+-\d+)\)$/.exec(reason ?? '')?.[1] ?? String(reason);
  const shown = calls.reverse().map(({ target, status, reason }) => `${target} ${status} ${ruleIn(reason)}`);
  assert.deepEqual(shown, [
    '/v1/authorise 200 null',
    '/v1/access-token 200 null',
    '/v1/accounts 200 null',
    '/v1/accounts/none 404 ACC-3',
    '/v1/accounts 400 ACC-1',
    '/v1/accounts 401 JWS-8',
    '/v1/access-token 400 TOK-1',
  ]);
  const secrets = [accessToken, refreshToken, code, sandbox.options.clientSecret];
  assert.deepEqual(secrets.filter((secret) => text.includes(secret)), []);
  const page = await (await fetch(`${both.sandbox.url}/portal/consents/${id}`)).text();
  assert.match(page, /The HMAC does not verify/);
  assert.ok(!page.includes(accessToken));
});

test('RED-1, RED-2: the holding page shows the outcome as text, and nothing else', async () => {
  await using both = await startBoth();
  const { sandbox } = await makeReady(both, { redirectUrl: null });
  const visit = async (decision: string): Promise<{ query: URLSearchParams; page: string }> => {
    const { location } = await intentOf(sandbox);
    const back = (await sandbox.press(location, decision)).headers.get('location') ?? '';
    assert.ok(back.startsWith(`${both.sandbox.url}/holding?`), back);
    return { query: new URL(back).searchParams, page: await (await fetch(back)).text() };
  };
  const accepted = await visit('accept');
  for (const value of accepted.query.values()) assert.ok(accepted.page.includes(`<code>${value}</code>`), value);
  assert.match(accepted.page, /within 10 minutes/);
  const code = accepted.query.get('authorisation_code') ?? '';
  assert.equal((await sandbox.token({ grant_type: 'authorization_code', code })).status, 200, 'gone on by hand');
  const declined = await visit('decline');
  assert.match(declined.page, /<dd><code>null<\/code><\/dd>/);
  assert.ok(!declined.page.includes('curl'));
  const hostile = await fetch(`${both.sandbox.url}/holding?intent-id=%3Cscript%3E&uuid=x&authorisation_code=%22%3B+rm`);
  assert.ok(!/<script|; rm/.test(await hostile.text()));
});
