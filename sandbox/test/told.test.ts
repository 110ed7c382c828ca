/** Every refusal says what was expected and what came, and nothing of what is secret. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CERTIFICATE, ORIGIN, VARIABLES, openSandbox } from './support/sandbox.ts';
import { PAYMENT } from './support/tpp.ts';

const SOURCE = join(import.meta.dirname, '../src');
const WRITTEN = /(?<!function )\b(new Refusal|invalidRequest|invalidToken|badToken)\([\s\S]*?\);\n/g;
/** What the bank decides by itself, or fails at, has nothing that was expected. */
const DECIDED = /'server_error'|rule: 'PAY-1', headers, blameless: true/;

test('ERR-1: no refusal is written without what was expected and what came', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    // The portal names the field of the form; what else is for people here is no TPP's call.
    .filter((name) => name.endsWith('.ts') && !/(^|\/)portal\/|^journal\/|controls/.test(name));
  const refusals = files.flatMap((name) => {
    const text = readFileSync(join(SOURCE, name), 'utf8');
    const calls = text.matchAll(WRITTEN);
    return [...calls].map(([call]) => `${name}: ${call}`);
  });
  assert.ok(refusals.length > 50, `${refusals.length} refusals`);
  const untold = refusals.filter((call) => !/\btold\b|\bexpected\b/.test(call) && !DECIDED.test(call));
  assert.deepEqual(untold, []);
});

interface Answer {
  error: string;
  error_description: string;
  rule: string;
  expected?: string;
  came?: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

test('ERR-1, ERR-2: a wrong call of each kind is told both, and gets no secret back', async () => {
  const { tpp, send } = openSandbox();
  const { SANDBOX_CLIENT_ID: id, SANDBOX_CLIENT_SECRET: secret } = VARIABLES;
  const { access_token: access, refresh_token: refresh, code, location } = await tpp.connect();
  const { access_token: paying } = await tpp.connect('pisp');
  const basic = { authorization: tpp.basic() };
  const page = (path: string, init?: RequestInit) => send(new Request(ORIGIN + path, init));
  const signed = (path: string, payload = '{}') => ({ 'x-jws-signature': tpp.signature(path, payload) });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}`, ...signed('/accounts') });
  const post = (path: string, body: string, headers: Record<string, string>) => tpp.post(path, body, headers);
  const grant = { grant_type: 'refresh_token' };
  const calls: readonly (readonly [rule: string, call: () => Promise<Response>])[] = [
    ['BAS-1', () => post('/authorise', '{}', { ...JSON_TYPE, authorization: tpp.basic(`${secret}:${id}`) })],
    ['BAS-1', () => post('/authorise', '{}', { ...JSON_TYPE, authorization: tpp.basic(`${id}:client:${secret}`) })],
    ['BAS-1', () => post('/authorise', '{}', { ...JSON_TYPE, authorization: `${secret} ${id}` })],
    ['BAS-1', () => post('/authorise', '{}', { ...JSON_TYPE, authorization: `Basic ${secret}` })],
    ['BAS-1', () => post('/authorise', '{}', { ...JSON_TYPE, authorization: tpp.basic(secret) })],
    ['JWS-8', () => tpp.with({ certificate: secret }).authorise()],
    ['JWS-8', () => tpp.with({ certificate: CERTIFICATE.trimEnd() }).authorise()],
    ['JWS-1', () => post('/authorise', '{}', { ...JSON_TYPE, ...basic, 'x-jws-signature': access })],
    ['JWS-5', () => tpp.post('/authorise', '{}', { ...JSON_TYPE, ...basic }, refresh)],
    ['JWS-6', () => tpp.post('/access-token', `grant_type=x&code=${code}`, { ...FORM, ...basic }, `code=${code}`)],
    ['JWS-7', () => tpp.request('/accounts', { headers: { ...bearer(access), ...signed('/accounts', access) } })],
    ['AUT-1', () => tpp.authorise({ more: access })],
    ['AUT-1', () => tpp.post('/authorise', JSON.stringify(access), { ...JSON_TYPE, ...basic })],
    ['AUT-1', () => tpp.post('/authorise?a=1', '{}', JSON_TYPE)],
    ['AUT-3', () => tpp.authorise({ scope: 'all' })],
    ['AUT-3', () => tpp.get('/accounts', paying)],
    ['TOK-1', () => tpp.token({ grant_type: 'authorization_code', code })],
    ['TOK-1', () => tpp.token({ [code]: '' })],
    ['TOK-1', () => tpp.token({ grant_type: 'authorization_code', [code]: '' })],
    ['TOK-1', () => tpp.token({ grant_type: 'authorization_code', code: refresh })],
    ['REF-1', () => tpp.token({ ...grant, refresh_token: access })],
    ['REF-1', () => tpp.token({ ...grant, client_secret: secret, refresh_token: refresh })],
    ['ACC-1', () => tpp.request('/accounts', { headers: { ...bearer(access), authorization: access } })],
    ['ACC-1', () => tpp.get('/accounts', refresh)],
    ['ACC-1', () => tpp.get('/accounts', access, { 'x-user-ip': '10.0.0.1' })],
    ['ACC-1', () => tpp.get('/accounts', access, { 'x-user-ip': 'nobody' })],
    ['ACC-3', () => tpp.get('/accounts/1', access)],
    ['ACC-3', () => tpp.get('/accounts/12345678/cards', access)],
    ['ACC-3', () => tpp.get('/accounts/12345678/transactions?fromBookingDateTime=now', access)],
    ['ACC-8', () => tpp.get(`/accounts/12345678/transactions?page=${refresh}`, access)],
    ['ACC-3', () => tpp.get('/nothing', access)],
    ['ENV-1', () => page('/nothing')],
    ['PAY-1', () => tpp.pay(paying, { ...PAYMENT, Amount: '0' })],
    ['PAY-1', () => tpp.pay(paying, { ...PAYMENT, Currency: 'EUR' })],
    ['PAY-1', () => tpp.pay(paying, { ...PAYMENT, BeneficiaryIdentification: '1' })],
    ['PAY-1', () => page('/v1/payments')],
    ['PAY-3', () => tpp.get(`/payments/${refresh}`, paying)],
    ['AUT-4', () => page(new URL(location).pathname, { method: 'POST', headers: FORM, body: 'decision=perhaps' })],
    ['STA-1', () => page('/statistics?quarter=last')],
  ];
  const found: string[] = [];
  for (const [rule, call] of calls) {
    const answer = await call();
    assert.ok(answer.status >= 400, `${rule} ${answer.status}`);
    const text = await answer.text();
    for (const hidden of [secret, access, refresh, paying, code, 'bm90']) {
      assert.ok(!text.includes(hidden), `${rule}: ${text}`);
    }
    const told = JSON.parse(text) as Answer;
    assert.ok(told.expected && told.came && told.expected.length <= 400 && told.came.length <= 400, text);
    found.push(told.rule);
  }
  assert.deepEqual(found, calls.map(([rule]) => rule));
});
