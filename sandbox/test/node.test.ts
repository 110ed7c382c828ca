/** The gateway in a process: it notes each broken rule, so that its silence about a provider means something. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sandbox } from '../src/node.ts';
import { signWith } from './support/sign.ts';
import { CERTIFICATE, newCode, startStrict } from './support/sandbox.ts';
import { ASPSP, type Tokens, UUID, read, refusal } from './support/tpp.ts';

/** The call was refused with the status, and noted for this one rule alone. */
async function caught(sandbox: Sandbox, expected: string, call: Promise<Response>): Promise<void> {
  const { status } = await call;
  assert.deepEqual(sandbox.violations.splice(0).map(({ rule }) => `${status} ${rule}`), [expected]);
}

test('AUT-1, TOK-1, REF-1, ACC-1: whoever keeps the rules meets no violation, and each call is noted', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const first = await tpp.connect();
  const again = await read<Tokens>(await tpp.refresh(first.refresh_token));
  assert.equal((await tpp.get('/accounts/12345678/balance?since=1', again.access_token)).status, 200);
  assert.equal((await tpp.authorise({ sandbox_sca: true })).status, 200);
  const payment = await tpp.connect('pisp');
  assert.equal((await tpp.pay(payment.access_token)).status, 201);
  assert.deepEqual(sandbox.violations, []);
  const endpoints = ['authorise', 'exchange', 'refresh', 'resource', 'authorise', 'authorise', 'exchange', 'payment'];
  assert.deepEqual(sandbox.requests.map(({ endpoint }) => endpoint), endpoints);
  const { method, target, path, query, body } = sandbox.requests[3] ?? assert.fail();
  assert.deepEqual([method, path, query, body], ['GET', '/accounts/12345678/balance', '?since=1', '']);
  assert.equal(target, `/bank/v3${path}${query}`);
  assert.equal(sandbox.count('authorise'), 3);
});

test('ENV-1: a call outside both bases, or under the wrong one, is a violation', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  await caught(sandbox, '404 ENV-1', tpp.with({ authBase: sandbox.url }).authorise());
  await caught(sandbox, '404 ENV-1', tpp.with({ resourceBase: sandbox.authBase }).get('/accounts', access));
});

test('JWS-3: a path is signed without its base, however long that is', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  for (const path of ['/bank/v3/accounts', '/v3/accounts', `${sandbox.resourceBase}/accounts`, '/accounts?since=1']) {
    const signature = { 'x-jws-signature': tpp.signature(path, '{}') };
    await caught(sandbox, '401 JWS-3', tpp.get('/accounts?since=1', access, signature));
  }
  assert.equal((await tpp.get('/accounts?since=1', access)).status, 200);
  const nowhere = { 'x-jws-signature': tpp.signature('/accounts', '{}') };
  await caught(sandbox, '401 JWS-3', tpp.get('/statements', access, nowhere));
});

test('BAS-1, JWS-2, AUT-1, CFG-2, ACC-1: what a strict gateway refuses is noted by its rule', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  const json = { 'content-type': 'application/json', authorization: tpp.basic() };
  const lowercase = { ...json, authorization: tpp.basic().replace('Basic', 'basic') };
  await caught(sandbox, '401 BAS-1', tpp.post('/authorise', '{}', lowercase));
  await caught(sandbox, '405 AUT-1', tpp.request('/authorise', { method: 'PUT', body: '{}', headers: json }));
  const charset = { ...json, 'content-type': 'application/json; charset=utf-8' };
  await caught(sandbox, '415 AUT-1', tpp.post('/authorise', '{}', charset));
  await caught(sandbox, '400 CFG-2', tpp.authorise({ aspsp: UUID }));
  await caught(sandbox, '400 ACC-1', tpp.get('/accounts', access, { 'x-user-ip': '10.0.0.1' }));
  const header = { typ: 'JWT', alg: 'HS256', app: 'app-one', path: '/accounts', iat: Math.floor(Date.now() / 1000) };
  const swapped = { 'x-jws-signature': signWith(header, '{}', CERTIFICATE) };
  await caught(sandbox, '401 JWS-2', tpp.get('/accounts', access, swapped));
});

test('ACC-2, PAY-1: a fifth request without the PSU and a second payment are violations', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 4; times += 1) assert.equal((await tpp.get('/accounts', access, {})).status, 200);
  await caught(sandbox, '429 ACC-2', tpp.get('/accounts', access, {}));
  const { access_token: paying } = await tpp.connect('pisp');
  await tpp.pay(paying);
  await caught(sandbox, '409 PAY-1', tpp.pay(paying));
});

test('ERR-1: what befalls a provider without its doing is no violation', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access, refresh_token: refresh, code } = await tpp.connect();
  assert.equal((await tpp.token({ grant_type: 'authorization_code', code })).status, 400);
  assert.equal((await tpp.get('/accounts/87654321', access)).status, 404);
  assert.equal((await tpp.get('/statements', access)).status, 404);
  sandbox.revoke();
  assert.equal((await tpp.get('/accounts', access)).status, 401);
  assert.equal((await tpp.refresh(refresh)).status, 400);
  assert.deepEqual(sandbox.violations, []);
});

