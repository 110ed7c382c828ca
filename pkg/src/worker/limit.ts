// Optional rate limits of the platform (ERR-4): bindings of the worker's configuration. Without them nothing happens.
import type { Context, MiddlewareHandler } from 'hono';
import { answerProblem, problem } from './problem.js';

/** The bindings: by address on `/authorise`, by session on reads. */
export interface Limits {
  TELL_LIMIT_AUTHORISE?: RateLimit;
  TELL_LIMIT_READ?: RateLimit;
}

/** The longest period that the platform counts over: by then a call is taken again. */
const PERIOD_SECONDS = 60;

/** Refuses with 429 what the binding refuses. A call that has no key is nobody's to count. */
export function limit(
  name: keyof Limits, keyOf: (c: Context) => string | undefined | Promise<string | undefined>,
): MiddlewareHandler<{ Bindings: Limits }> {
  return async (c, next) => {
    const binding = c.env[name];
    const key = binding && await keyOf(c);
    if (key === undefined || await isTaken(binding, key)) return next();
    return answerProblem(c, problem('too_many_requests'), PERIOD_SECONDS);
  };
}

/** A limiter that fails limits nothing: it must not take the worker down with it. */
async function isTaken(binding: RateLimit | undefined, key: string): Promise<boolean> {
  try {
    return (await binding?.limit({ key }))?.success !== false;
  } catch {
    return true;
  }
}

/** A developer's own machine, which no edge sees. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** The caller's address as the edge saw it; of IPv6 the network, since whoever has one address has 2^64. */
export function addressOf(c: Context): string | undefined {
  const address = c.req.header('CF-Connecting-IP');
  if (address === undefined || LOOPBACK.includes(address)) return undefined;
  if (!address.includes(':')) return address;
  const [front = '', back] = address.toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const last = back === undefined || back === '' ? [] : back.split(':');
  if (back !== undefined) groups.push(...Array<string>(Math.max(0, 8 - groups.length - last.length)).fill('0'), ...last);
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
