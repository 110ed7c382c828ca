import { type Problem, asProblem } from '../api.ts';
import type { Known } from './api.ts';

/** No bank changes its mind about these. */
const FINAL: ReadonlySet<string> = new Set(['credited', 'rejected']);

export const isFinal = (state: string): boolean => FINAL.has(state);

const MINUTE = 60_000;

/** Milliseconds to the next question, by how long nothing has changed: the longer, the less often. */
export function gapAfter(unchanged: number): number {
  if (unchanged < MINUTE) return 3_000;
  return unchanged < 10 * MINUTE ? 10_000 : MINUTE;
}

export interface Follower {
  ask(): Promise<Known | undefined>;
  /** Waits; ends early when the signal says so. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Each answer, whether or not it says something new. */
  onKnown(known: Known): void;
  /** The payment is not here any more: it was forgotten in another tab. */
  onGone(): void;
  /** A question that failed; the next one is asked all the same. */
  onProblem(problem: Problem): void;
}

/** Asks for the state of a payment until it is final, or until the signal says to stop. */
export async function followPayment(first: Known, follower: Follower, signal: AbortSignal): Promise<void> {
  let { state } = first;
  let unchanged = 0;
  let atLeast = 0;
  while (!isFinal(state)) {
    const gap = Math.max(gapAfter(unchanged), atLeast);
    await follower.wait(gap, signal);
    if (signal.aborted) return;
    unchanged += gap;
    atLeast = 0;
    try {
      const known = await follower.ask();
      if (signal.aborted) return;
      if (known === undefined) return follower.onGone();
      if (known.state !== state) unchanged = 0;
      state = known.state;
      follower.onKnown(known);
    } catch (error) {
      if (signal.aborted) return;
      const problem = asProblem(error);
      atLeast = (problem.retryAfter ?? 0) * 1000;
      follower.onProblem(problem);
    }
  }
}

/** Waits that long, and on while nobody looks at the page. */
export async function waitAndBeSeen(milliseconds: number, signal: AbortSignal): Promise<void> {
  const once = (begin: (done: () => void) => () => void): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = begin(done);
      function done(): void {
        signal.removeEventListener('abort', done);
        end();
        resolve();
      }
      signal.addEventListener('abort', done);
    });
  await once((done) => {
    const timer = setTimeout(done, milliseconds);
    return () => clearTimeout(timer);
  });
  if (document.visibilityState === 'visible') return;
  await once((done) => {
    document.addEventListener('visibilitychange', done);
    return () => document.removeEventListener('visibilitychange', done);
  });
}
