import { base64url } from 'jose';
import type { Observer } from '../context.ts';
import type { Fault } from '../faults.ts';
import type { RecordedCall } from '../record.ts';
import { Refusal } from '../refusal.ts';
import type { Entry } from './journal.ts';
import { maskedHeaders, maskedText } from './mask.ts';

const KEPT_TEXT = 8 * 1024;

/** What comes to light about one call while it is answered, and what of it the journal keeps. */
export class Trace implements Observer {
  readonly #call: RecordedCall;
  readonly #notes: string[] = [];
  #refusal: Refusal | undefined;
  #intentId: string | null = null;
  #app: string | null = null;
  #answer = '';

  constructor(call: RecordedCall) {
    this.#call = call;
  }

  refused(refusal: Refusal): void {
    this.#refusal ??= refusal;
  }

  issued({ intentId }: { intentId: string }): void {
    this.#intentId = intentId;
  }

  concerns({ intentId, app }: { intentId?: string; app?: string }): void {
    if (intentId !== undefined) this.#intentId = intentId;
    if (app !== undefined) this.#app = app;
  }

  noted(text: string): void {
    this.#notes.push(text);
  }

  /** Whether it was refused, and nobody has said which consent it is about. */
  get lacksConsent(): boolean {
    return this.#refusal !== undefined && this.#intentId === null;
  }

  /** The gateway's own answer, before a fault spoils it. */
  async answered(own: Response): Promise<void> {
    const isText = own.body !== null && /json|text/.test(own.headers.get('content-type') ?? '');
    this.#answer = isText ? kept(await own.clone().text()) : '';
  }

  entry(times: Pick<Entry, 'at' | 'trueAt' | 'milliseconds'>, status: number, fault: Fault): Omit<Entry, 'id'> {
    const { method, target, endpoint, headers, body } = this.#call;
    const refusal = this.#refusal;
    return {
      ...times,
      method,
      target: maskedText(target),
      endpoint,
      intentId: this.#intentId,
      app: this.#app,
      headers: maskedHeaders(headers),
      body: kept(body),
      jws: jwsOf(headers),
      status,
      answer: this.#answer,
      refusal: refusal === undefined ? null : { ...refusal.toJson(), blameless: refusal.blameless },
      notes: this.#notes,
      fault: fault.name ?? null,
    };
  }
}

function kept(text: string): string {
  return maskedText(text.slice(0, KEPT_TEXT));
}

function jwsOf(headers: RecordedCall['headers']): Entry['jws'] {
  const token = headers.find(([name]) => name === 'x-jws-signature')?.[1] ?? '';
  const [header, payload, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || rest.length !== 1) return null;
  try {
    return { header: decoded(header).slice(0, KEPT_TEXT), payload: kept(decoded(payload)) };
  } catch {
    return null;
  }
}

function decoded(part: string): string {
  return new TextDecoder().decode(base64url.decode(part));
}
