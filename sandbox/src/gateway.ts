import { Hono } from 'hono';
import { type Bases, DEFAULT_BASES, splitPath } from './bases.ts';
import { admit } from './check/admission.ts';
import { forPeopleHere } from './check/loopback.ts';
import type { Call, Environment } from './context.ts';
import { Directory } from './directory.ts';
import { Refusal, quoted } from './refusal.ts';
import { accessToken } from './routes/access-token.ts';
import { accounts } from './routes/accounts.ts';
import { authorise } from './routes/authorise.ts';
import { calls } from './routes/calls.ts';
import { clock } from './routes/clock.ts';
import { consent } from './routes/consent.ts';
import { consents } from './routes/consents.ts';
import { control } from './routes/control.ts';
import { faults } from './routes/faults.ts';
import { index } from './routes/index.ts';
import { holding } from './routes/holding.ts';
import { payments } from './routes/payments.ts';
import { playground } from './routes/playground.ts';
import { portal } from './routes/portal/index.ts';
import { portalApi } from './routes/portal/api.ts';
import { record } from './routes/record.ts';
import { statistics } from './routes/statistics.ts';
import { viewer } from './routes/viewer.ts';

/** These, and what is under them. */
const FOR_PEOPLE_HERE = ['/__sandbox', '/control', '/playground', '/portal', '/scripts', '/viewer'];

export type Gateway = Hono<Environment>;

/** The whole gateway, but for its settings, where its books lie and what time it is. */
export function createGateway(bases: Bases = DEFAULT_BASES): Gateway {
  const gateway: Gateway = new Hono();

  gateway.use(async (call, next) => {
    await next();
    // A connection that is to be cut has no headers.
    if (call.res.type === 'error') return;
    call.res.headers.set('cache-control', 'no-store');
    call.res.headers.set('x-content-type-options', 'nosniff');
    // A browser that sends no referrer sends no Origin with the consent form either, which is checked there.
    call.res.headers.set('referrer-policy', 'same-origin');
  });

  gateway.use(async (call, next) => {
    const { configuration, desk, now } = call.env;
    if ('faults' in configuration) {
      const { faults } = configuration;
      const error_description = 'The sandbox gateway is not configured; each fault names its setting.';
      return call.json({ error: 'configuration_invalid', error_description, rule: 'CFG-4', faults }, 500);
    }
    call.set('settings', configuration.settings);
    call.set('desk', desk);
    call.set('directory', call.env.directory ?? new Directory(configuration.settings));
    call.set('bases', bases);
    call.set('now', configuration.settings.clock.at(now));
    return next();
  });

  for (const path of FOR_PEOPLE_HERE) gateway.use(`${path}/*`, forPeopleHere);
  for (const routes of [index, holding, playground, statistics]) gateway.route('/', routes);
  for (const routes of [record, clock, faults, calls, consents, control, viewer]) gateway.route('/', routes);
  gateway.route('/portal/api', portalApi);
  gateway.route('/portal', portal);
  for (const routes of [authorise, consent, accessToken]) gateway.route(bases.auth, routes);
  for (const routes of [accounts, payments]) gateway.route(bases.resource, routes);

  gateway.notFound(async (call) => {
    const { pathname } = new URL(call.req.url);
    const isResource = splitPath(pathname, bases)?.base === bases.resource;
    // A TPP may ask for what this bank does not have, and is to ask for it by the rules.
    const isHeldToThem = isResource && call.var.settings.strict && call.req.method === 'GET';
    if (isHeldToThem) await admit(call, 'aisp', { kind: 'none' });
    return refuse(call, isResource ? noSuchResource(pathname) : noSuchPath(pathname, bases));
  });

  gateway.onError((error, call) => {
    if (error instanceof Refusal) return refuse(call, error);
    // The name alone: a message can quote what a caller sent (ERR-2).
    console.error(`Unexpected ${error.name} in the sandbox gateway`);
    const description = 'The sandbox gateway failed; this is its own fault, not the call’s.';
    return refuse(call, new Refusal(500, 'server_error', description, { rule: 'ERR-1', blameless: true }));
  });

  return gateway;
}

function refuse(call: Call, refusal: Refusal): Response {
  call.env.observer?.refused(refusal);
  return refusal.toResponse();
}

function noSuchResource(pathname: string): Refusal {
  const description = 'There is no such resource; GET / lists the calls.';
  const told = { expected: 'a path that GET / lists', came: quoted(pathname) };
  return new Refusal(404, 'not_found', description, { rule: 'ACC-3', blameless: true, ...told });
}

function noSuchPath(pathname: string, bases: Bases): Refusal {
  const under = [...new Set(Object.values(bases))].join(' and ');
  const told = { expected: `a path under ${under}`, came: quoted(pathname) };
  const description = `There is no such path; the calls are under ${under}.`;
  return new Refusal(404, 'not_found', description, { rule: 'ENV-1', ...told });
}
