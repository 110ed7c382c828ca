import type { Context } from 'hono';
import { TellConnectError } from '../error.js';
import type { Problem } from '../machine/index.js';

/** The worker's own failures, before a consent is asked: what HTTP itself can have wrong. */
const PROBLEMS = {
  body_too_large: [413, 'The body is larger than 16 KiB.'],
  configuration_invalid: [500, 'The worker is not configured; each fault names its setting.'],
  consent_not_found: [404, 'There is no consent here. Connect the bank first.'],
  content_type_unsupported: [415, 'Send the body as application/json.'],
  internal: [500, 'The worker failed. Nothing was lost; try again.'],
  json_invalid: [400, 'The body must be a JSON object such as {"scope":"aisp"}.'],
  method_not_allowed: [405, 'This address does not take this method.'],
  origin_mismatch: [403, 'This call changes something, so it must come from this site’s own pages.'],
  origin_required: [403, 'This call changes something, so it needs an Origin or Sec-Fetch-Site header of this site.'],
  route_not_found: [404, 'There is nothing at this address.'],
  scope_invalid: [400, 'The scope must be "aisp" or "pisp".'],
  too_early: [425, 'A prefetch or a HEAD cannot finish an authorisation. Follow the link.'],
  snapshot_damaged: [500, 'A stored consent cannot be read. It was left as it is.'],
  vault_key_unknown: [500, 'A stored consent is under a key that TELL_VAULT_KEY does not list. It was left as it is.'],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function problem(code: ProblemCode): Problem {
  const [status, detail] = PROBLEMS[code];
  return { status, detail, code };
}

/** A failure thrown on the way, as a problem that tells nothing secret. */
export function problemOf(error: unknown): Problem & { faults?: readonly unknown[] } {
  if (!(error instanceof TellConnectError)) return problem('internal');
  const { code, message: detail, faults } = error;
  return { status: 500, detail, code, ...(faults && { faults }) };
}

/** Answers with a problem (RFC 9457). */
export function answerProblem(c: Context, problem: Problem, retryAfter?: number): Response {
  c.header('Content-Type', 'application/problem+json');
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  const title = problem.code.replaceAll('_', ' ');
  return c.body(JSON.stringify({ type: 'about:blank', title, ...problem }), problem.status as 500);
}
