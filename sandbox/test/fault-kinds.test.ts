/** Each kind of fault, asked for as data, does on the wire what its sentence says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from '../src/fault-kinds.ts';
import type { Sandbox } from '../src/node.ts';
import { startStrict } from './support/sandbox.ts';
import { type Tokens, type Tpp, read } from './support/tpp.ts';

interface Stage {
  sandbox: Sandbox;
  tpp: Tpp;
  tokens: Tokens;
}

type Effect = (stage: Stage, meet: (fault: object | string) => void) => Promise<void>;

/** How often the bank has counted this consent's calls for its accounts, without the person. */
async function countedReads({ tpp, tokens }: Stage): Promise<number> {
  let free = 0;
  while ((await tpp.get('/accounts', tokens.access_token, {})).status !== 429) free += 1;
  return 4 - free;
}

const accounts = ({ tpp, tokens }: Stage): Promise<Response> => tpp.get('/accounts', tokens.access_token);

const EFFECTS: Readonly<Record<string, Effect>> = {
  status: async (stage, meet) => {
    meet({ kind: 'status', status: 418, body: '{"error":"teapot"}' });
    const answer = await accounts(stage);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [418, 'application/json']);
    assert.deepEqual(await answer.json(), { error: 'teapot' });
    meet({ kind: 'status', status: 204, body: 'nothing may go with it' });
    assert.equal((await accounts(stage)).status, 204);
  },
  'retry-after': async (stage, meet) => {
    meet('retry-after');
    meet({ kind: 'retry-after', status: 503, retryAfter: 'Sun, 29 Nov 2026 21:00:00 GMT' });
    const answers = [await accounts(stage), await accounts(stage)];
    const told = answers.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`);
    assert.deepEqual(told, ['429 30', '503 Sun, 29 Nov 2026 21:00:00 GMT']);
  },
  delay: async (stage, meet) => {
    meet({ kind: 'delay', milliseconds: 1000 });
    const late = accounts(stage);
    const first = await Promise.race([late.then(() => 'late'), accounts(stage).then(() => 'usual')]);
    assert.equal(first, 'usual', 'another call is not held up');
    assert.equal((await late).status, 200);
  },
  drip: async (stage, meet) => {
    meet({ kind: 'drip', milliseconds: 1 });
    const sizes: number[] = [];
    for await (const chunk of (await accounts(stage)).body ?? []) sizes.push(chunk.length);
    assert.ok(sizes.length > 10, `${sizes.length} pieces`);
  },
  'drop-before': async (stage, meet) => {
    meet('drop-before');
    await assert.rejects(stage.tpp.get('/accounts', stage.tokens.access_token, {}));
    assert.equal(await countedReads(stage), 0);
  },
  'drop-after': async (stage, meet) => {
    meet('drop-after');
    await assert.rejects(stage.tpp.get('/accounts', stage.tokens.access_token, {}));
    assert.equal(await countedReads(stage), 1);
  },
  'cut-body': async (stage, meet) => {
    meet('cut-body');
    const answer = await accounts(stage);
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text());
  },
  garbage: async (stage, meet) => {
    meet('garbage');
    const answer = await accounts(stage);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    await assert.rejects(answer.json(), SyntaxError);
  },
  html: async (stage, meet) => {
    meet('html');
    const answer = await accounts(stage);
    assert.equal(answer.headers.get('content-type'), 'text/html');
    assert.match(await answer.text(), /^<!doctype html>/);
  },
  empty: async (stage, meet) => {
    meet('empty');
    const answer = await accounts(stage);
    assert.deepEqual([answer.status, await answer.text()], [200, '']);
  },
  'wrong-type': async (stage, meet) => {
    meet('wrong-type');
    const answer = await accounts(stage);
    assert.equal(answer.headers.get('content-type'), 'text/html');
    assert.ok('Accounts' in await read<object>(answer));
  },
  'wrong-shape': async (stage, meet) => {
    for (const as of ['array', 'number', 'string', 'null']) meet({ kind: 'wrong-shape', as });
    const shapes: string[] = [];
    for (let times = 0; times < 4; times += 1) {
      const body: unknown = await (await accounts(stage)).json();
      shapes.push(Array.isArray(body) ? 'array' : body === null ? 'null' : typeof body);
    }
    assert.deepEqual(shapes, ['array', 'number', 'string', 'null']);
  },
  'unknown-members': async (stage, meet) => {
    meet('unknown-members');
    const answer = await read<object>(await accounts(stage));
    assert.ok('Accounts' in answer && 'x-new' in answer);
  },
  'no-refresh-token': async ({ tpp, tokens }, meet) => {
    meet('no-refresh-token');
    const answer = await read<Partial<Tokens>>(await tpp.refresh(tokens.refresh_token));
    assert.equal(answer.refresh_token, undefined);
    assert.equal((await tpp.refresh(tokens.refresh_token)).status, 200, 'the old one stays good');
  },
  duplicate: async (stage, meet) => {
    const { sandbox, tpp, tokens } = stage;
    meet('duplicate');
    assert.equal((await tpp.get('/accounts', tokens.access_token, {})).status, 200);
    assert.equal(await countedReads(stage), 1, 'nobody counts what the network has sent again');
    meet('duplicate');
    assert.equal((await tpp.refresh(tokens.refresh_token)).status, 400, 'the first has spent the token');
    const { access_token: paying } = await tpp.connect('pisp');
    meet('duplicate');
    assert.equal((await tpp.pay(paying)).status, 409);
    assert.equal(sandbox.payments.length, 1, 'the bank pays once');
  },
  '401-once': async (stage, meet) => {
    meet('401-once');
    const answers = [await accounts(stage), await accounts(stage)];
    assert.deepEqual(answers.map(({ status }) => status), [401, 200]);
  },
  '403-limit': async (stage, meet) => {
    meet('403-limit');
    const answers = [await accounts(stage), await accounts(stage)];
    assert.deepEqual(answers.map(({ status }) => status), [403, 200]);
    assert.match(await answers[0]?.text() ?? '', /limit_exceeded/);
  },
  invalid_grant: async ({ tpp, tokens }, meet) => {
    meet('invalid_grant');
    const refused = await tpp.refresh(tokens.refresh_token);
    assert.deepEqual([refused.status, (await read<{ error: string }>(refused)).error], [400, 'invalid_grant']);
    assert.equal((await tpp.refresh(tokens.refresh_token)).status, 200, 'the token is not spent');
  },
  'revoked-in-flight': async (stage, meet) => {
    meet('revoked-in-flight');
    assert.deepEqual([(await accounts(stage)).status, (await accounts(stage)).status], [200, 401]);
    const { access_token: other } = await stage.tpp.connect();
    meet({ kind: 'revoked-in-flight', when: 'before' });
    assert.equal((await stage.tpp.get('/accounts', other)).status, 401);
    const third = await stage.tpp.connect();
    meet('revoked-in-flight');
    const refreshed = await read<Tokens>(await stage.tpp.refresh(third.refresh_token));
    assert.equal((await stage.tpp.get('/accounts', refreshed.access_token)).status, 401);
  },
};

test('ERR-3: every kind of fault has its effect shown', () => {
  assert.deepEqual(Object.keys(EFFECTS).sort(), Object.keys(KINDS).sort());
});

for (const [kind, effect] of Object.entries(EFFECTS)) {
  test(`ERR-3: ${kind}: ${KINDS[kind]?.sentence}`, async () => {
    await using open = await startStrict();
    const { sandbox, tpp } = open;
    const tokens = await tpp.connect();
    await effect({ sandbox, tpp, tokens }, (fault) => sandbox.faults.add({ fault, times: 1 }));
    assert.deepEqual(sandbox.faults.rules(Date.now()), [], 'every rule has been met');
    const blamed = sandbox.violations.map(({ rule }) => rule).filter((rule) => rule !== 'ACC-2');
    assert.deepEqual(blamed, [], 'nobody is to blame for a fault');
  });
}
