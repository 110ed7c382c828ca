/** Bodies of an answer that says 200 and JSON. */

import { BAD, BAD_OR_TIMEOUT, FAILED, OK, OK_OR_BAD, OTHER_JSON, PAGE, type Row } from '../expected.ts';
import { type Call, MARKER } from '../gateway.ts';
import { answer, change, merge, tell, typed } from '../raw.ts';

const TEXT = `{"told":"${MARKER}"}`;
const DEEP = 100_000;
const SIZE = 5 * 1024 * 1024;
const LARGE = { ...BAD_OR_TIMEOUT, kind: 'flood' } as const;
/** It costs no token (TOK-5); elsewhere it may be refused. */
const MARKED = { ...OK.codes, authorise: OK_OR_BAD.codes.authorise, resource: OK_OR_BAD.codes.resource };
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const none: Row[] = [
  ['text', MARKER], ['white space', ' \n\t '], ['half an object', TEXT.slice(0, -1)], ['a comma too many', '{"a":1,}'],
  ['two objects', '{}{}'], ['a comment', '{}//'], ['NaN', '{"a":NaN}'], ['single quotes', "{'a':1}"],
  ['undefined', 'undefined'],
  ['a number with a zero before it', '{"a":01}'], ['a NUL', '{"a":"\0"}'], ['a NUL behind it', '{}\0'],
  ['a raw line end', '{"a":"\n"}'],
  ['an escape that is none', '{"a":"\\x"}'], ['a prefix against scripts', ")]}',\n{}"], ['a callback', 'f({})'],
].map(([name, body]) => ({ name: `a body of ${name}`, mode: answer(200, body ?? ''), ...BAD }));

const other: Row[] = [
  ['null', 'null'], ['true', 'true'], ['a number', '42'], ['a text', `"${MARKER}"`], ['an empty array', '[]'],
  ['an array of objects', `[${TEXT}]`], ['an empty object', '{}'], ['another object', TEXT],
  ['a huge number', '{"a":1e999999}'],
  ['lone surrogates', '{"a":"\\ud800","\\udfff":1}'], ['a member twice', '{"a":1,"a":2}'],
  ['__proto__', '{"__proto__":{"location":"x"}}'],
  ['script', '{"a":"</script><script>alert(1)</script>"}'], ['line separators', '{"a":"\u2028\u2029"}'],
  ['deep arrays', '['.repeat(DEEP) + ']'.repeat(DEEP)],
  ['deep objects', '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
  ['10,000 members', `{${Array.from({ length: 10_000 }, (_, at) => `"m${at}":0`).join(',')}}`],
].map(([name, body]) => ({ name: `a body of ${name}`, mode: answer(200, body ?? ''), ...OTHER_JSON }));

const encoded: Row[] = [
  { name: 'an empty body', mode: answer(200, ''), codes: { ...BAD.codes, resource: ['ok', 'gateway_bad_answer'] } },
  { name: 'a body of 5 MiB', mode: answer(200, `"${'x'.repeat(SIZE)}"`), ...LARGE },
  { name: 'an error of 5 MiB', mode: answer(500, `"${'x'.repeat(SIZE)}"`), ...LARGE },
  { name: 'white space of 5 MiB', mode: answer(200, `${' '.repeat(SIZE)}{}`), ...LARGE },
  { name: 'a BOM before the true answer', mode: change((body) => `\ufeff${body}`), codes: MARKED },
  { name: 'two bytes a character', mode: answer(200, Buffer.from(TEXT, 'utf16le')), ...BAD },
  { name: 'two bytes a character, after a BOM', mode: answer(200, Buffer.from(`\ufeff${TEXT}`, 'utf16le')), ...BAD },
  { name: 'Latin-1', mode: answer(200, latin1('{"a":"Café"}')), ...BAD },
  {
    name: 'a character that breaks off',
    mode: answer(200, Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe2, 0x82])])),
    ...BAD,
  },
  { name: 'a character written overlong', mode: answer(200, Buffer.from('7b2261223a22c0af227d', 'hex')), ...BAD },
  { name: 'a surrogate for a character', mode: answer(200, Buffer.from('7b2261223a22eda080227d', 'hex')), ...BAD },
];

/** ACC-7: the type that the bank names is not heeded. */
const types: Row[] = [
  'text/html', 'text/html; charset=utf-16', 'application/json; charset=latin1', 'image/svg+xml', 'text/javascript',
  'application/octet-stream', 'multipart/mixed; boundary=x', 'application/problem+json', 'application/json, text/html',
  `nonsense; ${MARKER}`, '',
].map((type) => ({
  name: type === '' ? 'no Content-Type' : `Content-Type: ${type}`,
  mode: async (call: Call) => {
    const { status, body } = await call.pass();
    typed(type, status, body)(call);
  },
  ...OK,
}));

/** ERR-2: what is secret comes back from the gateway. */
const echo = ({ secrets }: Call): string => secrets.join(' ');
const echoes: Row[] = [
  {
    name: '400 tells our secrets',
    mode: tell(400, (call) => JSON.stringify({ error: 'invalid_request', error_description: echo(call) })),
    ...refused('gateway_refused_client'),
  },
  {
    name: '400 names our secrets as its error',
    mode: tell(400, (call) => JSON.stringify({ error: echo(call) })),
    ...refused('reauthorise', 'revoked', 'gateway_refused', 'gateway_refused_client'), mayEnd: ['exchange', 'refresh'],
  },
  {
    name: '403 tells our secrets',
    mode: tell(403, (call) => JSON.stringify({ title: echo(call), detail: echo(call) })),
    ...refused('gateway_refused', 'gateway_refused_client'),
  },
  { name: '404 tells our secrets as text', mode: tell(404, echo), ...PAGE },
  {
    name: '500 tells our secrets',
    mode: tell(500, (call) => JSON.stringify({ detail: echo(call) })),
    ...FAILED,
  },
  { name: '200 tells our secrets as text', mode: tell(200, echo), ...BAD },
  {
    name: 'headers tell our secrets',
    mode: async (call) => {
      const { status, body } = await call.pass();
      const headers = ['X-Echo: ', 'Set-Cookie: echo=', 'WWW-Authenticate: Bearer '].map((name) => name + echo(call));
      answer(status, body, ...headers)(call);
    },
    ...OK,
  },
  {
    name: 'an answer with unknown members',
    mode: merge({ 'x-new': { deep: [1, null, 'é'] }, status: 500, error: null }),
    ...OK,
  },
];

export const BODIES: readonly Row[] = [...none, ...other, ...encoded, ...types, ...echoes];

function refused(...token: string[]): Pick<Row, 'codes'> {
  return { codes: { authorise: ['gateway_refused'], exchange: token, refresh: token, resource: ['gateway_refused'] } };
}
