// Optional rate limits of the platform (ERR-4): bindings of the worker's configuration. Without them nothing happens.
import type { Context, MiddlewareHandler } from 'hono';
import { answerProblem, problem } from './problem.js';

/** The bindings: by address on `/authorise`, by session on reads. */
export interface Limits {
  /** Counts authorisations by address. */
  TELL_LIMIT_AUTHORISE?: RateLimit;
  /** Counts reads by session. */
  TELL_LIMIT_READ?: RateLimit;
}

/** The longest period that the platform counts over: by then a call is taken again. */
const PERIOD_SECONDS = 60;

/** Refuses with 429 who comes too often by that address. Who has none is nobody's to count. */
export const limitPerAddress: MiddlewareHandler<{ Bindings: Limits }> = async (c, next) => {
  const address = addressOf(c);
  return address === undefined || await isTaken(c.env.TELL_LIMIT_AUTHORISE, address) ? next() : refuse(c);
};

/** Answers what a limiter refuses. */
export function refuse(c: Context): Response {
  return answerProblem(c, problem('too_many_requests'), PERIOD_SECONDS);
}

/** A limiter that fails limits nothing: it must not take the worker down with it. */
export async function isTaken(binding: RateLimit | undefined, key: string): Promise<boolean> {
  try {
    return (await binding?.limit({ key }))?.success !== false;
  } catch {
    return true;
  }
}

/** A developer's own machine, which no edge sees. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** The caller's address as the edge saw it; of IPv6 the network, since whoever has one address has 2^64. */
function addressOf(c: Context): string | undefined {
  const address = c.req.header('CF-Connecting-IP');
  if (address === undefined || LOOPBACK.includes(address)) return undefined;
  if (!address.includes(':')) return address;
  const [front = '', back] = address.toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const last = back === undefined || back === '' ? [] : back.split(':');
  if (back !== undefined) groups.push(...Array<string>(Math.max(0, 8 - groups.length - last.length)).fill('0'), ...last);
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
