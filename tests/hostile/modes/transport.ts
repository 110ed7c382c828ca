/** Connections that hang, pour, break off, or are no HTTP. */

import { gzipSync } from 'node:zlib';
import {
  BAD, BAD_OR_TIMEOUT, OK, OK_OR_BAD, OK_OR_LOST, type Row, TIMEOUT, UNREACHABLE, UNREACHABLE_OR_TIMEOUT,
} from '../expected.ts';
import { type Call, MARKER, type Mode } from '../gateway.ts';
import {
  answer, type Body, change, drip, flood, hang, head, length, reset, send, whole,
} from '../raw.ts';

const TEXT = `{"told":"${MARKER}"}`;
const CHUNKED = head(200, 'Transfer-Encoding: chunked');
const HALF = TEXT.slice(0, 9);
const SLOW = { ...TIMEOUT, kind: 'slow' } as const;
/** Whether it is refused or waited for is the runtime's business. */
const REFUSED_OR_SLOW = { ...UNREACHABLE_OR_TIMEOUT, kind: 'slow' } as const;
const FLOOD = { ...UNREACHABLE_OR_TIMEOUT, kind: 'flood' } as const;
const KIB = 'x'.repeat(1024);

const slow: Row[] = [
  { name: 'says nothing', mode: hang(), ...SLOW },
  { name: 'half a status line, and nothing more', mode: hang('HTTP/1.1 2'), ...SLOW },
  { name: 'half a header, and nothing more', mode: hang('HTTP/1.1 200 OK\r\nContent-Ty'), ...SLOW },
  { name: 'headers, and never a body', mode: hang(head(200, 'Content-Length: 30')), ...SLOW },
  { name: 'half a body, and nothing more', mode: hang(head(200, length(TEXT)), HALF), ...SLOW },
  { name: 'half a chunk size, and nothing more', mode: hang(CHUNKED, '1'), ...SLOW },
  { name: 'chunks without a last one', mode: hang(CHUNKED, `${TEXT.length.toString(16)}\r\n${TEXT}\r\n`), ...SLOW },
  { name: 'a header a second', mode: drip(1000, 'HTTP/1.1 200 OK\r\n', 'X-Slow: 1\r\n'), ...SLOW },
  { name: 'a byte of a header each second', mode: drip(1000, 'HTTP/1.1 200 OK\r\nX-Slow: ', '1'), ...SLOW },
  { name: 'a byte of the body each second', mode: drip(1000, head(200, 'Content-Length: 99999'), ' '), ...SLOW },
  { name: 'a chunk each second', mode: drip(1000, CHUNKED, '1\r\n \r\n'), ...SLOW },
  { name: '102 each second', mode: drip(1000, '', 'HTTP/1.1 102 Processing\r\n\r\n'), ...REFUSED_OR_SLOW },
  { name: 'headers never end', mode: flood('HTTP/1.1 200 OK\r\n', `X-Long: ${KIB}\r\n`), ...FLOOD },
  { name: 'a header never ends', mode: flood('HTTP/1.1 200 OK\r\nX-Long: ', KIB), ...FLOOD },
  { name: 'a status line never ends', mode: flood('HTTP/1.1 200 ', KIB), ...FLOOD },
  { name: 'a chunk size never ends', mode: flood(CHUNKED, '0'.repeat(1024)), ...FLOOD },
  { name: 'a chunk\'s extension never ends', mode: flood(`${CHUNKED}1;`, KIB), ...FLOOD },
  { name: 'trailers never end', mode: flood(`${CHUNKED}0\r\n`, `X-Long: ${KIB}\r\n`), ...FLOOD },
  { name: 'a body never ends', mode: flood(head(200), KIB), ...FLOOD },
  { name: 'a chunked body never ends', mode: flood(CHUNKED, `400\r\n${KIB}\r\n`), ...FLOOD },
  { name: 'an error\'s body never ends', mode: flood(head(500), KIB), ...BAD_OR_TIMEOUT, kind: 'flood' },
];

const cut: Row[] = [
  { name: 'closes without a word', mode: send(), ...UNREACHABLE },
  { name: 'resets without a word', mode: reset(), ...UNREACHABLE },
  { name: 'closes in the status line', mode: send('HTTP/1.1 20'), ...UNREACHABLE },
  { name: 'closes in the headers', mode: send('HTTP/1.1 200 OK\r\nContent-Type: appl'), ...UNREACHABLE },
  { name: 'resets in the headers', mode: reset('HTTP/1.1 200 OK\r\nContent-Type: appl'), ...UNREACHABLE },
  { name: 'closes before the body', mode: send(head(200, length(TEXT))), ...UNREACHABLE },
  { name: 'closes in the body', mode: send(head(200, length(TEXT)), HALF), ...UNREACHABLE },
  { name: 'resets in the body', mode: reset(head(200, length(TEXT)), HALF), ...UNREACHABLE },
  { name: 'closes in an error\'s body', mode: send(head(400, length(TEXT)), HALF), ...UNREACHABLE },
  { name: 'closes in a chunk', mode: send(CHUNKED, '40\r\n{"a":'), ...UNREACHABLE },
  { name: 'closes before the last chunk', mode: send(CHUNKED, '2\r\n{}\r\n'), ...UNREACHABLE },
  { name: 'a Content-Length beyond the body', mode: lying(1), ...UNREACHABLE },
  { name: 'a Content-Length short of the body', mode: lying(-1), ...UNREACHABLE },
];

