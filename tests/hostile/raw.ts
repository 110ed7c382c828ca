/** Answers as bytes, each with what a browser must never get from a bank. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, MARKER, type Mode } from './gateway.ts';

export const HEADERS = [
  'Content-Type: application/json',
  `Set-Cookie: __Host-tell-aisp=${MARKER}; Path=/; Secure`,
  `Set-Cookie: ${MARKER}=1; Max-Age=0`,
  `X-Internal: ${MARKER}`,
  'Access-Control-Allow-Origin: *',
  'Content-Security-Policy: default-src *',
  `Refresh: 0; url=https://${MARKER}.example/`,
  `Link: <https://${MARKER}.example/x.js>; rel=preload`,
  'Clear-Site-Data: "*"',
  `Server: ${MARKER}`,
].join('\r\n');

export type Body = string | Buffer;

/** The head of an answer, with the line that ends it. */
export function head(status: number | string, ...headers: string[]): string {
  return [`HTTP/1.1 ${status} Said`, HEADERS, 'Connection: close', ...headers, '', ''].join('\r\n');
}

export const length = (body: Body): string => `Content-Length: ${Buffer.byteLength(body)}`;

/** A whole answer. */
export function whole(status: number | string, body: Body, ...headers: string[]): Buffer {
  return Buffer.concat([Buffer.from(head(status, length(body), ...headers)), Buffer.from(body)]);
}

/** Sends the bytes, and ends the connection. */
export const send = (...parts: Body[]): Mode => ({ socket }) => {
  for (const part of parts) socket.write(part);
  socket.end();
};

/** A whole answer in place of the gateway's. */
export const answer = (status: number | string, body: Body, ...headers: string[]): Mode =>
  send(whole(status, body, ...headers));

/** The same with another `Content-Type`, or with none. */
export const typed = (type: string, status: number, body: Body): Mode => {
  const line = type === '' ? '' : `Content-Type: ${type}\r\n`;
  return send(head(status, length(body)).replace('Content-Type: application/json\r\n', line), body);
};

/** Sends the bytes, and then resets the connection: no FIN, all that is under way is lost. */
export const reset = (...parts: Body[]): Mode => async ({ socket }) => {
  for (const part of parts) socket.write(part);
  // What was written has to leave before the reset overtakes it.
  if (parts.length > 0) await sleep(20);
  socket.resetAndDestroy();
};

/** Sends the bytes, and leaves the connection open without another word. */
export const hang = (...parts: Body[]): Mode => ({ socket }) => {
  for (const part of parts) socket.write(part);
};

/** Sends the bytes, and then a piece each so often, for as long as anybody listens. */
export const drip = (milliseconds: number, first: Body, piece: Body): Mode => ({ socket }) => {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), milliseconds);
  socket.once('close', () => clearInterval(timer));
};

/** Sends the bytes, and then a piece again and again for as long as it is taken: 64 KiB each hundredth of a second. */
export const flood = (first: Body, piece: string): Mode => ({ socket }) => {
  const many = piece.repeat(Math.ceil(65_536 / piece.length));
  socket.write(first);
  const timer = setInterval(() => socket.writableNeedDrain || socket.write(many), 10);
  socket.once('close', () => clearInterval(timer));
};

/** Has the call processed, and sends the answer changed. */
export const change = (changed: (body: string, call: Call) => Body, ...headers: string[]): Mode => async (call) => {
  const { status, body } = await call.pass();
  send(whole(status, changed(body, call), ...headers))(call);
};

/** Has the call processed, and adds to the answer's object, or replaces its members. */
export const merge = (members: Readonly<Record<string, unknown>>): Mode =>
  change((body) => JSON.stringify({ ...JSON.parse(body) as object, ...members }));

/** Tells a text that depends on the call. */
export const tell = (status: number, body: (call: Call) => Body): Mode => (call) =>
  send(whole(status, body(call)))(call);
