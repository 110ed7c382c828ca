/** JWS: the signature of every call. */

import { CERTIFICATE } from '../../support/sandbox.ts';
import { base64url, signWith } from '../../support/sign.ts';
import { ASPSP, UUID } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import { type Case, STRICT } from '../case.ts';

type Header = Record<string, unknown>;
type Signing = (bench: Bench) => string;
type Change = (header: Header, bench: Bench) => object | string;

export const refused = (rule: string): string => `401 invalid_signature ${rule}`;

/** A right call for the accounts but for its signature. */
export function signature(rule: string, name: string, token: Signing, answer = rule, settings = {}): Case {
  const make = (bench: Bench) => bench.accounts({ 'x-jws-signature': token(bench) });
  return { rule, name, expected: refused(answer), settings, make };
}

/** The same, signed rightly but for the header. */
function header(rule: string, name: string, change: Change, settings = {}): Case {
  const token = (bench: Bench) => signWith(change(bench.header(), bench), '{}', CERTIFICATE);
  return signature(rule, name, token, rule, settings);
}

const member = (rule: string, name: string, changes: Header): Case =>
  header(rule, name, (right) => ({ ...right, ...changes }));

/** Signed with another text than the certificate. */
const key = (name: string, certificate: string): Case =>
  signature('JWS-8', name, (bench) => signWith(bench.header(), '{}', certificate));

export const right = (bench: Bench): string => signWith(bench.header(), '{}', CERTIFICATE);

/** The right token with one of its parts changed. */
function part(rule: string, name: string, index: 0 | 1 | 2, change: (part: string) => string): Case {
  return signature(rule, name, (bench) =>
    right(bench)
      .split('.')
      .map((text, at) => (at === index ? change(text) : text))
      .join('.'));
}

/** Sets a bit after the end: the same bytes in another text. */
function withStrayBit(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? '') + 1];
}

const BODY = `{ "aspsp": "${ASPSP}", "uuid": "${UUID}", "scope": "aisp" }`;

const body = (name: string, payload: string): Case => ({
  rule: 'JWS-5',
  name,
  expected: refused('JWS-5'),
  make: ({ tpp }) =>
    tpp.post('/authorise', BODY, { 'content-type': 'application/json', authorization: tpp.basic() }, payload),
});

const form = (name: string, payload: string, settings = {}): Case => ({
  rule: 'JWS-6',
  name,
  expected: refused('JWS-6'),
  settings,
  make: ({ tpp }) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: tpp.basic() };
    return tpp.post('/access-token', 'grant_type=refresh_token&refresh_token=12', headers, payload);
  },
});

