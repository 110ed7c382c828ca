import type { Context } from 'hono';
import { TellConnectError } from '../error.js';
import { CODES, type Problem, type ProblemCode } from '../generated/core.js';

/** A failure of the worker's own, before a consent is asked. */
export function problem(code: ProblemCode): Problem {
  const { status, sentence } = CODES[code];
  return { status, detail: sentence, code };
}

/** A failure thrown on the way, as a problem that tells nothing secret. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof TellConnectError) || !isAnswered(error.code)) return problem('internal');
  const { code, message: detail, faults } = error;
  return { status: 500, detail, code, ...(faults && { faults: [...faults] }) };
}

/** What the worker itself can meet when it reads its settings and what it kept. */
const isAnswered = (code: string): code is ProblemCode =>
  code === 'configuration_invalid' || code === 'snapshot_damaged' || code === 'snapshot_version_unknown';

/** Answers with a problem (RFC 9457). */
export function answerProblem(c: Context, problem: Problem, retryAfter?: number): Response {
  c.header('Content-Type', 'application/problem+json');
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  const title = problem.code.replaceAll('_', ' ');
  return c.body(JSON.stringify({ type: 'about:blank', title, ...problem }), problem.status as 500);
}
