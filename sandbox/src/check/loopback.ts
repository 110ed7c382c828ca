import type { MiddlewareHandler } from 'hono';
import type { Call, Environment } from '../context.ts';
import { Refusal, quoted } from '../refusal.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Before each page and path that is not the bank's own; one that changes something comes from this gateway's pages. */
export const forPeopleHere: MiddlewareHandler<Environment> = async (call, next) => {
  const { controls } = call.var.settings;
  const { hostname } = new URL(call.req.url);
  if (controls === 'off' || (controls === 'loopback' && !LOOPBACK.includes(hostname))) {
    const description = 'There is no such path here; what is for developers answers on the loopback interface alone.';
    const told = { expected: LOOPBACK.join(', '), came: quoted(hostname) };
    throw new Refusal(404, 'not_found', description, { rule: 'ENV-1', blameless: true, ...told });
  }
  if (!['GET', 'HEAD'].includes(call.req.method)) checkSameOrigin(call, 'The call must come from this page itself.');
  return next();
};

/** No other site may press a person's buttons. A call without either header comes from no browser. */
export function checkSameOrigin(call: Call, description: string): void {
  const site = call.req.header('sec-fetch-site');
  const origin = call.req.header('origin');
  const own = new URL(call.req.url).origin;
  if (site === undefined ? origin === undefined || origin === own : site === 'same-origin') return;
  const told = { expected: `a form of ${own}`, came: quoted(site ?? origin) };
  throw new Refusal(403, 'forbidden', description, { rule: 'AUT-4', ...told });
}