export const SIGNATURES: readonly Case[] = [
  { rule: 'JWS-1', name: 'no signature', expected: refused('JWS-1'), make: unsigned },
  signature('JWS-1', 'an empty signature', () => ''),
  signature('JWS-1', 'the standard alphabet', (bench) => right(bench).replace(/.$/, '+')),
  part('JWS-1', 'padding', 1, (text) => `${text}=`),
  part('JWS-1', 'an HMAC that is left out', 2, () => ''),
  part('JWS-1', 'a header that is left out', 0, () => ''),
  signature('JWS-1', 'the header twice', (bench) => `${right(bench)}, ${right(bench)}`),
  header('JWS-2', 'a list', () => '[]'),
  part('JWS-2', 'bytes that are no UTF-8', 0, () => Buffer.from([0xff, 0xfe]).toString('base64url')),
  member('JWS-2', 'no typ', { typ: undefined }),
  member('JWS-2', 'typ in lower case', { typ: 'jwt' }),
  member('JWS-2', 'no app', { app: undefined }),
  member('JWS-2', 'an app that is not registered', { app: 'app-three' }),
  member('JWS-2', 'an app that is no text', { app: ['app-one'] }),
  member('JWS-2', 'no path', { path: undefined }),
  member('JWS-2', 'no iat', { iat: undefined }),
  member('JWS-2', 'a further member', { kid: '1' }),
  header('JWS-2', 'another order, where order counts', ({ iat, ...before }) => ({ iat, ...before }), STRICT),
  member('JWS-3', 'the path of another call', { path: '/accounts/12345678' }),
  member('JWS-3', 'no slash at the beginning', { path: 'accounts' }),
  member('JWS-3', 'a slash at the end', { path: '/accounts/' }),
  member('JWS-3', 'capitals', { path: '/Accounts' }),
  member('JWS-3', 'an absolute URL', { path: 'https://bank.example/v1/accounts' }),
  member('JWS-3', 'the version before it', { path: '/v1/accounts' }),
  member('JWS-3', 'a query', { path: '/accounts?page=2' }),
  member('JWS-3', 'a fragment', { path: '/accounts#top' }),
  member('JWS-3', 'a path that is no text', { path: 7 }),
  header('JWS-4', 'a string', (header) => ({ ...header, iat: String(header['iat']) })),
  header('JWS-4', 'a fraction', (header) => ({ ...header, iat: Number(header['iat']) + 0.5 })),
  header('JWS-4', 'milliseconds', (header) => ({ ...header, iat: Number(header['iat']) * 1000 })),
  header('JWS-4', 'a clock 301 seconds behind', (header, { seconds }) => ({ ...header, iat: seconds - 301 })),
  header('JWS-4', 'a clock 301 seconds ahead', (header, { seconds }) => ({ ...header, iat: seconds + 301 })),
  member('JWS-4', 'a clock that stands at 0', { iat: 0 }),
  header('JWS-4', 'an exponent, where spelling counts', (header, { seconds }) =>
    JSON.stringify(header).replace(String(seconds), `${seconds}e0`), STRICT),
  body('the body serialised again', JSON.stringify(JSON.parse(BODY))),
  body('{} in place of the body', '{}'),
  body('the body without its last byte', BODY.slice(0, -1)),
  form('a number in place of a string', '{"grant_type":"refresh_token","refresh_token":12}'),
  form('a field left out', '{"grant_type":"refresh_token"}'),
  form('a further field', '{"grant_type":"refresh_token","refresh_token":"12","scope":"aisp"}'),
  form('a field twice', '{"grant_type":"refresh_token","refresh_token":"12","refresh_token":"12"}'),
  form('the form as it is sent', 'grant_type=refresh_token&refresh_token=12'),
  form('another order, where order counts', '{"refresh_token":"12","grant_type":"refresh_token"}', STRICT),
  signature('JWS-7', 'nothing', (bench) => signWith(bench.header(), '', CERTIFICATE)),
  signature('JWS-7', 'a space in it', (bench) => signWith(bench.header(), '{ }', CERTIFICATE)),
  signature('JWS-7', 'null', (bench) => signWith(bench.header(), 'null', CERTIFICATE)),
  signature('JWS-7', 'claims', (bench) => signWith(bench.header(), '{"path":"/accounts"}', CERTIFICATE)),
  key('another certificate', 'another'),
  key('no final newline', CERTIFICATE.trimEnd()),
  key('a further newline', `${CERTIFICATE}\n`),
  key('CRLF in place of LF', CERTIFICATE.replaceAll('\n', '\r\n')),
  key('the lines between the armour alone', CERTIFICATE.split('\n')[1] ?? ''),
  part('JWS-8', 'a payload that was changed afterwards', 1, () => base64url('{"a":1}')),
  ...['none', 'hs256', 'HS512', 'RS256', undefined].map((alg) => member('JWS-9', `alg ${alg ?? 'left out'}`, { alg })),
  member('JWS-9', 'crit', { crit: ['exp'], exp: 1 }),
  member('JWS-9', 'b64 false', { b64: false }),
  header('JWS-9', 'a member twice', (header) => JSON.stringify(header).replace('{', '{"app":"app-two",')),
  header('JWS-9', 'a member twice, once escaped', (header) =>
    JSON.stringify(header).replace('{', '{"\\u0061pp":"app-two",')),
  part('JWS-9', 'stray bits at the end', 2, withStrayBit),
  part('JWS-9', 'a space', 1, (text) => `${text.slice(0, 1)} ${text.slice(1)}`),
  signature('JWS-9', 'two parts', (bench) => right(bench).split('.').slice(0, 2).join('.'), 'JWS-1'),
  signature('JWS-9', 'four parts', (bench) => `${right(bench)}.e30`, 'JWS-1'),
  signature('JWS-9', 'the JSON serialisation', (bench) => jsonOf(right(bench)), 'JWS-1'),
  {
    rule: 'JWS-9',
    name: 'the signature of another application than the token’s',
    expected: '401 invalid_token ACC-1',
    make: async ({ tpp }) => tpp.with({ app: 'app-two' }).get('/accounts', (await tpp.connect()).access_token),
  },
];

async function unsigned({ tpp }: Bench): Promise<Response> {
  const { access_token: access } = await tpp.connect();
  return tpp.request('/accounts', { headers: { authorization: `Bearer ${access}`, 'x-user-ip': '203.0.113.1' } });
}

function jsonOf(token: string): string {
  const [protectedHeader, payload, signature] = token.split('.');
  return JSON.stringify({ payload, protected: protectedHeader, signature });
}
