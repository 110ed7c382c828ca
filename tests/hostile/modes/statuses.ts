/** Statuses, redirects, pages of a proxy's, and times to come back at. */

import { BAD, BUSY, GRANT_REFUSED, OK_OR_BAD, ofStatus, PAGE, type Row, UNREACHABLE } from '../expected.ts';
import { type Call, MARKER, type Mode } from '../gateway.ts';
import { answer, head, send, typed, whole } from '../raw.ts';

const TEXT = `{"message":"${MARKER}"}`;
const HTML = `<!doctype html><title>Blocked</title><script>alert('${MARKER}')</script>`;

const FINAL = [
  300, 305, 306, 399, 400, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
  422, 423, 424, 425, 426, 428, 429, 431, 444, 451, 498, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 525,
  530,
  599, 401,
];
/** No final status, or none at all: the runtime may refuse it, and wait for another no longer than the deadline. */
const STRANGE = ['100', '101', '102', '199', '000', '1', '42', '1000', '-1', 'abc', '2e2'];

/** It names the TPP's credentials, or a token; nothing says that it is the gateway's own word on the consent. */
const BARE_401 = { ...ofStatus(401).codes, resource: PAGE.codes.resource };

const statuses: Row[] = [
  ...FINAL.map((status) => ({ name: `status ${status}`, mode: answer(status, TEXT), ...ofStatus(status) })),
  ...[600, 700, 999].map((status) => ({ name: `status ${status}`, mode: answer(status, TEXT), ...ofAny() })),
  ...STRANGE.map((status) => ({ name: `status ${status}`, mode: answer(status, TEXT), ...ofAny() })),
  ...[204, 205, 304].map((status) => ({ name: `status ${status}`, mode: send(head(status)), ...ofEmpty(status) })),
  { name: 'status 204 with a body', mode: answer(204, TEXT), ...ofEmpty(204) },
  { name: 'status 206', mode: answer(206, TEXT, 'Content-Range: bytes 0-9/99'), ...ofJson() },
  { name: 'status 299', mode: answer(299, TEXT), ...ofJson() },
  { name: 'an error that RFC 6749 names', mode: answer(400, '{"error":"invalid_grant"}'), ...GRANT_REFUSED },
  { name: '401 without a body', mode: answer(401, ''), codes: BARE_401 },
  { name: '400 without a body', mode: answer(400, ''), ...PAGE },
  { name: '403 without a body', mode: answer(403, ''), ...PAGE },
];

const pages: Row[] = [400, 401, 403, 404, 410, 422].flatMap((status) => [
  { name: `a page with ${status}`, mode: typed('text/html', status, HTML), ...PAGE },
  { name: `plain text with ${status}`, mode: typed('text/plain', status, `refused: ${MARKER}`), ...PAGE },
]);
const others: Row[] = [
  { name: 'a page with 200', mode: typed('text/html', 200, HTML), ...BAD },
  { name: 'a page with 200 that says it is JSON', mode: answer(200, HTML), ...BAD },
  { name: 'a page with 302', mode: typed('text/html', 302, HTML), ...BAD },
  { name: 'a page with 429', mode: typed('text/html', 429, HTML), ...BUSY },
  { name: 'a page with 500', mode: typed('text/html', 500, HTML), ...ofStatus(500) },
  { name: 'a page with 503', mode: typed('text/html', 503, HTML), ...BUSY },
];

const places: Readonly<Record<string, (call: Call) => string>> = {
  itself: ({ here }) => `${here}/v1/access-token`,
  'another host': ({ elsewhere }) => `${elsewhere}/${MARKER}`,
};
const redirects: Row[] = [301, 302, 303, 307, 308].flatMap((status) => [
  ...Object.entries(places).map(([name, place]) => ({
    name: `${status} to ${name}`,
    mode: ((call) => send(whole(status, TEXT, `Location: ${place(call)}`))(call)) satisfies Mode,
    ...BAD,
  })),
  { name: `${status} to nowhere`, mode: answer(status, TEXT), ...BAD },
]);
const scripts: Row[] = [
  { name: '302 to a script', mode: answer(302, '', 'Location: javascript:alert(1)'), ...BAD },
  { name: '302 to two places', mode: answer(302, '', 'Location: /a', 'Location: /b'), ...BAD },
];

/** What may be said in Retry-After, and whether it is longer than a test lasts. */
const RETRY_AFTER: ReadonlyArray<readonly [value: string, rests?: boolean]> = [
  ['0'], ['-1'], ['NaN'], ['1e9'], ['1.5'], [''], ['soon'], ['0x10'], ['+1'], ['999999999999999999999999'],
  ['1000000000', true], ['301', true], ['Thu, 01 Jan 1970 00:00:00 GMT'], ['Fri, 31 Dec 9999 23:59:59 GMT', true],
  ['Sun, 32 Nov 2026 08:49:37 GMT'], ['tomorrow, surely'], ['1, 2'], [`1\r\nX-More: ${MARKER}`],
];
const waits: Row[] = RETRY_AFTER.flatMap(([value, rests = false]) => [429, 503].map((status) => ({
  name: `${status} with Retry-After: ${value.split('\r')[0]}`,
  mode: answer(status, TEXT, `Retry-After: ${value}`),
  ...BUSY,
  rests,
})));

export const STATUSES: readonly Row[] = [...statuses, ...pages, ...others, ...redirects, ...scripts, ...waits];

function ofAny(): Pick<Row, 'codes' | 'kind'> {
  const codes = ['gateway_unreachable', 'gateway_bad_answer', 'gateway_failed', 'gateway_timeout'];
  return { codes: { authorise: codes, exchange: codes, refresh: codes, resource: codes }, kind: 'slow' };
}

/** Of a resource there may be nothing to tell; a token or an authorisation it is not. */
function ofEmpty(status: number): Pick<Row, 'codes'> {
  const codes = [...BAD.codes.authorise, ...UNREACHABLE.codes.authorise];
  const resource = status === 304 ? codes : ['ok', ...codes];
  return { codes: { authorise: codes, exchange: codes, refresh: codes, resource } };
}

function ofJson(): Pick<Row, 'codes'> {
  return { codes: { ...BAD.codes, resource: OK_OR_BAD.codes.resource } };
}