test('REF-1: a spent refresh token gives the same answer within the grace, and no rotation keeps it', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { refresh_token: first } = await tpp.connect();
  const answer = await (await tpp.refresh(first)).text();
  assert.equal(await refusal(tpp.refresh(first)), '400 invalid_grant REF-1');
  sandbox.lifetimes.rotation = 'grace';
  assert.equal(await (await tpp.refresh(first)).text(), answer);
  sandbox.clock.advance(61);
  assert.equal(await refusal(tpp.refresh(first)), '400 invalid_grant REF-1');
  sandbox.lifetimes.rotation = 'none';
  const { refresh_token: kept } = JSON.parse(answer) as Tokens;
  for (let times = 0; times < 2; times += 1) {
    const { access_token: access, refresh_token: none } = await read<Partial<Tokens>>(await tpp.refresh(kept));
    assert.equal(none, undefined);
    assert.equal((await tpp.get('/accounts', access ?? '')).status, 200);
  }
});

test('TOK-3, REV-1: tokens age by the bank’s clock, which can be set; a dropped one is refreshed', async () => {
  await using open = await startStrict({ lifetimes: { refreshedAccessSeconds: 10 }, clockOffsetSeconds: -86_400 });
  const { sandbox, tpp } = open;
  const first = await tpp.connect();
  sandbox.clock.advance(3599);
  assert.equal((await tpp.get('/accounts', first.access_token)).status, 200);
  sandbox.clock.advance(1);
  assert.equal((await tpp.get('/accounts', first.access_token)).status, 401);
  const second = await read<Tokens>(await tpp.refresh(first.refresh_token));
  assert.equal(second.expires_in, 10);
  sandbox.dropAccessTokens();
  assert.equal((await tpp.get('/accounts', second.access_token)).status, 401);
  const third = await read<Tokens>(await tpp.refresh(second.refresh_token));
  assert.equal((await tpp.get('/accounts', third.access_token)).status, 200);
});

test('ENV-2: in production a code works for 60 seconds', async () => {
  await using open = await startStrict({ environment: 'production' });
  const { sandbox, tpp } = open;
  const code = await newCode(sandbox, tpp, { sandbox_sca: undefined });
  sandbox.clock.advance(60);
  assert.equal(await refusal(tpp.token({ grant_type: 'authorization_code', code })), '400 invalid_grant TOK-2');
});

test('REV-1: one consent can be taken back and another left', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const [first, second] = [await tpp.connect(), await tpp.connect()];
  sandbox.revoke(sandbox.issued.at(-1)?.intentId ?? '');
  assert.equal((await tpp.get('/accounts', first.access_token)).status, 200);
  assert.equal((await tpp.get('/accounts', second.access_token)).status, 401);
});

test('RED-1, RED-2, RED-4: the PSU is sent back with a code or null, once', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { location } = await read<{ location: string }>(await tpp.authorise());
  const back = new URL(await sandbox.decline(location));
  assert.deepEqual([...back.searchParams.keys()], ['own', 'intent-id', 'uuid', 'authorisation_code']);
  assert.equal(back.searchParams.get('authorisation_code'), 'null');
  await assert.rejects(sandbox.accept(location), /409/);
  assert.equal(sandbox.requests.length, 1, 'a person’s visit is no call');
  assert.match(await newCode(sandbox, tpp), /^[0-9a-f-]{36}$/);
});

test('ACC-4: texts of one’s own are answered to the byte', async () => {
  const text = '{"Rate":0.10E+2, "Id":12345678901234567890}\n';
  await using open = await startStrict({ resources: { '/accounts/7/balance': text } });
  const { tpp } = open;
  const { access_token: access } = await tpp.connect();
  const answer = await tpp.get('/accounts/7/balance', access);
  assert.equal(await answer.text(), text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  assert.equal((await tpp.get('/accounts/12345678/balance', access)).status, 200);
});

test('ERR-2: the secrets to look for are those configured and those given out', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { code, access_token: access, refresh_token: refresh } = await tpp.connect();
  const secrets = sandbox.secrets();
  for (const secret of [CERTIFICATE, code, access, refresh]) assert.ok(secrets.includes(secret));
  assert.deepEqual(sandbox.issued.map(({ kind }) => kind), ['code', 'access', 'refresh']);
});

test('CFG-2: the usual bank is Pockit, on the loopback interface', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  assert.equal(new URL(sandbox.url).hostname, '127.0.0.1');
  assert.equal((await tpp.authorise({ aspsp: ASPSP })).status, 200);
  await sandbox.close();
  await assert.rejects(tpp.authorise());
});

test('ERR-1, BAS-1, JWS-8: a wrong client secret and a wrong certificate are told apart', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const told: { error: string; error_description: string; rule: string }[] = [];
  for (const wrong of [{ clientSecret: 'another-secret' }, { certificate: 'another certificate\n' }]) {
    const answer = await tpp.with(wrong).authorise();
    assert.equal(answer.status, 401);
    const text = await answer.text();
    assert.ok(Object.values(wrong).every((value) => !text.includes(value.trim())), text);
    told.push(JSON.parse(text));
  }
  const named = told.map(({ error, rule }) => `${error} ${rule}`);
  assert.deepEqual(named, ['invalid_client BAS-1', 'invalid_signature JWS-8']);
  assert.match(told[0]?.error_description ?? '', /client_secret/);
  assert.match(told[1]?.error_description ?? '', /certificate/);
  sandbox.violations.splice(0);
});
