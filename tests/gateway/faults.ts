/** What can go wrong between the gateway and its caller, each as a value that is aimed at an endpoint. */

import type { ServerResponse } from 'node:http';

type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** In place of an answer: the connection is cut and nothing, or nothing more, is sent. */
export const DROP = Symbol('drop');
type Outcome = Answer | typeof DROP;

export interface Fault {
  /** The request has arrived and nothing is decided. An outcome given here stands in for the gateway's own. */
  readonly onArrival?: () => Promise<Outcome | undefined> | Outcome | undefined;
  /** The request has been processed: the bank's state has changed. */
  readonly onAnswer?: (answer: Answer) => Promise<Outcome> | Outcome;
  /** How the answer is written, where that is not in one piece. */
  readonly write?: (answer: Answer, response: ServerResponse) => void;
  /** The refresh token stays usable, as REF-1 has it for an answer without a new one. */
  readonly keepsRefreshToken?: boolean;
}

export interface Hold extends Fault {
  /** A request has come in and waits. */
  readonly reached: Promise<void>;
  release(): void;
}

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return text(status, JSON.stringify(value), 'application/json', headers);
}

export function text(status: number, body: string, type: string, headers: Headers = {}): Answer {
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(body, 'utf8') };
}

/** Waits until released: before anything is decided, or after the bank has processed the request. */
export function hold(when: 'before' | 'after' = 'before'): Hold {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const wait = async (): Promise<void> => {
    reached.resolve();
    await released.promise;
  };
  const gate = { reached: reached.promise, release: () => released.resolve() };
  return when === 'before'
    ? { ...gate, onArrival: async () => (await wait(), undefined) }
    : { ...gate, onAnswer: async (answer) => (await wait(), answer) };
}

/** The request is lost: the connection is cut before the bank has seen it. */
export function lostRequest(): Fault {
  return { onArrival: () => DROP };
}

/** The answer is lost: the bank has processed the request, the caller never learns. */
export function lostAnswer(): Fault {
  return { onAnswer: () => DROP };
}

/** A status in place of processing, e.g. 503 with `Retry-After`. */
export function status(code: number, retryAfter?: string): Fault {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return { onArrival: () => text(code, `status ${code}`, 'text/plain', headers) };
}

export function invalidGrant(): Fault {
  return { onArrival: () => json(400, { error: 'invalid_grant', error_description: 'The grant is refused.' }) };
}

/** A proxy's page with status 200 in place of the answer; the request is not processed. */
export function html(): Fault {
  return { onArrival: () => text(200, '<!doctype html><title>Maintenance</title><p>Back soon.', 'text/html') };
}

/** A body that says it is JSON and is none; the request is not processed. */
export function garbage(): Fault {
  return { onArrival: () => text(200, '{"access_token": nope, \u0000', 'application/json') };
}

/** The answer breaks off: the length promised is not kept. The request is processed. */
export function truncated(): Fault {
  return {
    write: (answer, response) => {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
      response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy());
    },
  };
}

/** The answer comes a byte at a time. The request is processed. */
export function drip(millisecondsPerByte: number): Fault {
  return {
    write: (answer, response) => {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
      response.flushHeaders();
      let sent = 0;
      const timer = setInterval(() => {
        response.write(answer.body.subarray(sent, sent + 1));
        sent += 1;
        if (sent < answer.body.length) return;
        clearInterval(timer);
        response.end();
      }, millisecondsPerByte);
      response.on('close', () => clearInterval(timer));
    },
  };
}

/** The answer is processed and its JSON object rewritten. */
export function rewrite(change: (body: Record<string, unknown>) => unknown): Fault {
  return {
    onAnswer: (answer) => {
      const body = JSON.parse(answer.body.toString('utf8')) as Record<string, unknown>;
      return { ...answer, body: Buffer.from(JSON.stringify(change(body)), 'utf8') };
    },
  };
}

/** Members that no guide names. */
export function unknownMembers(): Fault {
  return rewrite((body) => ({ 'x-new': { deep: [1, null, 'é'] }, ...body, consent_id: 'c-1', expires_at: 'soon' }));
}

/** REF-1: a token answer that carries no new refresh token, so that the old one stays good. */
export function withoutRefreshToken(): Fault {
  return { ...rewrite(({ refresh_token: _dropped, ...rest }) => rest), keepsRefreshToken: true };
}

/** AUT-4: another place to send the PSU to. */
export function location(value: string): Fault {
  return rewrite((body) => ({ ...body, location: value }));
}

/** An answer of the test's own in place of processing, byte for byte. */
export function instead(answer: Answer): Fault {
  return { onArrival: () => answer };
}
