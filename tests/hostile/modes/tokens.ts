/** Answers of the right shape with wrong members: tokens, their lifetimes, and where the customer is to be sent. */

import { BAD, BAD_OR_TIMEOUT, OK, type Row } from '../expected.ts';
import { type Call, MARKER } from '../gateway.ts';
import { answer, change, merge } from '../raw.ts';

/** The true tokens, with one member that must not cost them (TOK-5). */
const SURPRISES: ReadonlyArray<readonly [name: string, members: Record<string, unknown>]> = [
  ...[-1, 0, 1e9, 1e300, '3600', 'NaN', '-5', '', null, true, [], {}, 1.5].map((value) =>
    [`expires_in ${JSON.stringify(value)}`, { expires_in: value }] as const),
  ...['mac', 'BEARER', '', 7, null, ['Bearer']].map((value) =>
    [`token_type ${JSON.stringify(value)}`, { token_type: value }] as const),
  ...[null, 7, {}, ['accounts:read', 7, null], ',, ,', 'x '.repeat(20_000), '\u0000\u202e<script>'].map((value) =>
    [`scope ${JSON.stringify(value).slice(0, 30)}`, { scope: value }] as const),
  ...[12345678, 'with spaces in it', null, [], {}, '', 'line\nend', 'é', 'x'.repeat(20_000)].map((value) =>
    [`refresh_token ${JSON.stringify(value).slice(0, 30)}`, { refresh_token: value }] as const),
  ['error beside the tokens', { error: 'invalid_grant' }],
  ['intent-id of another', { 'x-intent-id': MARKER, id_token: MARKER }],
];
const surprises: Row[] = SURPRISES.map(([name, members]) => ({
  name, mode: change((body) => body.includes('access_token') ? merged(body, members) : body), ...OK,
}));

/** No token that could be sent: nothing is processed, so that the true ones are still to be had. */
const UNUSABLE: ReadonlyArray<readonly [name: string, body: unknown]> = [
  ['no access_token', { refresh_token: 'r', token_type: 'Bearer', expires_in: 3600 }],
  ...[null, '', [], {}, true, 'two words', 'line\r\nAuthorization: x', 'nul\0', 'é', '\u200b'].map((value) =>
    [`access_token ${JSON.stringify(value)}`, { access_token: value, expires_in: 3600 }] as const),
  ['a token answer over 64 KiB', { access_token: 'a', refresh_token: 'x'.repeat(65_536) }],
  ['an access_token of 64 KiB', { access_token: 'x'.repeat(65_536) }],
  ['tokens in Data', { Data: { access_token: 'a', refresh_token: 'r' } }],
  ['tokens in an array', [{ access_token: 'a', refresh_token: 'r' }]],
  ['accessToken', { accessToken: 'a', refreshToken: 'r' }],
];
const unusable: Row[] = UNUSABLE.map(([name, body]) => ({
  name, mode: answer(200, JSON.stringify(body)), codes: { ...BAD.codes, resource: ['ok'] },
}));

const large: Row[] = [{
  name: 'a token answer of 3 MiB',
  mode: answer(200, JSON.stringify({ access_token: 'none', id_token: 'x'.repeat(3 << 20) })),
  codes: { ...BAD_OR_TIMEOUT.codes, resource: ['ok', 'gateway_timeout'] },
  kind: 'flood',
}];

const LOCATIONS: readonly unknown[] = [
  'https://evil.example/v1/authorise/1', 'http://auth.tell.money/', 'javascript:alert(1)',
  'JaVaScRiPt://auth.tell.money/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'blob:https://auth.tell.money/x', 'file:///etc/passwd',
  '', '/', '//evil.example/',
  'https://auth.tell.money@evil.example/', 'https://user:pass@auth.tell.money/',
  'https://auth.tell.money.evil.example/',
  'https://evil.example\\@auth.tell.money/', 'https:evil.example', 'https:///evil.example',
  'https://auth.tell.money%2eevil.example/',
  'https://auth。tell。money/', 'https://xn--auth-tell.money/', 'https://auth.tell.money:8443/',
  'http://localhost.evil.example/',
  'https://auth.tell.money/\r\nSet-Cookie: a=b', 'https://auth.tell.money/ <script>', ' https://auth.tell.money/',
  '\thttps://auth.tell.money/',
  `https://auth.tell.money/${'x'.repeat(5000)}`, 7, null, true, [], {}, ['https://auth.tell.money/'], '\u0000',
  'https://[::1', 'https://0x7f.1/',
];
const locations: Row[] = LOCATIONS.map((location) => ({
  name: `location ${JSON.stringify(location).slice(0, 60)}`,
  mode: answer(200, JSON.stringify({ 'intent-id': 'intent', location })),
  codes: { ...BAD.codes, authorise: ['location_refused', 'gateway_bad_answer'], resource: ['ok'] },
}));

const INTENTS: readonly unknown[] = ['', null, 7, [], 'x'.repeat(257), 'two words', 'é', 'line\nend'];
const intents: Row[] = INTENTS.map((intent) => ({
  name: `intent-id ${JSON.stringify(intent).slice(0, 40)}`,
  mode: answer(200, JSON.stringify({ 'intent-id': intent, location: 'https://auth.tell.money/v1/authorise/1' })),
  codes: { ...BAD.codes, resource: ['ok'] },
}));

const whole: Row[] = [
  {
    name: 'each member of the true answer twice',
    mode: change((body) => body.startsWith('{') ? twice(body) : body),
    ...OK,
  },
  { name: 'the true answer with a cookie and a place to go', mode: both, ...OK },
  { name: 'the true answer with numbers for members', mode: merge({ 1: 1, '': '' }), ...OK },
];

export const TOKENS: readonly Row[] = [...surprises, ...unusable, ...large, ...locations, ...intents, ...whole];

function merged(body: string, members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(body) as object, ...members });
}

function twice(body: string): string {
  return `${body.trimEnd().slice(0, -1)},${body.trimStart().slice(1)}`;
}

async function both(call: Call): Promise<void> {
  const { status, body } = await call.pass();
  answer(status, body, `Location: ${call.elsewhere}`, 'Refresh: 0', 'Retry-After: 86400')(call);
}
