/** ERR-2: whatever a caller sends, and wherever: nothing that the gateway keeps or shows holds a secret. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sandbox } from '../src/node.ts';
import { KINDS } from '../src/fault-kinds.ts';
import { Mask } from '../src/journal/mask.ts';
import { Trace } from '../src/journal/trace.ts';
import { Control } from './support/control.ts';
import { Events } from './support/events.ts';
import { CERTIFICATE, VARIABLES, newCode, startStrict } from './support/sandbox.ts';
import { type Tokens, type Tpp, read } from './support/tpp.ts';

const PAGES = [
  ...['/viewer', '/control', '/statistics', '/', '/__sandbox/record', '/__sandbox/faults', '/__sandbox/consents'],
  ...['/__sandbox/calls?limit=500', '/viewer?limit=500'],
];

/** All that the gateway shows of its calls. */
async function shown(sandbox: Sandbox): Promise<string> {
  const control = new Control(sandbox);
  const { calls } = await control.json<{ calls: { id: number }[] }>('/calls?limit=500');
  const texts: string[] = [];
  for (const path of PAGES) texts.push(await (await control.get(path)).text());
  for (const { id } of calls) {
    for (const path of [`/viewer/${id}`, `/__sandbox/calls/${id}/curl`]) {
      texts.push(await (await control.get(path)).text());
    }
  }
  const events = await Events.open(`${sandbox.url}/__sandbox/events`, '0');
  texts.push(JSON.stringify(await events.next(calls.length)));
  await events.close();
  assert.ok(calls.length > 10);
  return texts.join('\n');
}

/** Every writing of every secret that stands in a text, decoded as well as it can be. */
function leaks(text: string, secrets: readonly string[]): string[] {
  const runs = [...new Set(text.match(/[\w-]{16,}|[A-Za-z0-9+/]{16,}/g) ?? [])];
  const decoded = runs.map((run) => Buffer.from(run, 'base64url').toString('latin1'));
  const unescaped = text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll('&quot;', '"');
  const all = [text, unescaped, decoded.join('\n')];
  return secrets.filter((secret) => {
    const latin = Buffer.from(secret, 'utf8').toString('latin1');
    return partsOf(secret).concat(latin).some((part) => all.some((whole) => whole.includes(part)));
  });
}

/** Eight letters in a row are too much of a long one. */
function partsOf(secret: string): string[] {
  if (!/^[\w-]{30,}$/.test(secret)) return [secret, secret.trimEnd()];
  return Array.from({ length: secret.length - 9 }, (_, from) => secret.slice(from, from + 10));
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Calls with a secret where none belongs, as people send them by mistake. */
async function mistakes(tpp: Tpp, tokens: Tokens, code: string): Promise<void> {
  const { access_token: access, refresh_token: refresh } = tokens;
  const { SANDBOX_CLIENT_ID: id, SANDBOX_CLIENT_SECRET: secret } = VARIABLES;
  const spelt = (text: string): string => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
  const escaped = (text: string): string =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const bodies = [
    [`grant_type=refresh_token&refresh_token=${refresh}`, JSON_TYPE],
    [`grant_type=refresh_token&refresh%5Ftoken=${refresh}`, FORM],
    [`grant_type=refresh_token&refresh%5Ftoken=${spelt(refresh)}`, FORM],
    [`grant_type=authorization_code&code=${code}&client_secret=${encodeURIComponent(secret)}`, FORM],
    [`grant_type=authorization_code&code=${code}&redirect_uri=http://a/?code=${code}`, FORM],
    [JSON.stringify({ grant_type: 'refresh_token', refresh_token: refresh }), JSON_TYPE],
    [`{"refresh_token" : "${escaped(refresh)}", "code":"${code}"}`, JSON_TYPE],
    [`{"refresh\\u005ftoken":"${escaped(refresh)}"}`, JSON_TYPE],
    [JSON.stringify({ inner: JSON.stringify({ access_token: access }) }), JSON_TYPE],
    [JSON.stringify({ certificate: CERTIFICATE }), JSON_TYPE],
    [`{"access_token":"${access}`, JSON_TYPE],
    [`{"padding":"${'x'.repeat(8150)}","access_token":"${access}"}`, JSON_TYPE],
  ] as const;
  for (const [body, type] of bodies) {
    await tpp.post('/access-token', body, { 'content-type': type, authorization: tpp.basic() });
    await tpp.post('/payments', body, { 'content-type': type, authorization: `Bearer ${access}` }, '{}');
  }
  const authorizations = [
    `Basic ${btoa(`${id}:client:${id}`)}`, tpp.basic().replace('Basic ', ''), access, `Token ${access}`,
    `Basic ${id}:${encodeURIComponent(secret)}`, `bearer  ${access}`, `Basic ${btoa(encodeURIComponent(secret))}`,
  ];
  for (const authorization of authorizations) await tpp.request('/accounts', { headers: { authorization } });
  for (const query of [`?access_token=${access}`, `?x=1&code=${code}#`, `?access%5Ftoken=${spelt(access)}`]) {
    await tpp.get(`/accounts${query}`, access);
  }
  await tpp.get(`/accounts/${access}`, access);
  await tpp.get('/accounts', access, { 'x-token': access, cookie: `session=${access}` });
  await tpp.get('/accounts', access, { 'x-jws-signature': access });
  await tpp.get('/accounts', access, { 'x-jws-signature': tpp.signature('/accounts', `{"code":"${code}"}`) });
}

test('ERR-2: whole journeys, mistakes and faults leave no secret in the journal, its stream or any page', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const tokens = await tpp.connect();
  await tpp.get('/accounts', tokens.access_token);
  const payer = await tpp.connect('pisp');
  await tpp.pay(payer.access_token);
  const second = await read<Tokens>(await tpp.refresh(tokens.refresh_token));
  await tpp.refresh(tokens.refresh_token);
  await mistakes(tpp, second, await newCode(sandbox, tpp));
  const shifting = await tpp.connect();
  for (const [kind, { members }] of Object.entries(KINDS)) {
    const needed = Object.keys(members).includes('milliseconds') ? { milliseconds: 1 } : { status: 503 };
    const fault = Object.keys(members).some((name) => name in needed) ? { kind, ...needed } : kind;
    for (const endpoint of ['exchange', 'refresh', 'resource']) sandbox.faults.add({ endpoint, fault, times: 1 });
    const code = await newCode(sandbox, tpp);
    const calls = [tpp.token({ grant_type: 'authorization_code', code }), tpp.refresh(shifting.refresh_token)];
    const whole = [...calls, tpp.get('/accounts', shifting.access_token)].map(async (call) => (await call).text());
    await Promise.allSettled(whole);
    sandbox.faults.clear();
  }
  const text = await shown(sandbox);
  assert.deepEqual(leaks(text, sandbox.secrets()), []);
  assert.ok(!/BEGIN CERTIFICATE/.test(text));
  assert.ok(text.includes('…'), 'what is masked is seen to be');
});

