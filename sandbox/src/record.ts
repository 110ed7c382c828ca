import type { Endpoint } from './endpoint.ts';
import { Refusal } from './refusal.ts';
import type { Issued } from './tokens.ts';

/** A TPP's call as it came. */
export interface RecordedCall {
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The path without its base: what JWS-3 wants signed. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  /** Names in lower case; the values of one that came twice are joined by a comma. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

/** A rule that a call has broken. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
  readonly request: RecordedCall;
}

/** Something that a call has beside what the protocol asks for, and that was let pass. */
export interface Note {
  readonly message: string;
  readonly request: RecordedCall;
}
/** More than a test makes, so that a run without an end does not fill the memory. */
const KEPT = 100_000;
const FORGOTTEN_AT_ONCE = 10_000;

/** Every call, what each has done wrong, and every code and token given out: a test may demand silence of all three. */
export class Recorder {
  readonly requests: RecordedCall[] = [];
  readonly violations: Violation[] = [];
  readonly notes: Note[] = [];
  readonly issued: Issued[] = [];
  readonly #refreshing = new Map<string, number>();

  arrived(call: RecordedCall): void {
    keep(this.requests, call);
  }

  gave(issued: Issued): void {
    keep(this.issued, issued);
  }

  refused(call: RecordedCall, refusal: Refusal): void {
    if (refusal.blameless) return;
    keep(this.violations, { rule: refusal.rule, message: refusal.message, request: call });
  }

  /** REF-2: of one consent no second refresh may come in while the first is unanswered. Gives what ends this one. */
  refreshing(call: RecordedCall, consent: string): () => void {
    const under = this.#refreshing.get(consent) ?? 0;
    const message = 'two refreshes of one consent at once';
    if (under > 0) this.violations.push({ rule: 'REF-2', message, request: call });
    this.#refreshing.set(consent, under + 1);
    let left = false;
    return () => {
      if (!left) this.#refreshing.set(consent, (this.#refreshing.get(consent) ?? 1) - 1);
      left = true;
    };
  }
}

/** The oldest go first, many at once, since to move the others costs time. */
function keep<T>(list: T[], item: T): void {
  if (list.length >= KEPT + FORGOTTEN_AT_ONCE) list.splice(0, FORGOTTEN_AT_ONCE);
  list.push(item);
}
