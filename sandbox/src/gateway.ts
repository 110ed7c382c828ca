import { Hono } from 'hono';
import { type Bindings, type Environment, VERSION } from './context.ts';
import type { Desk } from './desk.ts';
import { Fault } from './fault.ts';
import { accessToken } from './routes/access-token.ts';
import { accounts } from './routes/accounts.ts';
import { authorise } from './routes/authorise.ts';
import { consent } from './routes/consent.ts';
import { index } from './routes/index.ts';
import { payments } from './routes/payments.ts';
import { readSettings } from './settings.ts';

export interface Surroundings {
  desk: (env: Bindings) => Desk;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The whole gateway, but for where its books lie and what time it is. */
export function createGateway({ desk, now }: Surroundings): Hono<Environment> {
  const gateway = new Hono<Environment>();

  gateway.use(async (call, next) => {
    await next();
    call.res.headers.set('cache-control', 'no-store');
    call.res.headers.set('x-content-type-options', 'nosniff');
    // A browser that sends no referrer sends no Origin with the consent form either, which is checked there.
    call.res.headers.set('referrer-policy', 'same-origin');
  });

  gateway.use(async (call, next) => {
    const read = readSettings(call.env);
    if ('faults' in read) {
      const error_description = 'The sandbox gateway is not configured; each fault names its setting.';
      return call.json({ error: 'configuration_invalid', error_description, rule: 'CFG-4', faults: read.faults }, 500);
    }
    call.set('settings', read.settings);
    call.set('desk', desk(call.env));
    call.set('now', now());
    return next();
  });

  gateway.route('/', index);
  for (const routes of [authorise, consent, accessToken, accounts, payments]) gateway.route(VERSION, routes);

  gateway.notFound(() => {
    const description = `There is no such path; the calls are under ${VERSION}, and GET / lists them.`;
    return new Fault(404, 'not_found', description, { rule: 'ACC-3' }).toResponse();
  });

  gateway.onError((error) => {
    if (error instanceof Fault) return error.toResponse();
    // The name alone: a message can quote what a caller sent (ERR-2).
    console.error(`Unexpected ${error.name} in the sandbox gateway`);
    const description = 'The sandbox gateway failed; this is its own fault, not the call’s.';
    return new Fault(500, 'server_error', description, { rule: 'ERR-1' }).toResponse();
  });

  return gateway;
}
