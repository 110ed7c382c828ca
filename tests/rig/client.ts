/** A browser's HTTP, as far as the worker can see it: cookies, an Origin, and redirects that are not followed. */

import assert from 'node:assert/strict';
import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { documented } from './documented.ts';

const ANSWER_MILLISECONDS = 45_000;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly description?: string;
  readonly rule?: string;
  readonly faults?: ReadonlyArray<{ readonly setting: string; readonly problem: string }>;
}

export type Headers = Readonly<Record<string, string>>;

export class Client {
  readonly origin: string;
  readonly cookies = new Map<string, string>();
  /** The `Set-Cookie` lines of the last answer. */
  lastSetCookies: readonly string[] = [];
  readonly #transcript: string[];
  readonly #underWay: ClientRequest[] = [];

  constructor(origin: string, transcript: string[]) {
    this.origin = origin;
    this.#transcript = transcript;
  }

  get(target: string, headers: Headers = {}): Promise<Reply> {
    return this.send('GET', target, { 'sec-fetch-site': 'same-origin', ...headers });
  }

  post(target: string, value: unknown, headers: Headers = {}): Promise<Reply> {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    return this.send('POST', target, { ...this.sameOrigin(), 'content-type': 'application/json', ...headers }, body);
  }

  delete(target: string, headers: Headers = this.sameOrigin()): Promise<Reply> {
    return this.send('DELETE', target, headers);
  }

  /** A person's browser is sent to `url` by the bank. */
  navigate(url: string, headers: Headers = {}): Promise<Reply> {
    const { pathname, search } = new URL(url);
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    return this.send('GET', pathname + search, { ...navigation, ...headers });
  }

  sameOrigin(): Headers {
    return { origin: this.origin, 'sec-fetch-site': 'same-origin' };
  }

  /** Sends exactly this, and the cookies. */
  send(method: string, target: string, headers: Headers = {}, body?: string | Buffer): Promise<Reply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = cookie === '' ? headers : { cookie, ...headers };
    const { hostname, port } = new URL(this.origin);
    return new Promise((resolve, reject) => {
      const timeout = ANSWER_MILLISECONDS;
      const options = { hostname, port, path: target, method, headers: all, agent: false, timeout };
      const outgoing = request(options, (incoming) => {
        this.#read(incoming).then((reply) => {
          documented.check(method, target, reply);
          resolve(reply);
        }).catch(reject);
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${target}: no answer within the deadline`)));
      outgoing.on('error', reject);
      outgoing.on('close', () => this.#underWay.splice(this.#underWay.indexOf(outgoing), 1));
      this.#underWay.push(outgoing);
      outgoing.end(body);
    });
  }

  /** The person closes the tab: the oldest request that still waits is cut. */
  abandonOldest(): void {
    this.#underWay[0]?.destroy(new Error('abandoned'));
  }

  async #read(incoming: IncomingMessage): Promise<Reply> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    this.lastSetCookies = incoming.headers['set-cookie'] ?? [];
    for (const line of this.lastSetCookies) this.#keep(line);
    const text = bytes.toString('utf8');
    this.#transcript.push(`${incoming.statusCode}\n${incoming.rawHeaders.join('\n')}\n${text}`);
    const { statusCode: status = 0, headers } = incoming;
    return { status, headers, bytes, text, json: <T>() => JSON.parse(text) as T };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(name.length + 1));
  }
}

/** Holds the answer against RFC 9457 and the worker's own promises about every failure (ERR-2). */
export function assertProblem(reply: Reply, statuses: number | readonly number[], code?: string | RegExp): Problem {
  const expected = typeof statuses === 'number' ? [statuses] : statuses;
  const told = `answered ${reply.status}, not ${expected.join('/')}: ${reply.text.slice(0, 500)}`;
  assert.ok(expected.includes(reply.status), told);
  assert.match(reply.headers['content-type'] ?? '', /^application\/problem\+json/);
  assertPrivate(reply);
  const problem = reply.json<Problem & Record<string, unknown>>();
  assert.equal(problem.status, reply.status);
  for (const member of ['type', 'title', 'detail'] as const) assert.equal(typeof problem[member], 'string', member);
  assert.ok(problem.detail.length > 0, 'a sentence says what to do');
  assert.match(problem.code, /^[a-z][a-z0-9_]*$/);
  if (typeof code === 'string') assert.equal(problem.code, code);
  else if (code !== undefined) assert.match(problem.code, code);
  return problem;
}

/** What every answer of the API carries, whatever it says. */
export function assertPrivate(reply: Reply): void {
  assert.match(reply.headers['cache-control'] ?? '', /\bno-store\b/);
  assert.equal(reply.headers['x-content-type-options'], 'nosniff');
}

/** The fragment of the page that a callback ends on: `connected`, `declined` or `error=<code>`. */
export function outcome(client: Client, reply: Reply): string {
  assert.equal(reply.status, 303, reply.text.slice(0, 500));
  assertPrivate(reply);
  const url = new URL(reply.headers.location ?? '', client.origin);
  assert.equal(url.origin + url.pathname + url.search, `${client.origin}/`);
  return url.hash.slice(1);
}
