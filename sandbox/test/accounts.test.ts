import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RESOURCES } from '../src/data/resources.ts';
import { openSandbox } from './support/sandbox.ts';
import { read, refusal } from './support/tpp.ts';

test('ACC-3: every resource of the table is answered', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const list = await read<{ Accounts: { AccountId: string }[] }>(await tpp.get('/accounts', access));
  assert.deepEqual(list.Accounts.map(({ AccountId }) => AccountId), ['12345678', '23456789', '34567890']);
  for (const path of ['', ...RESOURCES.map((name) => `/${name}`)]) {
    const response = await tpp.get(`/accounts/12345678${path}`, access);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  }
});

test('JWS-3: a query is sent but not signed', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  assert.equal((await tpp.get('/accounts/12345678/transactions?toBookingDateTime=2026-06-01', access)).status, 200);
});

test('ACC-3: an unknown account or resource is a 404', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  assert.equal(await refusal(tpp.get('/accounts/1', access)), '404 not_found ACC-3');
  assert.equal(await refusal(tpp.get('/accounts/12345678/party', access)), '404 not_found ACC-3');
});

test('ACC-1: the access token is asked for, and must be one of this application and scope', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const payment = await tpp.connect('pisp');
  assert.equal(await refusal(tpp.get('/accounts', 'made-up')), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.get('/accounts', '')), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.get('/accounts', access, { authorization: tpp.basic() })), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.get('/accounts', access, { authorization: access })), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.with({ app: 'app-two' }).get('/accounts', access)), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.get('/accounts', payment.access_token)), '403 insufficient_scope AUT-3');
});

test('ACC-1: a wrong signature or address is refused', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const elsewhere = { 'x-jws-signature': tpp.signature('/accounts/1', '{}') };
  assert.equal(await refusal(tpp.get('/accounts', access, elsewhere)), '401 invalid_signature JWS-3');
  const private4 = { 'x-user-ip': '192.168.0.1' };
  assert.equal(await refusal(tpp.get('/accounts', access, private4)), '400 invalid_request ACC-1');
});

test('ACC-2: without the PSU the fifth request of an endpoint in 24 hours waits', async () => {
  const { tpp, clock } = openSandbox({ SANDBOX_ACCESS_TOKEN_SECONDS: '86400' });
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 4; times += 1) {
    assert.equal((await tpp.get('/accounts/12345678/balance', access, {})).status, 200);
    clock.now += 1000;
  }
  const fifth = await tpp.get('/accounts/12345678/balance', access, {});
  assert.equal(fifth.headers.get('retry-after'), '86396');
  assert.equal(await refusal(fifth), '429 too_many_requests ACC-2');
  assert.equal((await tpp.get('/accounts/23456789/balance', access, {})).status, 200);
  assert.equal((await tpp.get('/accounts/12345678/balance', access)).status, 200);
  const other = await tpp.connect();
  assert.equal((await tpp.get('/accounts/12345678/balance', other.access_token, {})).status, 200);
  clock.now += 86_396_000;
  const { access_token: fresh } = await read<{ access_token: string }>(await tpp.refresh(other.refresh_token));
  assert.equal((await tpp.get('/accounts/12345678/balance', fresh, {})).status, 200);
});
