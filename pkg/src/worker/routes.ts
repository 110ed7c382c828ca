// HTTP to wishes and replies to HTTP. Whatever is about the protocol is decided behind `ask` and `Visit`.
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ConsentView, Problem, VisitCall, Visitor, VisitStep, Wish } from '../generated/core.js';
import { Consent, type Settings, Visit } from '../machine/workerd.js';
import { headers } from './headers.js';
import { isTaken, limitPerAddress, refuse } from './limit.js';
import { answerProblem, problem, problemOf } from './problem.js';
import { cookiesOf, guard, hold } from './session.js';
import type { Configured, Env } from './settings.js';
import { statistics } from './statistics-vault.js';
import { consents, type OrderStub, orders } from './stub.js';
import type { Reply } from './vault.js';

type Bindings = {
  Bindings: Env;
  Variables: { settings: Settings; consents: ReturnType<typeof consents>; order: (name: string) => OrderStub };
};
type C = Context<Bindings>;
type Relay = (c: C, of: string) => Promise<Response>;

const MAX_BODY = 16 * 1024;
/** A header that names an order, beside the member of that name (PAY-5). */
const ORDER_KEY = 'Idempotency-Key';

export function routes(configured: Configured): Hono<Bindings> {
  const app = new Hono<Bindings>();

  app.use(headers(app));
  app.use(async (c, next) => {
    const configuration = await configured.read(c.env);
    c.set('settings', configuration.settings);
    c.set('consents', consents(c.env, configuration));
    c.set('order', (name) => orders(c.env, configuration)(name));
    await next();
  });
  app.onError((error, c) => answerProblem(c, problemOf(error)));
  app.notFound((c) => answerProblem(c, problem('route_not_found')));

  const limited = bodyLimit({ maxSize: MAX_BODY, onError: (c) => answerProblem(c, problem('body_too_large')) });
  app.post('/api/authorise', guard('change'), limitPerAddress, limited, json, async (c) =>
    carryOut(c, { type: 'authorise', body: await c.req.text(), key: c.req.header(ORDER_KEY) }));
  app.get('/api/callback', guard('return'), (c) => carryOut(c, { type: 'callback', url: c.req.url }));
  app.get('/api/consent', guard('read'), (c) => carryOut(c, { type: 'view', scope: c.req.query('scope') }));
  app.delete('/api/consent', guard('change'), (c) => carryOut(c, { type: 'forget', scope: c.req.query('scope') }));
  app.get('/api/accounts/:id?/:resource?', guard('read'), (c) => carryOut(c, { type: 'read' }, accounts));
  app.post('/api/payment', guard('change'), limitPerAddress, limited, json, (c) => carryOut(c, { type: 'pay' }, pay));
  app.get('/api/payment', guard('read'), (c) => carryOut(c, { type: 'payment' }, status));
  app.get('/api/payment/funds', guard('read'), (c) => carryOut(c, { type: 'payment' }, funds));
  app.get('/api/statistics', guard('read'), figures);
  app.get('/api/journey', guard('read'), journey);
  for (const path of ['authorise', 'callback', 'consent', 'accounts/:id?/:resource?', 'payment', 'payment/funds', 'statistics', 'journey']) {
    app.all(`/api/${path}`, (c) => answerProblem(c, problem('method_not_allowed')));
  }
  return app;
}

/** Takes a body of JSON alone. */
const json: MiddlewareHandler = async (c, next) =>
  /^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')
    ? next()
    : answerProblem(c, problem('content_type_unsupported'));

/** Carries out what a visit says, and answers the browser as it says at last. */
async function carryOut(c: C, call: VisitCall, relay?: Relay): Promise<Response> {
  const visit = new Visit(c.get('settings'), call, cookiesOf(c), Date.now());
  try {
    let last: Heard | undefined;
    let step = visit.next();
    if (call.type === 'read' && 'of' in step && !await isTaken(c.env.TELL_LIMIT_READ, step.of)) return refuse(c);
    while (step.type === 'ask' || step.type === 'look' || step.type === 'check') {
      last = await heard(c, step, call);
      step = visit.next({ ...last, code: last.problem?.code, state: last.view?.state });
    }
    for (const cookie of visit.cookies()) hold(c, cookie);
    switch (step.type) {
      case 'relay': return relay?.(c, step.of) ?? answerProblem(c, problem('internal'));
      case 'tell': return tell(c, call, last, step.renewing);
      case 'toPage': return c.redirect(`/#${step.fragment}`, 303);
      case 'forgotten': return c.body(null, 204);
      case 'awaiting': return c.json({ state: 'awaiting_consent' });
      case 'nothing': return nothing(c);
      case 'problem': return refusal(c, call, step.problem);
    }
  } finally {
    visit.free();
  }
}

/** The journey of no consent: it tells which gateway there is. */
function nothing(c: C): Response {
  using none = new Consent(c.get('settings'));
  return c.body(none.journey(), 200, { 'Content-Type': 'application/json' });
}

/** What was heard of a consent or an order: its reply, or what may be known of it. */
type Heard = Partial<Record<'problem', Problem>> & { view?: ConsentView | undefined } &
  (Exclude<Reply, { kind: 'passed' | 'payment' | 'standing' }> | { kind: 'seen' | 'granted' });

