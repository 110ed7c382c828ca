/** What can go wrong between the gateway and its caller, each as a value that is aimed at an endpoint. */

import { markCut } from './cut.ts';
import type { Rotation } from './life.ts';

export interface Fault {
  /** For people, in the journal. */
  name?: string;
  /** The request has arrived and nothing is decided. An answer given here stands in for the gateway's own. */
  onArrival?: () => Promise<Response | undefined> | Response | undefined;
  /** The request has been processed: the bank's state has changed. */
  onAnswer?: (answer: Response) => Promise<Response> | Response;
  /** For this request in place of the setting. */
  rotation?: Rotation;
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
  return { onAnswer: async (answer) => (await sleep(milliseconds), answer) };
}

/** The request is lost: the connection is cut before the bank has seen it. */
export function lostRequest(): Fault {
  return { onArrival: dropped };
}

/** The answer is lost: the bank has processed the request, the caller never learns. */
export function lostAnswer(): Fault {
  return { onAnswer: dropped };
}

/** An answer of the caller's own in place of processing. */
export function instead(answer: () => Response): Fault {
  return { onArrival: answer };
}

/** A status in place of processing, such as 503 with `Retry-After`. */
export function status(code: number, retryAfter?: string): Fault {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return instead(() => text(code, `status ${code}`, 'text/plain', headers));
}

export function invalidGrant(): Fault {
  const body = { error: 'invalid_grant', error_description: 'The grant is refused.' };
  return instead(() => Response.json(body, { status: 400 }));
}

/** A proxy's page with status 200 in place of the answer; the request is not processed. */
export function html(): Fault {
  return instead(() => text(200, '<!doctype html><title>Maintenance</title><p>Back soon.', 'text/html'));
}

/** A body that says it is JSON and is none; the request is not processed. */
export function garbage(): Fault {
  return instead(() => text(200, '{"access_token": nope, \u0000', 'application/json'));
}

/** The answer breaks off: the length promised is not kept. The request is processed. */
export function truncated(): Fault {
  return {
    onAnswer: async (answer) => {
      const bytes = await bytesOf(answer);
      let sent = false;
      const broken = withBody(answer, bytes.length, (stream) => {
        if (sent) stream.error(new Error('cut'));
        else stream.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
        sent = true;
      });
      return markCut(broken);
    },
  };
}

/** The answer comes a byte at a time. The request is processed. */
export function drip(millisecondsPerByte: number): Fault {
  return {
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
  return { rotation: 'none' };
}

/** AUT-4: another place to send the PSU to. */
export function location(value: string): Fault {
  return rewrite((body) => ({ ...body, location: value }));
}

function text(status: number, body: string, type: string, headers: Record<string, string> = {}): Response {
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
