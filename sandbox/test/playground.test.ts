/** JWS-10: the playground tells all that is wrong with a token. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../src/explain/examine.ts';
import { base64url, signWith } from './support/sign.ts';
import { CERTIFICATE, ORIGIN, openSandbox, startStrict } from './support/sandbox.ts';
import { read } from './support/tpp.ts';

const NOW = Date.UTC(2026, 5, 15, 12) / 1000;
const HEADER = { alg: 'HS256', typ: 'JWT', app: 'app-one', path: '/payments', iat: NOW };
const BODY = '{"Amount":"12.50"}';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function ask(question: object, changes = {}, origin = ORIGIN): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const { send } = openSandbox(changes);
  return send(new Request(`${origin}/playground/explain`, { method: 'POST', headers, body: JSON.stringify(question) }));
}

async function explain(question: object, changes = {}): Promise<Explanation> {
  const answer = await ask({ path: '/payments', body: BODY, ...question }, changes);
  assert.equal(answer.status, 200);
  const explanation = await read<Explanation>(answer);
  for (const { expected, came, hint } of explanation.findings) assert.ok(expected && came && hint);
  return explanation;
}

const rules = ({ findings }: Explanation): string[] => findings.map(({ rule }) => rule);

test('JWS-10: of a right token nothing is found, and its parts are shown', async () => {
  const token = signWith(HEADER, BODY, CERTIFICATE);
  const right = await explain({ token });
  assert.deepEqual(right, { verified: true, header: HEADER, payload: BODY, findings: [] });
  for (const path of ['POST /payments', 'https://bank.example/v1/payments', '/v1/payments', ' /payments?a=1#b', '']) {
    assert.deepEqual(await explain({ token, path }), right, path);
  }
  assert.deepEqual(await explain({ token: ` x-jws-signature: ${token}\n` }), right);
  const form = '{"grant_type":"refresh_token","refresh_token":"a b"}';
  const call = { path: '/access-token', body: 'grant_type=refresh_token&refresh_token=a+b' };
  const exchange = await explain({ ...call, token: signWith({ ...HEADER, path: call.path }, form, CERTIFICATE) });
  assert.equal(exchange.verified, true);
  const bodiless = signWith({ ...HEADER, path: '/accounts' }, '{}', CERTIFICATE);
  const bare = await explain({ path: 'GET /accounts', body: '', token: bodiless });
  assert.equal(bare.verified, true);
});

test('JWS-4: a token that has grown old is right but for its age; one in milliseconds never was', async () => {
  const old = await explain({ token: signWith({ ...HEADER, iat: NOW - 90_000 }, BODY, CERTIFICATE) });
  assert.deepEqual([old.verified, rules(old)], [true, ['JWS-4']]);
  const never = await explain({ token: signWith({ ...HEADER, iat: NOW * 1000 }, BODY, CERTIFICATE) });
  assert.deepEqual([never.verified, rules(never)], [false, ['JWS-4']]);
});

test('JWS-10: everything that is wrong is found at once', async () => {
  const header = { ...HEADER, typ: 'jwt', path: '/v1/payments', iat: `${NOW}` };
  const wrong = await explain({ token: signWith(header, '{ "Amount": "12.50" }', CERTIFICATE.trimEnd()) });
  assert.equal(wrong.verified, false);
  assert.deepEqual(rules(wrong), ['JWS-2', 'JWS-3', 'JWS-4', 'JWS-8', 'JWS-5']);
  assert.equal(wrong.reading, 'certificate-no-final-newline');
  assert.deepEqual(wrong.findings.map(({ reading }) => reading), [
    undefined,
    'path-version',
    undefined,
    'certificate-no-final-newline',
    're-serialised-payload',
  ]);
});

test('JWS-1, JWS-9: a token that is no compact JWS is read as far as there is sense in it', async () => {
  const token = signWith(HEADER, BODY, CERTIFICATE);
  const padded = await explain({ token: token.replace('.', '==.') });
  assert.equal(rules(padded)[0], 'JWS-1');
  assert.deepEqual([padded.header, padded.reading], [HEADER, 'padded-base64url']);
  const two = await explain({ token: token.split('.').slice(0, 2).join('.') });
  assert.deepEqual([two.header, two.payload, rules(two)], [HEADER, BODY, ['JWS-1', 'JWS-8']]);
  for (const nothing of ['', 'x', '..', `${base64url('[]')}.e30.e30`]) {
    const { header, verified, findings } = await explain({ token: nothing });
    assert.deepEqual([header, verified, findings.length], [null, false, 1], nothing);
  }
});

test('JWS-10: the key is the certificate that is pasted, or that of the application', async () => {
  const pasted = signWith({ ...HEADER, app: 'elsewhere' }, BODY, 'a certificate');
  assert.equal((await explain({ token: pasted, certificate: 'a certificate' })).verified, true);
  const { reading } = await explain({ token: pasted, certificate: 'a certificate\n' });
  assert.equal(reading, 'certificate-no-final-newline');
  assert.deepEqual(rules(await explain({ token: pasted })), ['JWS-2']);
  const other = signWith({ ...HEADER, app: 'elsewhere' }, BODY, CERTIFICATE);
  assert.equal((await explain({ token: other, app: 'app-two' })).verified, true);
  assert.deepEqual(rules(await explain({ token: other, app: 'nobody' })), ['JWS-2']);
});

test('JWS-10: two departures at once are told apart, and any other key is none', async () => {
  const [header, payload] = [base64url(JSON.stringify(HEADER)), base64url(BODY)];
  const { createHmac } = await import('node:crypto');
  const sign = (key: string, input: string) => createHmac('sha256', key).update(input).digest('base64url');
  const key = CERTIFICATE.replaceAll('\n', '\r\n');
  const both = await explain({ token: `${header}.${payload}.${sign(key, `${header}.${base64url(payload)}`)}` });
  assert.equal(both.reading, 'certificate-crlf');
  assert.match(both.findings[0]?.hint ?? '', /CRLF, and the payload encoded twice/);
  const none = await explain({ token: signWith(HEADER, BODY, 'something else') });
  assert.deepEqual([none.reading, none.findings[0]?.reading], [undefined, 'unexplained']);
});

test('JWS-10: the playground reads as its gateway does', async () => {
  const token = signWith({ ...HEADER, path: '/accounts?a=1' }, '', CERTIFICATE.trimEnd());
  const readings = { certificate: 'no-final-newline', emptyPayload: 'empty', signQuery: true };
  const question = { token, path: 'GET /v1/accounts?a=1', body: '' };
  assert.deepEqual(rules(await explain(question)), ['JWS-3', 'JWS-8', 'JWS-7']);
  assert.equal((await explain(question, { SANDBOX_READINGS: readings })).verified, true);
});

test('ERR-2: a question that is none is refused by the rule, and nothing of a certificate is told', async () => {
  for (const wrong of [{}, { token: 'x' }, { token: 1, path: '' }, { token: '', path: '', secret: 'x' }]) {
    const { rule, expected, came } = await read<Record<string, string>>(await ask(wrong));
    assert.ok(rule === 'JWS-10' && expected && came);
  }
  const token = signWith(HEADER, BODY, CERTIFICATE.trimEnd());
  assert.doesNotMatch(await (await ask({ token, path: '', body: BODY })).text(), /bm90|BEGIN/);
});

test('ERR-2: the playground answers on the loopback interface alone', async () => {
  const { send } = openSandbox();
  for (const path of ['/playground', '/playground/explain']) {
    for (const method of ['GET', 'POST']) {
      const answer = await send(new Request(`https://bank.example${path}`, { method, headers: FORM }));
      assert.equal(answer.status, 404, `${method} ${path}`);
      assert.match((await read<{ error_description: string }>(answer)).error_description, /loopback/);
    }
  }
  assert.equal((await send(new Request(`${ORIGIN}/playground/explain`))).status, 405);
});

test('JWS-10: the page works by a form, repeats no certificate, and reads line ends as LF', async () => {
  const { send } = openSandbox();
  assert.match(await (await send(new Request(`${ORIGIN}/playground`))).text(), /<option value="app-two" >app-two/);
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  const body = '{\n"Amount":"<b>"}';
  const token = signWith({ ...HEADER, app: 'elsewhere' }, body, CERTIFICATE);
  const fields = { token, path: 'POST /payments', body: crlf(body), app: '', certificate: crlf(CERTIFICATE) };
  const form = { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() };
  const answer = await send(new Request(`${ORIGIN}/playground`, form));
  assert.match(answer.headers.get('content-security-policy') ?? '', /form-action 'self'/);
  const page = await answer.text();
  assert.match(page, /right in every respect\./);
  assert.match(page, /&lt;b&gt;/);
  assert.doesNotMatch(page, /<b>|bm90|BEGIN CERT|style=|<script/);
});

test('JWS-10: what is asked in the playground is no call of a TPP', async () => {
  await using open = await startStrict();
  const answer = await fetch(`${open.sandbox.url}/playground`, {
    method: 'POST',
    headers: FORM,
    body: new URLSearchParams({ token: 'x', path: '/payments' }).toString(),
  });
  assert.equal(answer.status, 200);
  assert.deepEqual([open.sandbox.requests, open.sandbox.violations], [[], []]);
});
