import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/api.ts';
import { type Payment, createPaymentApi } from '../../src/payment/api.ts';
import { readFields } from '../../src/payment/checks.ts';
import { EXAMPLE } from '../../src/payment/outcomes.ts';

function answering(status: number, body?: unknown) {
  const calls: string[] = [];
  const api = createPaymentApi(async (path, { method, body: sent }) => {
    calls.push([method, path, ...(sent === undefined ? [] : [sent])].join(' '));
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
  return { api, calls };
}

function example(): Payment {
  const read = readFields({ ...EXAMPLE, amount: '10.50' });
  assert.ok('payment' in read);
  return read.payment;
}

test('AUT-3, PAY-1: an authorisation of a payment states it, with its order, and gives the bank’s page', async () => {
  const { api, calls } = answering(201, { uuid: 'x', location: 'https://auth.example/1', expiresAt: '' });
  assert.equal(await api.authorise(example(), 'order-1'), 'https://auth.example/1');
  const [call = ''] = calls;
  assert.ok(call.startsWith('POST /api/authorise '));
  assert.deepEqual(JSON.parse(call.slice('POST /api/authorise '.length)), {
    scope: 'pisp', payment: { ...example(), Amount: '10.50' }, order: 'order-1',
  });
});

test('PAY-2: paying sends nothing of the payment, only that it is to be sent', async () => {
  for (const status of [200, 201, 202]) {
    const { api, calls } = answering(status, { state: 'unknown' });
    assert.equal((await api.pay()).state, 'unknown');
    assert.deepEqual(calls, ['POST /api/payment {}']);
  }
});

test('PAY-3: what is known of a payment is read, whatever is missing of it', async () => {
  const full = { state: 'accepted', bankStatus: 'ACSP', reference: 'a2c4', payment: example() };
  assert.deepEqual(await answering(200, full).api.payment(), full);
  const sparse = { state: 'ready', bankStatus: null, reference: 17, payment: [] };
  assert.deepEqual(await answering(200, sparse).api.payment(), {
    state: 'ready', bankStatus: undefined, reference: '17', payment: undefined,
  });
  await assert.rejects(answering(200, {}).api.payment(), { code: 'worker_bad_answer' });
});

test('PAY-3: no payment is an answer; a refusal is a problem with its faults', async () => {
  assert.equal(await answering(404, { code: 'consent_not_found' }).api.payment(), undefined);
  const faults = [{ setting: 'Amount', problem: 'It must be more than nothing.' }];
  await assert.rejects(answering(400, { code: 'payment_invalid', faults }).api.authorise(example(), 'o'), (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.code, error.faults], ['payment_invalid', faults]);
    return true;
  });
});

test('REV-1: a payment is forgotten in its own scope, and one that is gone already is forgotten', async () => {
  const { api, calls } = answering(204);
  await api.forget();
  assert.deepEqual(calls, ['DELETE /api/consent?scope=pisp']);
  await answering(404, { code: 'consent_not_found' }).api.forget();
  await assert.rejects(answering(403, { code: 'origin_mismatch' }).api.forget(), { code: 'origin_mismatch' });
});
