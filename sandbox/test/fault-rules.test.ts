/** Rules: which calls they are for, how often, and that they outlive a restart. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { FaultPlan } from '../src/fault-plan.ts';
import { BadRule } from '../src/fault-rule.ts';
import { KeptValues } from '../src/kept.ts';
import { sqlOf } from '../src/node/sql.ts';
import { SCENARIOS, rulesOf } from '../src/scenarios.ts';
import { Control } from './support/control.ts';
import { startStrict } from './support/sandbox.ts';

const READ = { endpoint: 'resource', path: '/accounts/1/balance', method: 'GET' } as const;
const consent = async (): Promise<string> => 'intent-1';

/** Which of so many calls meet a fault. */
async function met(plan: FaultPlan, times: number, call: typeof READ = READ, at = 0): Promise<number[]> {
  const numbers: number[] = [];
  for (let turn = 1; turn <= times; turn += 1) {
    if ((await plan.take({ call, at, consent })).name !== undefined) numbers.push(turn);
  }
  return numbers;
}

async function meets(rule: object, call: object = READ): Promise<boolean> {
  const plan = new FaultPlan();
  plan.add({ ...rule, fault: 'html' });
  return (await met(plan, 1, call as typeof READ)).length === 1;
}

test('ERR-3: a rule is for an endpoint, a path with stars, a method, a consent, or for every call', async () => {
  const cases: [rule: object, expected: boolean][] = [
    [{}, true],
    [{ endpoint: 'resource' }, true],
    [{ endpoint: 'refresh' }, false],
    [{ path: '/accounts/*/balance' }, true],
    [{ path: '/accounts/*' }, false],
    [{ path: '/accounts/**' }, true],
    [{ path: '/**' }, true],
    [{ path: '/accounts' }, false],
    [{ path: '/accounts/.*' }, false],
    [{ method: 'POST' }, false],
    [{ method: 'GET', consent: 'intent-1' }, true],
    [{ consent: 'intent-2' }, false],
  ];
  for (const [rule, expected] of cases) assert.equal(await meets(rule), expected, JSON.stringify(rule));
});

test('ERR-3: skip lets calls go by, times ends a rule, and the first that is for a call is met', async () => {
  const plan = new FaultPlan();
  plan.add({ id: 'second', fault: 'html', skip: 1, times: 2 });
  plan.add({ id: 'refreshes', endpoint: 'refresh', fault: 'html' });
  assert.deepEqual(await met(plan, 5), [2, 3]);
  assert.deepEqual(plan.rules(0).map(({ id, seen }) => [id, seen]), [['refreshes', 0]]);
  plan.add({ fault: 'html', times: 1 });
  plan.add({ fault: 'garbage', times: 1 });
  const names = [await plan.take({ call: READ, at: 0, consent }), await plan.take({ call: READ, at: 0, consent })];
  assert.deepEqual(names.map(({ name }) => name?.split(',')[0]), ['a page (html', 'no JSON (garbage']);
});

test('ERR-3: a rule with a probability strikes the same calls for the same seed, and as many as it says', async () => {
  const struck = async (seed: number): Promise<number[]> => {
    const plan = new FaultPlan();
    plan.add({ fault: 'html', probability: 0.2, seed });
    return met(plan, 1000);
  };
  const first = await struck(1);
  assert.deepEqual(await struck(1), first);
  assert.notDeepEqual(await struck(2), first);
  for (const numbers of [first, await struck(2), await struck(3)]) {
    assert.ok(numbers.length > 160 && numbers.length < 240, `${numbers.length} of 1000`);
  }
});

test('ERR-3: a rule ends at its time by the bank’s clock', async () => {
  const plan = new FaultPlan();
  plan.add({ fault: 'html', until: '2026-11-29T21:00:00Z' });
  const end = Date.UTC(2026, 10, 29, 21);
  assert.deepEqual(await met(plan, 2, READ, end - 1), [1, 2]);
  assert.deepEqual(plan.rules(end), []);
  assert.deepEqual(await met(plan, 1, READ, end), []);
});

test('ERR-3: rules are kept with their counts, and those of the settings come again with each start', async () => {
  const kept = new KeptValues(sqlOf(new DatabaseSync(':memory:')));
  const before = new FaultPlan(kept);
  before.add({ id: 'flaky', fault: 'html', probability: 0.5, seed: 7 });
  before.add({ id: 'twice', fault: 'html', times: 2 });
  const whole = new FaultPlan();
  whole.add({ fault: 'html', probability: 0.5, seed: 7 });
  const expected = await met(whole, 40);
  before.remove('twice');
  const early = await met(before, 20);
  const standing = { id: 'standing-refresh', endpoint: 'refresh', fault: { kind: 'html' } } as const;
  const after = new FaultPlan(kept, [standing]);
  assert.deepEqual([...early, ...(await met(after, 20)).map((turn) => turn + 20)], expected);
  assert.deepEqual(after.rules(0).map(({ id, seen }) => [id, seen]), [['flaky', 40], ['standing-refresh', 0]]);
  after.clear();
  assert.deepEqual(new FaultPlan(kept).rules(0), []);
});

