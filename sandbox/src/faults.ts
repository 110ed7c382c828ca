/** What can go wrong between the gateway and its caller, each as a value that is aimed at an endpoint. */

import { type Cut, NULL_BODY } from './cut.ts';
import type { Rotation } from './life.ts';

/** What a fault may want to know of the call that it befalls. */
export interface Scene {
  /** Breaks an answer off, as the host can. */
  cut: Cut;
  /** The PSU takes back the consent that the call is about, if that is known. */
  withdraw(): Promise<void>;
}

export interface Fault {
  /** For people, in the journal. */
  name?: string;
  /** The request has arrived and nothing is decided. An answer given here stands in for the gateway's own. */
  onArrival?: (scene: Scene) => Promise<Response | undefined> | Response | undefined;
  /** The request has been processed: the bank's state has changed. */
  onAnswer?: (answer: Response, scene: Scene) => Promise<Response> | Response;
  /** For this request in place of the setting. */
  rotation?: Rotation;
  /** The request is processed twice, and the second answer is sent. */
  isTwice?: boolean;
}

export interface Hold extends Fault {
  /** A request has come in and waits. */
  readonly reached: Promise<void>;
  release(): void;
}

/** In place of an answer: the connection is cut and nothing is sent. */
const dropped = (): Response => Response.error();

/** Waits until released: before anything is decided, or after the bank has processed the request. */
export function hold(when: 'before' | 'after' = 'before'): Hold {
  const reached = signal();
  const released = signal();
  const wait = async (): Promise<void> => {
    reached.give();
    await released.given;
  };
  const gate = { reached: reached.given, release: released.give };
  return when === 'before'
    ? { ...gate, onArrival: async () => (await wait(), undefined) }
    : { ...gate, onAnswer: async (answer) => (await wait(), answer) };
}

/** The answer comes late. The request is processed when it arrives. */
export function delay(milliseconds: number): Fault {
  return { name: `${milliseconds} ms late`, onAnswer: async (answer) => (await sleep(milliseconds), answer) };
}

/** The request is lost: the connection is cut before the bank has seen it. */
export function lostRequest(): Fault {
  return { name: 'request lost', onArrival: dropped };
}

/** The answer is lost: the bank has processed the request, the caller never learns. */
export function lostAnswer(): Fault {
  return { name: 'answer lost', onAnswer: dropped };
}

/** An answer of the caller's own in place of processing. */
export function instead(answer: () => Response, name = 'another answer'): Fault {
  return { name, onArrival: answer };
}

/** A status in place of processing, such as 503 with `Retry-After`; the body is JSON if it can be read as such. */
export function status(code: number, retryAfter?: string, body = `status ${code}`): Fault {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return instead(() => text(code, body, isJson(body) ? 'application/json' : 'text/plain', headers), `status ${code}`);
}

export function invalidGrant(): Fault {
  return refusal(400, 'invalid_grant', 'The grant is refused.');
}

/** The access token is refused, although it is good. */
export function tokenRefused(): Fault {
  return refusal(401, 'invalid_token', 'The access token is refused.');
}

/** REV-1: a limit or a policy of the bank's, which ends nothing. */
export function limitRefused(): Fault {
  return refusal(403, 'limit_exceeded', 'The bank’s policy allows no more of this now.');
}

function refusal(code: number, error: string, error_description: string): Fault {
  return instead(() => Response.json({ error, error_description }, { status: code }), `status ${code} ${error}`);
}

/** A proxy's page with status 200 in place of the answer; the request is not processed. */
export function html(): Fault {
  return instead(() => text(200, '<!doctype html><title>Maintenance</title><p>Back soon.', 'text/html'), 'a page');
}

/** A body that says it is JSON and is none; the request is not processed. */
export function garbage(): Fault {
  return instead(() => text(200, '{"access_token": nope, \u0000', 'application/json'), 'no JSON');
}

/** The answer breaks off: the length promised is not kept. The request is processed. */
export function truncated(): Fault {
  return {
    name: 'answer breaks off',
    onAnswer: async (answer, { cut }) => {
      const bytes = await bytesOf(answer);
      return cut(new Response(bytes.subarray(0, Math.floor(bytes.length / 2)), answer), bytes.length);
    },
  };
}

/** The right body under another media type. The request is processed. */
export function wrongType(type: string): Fault {
  return {
    name: `as ${type}`,
    onAnswer: (answer) => {
      const headers = new Headers(answer.headers);
      headers.set('content-type', type);
      return new Response(answer.body, { status: answer.status, headers });
    },
  };
}

/** A body of JSON that is no object. The request is processed. */
export function wrongShape(as: 'array' | 'number' | 'string' | 'null'): Fault {
  const values = { number: 42, string: 'done', null: null };
  return { ...rewrite((body) => (as === 'array' ? [body] : values[as])), name: `${as} in place of an object` };
}

/** Nothing where a body belongs. The request is processed. */
export function empty(): Fault {
  return { name: 'empty answer', onAnswer: (answer) => new Response(null, { status: answer.status }) };
}

/** The network brings the request twice: the gateway processes both, and the caller gets the second answer. */
export function duplicate(): Fault {
  return { name: 'processed twice', isTwice: true };
}

/** The PSU takes the consent back while the call is under way: after it is processed, or before. */
export function revokedInFlight(when: 'before' | 'after' = 'after'): Fault {
  const name = `consent withdrawn ${when} it was processed`;
  return when === 'before'
    ? { name, onArrival: async ({ withdraw }) => (await withdraw(), undefined) }
    : { name, onAnswer: async (answer, { withdraw }) => (await withdraw(), answer) };
}

/** The answer comes a byte at a time. The request is processed. */
export function drip(millisecondsPerByte: number): Fault {
  return {
    name: `a byte every ${millisecondsPerByte} ms`,
    onAnswer: async (answer) => {
      const bytes = await bytesOf(answer);
      let sent = 0;
      return withBody(answer, bytes.length, async (stream) => {
        await sleep(millisecondsPerByte);
        stream.enqueue(bytes.subarray(sent, sent + 1));
        sent += 1;
        if (sent >= bytes.length) stream.close();
      });
    },
  };
}

/** The answer is processed and its JSON object rewritten. */
export function rewrite(change: (body: Record<string, unknown>) => unknown): Fault {
  return {
    name: 'rewritten',
    onAnswer: async (answer) => {
      const body = (await answer.json()) as Record<string, unknown>;
      return new Response(JSON.stringify(change(body)), answer);
    },
  };
}

/** Members that no guide names. */
export function unknownMembers(): Fault {
  return rewrite((body) => ({ 'x-new': { deep: [1, null, 'é'] }, ...body, consent_id: 'c-1', expires_at: 'soon' }));
}

/** REF-1: an answer that carries no new refresh token, so that the old one stays good. */
export function withoutRefreshToken(): Fault {
  return { name: 'no new refresh token', rotation: 'none' };
}

/** AUT-4: another place to send the PSU to. */
export function location(value: string): Fault {
  return rewrite((body) => ({ ...body, location: value }));
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

function text(status: number, body: string, type: string, headers: Record<string, string> = {}): Response {
  if (NULL_BODY.includes(status)) return new Response(null, { status, headers });
  return new Response(body, { status, headers: { 'content-type': type, ...headers } });
}

async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await answer.arrayBuffer());
}

function withBody(
  answer: Response,
  length: number,
  pull: (stream: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>,
): Response {
  const headers = new Headers(answer.headers);
  headers.set('content-length', String(length));
  return new Response(new ReadableStream<Uint8Array>({ pull }), { status: answer.status, headers });
}

function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
