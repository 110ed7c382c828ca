import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Payload, checkSignature } from '../src/check/jws.ts';
import { DEFAULT_READINGS } from '../src/readings.ts';
import { Refusal } from '../src/refusal.ts';
import { sign, signWith } from './support/sign.ts';
import { CERTIFICATE } from './support/sandbox.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const IAT = NOW / 1000;
const PATH = '/accounts/12345678/balance';
const HEADER = { alg: 'HS256', typ: 'JWT', app: 'app-one', path: PATH, iat: IAT };
const NONE: Payload = { kind: 'none' };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const SIGNERS = [
  { app: 'app-one', certificates: [bytes('former'), bytes(CERTIFICATE)] },
  { app: 'app-two', certificates: [bytes('another')] },
];
const REGISTER = { find: async (app: string) => SIGNERS.find((signer) => signer.app === app) };
const USUAL = { path: PATH, payload: NONE, strict: true, readings: DEFAULT_READINGS };

async function refusal(token: string | null, payload: Payload = NONE, strict = false): Promise<string> {
  try {
    await checkSignature({ ...USUAL, token, payload, strict }, REGISTER, NOW);
    return 'taken';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.status, 401);
    return `${error.rule} ${error.message}`;
  }
}

function tokenWith(changes: object, certificate = CERTIFICATE): string {
  return signWith({ ...HEADER, ...changes }, '{}', certificate);
}

test('JWS-1, JWS-2: a well signed call is taken and its application known', async () => {
  const call = { ...USUAL, token: tokenWith({}) };
  assert.equal((await checkSignature(call, REGISTER, NOW)).app, 'app-one');
  const other = { ...call, token: tokenWith({ app: 'app-two' }, 'another') };
  assert.equal((await checkSignature(other, REGISTER, NOW)).app, 'app-two');
});

test('JWS-1: a signature that is absent, or has no three parts, or another alphabet is refused', async () => {
  const token = tokenWith({});
  const [header = '', payload = '', signature = ''] = token.split('.');
  assert.match(await refusal(null), /^JWS-1 .*no x-jws-signature/);
  assert.match(await refusal(''), /^JWS-1/);
  assert.match(await refusal(`${header}.${payload}`), /^JWS-1 .*2 parts/);
  assert.match(await refusal(`${token}.x`), /^JWS-1 .*4 parts/);
  assert.match(await refusal(`${header}.${payload}.`), /^JWS-1 .*empty/);
  assert.match(await refusal(`.${payload}.${signature}`), /^JWS-1 .*header.*empty/);
  assert.match(await refusal(`${header}.${payload}=.${signature}`), /^JWS-1 .*base64url/);
  assert.match(await refusal(`${header}.${payload}.+/${signature}`), /^JWS-1 .*base64url/);
  assert.match(await refusal(`${token}, ${token}`), /^JWS-1/);
  assert.match(await refusal(JSON.stringify({ protected: header, payload, signature })), /^JWS-1/);
});

test('JWS-9: stray bits, spaces, foreign algorithms, crit, b64 and duplicate members are refused', async () => {
  const token = tokenWith({});
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const stray = token.slice(0, -1) + last[last.indexOf(token.at(-1) ?? '') ^ 1];
  assert.match(await refusal(stray), /^JWS-9 .*canonical/);
  assert.match(await refusal(token.replace('.e30.', '.e31.')), /^JWS-9 .*canonical/);
  assert.match(await refusal(`${token} `), /^JWS-9/);
  assert.match(await refusal(token.replace('.', '. ')), /^JWS-9/);
  for (const alg of ['none', 'hs256', 'RS256', 'HS512', undefined]) {
    assert.match(await refusal(tokenWith({ alg })), /^JWS-9 The alg/);
  }
  assert.match(await refusal(tokenWith({ crit: ['b64'], b64: false })), /^JWS-9/);
  assert.match(await refusal(tokenWith({ b64: true })), /^JWS-9/);
  const twice = JSON.stringify(HEADER).replace('{', '{"\\u0061pp":"app-two",');
  assert.match(await refusal(signWith(twice, '{}', CERTIFICATE)), /^JWS-9 .*"app" twice/);
});