test('ERR-2: the search for secrets finds them in each writing', () => {
  const secret = 'kX2mPq8vRt5wYz1aBc3dEf6gHi9jKl0nOp4sTu7x';
  const writings = [
    secret, encodeURIComponent(`a=${secret}`), JSON.stringify(JSON.stringify({ a: secret })),
    Buffer.from(`{"code":"${secret}"}`).toString('base64url'), secret.slice(3, 20),
    [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  ];
  for (const writing of writings) assert.deepEqual(leaks(`before ${writing} after`, [secret]), [secret], writing);
  assert.deepEqual(leaks('kX…Tu7x', [secret]), []);
});

test('ERR-2: secrets are masked by their names where nobody has told of them, and by their values elsewhere', () => {
  const secret = 'kX2mPq8vRt5wYz1aBc3dEf6gHi9jKl0nOp4sTu7x';
  const named = new Mask();
  for (const text of [`see http://a/?x=1&code=${secret}`, `client_secret=${secret}`, `{"code" : "${secret}`]) {
    assert.ok(named.text(text).endsWith('kX…Tu7x'), text);
  }
  assert.equal(named.text(`say "${secret}"`), `say "${secret}"`);
  const call = { method: 'GET', target: '/', path: '/', query: '', headers: [], body: '' } as const;
  const trace = new Trace({ ...call, endpoint: 'resource' });
  trace.issued({ intentId: 'i', secret });
  trace.noted(`the token ${secret} is new`);
  assert.deepEqual(trace.entry({ at: 0, trueAt: 0, milliseconds: 0 }, 200, {}).notes, ['the token kX…Tu7x is new']);
});

test('ERR-2: a body made to be hard to mask is not kept, and holds nothing up', () => {
  const long = 60_000;
  const fields = Array.from({ length: long / 20 }, (_, index) => `code=secret-${index}`).join('&');
  const nested = '['.repeat(long / 2) + ']'.repeat(long / 2);
  const bodies = [nested, fields, '\\'.repeat(long), '-----BEGIN '.repeat(long / 11)];
  for (const body of bodies) {
    const mask = new Mask();
    mask.learn({ body, target: '/', headers: [['authorization', `Bearer ${'x'.repeat(40)}`]] });
    assert.ok(!mask.text(body).includes('secret-'));
  }
});