const framing: Row[] = [
  { name: 'no status line', mode: send(TEXT), ...UNREACHABLE },
  { name: 'garbage', mode: send(Buffer.alloc(512, 0xf5)), ...UNREACHABLE },
  { name: 'NULs', mode: send(Buffer.alloc(512)), ...UNREACHABLE },
  {
    name: 'speaks HTTP/2',
    mode: send(Buffer.from('00001804000000000000030000006400040010000000060000', 'hex')),
    ...UNREACHABLE,
  },
  { name: 'speaks TLS', mode: send(Buffer.from('15030100020228', 'hex')), ...UNREACHABLE },
  { name: 'speaks SSH', mode: send('SSH-2.0-OpenSSH_9.6\r\n'), ...UNREACHABLE },
  { name: 'a header without a colon', mode: send(head(200, 'nonsense', length(TEXT)), TEXT), ...OK_OR_BAD },
  { name: 'a NUL in a header', mode: answer(200, TEXT, 'X-Odd: a\0b'), ...OK_OR_BAD },
  { name: 'a folded header', mode: answer(200, TEXT, 'X-Odd: a\r\n b'), ...OK_OR_BAD },
  { name: 'a header that is no ASCII', mode: answer(200, TEXT, 'X-Odd: £é\u0080'), ...OK_OR_BAD },
  { name: 'lines end in LF alone', mode: send(whole(200, TEXT).toString().replaceAll('\r', '')), ...OK_OR_BAD },
  { name: 'two different Content-Lengths', mode: answer(200, TEXT, 'Content-Length: 3'), ...OK_OR_BAD },
  { name: 'a negative Content-Length', mode: send(head(200, 'Content-Length: -1'), TEXT), ...OK_OR_BAD },
  { name: 'a Content-Length in words', mode: send(head(200, 'Content-Length: nine'), TEXT), ...OK_OR_BAD },
  {
    name: 'a Content-Length beyond any number',
    mode: send(head(200, `Content-Length: ${'9'.repeat(30)}`), TEXT),
    ...UNREACHABLE,
  },
  {
    name: 'a Content-Length and chunks',
    mode: send(head(200, 'Content-Length: 3', 'Transfer-Encoding: chunked'), '2\r\n{}\r\n0\r\n\r\n'),
    ...OK_OR_BAD,
  },
  { name: 'a chunk size that is none', mode: send(CHUNKED, 'zz\r\n{}\r\n0\r\n\r\n'), ...UNREACHABLE },
  {
    name: 'a chunk size beyond any number',
    mode: send(CHUNKED, `${'f'.repeat(40)}\r\n{}\r\n0\r\n\r\n`),
    ...UNREACHABLE,
  },
  { name: 'a negative chunk size', mode: send(CHUNKED, '-2\r\n{}\r\n0\r\n\r\n'), ...UNREACHABLE },
  { name: 'a chunk longer than it says', mode: send(CHUNKED, '1\r\n{}}}\r\n0\r\n\r\n'), ...UNREACHABLE },
  { name: 'an unknown Transfer-Encoding', mode: send(head(200, 'Transfer-Encoding: rot13'), TEXT), ...OK_OR_BAD },
  { name: 'HTTP/1.0', mode: changedHead('HTTP/1.1', 'HTTP/1.0'), ...OK },
  { name: 'HTTP/9.9', mode: changedHead('HTTP/1.1', 'HTTP/9.9'), ...OK_OR_LOST },
  { name: 'no reason', mode: changedHead(' Said', ''), ...OK_OR_LOST },
  {
    name: '103 before the answer',
    mode: early('HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'),
    ...OK_OR_LOST,
  },
  { name: '100 before the answer', mode: early('HTTP/1.1 100 Continue\r\n\r\n'), ...OK_OR_LOST },
  { name: 'bytes before the answer', mode: early('\r\n\r\n'), ...OK_OR_LOST },
  { name: 'closes a kept connection at its next use', mode: stale, ...OK, kind: 'alone' },
];

const encoded = (encoding: string, body: Body): Mode => answer(200, body, `Content-Encoding: ${encoding}`);
const encodings: Row[] = [
  { name: 'gzip that is none', mode: encoded('gzip', TEXT), ...UNREACHABLE },
  { name: 'gzip that breaks off', mode: encoded('gzip', gzipSync(KIB + TEXT).subarray(0, 20)), ...UNREACHABLE },
  { name: 'gzip of 64 MiB', mode: encoded('gzip', gzipSync(Buffer.alloc(64 << 20, ' '))), ...BAD },
  { name: 'brotli that is none', mode: encoded('br', TEXT), ...OK_OR_BAD },
  { name: 'an unknown encoding', mode: encoded('rot13', Buffer.alloc(30, 0xff)), ...UNREACHABLE },
  { name: 'the true answer in gzip', mode: change((body) => gzipSync(body), 'Content-Encoding: gzip'), ...OK },
];

export const TRANSPORT: readonly Row[] = [...slow, ...cut, ...framing, ...encodings];

/** A length that is wrong by so much. */
function lying(by: number): Mode {
  return send(head(200, `Content-Length: ${TEXT.length + by}`), TEXT);
}

function changedHead(from: string, to: string): Mode {
  return async (call) => {
    const { status, body } = await call.pass();
    send(head(status, length(body)).replace(from, to), body)(call);
  };
}

function early(bytes: string): Mode {
  return async (call) => {
    const { status, body } = await call.pass();
    send(bytes, whole(status, body))(call);
  };
}

async function stale(call: Call): Promise<void> {
  const { status, body } = await call.pass();
  call.response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  call.doom();
}
