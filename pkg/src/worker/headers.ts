// What every answer of the API carries, whatever it says.
import type { Env as HonoEnv, Hono, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
};

/** Sets them; a 405 tells the methods that the address takes (RFC 9110 section 15.5.6). */
export function headers<E extends HonoEnv>(app: Hono<E>): MiddlewareHandler<E> {
  return async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    await next();
    if (c.res.status !== 405) return;
    const paths = new Set(matchedRoutes(c).map(({ path }) => path));
    const methods = app.routes.filter(({ method, path }) => method !== 'ALL' && paths.has(path)).map(({ method }) => method);
    const allowed = new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
    // A 405 to a method that the address takes is the bank's.
    if (!allowed.has(c.req.method)) c.header('Allow', [...allowed].join(', '));
  };
}
