import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FindClient, checkBasic } from '../src/check/basic.ts';
import type { Readings } from '../src/readings.ts';
import { Refusal } from '../src/refusal.ts';

const CLIENT_ID = 'sample/tpp-one';
const SECRET = '12-3 £:x';

/** As a register that keeps hashes does: it can only say whether a text is the secret. */
const findClient: FindClient = async (clientId) =>
  clientId === CLIENT_ID ? { clientId, matches: async (secret) => secret === SECRET } : undefined;

function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

interface Options {
  strict?: boolean;
  reading?: Readings['basic'];
  find?: FindClient;
}

/** The reading and the sentence, or the client's id. */
async function said(authorization: string | null, options: Options = {}): Promise<string> {
  const { strict = false, reading = 'as-is', find = findClient } = options;
  try {
    return (await checkBasic(authorization, find, { strict, reading })).clientId;
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.status, 401);
    assert.equal(error.rule, 'BAS-1');
    assert.match(error.headers['www-authenticate'] ?? '', /^Basic /);
    assert.match(error.expected ?? '', /^Authorization: Basic/);
    assert.ok(error.came);
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /12-3|12%2D/);
    return `${error.reading ?? '-'} ${error.message}`;
  }
}

const basic = (pair: string): string => `Basic ${encode(pair)}`;

test('BAS-1: base64 of client_id, colon and client_secret in UTF-8 is taken', async () => {
  assert.equal(await said(basic(`${CLIENT_ID}:${SECRET}`)), CLIENT_ID);
  assert.equal(await said(basic(`${CLIENT_ID}:${SECRET}`).replace('B', 'b')), CLIENT_ID);
});

test('BAS-1: anything else is refused by name', async () => {
  assert.match(await said(null), /no Authorization/);
  assert.match(await said('Bearer abc'), /not of the form/);
  assert.match(await said('Basic a b'), /not of the form/);
  assert.match(await said('Basic %%%'), /not base64/);
  assert.match(await said('Basic '), /not base64/);
  assert.match(await said(basic(CLIENT_ID)), /no colon/);
  assert.match(await said(basic(`other:${SECRET}`)), /^- The client_id is not .* first of 2 colons/);
  assert.match(await said(basic(`${CLIENT_ID}:123`)), /^- The client_secret is not/);
});

test('BAS-1: the scheme is taken in any case, but in one when order and spelling count', async () => {
  assert.equal(await said(basic(`${CLIENT_ID}:${SECRET}`), { strict: true }), CLIENT_ID);
  assert.match(await said(`basic ${encode(`${CLIENT_ID}:${SECRET}`)}`, { strict: true }), /not of the form/);
});

const FORM = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);
const LOWER = (text: string): string => FORM(text).replaceAll(/%../g, (code) => code.toLowerCase());
/** As oauth4webapi encodes: all but letters and digits. */
const THOROUGH = (text: string): string => FORM(text).replaceAll('-', '%2D');

