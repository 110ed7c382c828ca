import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, createApi } from '../src/api.ts';

interface Call {
  path: string;
  init: RequestInit;
}

function answering(answer: () => Response | Promise<Response>) {
  const calls: Call[] = [];
  const api = createApi(async (path, init) => {
    calls.push({ path, init });
    return answer();
  });
  return { api, calls };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => () =>
  new Response(JSON.stringify(body), { status, headers });

const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof Problem);
  assert.equal(error.code, expected);
  return true;
};

test('AUT-3: an authorisation is asked for with the scope aisp, and gives the bank’s page', async () => {
  const { api, calls } = answering(json(201, { uuid: 'x', location: 'https://auth.example/v1/authorise/1' }));
  assert.equal(await api.authorise(), 'https://auth.example/v1/authorise/1');
  assert.equal(calls[0]?.path, '/api/authorise');
  assert.equal(calls[0]?.init.method, 'POST');
  assert.equal(calls[0]?.init.body, '{"scope":"aisp"}');
});

test('AUT-4: a location that is no web page is refused', async () => {
  for (const location of ['javascript:alert(1)', 'data:text/html,x', '/here', 'https://', '', 5, null]) {
    await assert.rejects(answering(json(201, { location })).api.authorise(), code('worker_bad_answer'));
  }
});

test('RED-2: no consent is an answer, and a consent is read without what is missing', async () => {
  assert.equal(await answering(json(404, { code: 'consent_not_found' })).api.consent(), undefined);
  const sparse = { state: 'requested', grantedAt: null, permissions: [1, 'a'] };
  assert.deepEqual(await answering(json(200, sparse)).api.consent(), {
    state: 'requested',
    permissions: ['a'],
    grantedAt: undefined,
    expiresAt: undefined,
    renewing: false, budget: undefined,
  });
  await assert.rejects(answering(json(200, {})).api.consent(), code('worker_bad_answer'));
  await assert.rejects(answering(json(404, {})).api.consent(), code('worker_bad_answer'));
});

test('ERR-2: a problem keeps its code, its detail and the time to wait', async () => {
  const problem = { code: 'gateway_busy', title: 'Busy', detail: 'Later.' };
  const { api } = answering(json(503, problem, { 'retry-after': '30' }));
  await assert.rejects(api.accounts(), { code: 'gateway_busy', status: 503, detail: 'Later.', retryAfter: 30 });
});

test('CFG-4: the faults of a configuration are kept, each with its setting', async () => {
  const faults = [{ setting: 'TELL_APP', problem: 'is missing' }, { setting: 'TELL_ASPSP' }, { odd: 1 }, null];
  const { api } = answering(json(500, { code: 'configuration_invalid', faults }));
  await assert.rejects(api.consent(), (error: unknown) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual(error.faults, [
      { setting: 'TELL_APP', problem: 'is missing' },
      { setting: 'TELL_ASPSP', problem: '' },
    ]);
    return true;
  });
});

test('ERR-1: an answer that is no JSON, with or without a good status, is a problem', async () => {
  for (const status of [200, 404, 502]) {
    const { api } = answering(() => new Response('<h1>Sorry</h1>', { status }));
    await assert.rejects(api.consent(), code('worker_bad_answer'));
  }
});

test('ERR-2: a lost connection, a deadline and a cut answer have codes of their own', async () => {
  const failing = (error: Error) => answering(() => Promise.reject(error)).api.accounts();
  await assert.rejects(failing(new TypeError('Failed to fetch')), code('worker_unreachable'));
  await assert.rejects(failing(new DOMException('late', 'TimeoutError')), code('worker_timeout'));
  const cut = () =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.error(new TypeError('cut')),
      }),
    );
  await assert.rejects(answering(cut).api.accounts(), code('worker_unreachable'));
});

test('ACC-3: an account’s identifier is one part of the path, whatever is in it', async () => {
  const { api, calls } = answering(json(200, {}));
  await api.accountResource('a/../b?c', 'balance');
  assert.equal(calls[0]?.path, '/api/accounts/a%2F..%2Fb%3Fc/balance');
});

test('ACC-4: what the bank sent comes as the text that it is, and a later page by its query', async () => {
  const text = '{"Transactions": [ {"Amount": 10.10} ]}';
  const { api, calls } = answering(() => new Response(text));
  assert.equal(await api.accountResource('1', 'transactions', '?page=2'), text);
  assert.equal(calls[0]?.path, '/api/accounts/1/transactions?page=2');
});

test('REV-1: disconnecting is one DELETE that wants no body back', async () => {
  const { api, calls } = answering(() => new Response(null, { status: 204 }));
  await api.disconnect();
  assert.deepEqual([calls[0]?.init.method, calls[0]?.path, calls.length], ['DELETE', '/api/consent', 1]);
});

test('REV-1: a consent that is gone already is disconnected; another refusal is told', async () => {
  await answering(json(404, { code: 'consent_not_found' })).api.disconnect();
  await assert.rejects(answering(json(403, { code: 'origin_mismatch' })).api.disconnect(), code('origin_mismatch'));
});

test('ENV-5: a journey that is not shown outside the sandbox is no failure', async () => {
  assert.equal(await answering(json(404, { code: 'not_found' })).api.journey(), undefined);
  assert.equal(await answering(() => new Response('', { status: 404 })).api.journey(), undefined);
  assert.deepEqual(await answering(json(200, { steps: [{ at: 't', call: 'authorise' }, 5, null] })).api.journey(), { steps: [
    { at: 't', call: 'authorise' },
  ] });
  assert.deepEqual(await answering(json(200, {})).api.journey(), { steps: [] });
  await assert.rejects(answering(json(500, { code: 'internal' })).api.journey(), code('internal'));
});

test('AUT-3: the journey of a payment is asked for by its scope', async () => {
  const { api, calls } = answering(json(200, { steps: [] }));
  await api.journey();
  await api.journey('pisp');
  assert.deepEqual(calls.map(({ path }) => path), ['/api/journey', '/api/journey?scope=pisp']);
});