test('CFG-4: a rule that is none is refused, and every member that is wrong is named', () => {
  const wrong: [rule: unknown, members: string[]][] = [
    ['html', ['rule']],
    [{}, ['fault']],
    [{ fault: 'flood' }, ['fault']],
    [{ fault: 'constructor' }, ['fault']],
    [{ fault: { kind: 'flood' } }, ['fault.kind']],
    [{ fault: { kind: 'delay' } }, ['fault.milliseconds']],
    [{ fault: { kind: 'status', status: 99, more: 1 } }, ['fault.more', 'fault.status']],
    [{ fault: { kind: 'wrong-shape', as: 'object' } }, ['fault.as']],
    [{ fault: { kind: 'wrong-type', type: 'a\nb' } }, ['fault.type']],
    [{ fault: 'html', endpoint: 'reads', path: 'x', times: 0 }, ['endpoint', 'path', 'times']],
    [{ fault: 'html', skip: -1, probability: 0, seed: 0.5 }, ['skip', 'probability', 'seed']],
    [{ fault: 'html', until: 'tomorrow', id: 'a b', when: 1, method: 'get' }, ['until', 'id', 'when', 'method']],
  ];
  for (const [rule, members] of wrong) {
    const named = (error: unknown) =>
      error instanceof BadRule && assert.deepEqual(error.problems.map(({ member }) => member), members) === undefined;
    assert.throws(() => new FaultPlan().add(rule), named, JSON.stringify(rule));
  }
});

test('CFG-4, ERR-3: rules are added, read and removed over HTTP', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const { access_token: access } = await tpp.connect();
  const added = await control.post('/faults', { id: 'two', endpoint: 'resource', fault: 'html', times: 2 });
  assert.equal(added.status, 201);
  await tpp.get('/accounts', access);
  const { faults } = await control.json<{ faults: { remaining: number; met: number }[] }>('/faults');
  assert.deepEqual(faults.map(({ remaining, met }) => [remaining, met]), [[1, 1]]);
  assert.equal((await control.json<{ met: number }>('/faults/two')).met, 1);
  for (const status of [204, 404]) assert.equal((await control.delete('/faults/two')).status, status);
  const refused = await control.post('/faults', { fault: { kind: 'delay', milliseconds: 'long' }, times: 1.5 });
  const { error_description: description, rule } = (await refused.json()) as Record<string, string>;
  assert.deepEqual([refused.status, rule], [400, 'CFG-4']);
  assert.match(description ?? '', /times .*fault\.milliseconds /);
  await control.post('/faults', { fault: 'html' });
  assert.equal((await control.delete('/faults')).status, 204);
  assert.equal((await tpp.get('/accounts', access)).status, 200);
});

test('ERR-3: every scenario is a list of rules, begun by its name, once however often', async () => {
  await using open = await startStrict();
  const { sandbox } = open;
  const control = new Control(sandbox);
  const { scenarios } = await control.json<{ scenarios: { name: string; sentence: string }[] }>('/scenarios');
  assert.deepEqual(scenarios.map(({ name }) => name), Object.keys(SCENARIOS));
  for (const { name, sentence } of scenarios) {
    assert.match(sentence, /^[A-Z].*\.$/s);
    for (let times = 0; times < 2; times += 1) assert.equal((await control.post(`/scenarios/${name}`)).status, 201);
    const ids = sandbox.faults.rules(Date.now()).map(({ id }) => id);
    assert.deepEqual(ids, rulesOf(name, Date.now())?.map(({ id }) => id));
    sandbox.faults.clear();
  }
  assert.equal((await control.post('/scenarios/constructor')).status, 404);
});

test('ERR-3: the bank is down for ten minutes of its own clock', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  await new Control(sandbox).post('/scenarios/bank-down-10-minutes');
  assert.equal((await tpp.authorise()).status, 503);
  sandbox.clock.advance(599);
  assert.equal((await tpp.authorise()).status, 503);
  sandbox.clock.advance(1);
  assert.equal((await tpp.authorise()).status, 200);
});

test('REV-1: a rule for one consent leaves the others alone', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const [first, second] = [await tpp.connect(), await tpp.connect()];
  const intentId = sandbox.issued.at(-1)?.intentId ?? '';
  sandbox.faults.add({ consent: intentId, fault: '403-limit' });
  const statuses = [first, second].map(async ({ access_token: access }) => (await tpp.get('/accounts', access)).status);
  assert.deepEqual(await Promise.all(statuses), [200, 403]);
  assert.equal((await tpp.refresh(second.refresh_token)).status, 403);
});