const MISTAKES: readonly (readonly [name: string, pair: string, words: RegExp])[] = [
  ['client-slip', `${CLIENT_ID}:client:${SECRET}`, /the guide slipped/],
  ['form-encoded', `${FORM(CLIENT_ID)}:${FORM(SECRET)}`, /form-encoded .*"\+" for a space/],
  ['form-encoded', `${THOROUGH(CLIENT_ID)}:${THOROUGH(SECRET)}`, /form-encoded .*such as "-" as %2D/],
  ['form-encoded', [CLIENT_ID, SECRET].map(encodeURIComponent).join(':'), /form-encoded .*2.3.1\);/],
  ['form-encoded', [CLIENT_ID, SECRET].map(LOWER).join(':'), /in lower case/],
  ['form-encoded', encodeURIComponent(`${CLIENT_ID}:${SECRET}`), /with the colon between them/],
  ['form-encoded-secret', `${CLIENT_ID}:${encodeURIComponent(SECRET)}`, /client_secret alone/],
  ['form-encoded-id', `${encodeURIComponent(CLIENT_ID)}:${SECRET}`, /client_id alone/],
  ['form-encoded-twice', [CLIENT_ID, SECRET].map((part) => FORM(FORM(part))).join(':'), /twice/],
  ['swapped', `${SECRET}:${CLIENT_ID}`, /swapped/],
  ['secret-white-space', `${CLIENT_ID}:${SECRET}\n`, /client_secret has a line end .* at its end/],
  ['secret-white-space', `${CLIENT_ID}: ${SECRET}`, /client_secret has white space at its beginning/],
  ['id-white-space', ` ${CLIENT_ID}:${SECRET}`, /client_id has white space/],
  ['white-space', ` ${CLIENT_ID} : ${SECRET} `, /Both/],
  ['quoted', `"${CLIENT_ID}":"${SECRET}"`, /quotation marks/],
  ['extra-colon', `${CLIENT_ID}::${SECRET}`, /Two colons/],
  ['encoded-secret', `${CLIENT_ID}:${encode(SECRET)}`, /in base64 before/],
  ['double-encoded', encode(`${CLIENT_ID}:${SECRET}`), /base64 twice/],
];

for (const [index, [name, pair, words]] of MISTAKES.entries()) {
  test(`BAS-1: the mistake "${name}" is told from others (${index + 1})`, async () => {
    const sentence = await said(basic(pair));
    assert.equal(sentence.split(' ')[0], name, sentence);
    assert.match(sentence, words);
  });
}

test('BAS-1: what is no base64 of UTF-8, but would be right, is named', async () => {
  const [id, secret] = ['a', '>>>???ÿ'];
  const find: FindClient = async (known) => (known === id ? { clientId: known, matches: async (text) => text === secret } : undefined);
  const right = encode(`${id}:${secret}`);
  const url = right.replaceAll('+', '-').replaceAll('/', '_');
  assert.notEqual(url, right);
  assert.match(right, /=$/);
  const told = async (encoded: string) => (await said(`Basic ${encoded}`, { find })).split(' ')[0] ?? '';
  assert.equal(await told(right), id);
  assert.equal(await told(url), 'base64url');
  assert.match(await said(`Basic ${url.replace(/=+$/, '')}`, { find }), /^base64url .*and add the padding/);
  assert.equal(await told(right.replace(/=+$/, '')), 'missing-padding');
  assert.equal(await told(btoa(`${id}:${secret}`)), 'latin-1');
  assert.equal(await told(`${id}:${secret}`), 'not-encoded');
  assert.equal(await told(encodeURIComponent(right)), 'escaped-base64');
  assert.equal(await told(encode('a:b').replace(/=+$/, '')), '-');
});

test('BAS-1: a part that encoding leaves as it is does not hide that both were encoded', async () => {
  const find: FindClient = async (id) => (id === 'tpp' ? { clientId: id, matches: async (text) => text === '1/2' } : undefined);
  assert.match(await said(basic('tpp:1%2F2'), { find }), /^form-encoded The Basic credentials were/);
  const other: FindClient = async (id) => (id === 'a/b' ? { clientId: id, matches: async (text) => text === '12' } : undefined);
  assert.match(await said(basic('a%2Fb:12'), { find: other }), /^form-encoded The Basic credentials were/);
});

test('BAS-1: a gateway that is set to read form-encoded parts takes those, and says so to others', async () => {
  const reading = 'form-encoded';
  for (const write of [FORM, THOROUGH, encodeURIComponent]) {
    assert.equal(await said(basic(`${write(CLIENT_ID)}:${write(SECRET)}`), { reading }), CLIENT_ID);
  }
  const find: FindClient = async (id) => (id === 'a' ? { clientId: id, matches: async (text) => text === 'x+12-3%' } : undefined);
  assert.match(await said(basic('a:x+12-3%'), { reading, find }), /^as-is .*as this gateway is set/);
});
