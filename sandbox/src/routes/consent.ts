import { Hono } from 'hono';
import { bankNamed } from '../aspsp.ts';
import { readBody, readForm } from '../check/body.ts';
import { checkSameOrigin } from '../check/loopback.ts';
import { type Call, type Environment, allowOnly } from '../context.ts';
import type { Decision, Intent } from '../desk.ts';
import { accountsFor, statedOrder } from '../data/payments.ts';
import { holderOf, isPersonaName, personaNamed } from '../data/people.ts';
import { PERSONA_NAMES, type Persona } from '../data/persona.ts';
import { invalidRequest, quoted } from '../refusal.ts';
import { CHOSEN_BY_BOX, consentPage, decidedPage, unknownIntentPage } from '../pages/consent.ts';
import type { Sides, Viewed } from '../pages/people.ts';
import { sendPage } from '../pages/send.ts';
import { PERMISSIONS, type Permission, readPermissions } from '../permissions.ts';
import { redirectBack } from '../redirect.ts';
import type { Application } from '../settings.ts';
import { hashOf } from '../tokens.ts';

/** The bank's own page, where the PSU decides an intent, once, and may later withdraw what was granted. */
export const consent = new Hono<Environment>();

consent.get('/authorise/:id', async (call) => {
  const { intent, application } = await findIntent(call);
  if (intent === null || application === undefined) return sendPage(call, unknownIntentPage(), { status: 404 });
  const auto = intent.sandboxSca && intent.state === 'requested' && isVisit(call);
  if (!auto) return show(call, intent, application);
  const { name: persona } = personaOf(call, intent);
  return decide(call, intent, application, { accepted: true, account: null, permissions: null, persona });
});

consent.post('/authorise/:id', async (call) => {
  checkSameOrigin(call, 'The decision must come from the consent page itself.');
  const body = await readBody(call.req.raw, 'application/x-www-form-urlencoded', { rule: 'AUT-4' });
  const fields = readForm(body, 'AUT-4');
  const { intent, application } = await findIntent(call);
  if (intent === null || application === undefined) return sendPage(call, unknownIntentPage(), { status: 404 });
  switch (fields.get('decision')) {
    case 'accept': {
      const persona = personaOf(call, intent, fields.get('persona'));
      return decide(call, intent, application, {
        accepted: true,
        persona: persona.name,
        account: chosenAccount(fields, intent, persona),
        permissions: chosenPermissions(fields, intent),
      });
    }
    case 'decline':
      return decide(call, intent, application, { accepted: false });
    case 'withdraw':
      return show(call, (await call.var.desk.withdraw(intent.id)) ?? intent, application);
    default:
      throw invalidRequest('AUT-4', 'The form lacks decision, which is accept, decline or withdraw.', {
        expected: 'accept, decline or withdraw',
        came: quoted(fields.get('decision')),
      });
  }
});

consent.all('/authorise/:id', allowOnly('GET, POST', 'AUT-4'));

async function findIntent(call: Call): Promise<{ intent: Intent | null; application: Application | undefined }> {
  const intent = await call.var.desk.find(call.req.param('id') ?? '');
  const application = intent === null ? undefined : call.var.directory.application(intent.app, call.var.now);
  return { intent, application };
}

type Choice = Omit<Extract<Decision, { accepted: true }>, 'codeHash' | 'codeSeconds'> | { accepted: false };

/** Who the PSU is: whom the form or the address names, or whose account is to pay, or whom the settings name. */
function personaOf(call: Call, intent: Intent, named = call.req.query('persona')): Persona {
  if (named === undefined) {
    return holderOf(statedOrder(intent)?.AccountId ?? '') ?? personaNamed(call.var.settings.persona);
  }
  if (isPersonaName(named)) return personaNamed(named);
  const told = { expected: PERSONA_NAMES.join(', '), came: quoted(named) };
  throw invalidRequest('AUT-4', `The persona ${quoted(named)} is none of ${PERSONA_NAMES.join(', ')}.`, told);
}

async function decide(call: Call, intent: Intent, application: Application, choice: Choice): Promise<Response> {
  const { codeSeconds } = call.var.settings.lifetimes;
  const code = choice.accepted ? crypto.randomUUID() : null;
  const decision: Decision =
    choice.accepted && code !== null ? { ...choice, codeHash: await hashOf(code), codeSeconds } : { accepted: false };
  const decided = await call.var.desk.decide(intent.id, decision, call.var.now);
  if (!decided.decided) return show(call, decided.intent ?? intent, application, 409);
  if (code !== null) call.env.observer?.issued({ kind: 'code', secret: code, intentId: intent.id });
  return call.redirect(redirectBack(returnUrl(call, application), { intentId: intent.id, uuid: intent.uuid, code }), 303);
}

/** The account that a payment is to be taken from; null from whoever sends the form without looking at it. */
function chosenAccount(fields: ReadonlyMap<string, string>, intent: Intent, persona: Persona): string | null {
  const chosen = fields.get('account');
  if (chosen === undefined || intent.scope !== 'pisp') return null;
  if (accountsFor(persona, statedOrder(intent)).some(({ AccountId }) => AccountId === chosen)) return chosen;
  const told = { expected: 'an account that the page offers', came: quoted(chosen) };
  throw invalidRequest('AUT-4', `The account ${quoted(chosen)} is none that the page offers.`, told);
}

/** The page's boxes, each a field of its own; from whoever sends the form without looking at it, a list or nothing. */
function chosenPermissions(fields: ReadonlyMap<string, string>, intent: Intent): readonly Permission[] | null {
  const list = fields.get('permissions');
  if (list === undefined || intent.scope !== 'aisp') return null;
  const boxes = PERMISSIONS.filter((permission) => fields.has(permission));
  return readPermissions(list === CHOSEN_BY_BOX ? boxes : list.split(/[, ]+/));
}

function show(call: Call, intent: Intent, application: Application, status: 200 | 409 = 200): Promise<Response> {
  const back = new URL(returnUrl(call, application));
  const { state } = intent;
  const page = state === 'requested'
    ? consentPage(intent, viewed(call, intent, application))
    : decidedPage(named(call, application), state);
  return sendPage(call, page, { status, formTarget: back });
}

/** Where the person goes afterwards: the guide's holding page for an application that has no redirect URL yet. */
function returnUrl(call: Call, { redirectUrl }: Application): string {
  return redirectUrl ?? new URL('/holding', call.req.url).href;
}

function viewed(call: Call, intent: Intent, application: Application): Viewed {
  const { now, settings } = call.var;
  const returnHost = new URL(returnUrl(call, application)).host;
  return { ...named(call, application), returnHost, persona: personaOf(call, intent), present: { now, seed: settings.seed } };
}

const named = (call: Call, application: Application): Sides =>
  ({ appName: nameOf(application), bank: bankNamed(call.var.settings.aspsp) });

/** As its developer calls it; one of the settings has an id alone. */
function nameOf({ app, name = app }: Application): string {
  return name;
}

/** RED-4, from the bank's side: a link checker or a prefetch is nobody's visit, and decides nothing. */
function isVisit(call: Call): boolean {
  return call.req.method === 'GET' && !(call.req.header('sec-purpose') ?? '').startsWith('prefetch');
}
