/** The statistics are what the gateway's own record says, by kind, whatever fails; and for whom they are. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import * as faults from 'tell-connect-sandbox/faults';
import type { Statistics, StatisticsKinds } from 'tell-connect/worker';
import { assertProblem } from '../rig/client.ts';
import { agreed, payment, pay, status } from '../rig/payments.ts';
import { until } from '../rig/until.ts';
import { ACCOUNTS, connect, World } from '../rig/world.ts';

const KINDS = ['aisp', 'pisp', 'cbpii'] as const;
type Kind = (typeof KINDS)[number];
type Counts = Record<Kind, number>;

const TOKEN = 'a-token-of-twenty-four-b';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.gateway.faults.clear());

async function told(query = ''): Promise<Statistics> {
  const reply = await world.worker.client().get(`/api/statistics${query}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json<Statistics>();
}

const requestsOf = (kinds: StatisticsKinds): Counts =>
  Object.fromEntries(KINDS.map((kind) => [kind, kinds[kind]?.requests ?? 0])) as Counts;

const sumOf = (counts: Counts): number => KINDS.reduce((sum, kind) => sum + counts[kind], 0);

/** What the gateway got, by kind. One authorisation after the other: an exchange is of the last. */
function recorded(): Counts {
  const counts = { aisp: 0, pisp: 0, cbpii: 0 };
  let scope: Kind = 'aisp';
  for (const { endpoint, path, body } of world.gateway.requests) {
    if (endpoint === 'authorise') scope = (JSON.parse(body) as { scope: Kind }).scope;
    const isPayment = path.startsWith('/payments');
    counts[path.startsWith('/payment-funds-confirmation') ? 'cbpii' : isPayment ? 'pisp' : path.startsWith('/accounts') ? 'aisp' : scope] += 1;
  }
  return counts;
}

/** Waits until as many are counted as the gateway got: consents hand on in batches, and follow a payment by themselves. */
async function counted(): Promise<Statistics> {
  let last = await told();
  await until(async () => {
    last = await told();
    return sumOf(requestsOf(last.summary)) === world.gateway.requests.length;
  }, 20_000, 'that all are counted').catch(() => undefined);
  return last;
}

describe('STA-1: the statistics are the gateway\'s own record', () => {
  test('STA-1, STA-2: by day and kind, after a run with faults', async () => {
    const { gateway } = world;
    const planned = { bank: 0, network: 0 };
    const meets = (endpoint: 'authorise' | 'resource', fault: faults.Fault, share: keyof typeof planned): void => {
      gateway.faults.next(endpoint, fault);
      planned[share] += 1;
    };
    meets('authorise', faults.html(), 'bank');
    await world.worker.client().post('/api/authorise', { scope: 'aisp' });
    const client = await connect(world);
    meets('resource', faults.status(503), 'bank');
    meets('resource', faults.html(), 'bank');
    // A request that is lost on a connection in use workerd makes again by itself: the gateway would see one more.
    meets('resource', faults.truncated(), 'network');
    for (let read = 0; read < 4; read += 1) await client.get(ACCOUNTS);
    // What the bank refuses is an answer.
    gateway.faults.next('resource', faults.status(404));
    assertProblem(await client.get(`${ACCOUNTS}/1/balance`), 404, 'gateway_refused');
    assert.equal((await client.delete('/api/consent')).status, 204);
    const payer = await agreed(world);
    await payer.get('/api/payment/funds');
    assert.equal((await pay(payer, payment('12.50'))).status, 201);
    await status(payer);
    const { summary, days, quarters } = await counted();
    assert.deepEqual(requestsOf(summary), recorded());
    assert.ok(KINDS.every((kind) => recorded()[kind] > 0), JSON.stringify(recorded()));
    const failed = KINDS.map((kind) => [summary[kind]?.bankErrors ?? 0, summary[kind]?.networkErrors ?? 0]);
    assert.deepEqual(failed, [[planned.bank, planned.network], [0, 0], [0, 0]]);
    for (const kind of KINDS) {
      const figures = summary[kind];
      assert.ok(figures !== null && figures.uptime > 0 && (figures.averageMs ?? -1) >= 0, kind);
      const sum = (parts: readonly StatisticsKinds[]): number => parts.reduce((all, part) => all + (part[kind]?.requests ?? 0), 0);
      assert.deepEqual([sum(days), sum(quarters)], [figures.requests, figures.requests], kind);
    }
    assert.equal(days.length, 30);
  });

  test('STA-2: kill -9 loses what was not handed on yet, and nothing that was', async () => {
    const { gateway } = world;
    const client = await connect(world);
    const sure = sumOf(requestsOf((await counted()).summary));
    assert.equal(sure, gateway.requests.length);
    const burst = Array.from({ length: 6 }, () => client.get(ACCOUNTS).then(() => undefined, () => undefined));
    await until(() => gateway.requests.length >= sure + 3, 20_000, 'some reads');
    await world.worker.kill();
    await Promise.all(burst);
    await world.start();
    assert.equal((await client.get(ACCOUNTS)).status, 200);
    // The last read is counted by now or soon: of those before it, what the killed process had not handed on may lack.
    const sum = async (): Promise<number> => sumOf(requestsOf((await told()).summary));
    await until(async () => await sum() > sure, 20_000, 'the read after the kill');
    const count = await sum();
    assert.ok(count <= gateway.requests.length, `${count} of ${gateway.requests.length}`);
    // What was answered before is in the record that outlives the process.
    assert.equal((await told()).summary.aisp?.networkErrors, 1);
  });
});

