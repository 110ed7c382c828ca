// Who waits for an answer of the machine's. Each gets exactly one, whatever becomes of the machine.
import type { Reply } from './vault.js';
import { problem } from './problem.js';

/** The longest that anybody waits: a clock set back or a lost alarm must strand nobody (REV-2). */
export const LAST_DEADLINE_MS = 45_000;

export class Callers {
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #last = 0;

  /** Begins what a caller asks, and waits for its answer until the last deadline. */
  ask(begin: (caller: number) => Promise<unknown>): Promise<Reply> {
    const caller = (this.#last += 1);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.answer(caller, failed('gateway_timeout')), LAST_DEADLINE_MS);
      this.#waiting.set(caller, (reply) => {
        clearTimeout(late);
        resolve(reply);
      });
      begin(caller).catch((error: unknown) => {
        clearTimeout(late);
        this.#waiting.delete(caller);
        reject(error);
      });
    });
  }

  /** The answer; nobody's, where the caller is gone. */
  answer(caller: number, reply: Reply): void {
    this.#waiting.get(caller)?.(reply);
    this.#waiting.delete(caller);
  }

  has(caller: number): boolean {
    return this.#waiting.has(caller);
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }
}

const failed = (code: Parameters<typeof problem>[0]): Reply => ({ kind: 'failed', problem: problem(code) });

/** What comes of it, or `late` where nothing does until the last deadline. */
export function inTime<T>(promise: Promise<T>, late: T): Promise<T> {
  return within(LAST_DEADLINE_MS, promise, late);
}

/** What comes of it, or `late` where nothing does in so many milliseconds. */
export function within<T>(ms: number, promise: Promise<T>, late: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
