/** A gateway of another profile: it takes what its readings ask for, and refuses the usual by the rule. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Readings } from '../src/readings.ts';
import { CERTIFICATE, openSandbox } from './support/sandbox.ts';
import { read, refusal } from './support/tpp.ts';

function open(readings: Partial<Readings>) {
  return openSandbox({ SANDBOX_READINGS: JSON.stringify(readings) });
}

type Open = ReturnType<typeof open>;

async function told(answer: Promise<Response>): Promise<string> {
  const { rule, reading, error_description } = await read<Record<string, string>>(await answer);
  return `${rule} ${reading} ${error_description}`;
}

function list({ tpp }: Open, path: string, signedPath: string, payload: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'x-jws-signature': tpp.signature(signedPath, payload) };
  return tpp.request(path, { headers: { ...headers, 'x-user-ip': '203.0.113.1' } });
}

test('JWS-7: where the payload of a call without a body is empty, {} is refused, and the other way round', async () => {
  const empty = open({ emptyPayload: 'empty' });
  const { access_token: token } = await empty.tpp.connect();
  assert.equal((await list(empty, '/accounts', '/accounts', '', token)).status, 200);
  const refused = await told(list(empty, '/accounts', '/accounts', '{}', token));
  assert.match(refused, /^JWS-7 object-payload .*must be empty/);
  const usual = open({});
  const { access_token: other } = await usual.tpp.connect();
  assert.match(await told(list(usual, '/accounts', '/accounts', '', other)), /^JWS-7 empty-payload .*must be "\{\}"/);
});

test('JWS-3: where the query is signed, a path without it is refused, and the other way round', async () => {
  const query = '/accounts/12345678/transactions?fromBookingDateTime=2026-06-01';
  const bare = '/accounts/12345678/transactions';
  const signing = open({ signQuery: true });
  const { access_token: token } = await signing.tpp.connect();
  assert.notEqual((await list(signing, query, query, '{}', token)).status, 401);
  assert.equal((await list(signing, '/accounts', '/accounts', '{}', token)).status, 200);
  const refused = await told(list(signing, query, bare, '{}', token));
  assert.match(refused, /^JWS-3 path-without-query .*with the query, which/);
  const usual = open({});
  const { access_token: other } = await usual.tpp.connect();
  assert.match(await told(list(usual, query, query, '{}', other)), /^JWS-3 path-query .*without the query/);
});

test('BAS-1: where both parts are form-encoded, those are taken', async () => {
  const { tpp } = open({ basic: 'form-encoded' });
  const [id, secret] = [tpp.options.clientId, tpp.options.clientSecret].map(encodeURIComponent);
  const body = JSON.stringify({ scope: 'aisp' });
  const send = (pair: string) =>
    tpp.post('/authorise', body, { 'content-type': 'application/json', authorization: tpp.basic(pair) });
  assert.equal(await refusal(send(`${id}:${secret}`)), '400 invalid_request AUT-1');
  assert.equal(await refusal(send(`${id}:${secret}x`)), '401 invalid_client BAS-1');
});

test('JWS-8: where the certificate is read with CRLF, that is the key of every call', async () => {
  const { tpp } = open({ certificate: 'crlf' });
  assert.match(await told(tpp.authorise()), /^JWS-8 certificate-as-is /);
  const other = tpp.with({ certificate: CERTIFICATE.replaceAll('\n', '\r\n') });
  assert.match((await other.connect()).access_token, /./);
});