describe('STA-1: how they are asked for', () => {
  test('STA-1: as CSV, in the guide\'s columns', async () => {
    const reply = await world.worker.client().get('/api/statistics?from=2026-01-30&to=2026-02-01&format=csv');
    assert.equal(reply.status, 200, reply.text);
    assert.match(reply.headers['content-type'] ?? '', /^text\/csv/);
    const lines = reply.text.split('\r\n');
    assert.deepEqual(lines.slice(0, 5),
      ['Summary Data', 'Metric,AISP,PISP,CBPII', 'Uptime,N/A,N/A,N/A', 'Average Request Time,N/A,N/A,N/A', 'Error Rate,N/A,N/A,N/A']);
    const daily = lines.indexOf('Daily Uptime Details');
    assert.deepEqual(lines.slice(daily + 1, daily + 5),
      ['Date,AISP,PISP,CBPII', '2026-01-30,N/A,N/A,N/A', '2026-01-31,N/A,N/A,N/A', '2026-02-01,N/A,N/A,N/A']);
  });

  test('STA-1: days that are none, too many, or no format, are refused with what they have to be', async () => {
    for (const query of ['from=yesterday', 'from=2026-01-02&to=2026-01-01', 'from=2020-01-01&to=2026-01-01', 'format=pdf']) {
      assertProblem(await world.worker.client().get(`/api/statistics?${query}`), 400, 'invalid_argument');
    }
    assertProblem(await world.worker.client().post('/api/statistics', {}), 405, 'method_not_allowed');
    const foreign = await world.worker.client().get('/api/statistics', { 'sec-fetch-site': 'cross-site' });
    assertProblem(foreign, 403, 'origin_mismatch');
  });

  test('STA-1: where there is a token it opens them, and nothing else does', async () => {
    await world.worker.stop();
    world.worker.configure({ TELL_STATISTICS_TOKEN: TOKEN });
    await world.start();
    const client = world.worker.client();
    for (const headers of [{}, { authorization: `Bearer ${TOKEN}x` }, { authorization: TOKEN }]) {
      const reply = await client.get('/api/statistics', headers);
      assertProblem(reply, 401, 'statistics_token_wrong');
      assert.equal(reply.headers['www-authenticate'], 'Bearer');
    }
    assert.equal((await client.get('/api/statistics', { authorization: `Bearer ${TOKEN}` })).status, 200);
    await world.worker.stop();
    world.worker.configure({ TELL_ENVIRONMENT: 'production' });
  });
});
