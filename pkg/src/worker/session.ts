// Cookies in and out, and what a browser's headers tell of a call. What any of it means is decided behind `Visit`.
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Cookies, Door, Scope, SessionCookie } from '../generated/core.js';
import { Visit } from '../machine/workerd.js';
import { answerProblem, problem } from './problem.js';

// One cookie a scope: a payment never disturbs account access.
const NAMES = { aisp: 'tell-aisp', pisp: 'tell-pisp' } as const satisfies Record<Scope, string>;
/** The headers that tell of a prefetch. */
const PURPOSES = ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'] as const;

/** The sessions that the browser sent. */
export function cookiesOf(c: Context): Cookies {
  return { aisp: getCookie(c, NAMES.aisp, 'host'), pisp: getCookie(c, NAMES.pisp, 'host') };
}

/** The same of a header `Cookie`. */
export function cookiesIn(header: string): Cookies {
  const found = parse(header);
  return { aisp: found[`__Host-${NAMES.aisp}`], pisp: found[`__Host-${NAMES.pisp}`] };
}

/** Has the browser hold it; an age of nothing ends what it holds. */
export function hold(c: Context, { scope, value, maxAge }: SessionCookie): void {
  setCookie(c, NAMES[scope], value ?? '', {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: value === null ? 0 : maxAge,
  });
}

/** Lets in what may come through that door. */
export function guard(door: Door): MiddlewareHandler {
  return async (c, next) => {
    const header = (name: string): string | undefined => c.req.header(name);
    const refusal = Visit.refusal(door, {
      method: c.req.method,
      own: new URL(c.req.url).origin,
      origin: header('Origin'),
      site: header('Sec-Fetch-Site'),
      destination: header('Sec-Fetch-Dest'),
      purpose: PURPOSES.map(header).join(),
    });
    return refusal === undefined ? next() : answerProblem(c, problem(refusal));
  };
}