test('JWS-2: the header has its five members and no other, in any order unless order counts', async () => {
  const reversed = signWith(Object.fromEntries(Object.entries(HEADER).reverse()), '{}', CERTIFICATE);
  assert.equal(await refusal(reversed), 'taken');
  assert.match(await refusal(reversed, NONE, true), /^JWS-2 .*out of order/);
  assert.match(await refusal(tokenWith({ typ: undefined })), /^JWS-2/);
  assert.match(await refusal(tokenWith({ typ: 'jwt' })), /^JWS-2 The typ is "jwt"/);
  assert.match(await refusal(tokenWith({ kid: '1' })), /^JWS-2 .*"kid"/);
  assert.match(await refusal(tokenWith({ iat: undefined })), /^JWS-2 .*"iat" \(here it stands in the header/);
  assert.match(await refusal(tokenWith({ app: 'app-three' })), /^JWS-2 The app "app-three"/);
  assert.match(await refusal(tokenWith({ app: ['app-one'] })), /^JWS-2 The app \["app-one"\]/);
  assert.match(await refusal(signWith('[]', '{}', CERTIFICATE)), /^JWS-2 .*no JSON object/);
});

test('JWS-3: another path is refused, with a word on what is wrong with it', async () => {
  for (const path of ['/accounts', PATH.slice(1), `${PATH}/`]) {
    assert.match(await refusal(tokenWith({ path })), /^JWS-3 .*balance"\.$/);
  }
  assert.match(await refusal(tokenWith({ path: `https://bank.example/v1${PATH}` })), /without scheme and host/);
  assert.match(await refusal(tokenWith({ path: `/v1${PATH}` })), /without the version/);
  assert.match(await refusal(tokenWith({ path: `${PATH}?page=2` })), /without the query/);
  assert.match(await refusal(tokenWith({ path: 7 })), /^JWS-3 The path is no string/);
});

test('JWS-4: iat is whole seconds within five minutes of now', async () => {
  for (const iat of [IAT - 300, IAT + 300]) assert.equal(await refusal(tokenWith({ iat })), 'taken');
  assert.match(await refusal(tokenWith({ iat: IAT - 301 })), /^JWS-4 .*301 seconds behind/);
  assert.match(await refusal(tokenWith({ iat: IAT + 301 })), /^JWS-4 .*301 seconds ahead/);
  assert.match(await refusal(tokenWith({ iat: NOW })), /milliseconds/);
  for (const iat of [IAT + 0.5, String(IAT), null]) assert.match(await refusal(tokenWith({ iat })), /^JWS-4 .*whole/);
  const exponent = signWith(JSON.stringify(HEADER).replace(`${IAT}`, `${IAT}e0`), '{}', CERTIFICATE);
  assert.equal(await refusal(exponent), 'taken');
  assert.match(await refusal(exponent, NONE, true), /^JWS-4 .*digits alone/);
});

test('JWS-8: the key is the certificate to the byte', async () => {
  for (const other of [CERTIFICATE.trimEnd(), `${CERTIFICATE}\n`, CERTIFICATE.replaceAll('\n', '\r\n')]) {
    const said = await refusal(tokenWith({}, other));
    assert.match(said, /^JWS-8/);
    assert.doesNotMatch(said, /BEGIN|bm90/);
  }
});

test('JWS-5: a JSON payload is the exact bytes of the body', async () => {
  const body = '{ "amount": 1.0, "name": "Zoë" }';
  const token = sign({ ...HEADER, certificate: CERTIFICATE, payload: body });
  assert.equal(await refusal(token, { kind: 'json', bytes: bytes(body) }), 'taken');
  assert.match(await refusal(token, { kind: 'json', bytes: bytes(JSON.stringify(JSON.parse(body))) }), /^JWS-5/);
});

test('JWS-6: a form payload is its fields as a JSON object of strings', async () => {
  const fields = new Map([['grant_type', 'refresh_token'], ['refresh_token', '12']]);
  const form = (payload: string, strict = false) =>
    refusal(sign({ ...HEADER, certificate: CERTIFICATE, payload }), { kind: 'form', fields }, strict);
  const reversed = '{"refresh_token":"12","grant_type":"refresh_token"}';
  assert.equal(await form(reversed), 'taken');
  assert.match(await form(reversed, true), /^JWS-6/);
  assert.equal(await form('{"grant_type":"refresh_token","refresh_token":"12"}'), 'taken');
  assert.match(await form('{"grant_type":"refresh_token","refresh_token":12}'), /^JWS-6/);
  assert.match(await form('{"grant_type":"refresh_token"}'), /^JWS-6/);
  assert.match(await form('{"grant_type":"refresh_token","refresh_token":"12","scope":"aisp"}'), /^JWS-6/);
  assert.match(await form('grant_type=refresh_token&refresh_token=12'), /^JWS-6/);
});

test('JWS-7: a call without a body has the payload {}', async () => {
  for (const payload of ['', 'null', '[]', '{ }', '{"a":1}']) {
    assert.notEqual(await refusal(signWith(HEADER, payload, CERTIFICATE)), 'taken', payload);
  }
  assert.match(await refusal(signWith(HEADER, '{ }', CERTIFICATE)), /^JWS-7/);
});
