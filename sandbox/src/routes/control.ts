import { Hono } from 'hono';
import { readBody, readForm } from '../check/body.ts';
import { type Call, type Environment, allowOnly } from '../context.ts';
import { KINDS } from '../fault-kinds.ts';
import { BadRule, type Problem } from '../fault-rule.ts';
import { CLOCK_BUTTONS, controlPage } from '../pages/control.ts';
import { sendPage } from '../pages/send.ts';
import { rulesOf } from '../scenarios.ts';
import { setClock } from '../set-clock.ts';
import { branchOf } from './controls.ts';

/** The control room: forms that change something, each answered by the page again. */
export const control = new Hono<Environment>();

const SHOWN_CONSENTS = 20;

/** What was done, by the word in the address; never a text of the address itself. */
const TOLD: Readonly<Record<string, string>> = {
  clock: 'The clock is set.',
  scenario: 'The scenario has begun; its rules are listed.',
  rule: 'The rule is added.',
  remove: 'The rule is gone.',
  clear: 'All rules are gone.',
  drop: 'All access tokens are gone; the refresh tokens work.',
  withdraw: 'All consents are withdrawn.',
};

control.get('/control', (call) => {
  const done = call.req.query('done') ?? '';
  // A developer's page names the consent that a rule is to be of.
  const consent = call.req.query('consent');
  return show(call, { told: Object.hasOwn(TOLD, done) ? TOLD[done] : undefined, consent });
});

control.post('/control/clock', async (call) => {
  const form = await formOf(call);
  const button = form.get('do') ?? '';
  const set = form.get('set');
  const pressed = Object.hasOwn(CLOCK_BUTTONS, button) ? CLOCK_BUTTONS[button]?.asks : undefined;
  const asks = pressed ?? { set: set === undefined ? '' : `${set}Z` };
  const problem = setClock(call.var.settings.clock, asks, call.env.now);
  return problem === undefined ? done(call, 'clock', 'clock') : show(call, { problems: [problem] });
});

control.post('/control/scenario', async (call) => {
  const rules = rulesOf((await formOf(call)).get('name') ?? '', call.var.now);
  if (rules === undefined) return show(call, { problems: [{ member: 'name', problem: 'is no scenario' }] });
  for (const rule of rules) branchOf(call).plan.add(rule);
  return done(call, 'scenario', 'rules');
});

control.post('/control/rule', async (call) => {
  try {
    branchOf(call).plan.add(ruleFrom(await formOf(call), call.var.now));
  } catch (error) {
    if (error instanceof BadRule) return show(call, { problems: error.problems });
    throw error;
  }
  return done(call, 'rule', 'rules');
});

control.post('/control/remove', async (call) => {
  branchOf(call).plan.remove((await formOf(call)).get('id') ?? '');
  return done(call, 'remove', 'rules');
});

control.post('/control/clear', async (call) => {
  await formOf(call);
  branchOf(call).plan.clear();
  return done(call, 'clear', 'rules');
});

control.post('/control/consents', async (call) => {
  const { ledger } = branchOf(call);
  switch ((await formOf(call)).get('do')) {
    case 'drop':
      ledger.dropAccessTokens();
      return done(call, 'drop', 'consents');
    case 'withdraw':
      ledger.withdrawAll();
      return done(call, 'withdraw', 'consents');
    default:
      return show(call, { problems: [{ member: 'do', problem: 'is neither drop nor withdraw' }] });
  }
});

control.all('/control', allowOnly('GET', 'CFG-4'));
control.all('/control/*', allowOnly('POST', 'CFG-4'));

async function formOf(call: Call): Promise<Map<string, string>> {
  return readForm(await readBody(call.req.raw, 'application/x-www-form-urlencoded', { rule: 'CFG-4' }), 'CFG-4');
}

function done(call: Call, what: string, where: string): Response {
  return call.redirect(`/control?done=${what}#${where}`, 303);
}

interface Shown {
  told?: string | undefined;
  consent?: string | undefined;
  problems?: readonly Problem[];
}

function show(call: Call, { told, consent, problems = [] }: Shown) {
  const branch = branchOf(call);
  const page = controlPage({
    clock: call.var.settings.clock,
    now: call.env.now,
    rules: branch.plan.rules(call.var.now),
    consents: branch.intents({ most: SHOWN_CONSENTS }),
    told,
    consent,
    problems,
  });
  return sendPage(call, page, { status: problems.length > 0 ? 400 : 200, formTarget: new URL(call.req.url) });
}

/** The form's fields as a rule: what is empty is left out, and of the fault's members those that its kind has. */
function ruleFrom(form: ReadonlyMap<string, string>, now: number): Record<string, unknown> {
  const filled = (name: string): string | undefined => form.get(name)?.trim() || undefined;
  const number = (name: string): number | string | undefined => {
    const text = filled(name);
    return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : text;
  };
  const kind = form.get('kind') ?? '';
  const members = Object.hasOwn(KINDS, kind) ? Object.keys(KINDS[kind]?.members ?? {}) : [];
  const [percent, minutes] = [number('percent'), number('minutes')];
  return defined({
    endpoint: filled('endpoint'),
    path: filled('path'),
    consent: filled('consent'),
    fault: defined({ ...Object.fromEntries(members.map((name) => [name, number(name)])), kind }),
    times: number('times'),
    skip: number('skip'),
    probability: typeof percent === 'number' ? percent / 100 : percent,
    seed: number('seed'),
    until: typeof minutes === 'number' ? new Date(now + minutes * 60_000).toISOString() : minutes,
  });
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
