import { base64url } from 'jose';
import type { Observer } from '../context.ts';
import type { Fault } from '../faults.ts';
import type { RecordedCall } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import { type Entry, KEPT_TEXT, type Refused } from './journal.ts';
import { Mask } from './mask.ts';

const MOST_HEADERS = 50;

/** What comes to light about one call while it is answered, and what of it the journal keeps. */
export class Trace implements Observer {
  readonly #call: RecordedCall;
  readonly #notes: string[] = [];
  #refusal: Refusal | undefined;
  #intentId: string | null = null;
  #app: string | null = null;
  #answer = '';
  #isReplaced = false;
  /** What came to be known while it ran, and may stand in no text of it. */
  readonly #issued: string[] = [];

  constructor(call: RecordedCall) {
    this.#call = call;
  }

  refused(refusal: Refusal): void {
    // Of a call that is not processed, what it does wrong itself is true and the rest is not.
    if (!this.#isReplaced || !refusal.blameless) this.#refusal = refusal;
  }

  issued({ intentId, secret }: { intentId: string; secret: string }): void {
    this.#intentId = intentId;
    this.#issued.push(secret);
  }

  concerns({ intentId, app }: { intentId?: string | undefined; app?: string | undefined }): void {
    if (intentId !== undefined) this.#intentId = intentId;
    if (app !== undefined) this.#app = app;
  }

  get intentId(): string | null {
    return this.#intentId;
  }

  noted(text: string): void {
    this.#notes.push(text);
  }

  /** The gateway's own answer, before a fault spoils it. */
  async answered(own: Response): Promise<void> {
    const isText = own.body !== null && /json|text/.test(own.headers.get('content-type') ?? '');
    this.#answer = isText ? await own.clone().text() : '';
  }

  /** A fault's answer stands in for the gateway's, which does not process the call. */
  async instead(early: Response): Promise<void> {
    this.#isReplaced = true;
    if (early.type !== 'error') await this.answered(early);
  }

  entry(times: Pick<Entry, 'at' | 'trueAt' | 'milliseconds'>, status: number, fault: Fault): Omit<Entry, 'id'> {
    const { method, target, endpoint, headers, body } = this.#call;
    const refusal = this.#refusal;
    const mask = new Mask();
    mask.learn(this.#call);
    for (const secret of this.#issued) mask.add(secret);
    const kept = (text: string): string => mask.text(text).slice(0, KEPT_TEXT);
    const jws = jwsOf(headers);
    return {
      ...times,
      method,
      target: kept(target),
      endpoint,
      intentId: this.#intentId,
      app: this.#app === null ? null : kept(this.#app),
      headers: mask.headers(headers).slice(0, MOST_HEADERS).map(([name, value]) => [name, value.slice(0, KEPT_TEXT)]),
      body: kept(body),
      jws: jws && { header: kept(jws.header), payload: kept(jws.payload) },
      status,
      answer: kept(this.#answer),
      refusal: refusal === undefined ? null : toRefused(refusal, kept),
      notes: this.#notes.map(kept),
      fault: fault.name ?? null,
    };
  }
}

function toRefused(refusal: Refusal, kept: (text: string) => string): Refused {
  const { rule, error, message, blameless, expected, came, reading } = refusal;
  const told = { expected: expected && kept(expected), came: came && kept(came), reading };
  return { rule, error, error_description: kept(message), blameless, ...told };
}

function jwsOf(headers: RecordedCall['headers']): Entry['jws'] {
  const token = headers.find(([name]) => name === 'x-jws-signature')?.[1] ?? '';
  const [header, payload, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || rest.length !== 1) return null;
  try {
    return { header: decoded(header), payload: decoded(payload) };
  } catch {
    return null;
  }
}

function decoded(part: string): string {
  return new TextDecoder().decode(base64url.decode(part));
}
