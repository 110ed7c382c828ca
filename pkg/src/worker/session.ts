import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Scope } from '../generated/core.js';
import { answerProblem, problem } from './problem.js';

// One cookie a scope, each naming its consent and nothing else: a payment never disturbs account access.
const NAMES = { aisp: 'tell-aisp', pisp: 'tell-pisp' } as const satisfies Record<Scope, string>;
const LIFETIME_SECONDS = 90 * 24 * 60 * 60;
const FORM = /^[A-Za-z0-9_-]{43}$/;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A session of this browser's for that scope, or none. */
export function sessionOf(c: Context, scope: Scope): string | undefined {
  const session = getCookie(c, NAMES[scope], 'host');
  return session !== undefined && FORM.test(session) ? session : undefined;
}

/** 256 random bits. */
export const newSession = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

export function keepSession(c: Context, scope: Scope, session: string): void {
  setCookie(c, NAMES[scope], session, {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: LIFETIME_SECONDS,
  });
}

export function endSession(c: Context, scope: Scope): void {
  deleteCookie(c, NAMES[scope], { prefix: 'host', path: '/', secure: true });
}

/** The name of a session's consent: a digest, so that what is stored or logged of it opens nothing. */
export async function consentName(session: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(session))));
}

/** A call that changes something comes from this site's own pages. */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('Origin');
  const site = c.req.header('Sec-Fetch-Site');
  if (origin === undefined && site === undefined) return answerProblem(c, problem('origin_required'));
  const own = new URL(c.req.url).origin;
  if ((origin ?? own) !== own || (site ?? 'same-origin') !== 'same-origin') {
    return answerProblem(c, problem('origin_mismatch'));
  }
  return next();
};