/** What the consent or the order that a step names replies. */
async function heard(c: C, step: Extract<VisitStep, { type: 'ask' | 'look' | 'check' }>, call: VisitCall): Promise<Heard> {
  if (step.type === 'check') {
    const said = await c.get('order')(step.order).ask({ type: 'checked', digest: step.digest });
    return said.problem === undefined ? { kind: 'granted' } : { kind: 'failed', problem: said.problem };
  }
  const vault = c.get('consents')(step.of);
  if (step.type === 'look') {
    const view = await vault.view(step.stranger);
    return view !== null && 'code' in view ? { kind: 'failed', problem: view } : { kind: 'seen', view: view ?? undefined };
  }
  const reply = await vault.ask({ ...call, ...step.terms, type: step.wish } as Wish);
  // A visit asks for no resource and pays nothing.
  const isOther = reply.kind === 'passed' || reply.kind === 'payment' || reply.kind === 'standing';
  return isOther ? { kind: 'failed', problem: problem('internal') } : reply;
}

/**
 * A browser without a consent or a payment still shows whom it is to connect, and to whom. It tells of each 404 in its
 * console: a page that asks at its start may have a 200 in its place.
 */
function refusal(c: C, { type }: VisitCall, problem: Problem, retryAfter?: number): Response {
  if (problem.code !== 'consent_not_found') return answerProblem(c, problem, retryAfter);
  const names = c.get('settings').shown();
  const isAsked = (type === 'view' || type === 'payment') && c.req.query('none') === 'ok';
  const { environment } = c.get('settings');
  return isAsked ? c.json({ state: 'none', environment, ...names }) : answerProblem(c, { ...names, ...problem });
}

function tell(c: C, call: VisitCall, heard: Heard | undefined, renewing: boolean): Response {
  switch (heard?.kind) {
    case 'seen': return c.json({ ...heard.view, renewing, environment: c.get('settings').environment });
    case 'requested': {
      const { uuid, location, expiresAt } = heard;
      return c.json({ uuid, location, expiresAt }, 201);
    }
    case 'failed': return refusal(c, call, heard.problem, heard.retryAfter);
    default: return answerProblem(c, problem('internal'));
  }
}

/** The customer as the edge saw them. */
function visitorOf(c: C): Visitor {
  return { host: new URL(c.req.url).hostname, ip: c.req.header('CF-Connecting-IP') };
}

async function accounts(c: C, of: string): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const path = pathname.slice('/api'.length) + search;
  return answerReply(c, await c.get('consents')(of).ask({ type: 'account', path, visitor: visitorOf(c) }));
}

async function pay(c: C, of: string): Promise<Response> {
  const [body, key] = [await c.req.text(), c.req.header(ORDER_KEY)];
  return answerReply(c, await c.get('consents')(of).ask({ type: 'pay', body, key, visitor: visitorOf(c) }));
}

async function status(c: C, of: string): Promise<Response> {
  return answerReply(c, await c.get('consents')(of).ask({ type: 'payment', visitor: visitorOf(c) }));
}

async function funds(c: C, of: string): Promise<Response> {
  return answerReply(c, await c.get('consents')(of).ask({ type: 'funds', visitor: visitorOf(c) }));
}

/** The statistics (STA-1), for whoever may see them. */
async function figures(c: C): Promise<Response> {
  const settings = c.get('settings');
  const refusal = settings.statisticsRefusal(c.req.header('Authorization'));
  if (refusal === 'statistics_token_wrong') c.header('WWW-Authenticate', 'Bearer');
  if (refusal !== undefined) return answerProblem(c, problem(refusal));
  const { from, to } = c.req.query();
  const format = c.req.query('format') ?? 'json';
  if (format !== 'json' && format !== 'csv') return answerProblem(c, { ...problem('invalid_argument'), detail: 'The format is json or csv.' });
  const text = await statistics(c.env, { settings }, { from, to, format });
  if (format === 'json') return c.body(text, 200, { 'Content-Type': 'application/json' });
  c.header('Content-Disposition', 'attachment; filename="statistics.csv"');
  return c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8' });
}

async function journey(c: C): Promise<Response> {
  if (c.get('settings').environment !== 'sandbox') return answerProblem(c, problem('route_not_found'));
  return carryOut(c, { type: 'journey', scope: c.req.query('scope') }, async (_, of) =>
    c.body(await c.get('consents')(of).journey(), 200, { 'Content-Type': 'application/json' }));
}

async function answerReply(c: C, reply: Reply): Promise<Response> {
  if (reply.kind === 'failed') return answerProblem(c, reply.problem, reply.retryAfter);
  const type = { 'Content-Type': 'application/json' };
  if (reply.kind === 'payment') return c.body(reply.body, reply.status as 200, type);
  if (reply.kind !== 'passed') return answerProblem(c, problem('internal'));
  const { status, body } = reply.answer;
  if (body === null) return c.body(null, status as 204);
  // Whatever the bank called it, it was checked as JSON (ACC-7).
  if (c.req.method !== 'HEAD' || !(body instanceof ReadableStream)) return c.body(body, status as 200, type);
  // A HEAD's answer has no body: whoever holds it is told so.
  await body.cancel();
  return c.body(null, status as 200, type);
}
