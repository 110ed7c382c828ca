/** One request as the gateway received it: nothing decoded that a check may want to see undecoded. */

import type { IncomingMessage } from 'node:http';

/** What a fault or a counter can be aimed at. `/access-token` is two of them, by its `grant_type`. */
export type Endpoint = 'authorise' | 'exchange' | 'refresh' | 'resource' | 'unknown';

export interface Call {
  readonly endpoint: Endpoint;
  readonly method: string;
  /** The request target as sent, e.g. `/bank/v3/accounts?page=2`. */
  readonly target: string;
  /** The target without its base and query: what JWS-3 wants signed. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  /** As sent, in order, names in lower case, repeated ones repeated. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Buffer;
}

export interface Bases {
  readonly auth: string;
  readonly resource: string;
}

export function headerValues(call: Call, name: string): string[] {
  return call.headers.filter(([candidate]) => candidate === name).map(([, value]) => value);
}

/** The value of a header that is there exactly once. */
export function onlyHeader(call: Call, name: string): string | undefined {
  const values = headerValues(call, name);
  return values.length === 1 ? values[0] : undefined;
}

export async function readCall(request: IncomingMessage, bases: Bases): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const target = request.url ?? '';
  const mark = target.indexOf('?');
  const fullPath = mark < 0 ? target : target.slice(0, mark);
  const base = [bases.auth, bases.resource].find((candidate) => fullPath.startsWith(`${candidate}/`));
  const path = base === undefined ? fullPath : fullPath.slice(base.length);
  const headers: Array<readonly [string, string]> = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    // Node hands headers over as latin1, one character per byte; the tests' own text is UTF-8.
    const value = Buffer.from(request.rawHeaders[index + 1] ?? '', 'latin1').toString('utf8');
    headers.push([name.toLowerCase(), value]);
  }
  return {
    endpoint: endpointOf(base, path, body, bases),
    method: request.method ?? '',
    target,
    path,
    query: mark < 0 ? '' : target.slice(mark),
    headers,
    body,
  };
}

function endpointOf(base: string | undefined, path: string, body: Buffer, bases: Bases): Endpoint {
  if (base === undefined) return 'unknown';
  if (base === bases.resource) return 'resource';
  if (path === '/authorise') return 'authorise';
  if (path !== '/access-token') return 'unknown';
  return new URLSearchParams(body.toString('utf8')).get('grant_type') === 'refresh_token' ? 'refresh' : 'exchange';
}
