import { Hono } from 'hono';
import { type Environment, allowOnly } from '../context.ts';
import { BadRule } from '../fault-rule.ts';
import { quoted } from '../refusal.ts';
import { SCENARIOS, rulesOf } from '../scenarios.ts';
import { badMembers, branchOf, notThere, objectOf } from './controls.ts';

/** What the coming calls meet, as rules. */
export const faults = new Hono<Environment>();

faults.get('/__sandbox/faults', (call) => call.json({ faults: branchOf(call).plan.rules(call.var.now) }));

faults.post('/__sandbox/faults', async (call) => {
  const rule = await objectOf(call);
  try {
    return call.json(branchOf(call).plan.add(rule), 201);
  } catch (error) {
    if (error instanceof BadRule) return badMembers(call, 'invalid_rule', error.problems);
    throw error;
  }
});

faults.delete('/__sandbox/faults', (call) => {
  branchOf(call).plan.clear();
  return call.body(null, 204);
});

faults.get('/__sandbox/faults/:id', (call) => {
  const id = call.req.param('id');
  const rule = branchOf(call).plan.rules(call.var.now).find((planned) => planned.id === id);
  if (rule === undefined) throw noSuchRule(id);
  return call.json(rule);
});

faults.delete('/__sandbox/faults/:id', (call) => {
  const id = call.req.param('id');
  if (!branchOf(call).plan.remove(id)) throw noSuchRule(id);
  return call.body(null, 204);
});

faults.get('/__sandbox/scenarios', (call) => {
  const scenarios = Object.entries(SCENARIOS).map(([name, { sentence }]) => {
    return { name, sentence, rules: rulesOf(name, call.var.now) };
  });
  return call.json({ scenarios });
});

faults.post('/__sandbox/scenarios/:name', (call) => {
  const name = call.req.param('name');
  const rules = rulesOf(name, call.var.now);
  if (rules === undefined) throw notThere(`There is no scenario ${quoted(name)}; GET /__sandbox/scenarios lists them.`);
  const { plan } = branchOf(call);
  return call.json({ name, rules: rules.map((rule) => plan.add(rule)) }, 201);
});

faults.all('/__sandbox/faults', allowOnly('GET, POST, DELETE', 'CFG-4'));
faults.all('/__sandbox/faults/:id', allowOnly('GET, DELETE', 'CFG-4'));
faults.all('/__sandbox/scenarios', allowOnly('GET', 'CFG-4'));
faults.all('/__sandbox/scenarios/:name', allowOnly('POST', 'CFG-4'));

function noSuchRule(id: string) {
  return notThere(`There is no rule ${quoted(id)}, or all calls that it was for have met it.`);
}
