import type { Context } from 'hono';
import { TellConnectError } from '../error.js';
import { CODES, type Problem, type ProblemCode } from '../generated/core.js';

/** When to come back to an object that is busy, where it says nothing else. */
const BUSY_SECONDS = 5;

/** A failure of the worker's own, before a consent is asked. */
export function problem(code: ProblemCode): Problem {
  const { status, sentence } = CODES[code];
  return { status, detail: sentence, code };
}

/** What the platform says of a failed call of an object, and what it means. Anything else is `internal`. */
const PLATFORM = {
  /** The object gets more calls than it can take. It is not tried again: that would add to them. */
  overloaded: 'busy',
  /** The object was moved, or its code deployed anew: a fresh stub finds it. */
  retryable: 'internal',
} as const satisfies Record<string, ProblemCode>;

/** Whether the platform says this of a failure. Overload is never worth another try. */
export function isFault(error: unknown, fault: keyof typeof PLATFORM): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const said = error as Partial<Record<keyof typeof PLATFORM, unknown>>;
  return said[fault] === true && (fault === 'overloaded' || said.overloaded !== true);
}

/** A failure thrown on the way, as a problem that tells nothing secret. */
export function problemOf(error: unknown): Problem {
  for (const fault of ['overloaded', 'retryable'] as const) if (isFault(error, fault)) return problem(PLATFORM[fault]);
  if (!(error instanceof TellConnectError) || !isAnswered(error.code)) return problem('internal');
  const { code, message: detail, faults } = error;
  return { status: CODES[code].status, detail, code, ...(faults && { faults: [...faults] }) };
}

/** Whether a caller is told what was thrown: what the settings and what was kept can be, and what the caller gave. */
const isAnswered = (code: string): code is ProblemCode => code in CODES && CODES[code as ProblemCode].met === 'both';

/** Answers with a problem (RFC 9457). */
export function answerProblem(c: Context, problem: Problem, retryAfter?: number): Response {
  c.header('Content-Type', 'application/problem+json');
  retryAfter ??= problem.code === 'busy' ? BUSY_SECONDS : undefined;
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  const title = problem.code.replaceAll('_', ' ');
  return c.body(JSON.stringify({ type: 'about:blank', title, ...problem }), problem.status as 500);
}
