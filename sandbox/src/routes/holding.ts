import { Hono } from 'hono';
import type { Environment } from '../context.ts';
import { holdingPage } from '../pages/holding.ts';
import { sendPage } from '../pages/send.ts';

/** The guide's holding page: where the person comes back to while an application has no redirect URL. */
export const holding = new Hono<Environment>();

holding.get('/holding', (call) => {
  const { searchParams, origin } = new URL(call.req.url);
  const { settings, bases } = call.var;
  const codeSeconds = settings.lifetimes.codeSeconds;
  return sendPage(call, holdingPage(searchParams, { tokenUrl: `${origin}${bases.auth}/access-token`, codeSeconds }));
});
