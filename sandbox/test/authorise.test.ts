import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORIGIN, openSandbox } from './support/sandbox.ts';
import { ASPSP, UUID, read, refusal } from './support/tpp.ts';

test('AUT-1, AUT-4: an authorisation is answered with its intent and a location on the same host', async () => {
  const { tpp } = openSandbox();
  const answer = await read<Record<string, string>>(await tpp.authorise());
  assert.deepEqual(Object.keys(answer), ['intent-id', 'location']);
  assert.equal(answer['location'], `${ORIGIN}/v1/authorise/${answer['intent-id']}`);
});

test('AUT-1: the order of the members is free, their names are not', async () => {
  const { tpp } = openSandbox();
  const headers = { 'content-type': 'application/json', authorization: tpp.basic() };
  const reordered = await tpp.post('/authorise', `{"scope":"aisp","uuid":"${UUID}","aspsp":"${ASPSP}"}`, headers);
  assert.equal(reordered.status, 200);
  assert.equal(await refusal(tpp.authorise({ extra: 1 })), '400 invalid_request AUT-1');
  assert.equal(await refusal(tpp.authorise({ uuid: undefined })), '400 invalid_request AUT-1');
  const twice = `{"scope":"aisp","scope":"pisp","uuid":"${UUID}","aspsp":"${ASPSP}"}`;
  assert.equal(await refusal(tpp.post('/authorise', twice, headers)), '400 invalid_request AUT-1');
  assert.equal(await refusal(tpp.post('/authorise', '[]', headers)), '400 invalid_request AUT-1');
});

test('CFG-2, AUT-2, AUT-3, ENV-4: each member is checked', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(tpp.authorise({ aspsp: UUID })), '400 invalid_request CFG-2');
  for (const uuid of ['c0fd407d-134b-1091-8e04-ab49a98db217', UUID.replaceAll('-', ''), '', 7]) {
    assert.equal(await refusal(tpp.authorise({ uuid })), '400 invalid_request AUT-2');
  }
  for (const scope of ['AISP', 'cbpii', null]) {
    assert.equal(await refusal(tpp.authorise({ scope })), '400 invalid_request AUT-3');
  }
  assert.equal(await refusal(tpp.authorise({ sandbox_sca: 'true' })), '400 invalid_request ENV-4');
});

test('ENV-3, ENV-4: a uuid may come again in sandbox; in production it may not, nor counts sandbox_sca', async () => {
  const { tpp } = openSandbox();
  for (let times = 0; times < 2; times += 1) assert.equal((await tpp.authorise()).status, 200);
  const { tpp: production, send } = openSandbox({ SANDBOX_ENVIRONMENT: 'production' });
  const { location } = await read<{ location: string }>(await production.authorise({ sandbox_sca: true }));
  assert.equal((await send(new Request(location, { redirect: 'manual' }))).status, 200);
  assert.equal(await refusal(production.authorise({ sandbox_sca: undefined })), '400 invalid_request ENV-3');
  const strict = openSandbox({ SANDBOX_ENVIRONMENT: 'production', SANDBOX_STRICT: 'true' });
  assert.equal(await refusal(strict.tpp.authorise({ sandbox_sca: false })), '400 invalid_request ENV-4');
});

test('AUT-1, TOK-1: a query string, and with order counting another order, is refused', async () => {
  const { tpp } = openSandbox({ SANDBOX_STRICT: 'true' });
  const json = { 'content-type': 'application/json', authorization: tpp.basic() };
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: tpp.basic() };
  assert.equal((await tpp.authorise()).status, 200);
  assert.equal(await refusal(tpp.post('/authorise?a=1', '{}', json)), '400 invalid_request AUT-1');
  assert.equal(await refusal(tpp.post('/access-token?a=1', 'a=1', form)), '400 invalid_request TOK-1');
  const reordered = `{"scope":"aisp","uuid":"${UUID}","aspsp":"${ASPSP}"}`;
  assert.equal(await refusal(tpp.post('/authorise', reordered, json)), '400 invalid_request AUT-1');
  const swapped = tpp.token({ code: 'x', grant_type: 'authorization_code' });
  assert.equal(await refusal(swapped), '400 invalid_request TOK-1');
});

test('BAS-1, AUT-1, JWS-1: credentials, media type and signature are asked for', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(tpp.with({ clientSecret: 'x' }).authorise()), '401 invalid_client BAS-1');
  const text = { 'content-type': 'text/plain', authorization: tpp.basic() };
  assert.equal(await refusal(tpp.post('/authorise', '{}', text)), '415 unsupported_media_type AUT-1');
  const json = { ...text, 'content-type': 'application/json' };
  const unsigned = { ...json, 'x-jws-signature': '' };
  assert.equal(await refusal(tpp.post('/authorise', '{}', unsigned)), '401 invalid_signature JWS-1');
  assert.equal(await refusal(tpp.post('/authorise', '{}', json, '{ }')), '401 invalid_signature JWS-5');
  assert.equal(await refusal(tpp.post('/authorise', ' '.repeat(70_000), json)), '413 body_too_large AUT-1');
});

test('AUT-1, TOK-1, ACC-3: another method is refused with those that are allowed', async () => {
  const { tpp } = openSandbox();
  for (const [path, allow] of [['/authorise', 'POST'], ['/access-token', 'POST'], ['/payments', 'POST']] as const) {
    const response = await tpp.request(path, {});
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), allow);
  }
  assert.equal((await tpp.request('/accounts/12345678/balance', { method: 'DELETE' })).status, 405);
  assert.equal(await refusal(tpp.request('/nowhere', {})), '404 not_found ACC-3');
});
