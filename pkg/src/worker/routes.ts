// HTTP to wishes and replies to HTTP. Whatever is about the protocol is decided behind `ask` and `Visit`.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ConsentView, Outcome, Problem, Scope, Sessions, VisitStep, Wish } from '../generated/core.js';
import { Visit } from '../machine/workerd.js';
import { headers } from './headers.js';
import { addressOf, limit } from './limit.js';
import { answerProblem, problem, problemOf } from './problem.js';
import { consentName, endSession, keepSession, newSession, sameOrigin, sessionOf } from './session.js';
import type { Configured, Env } from './settings.js';
import { consents } from './stub.js';
import type { Reply } from './vault.js';

type Bindings = { Bindings: Env; Variables: { environment: 'sandbox' | 'production'; consents: ReturnType<typeof consents> } };
type C = Context<Bindings>;

const SCOPES: readonly Scope[] = ['aisp', 'pisp'];
const MAX_BODY = 16 * 1024;
const EMPTY_JOURNEY = '{"steps":[]}';

export function routes(configured: Configured): Hono<Bindings> {
  const app = new Hono<Bindings>();

  app.use(headers(app));
  app.use(async (c, next) => {
    const configuration = configured.read(c.env);
    c.set('environment', configuration.settings.environment);
    c.set('consents', consents(c.env.CONSENTS, configuration));
    await next();
  });
  app.onError((error, c) => answerProblem(c, problemOf(error)));
  app.notFound((c) => answerProblem(c, problem('route_not_found')));

  const perAddress = limit('TELL_LIMIT_AUTHORISE', addressOf);
  const perSession = limit('TELL_LIMIT_READ', (c) => {
    const session = sessionOf(c, 'aisp');
    return session === undefined ? undefined : consentName(session);
  });
  const limited = bodyLimit({ maxSize: MAX_BODY, onError: (c) => answerProblem(c, problem('body_too_large')) });
  app.post('/api/authorise', sameOrigin, perAddress, limited, authorise);
  app.get('/api/callback', callback);
  app.get('/api/consent', consent);
  app.delete('/api/consent', sameOrigin, forget);
  app.get('/api/accounts/:id?/:resource?', perSession, accounts);
  app.get('/api/journey', journey);
  for (const path of ['authorise', 'callback', 'consent', 'accounts/:id?/:resource?', 'journey']) {
    app.all(`/api/${path}`, (c) => answerProblem(c, problem('method_not_allowed')));
  }
  return app;
}

async function authorise(c: C): Promise<Response> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    return answerProblem(c, problem('content_type_unsupported'));
  }
  const wish: unknown = await c.req.json().catch(() => undefined);
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish)) return answerProblem(c, problem('json_invalid'));
  return carryOut(c, Visit.authorise(sessionsOf(c), wish));
}

async function callback(c: C): Promise<Response> {
  const header = (name: string): string | undefined => c.req.header(name);
  const knock = { method: c.req.method, secPurpose: header('Sec-Purpose'), purpose: header('Purpose') };
  return carryOut(c, Visit.callback(sessionsOf(c), knock, c.req.url));
}

/** Asks consents what a visit says, until it says how to answer the browser. */
async function carryOut(c: C, visit: Visit): Promise<Response> {
  const fresh = newSession();
  try {
    let step = visit.next();
    while (step.type === 'ask') step = visit.next(await reply(c, step, fresh));
    switch (step.type) {
      case 'requested': {
        keepSession(c, step.scope, fresh);
        const { uuid, location, expiresAt } = step;
        return c.json({ uuid, location, expiresAt }, 201);
      }
      case 'toPage': return c.redirect(`/#${step.fragment}`, 303);
      case 'problem': return answerProblem(c, step.problem, step.retryAfter);
    }
  } finally {
    visit.free();
  }
}

/** What the consent that a step asks replies. */
async function reply(c: C, { of, wish }: Extract<VisitStep, { type: 'ask' }>, fresh: string): Promise<Outcome> {
  const session = of === 'new' ? fresh : sessionOf(c, of);
  const reply = session === undefined ? undefined : await (await vault(c, session)).ask(wish);
  // A visit asks for no resource, and asks no consent whose session the browser has not.
  return reply === undefined || reply.kind === 'passed' ? { kind: 'failed', problem: problem('internal') } : reply;
}

function sessionsOf(c: C): Sessions {
  return { aisp: sessionOf(c, 'aisp') !== undefined, pisp: sessionOf(c, 'pisp') !== undefined };
}

async function consent(c: C): Promise<Response> {
  const scope = scopeOf(c);
  if (scope === undefined) return answerProblem(c, problem('scope_invalid'));
  const session = sessionOf(c, scope);
  const view: ConsentView | Problem | null = session === undefined ? null : await (await vault(c, session)).view();
  if (view === null) return answerProblem(c, problem('consent_not_found'));
  return 'code' in view ? answerProblem(c, view) : c.json(view);
}

async function forget(c: C): Promise<Response> {
  const scope = scopeOf(c);
  if (scope === undefined) return answerProblem(c, problem('scope_invalid'));
  const reply = await askOf(c, scope, { type: 'forget' });
  if (reply?.kind === 'failed') return answerReply(c, reply);
  endSession(c, scope);
  return c.body(null, 204);
}

async function accounts(c: C): Promise<Response> {
  const { hostname, pathname, search } = new URL(c.req.url);
  const reply = await askOf(c, 'aisp', {
    type: 'wanted',
    method: 'GET',
    path: pathname.slice('/api'.length) + search,
    visitor: { host: hostname, ip: c.req.header('CF-Connecting-IP') },
  });
  return reply === undefined ? answerProblem(c, problem('consent_not_found')) : answerReply(c, reply);
}

async function journey(c: C): Promise<Response> {
  if (c.get('environment') !== 'sandbox') return answerProblem(c, problem('route_not_found'));
  const scope = scopeOf(c);
  if (scope === undefined) return answerProblem(c, problem('scope_invalid'));
  const session = sessionOf(c, scope);
  const steps = session === undefined ? EMPTY_JOURNEY : await (await vault(c, session)).journey();
  return c.body(steps, 200, { 'Content-Type': 'application/json' });
}

async function vault(c: C, session: string) {
  return c.get('consents')(await consentName(session));
}

/** Asks this browser's consent of that scope; `undefined` when it has none. */
async function askOf(c: C, scope: Scope, wish: Wish): Promise<Reply | undefined> {
  const session = sessionOf(c, scope);
  return session === undefined ? undefined : (await vault(c, session)).ask(wish);
}

function scopeOf(c: C): Scope | undefined {
  const scope = c.req.query('scope') ?? 'aisp';
  return SCOPES.find((known) => known === scope);
}

function answerReply(c: C, reply: Reply): Response {
  if (reply.kind === 'failed') return answerProblem(c, reply.problem, reply.retryAfter);
  if (reply.kind !== 'passed') return answerProblem(c, problem('internal'));
  const { status, body } = reply.answer;
  if (body === '') return c.body(null, status as 204);
  // Whatever the bank called it, it was checked as JSON (ACC-7).
  return c.body(body, status as 200, { 'Content-Type': 'application/json' });
}
