/** Payments through the browser's door, with a bank that forgives nothing and makes each payment once. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { assertProblem, outcome } from '../rig/client.ts';
import { agreed, pay, PAYMENT, payment, status, type Told } from '../rig/payments.ts';
import { authorise, connect, consentState, World } from '../rig/world.ts';

let world: World;
before(async () => {
  world = await World.create();
});
after(() => world.end());
afterEach(() => world.assertNoViolations());

const made = (): number => world.gateway.payments.length;

test('PAY-1: the payment reaches the bank byte for byte, and the first answer is 201', async () => {
  const client = await agreed(world);
  const text = JSON.stringify(PAYMENT, null, 2).replace('"Amount":', '"Amount"  :');
  const before = made();
  const reply = await pay(client, text);
  assert.equal(reply.status, 201, reply.text);
  const { state, bankStatus, reference } = reply.json<Told>();
  assert.deepEqual([state, bankStatus], ['accepted', 'AcceptedSettlementInProcess']);
  assert.match(reference ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(made(), before + 1);
  assert.equal(world.gateway.payments.at(-1)?.body, text);
  const told = await client.get('/api/payment');
  assert.ok(told.text.includes(`"payment":${text}`), told.text);
});

test('PAY-3: the state follows the bank by the bank\'s clock', async () => {
  const client = await agreed(world);
  await pay(client, PAYMENT);
  world.gateway.clock.advance(11);
  assert.equal((await status(client)).state, 'settled');
  world.gateway.clock.advance(30);
  assert.equal((await status(client)).state, 'settled', 'it was asked just now');
});

test('PAY-4: thirty equal payments at once are one at the gateway, one 201, and the same answer for all', async () => {
  const client = await agreed(world);
  const before = made();
  const replies = await Promise.all(Array.from({ length: 30 }, () => pay(client, PAYMENT)));
  assert.equal(made(), before + 1);
  assert.deepEqual(replies.map((reply) => reply.status).sort(), [...Array<number>(29).fill(200), 201]);
  assert.equal(new Set(replies.map((reply) => reply.text)).size, 1);
  const other = assertProblem(await pay(client, payment('12.51')), 409, 'payment_already_submitted');
  assert.equal((other as unknown as { payment: Told }).payment.state, 'accepted');
  assert.equal(made(), before + 1);
});

test('PAY-6: the stated payment is submitted by an empty object, and another is refused', async () => {
  const client = await agreed(world, { payment: PAYMENT });
  assert.deepEqual(await status(client), { state: 'ready', payment: PAYMENT });
  assertProblem(await pay(client, payment('99.00')), 422, 'payment_mismatch');
  const before = made();
  assert.equal((await pay(client, {})).status, 201);
  assert.equal((await pay(client, { payment: PAYMENT })).status, 200);
  assert.equal(made(), before + 1);
});

test('PAY-1: what is wrong with a payment is named member by member, and nothing leaves', async () => {
  const client = await agreed(world);
  const [before, asked] = [made(), world.gateway.count('authorise')];
  const faulty = { ...PAYMENT, Amount: '10.999', BeneficiaryIdentification: '123', Reference: 'a\u202eb' };
  const { faults } = assertProblem(await pay(client, faulty), 400, 'payment_invalid');
  const named = (faults ?? []).map(({ setting }) => setting).sort();
  assert.deepEqual(named, ['Amount', 'BeneficiaryIdentification', 'Reference']);
  assertProblem(await client.post('/api/authorise', { scope: 'pisp', payment: faulty }), 400, 'payment_invalid');
  for (const amount of ['1e3', '-1', '0', '0.00', '1,000.00', ' 1', '١٠', '10.10.', '1'.repeat(40)]) {
    assertProblem(await pay(client, payment(amount)), 400, 'payment_invalid');
  }
  assertProblem(await pay(client, '[]'), 400, 'json_invalid');
  assertProblem(await pay(client, '{}'), 400, 'payment_invalid');
  assertProblem(await pay(client, JSON.stringify(PAYMENT).replace('{', '{"Amount":"1.00",')), 400, 'payment_invalid');
  assertProblem(await pay(client, { ...PAYMENT, More: 'x'.repeat(16 * 1024) }), 413, 'body_too_large');
  assertProblem(await pay(client, PAYMENT, { 'content-type': 'text/plain' }), 415, 'content_type_unsupported');
  for (const key of ['', 'k'.repeat(256), 'a\u00a0b']) {
    assertProblem(await pay(client, { payment: PAYMENT, order: key }), 400, 'order_invalid');
  }
  assert.deepEqual([made(), world.gateway.count('authorise')], [before, asked]);
});

test('PAY-2: an answer that is lost is told as unknown, and the payment is never sent again', async () => {
  // The amounts at which this bank pays and does not tell.
  for (const amount of ['1.07', '1.09', '1.10']) {
    const client = await agreed(world);
    const before = made();
    const reply = await pay(client, payment(amount));
    assert.deepEqual([reply.status, reply.json()], [202, { state: 'unknown' }], amount);
    assert.equal((await pay(client, payment(amount))).status, 202);
    assert.equal((await status(client)).state, 'unknown');
    assert.equal(made(), before + 1);
  }
});

test('PAY-3: a refusal of the bank is told with its status, and kept as rejected', async () => {
  for (const amount of ['1.06', '1.11']) {
    const client = await agreed(world);
    const before = made();
    assertProblem(await pay(client, payment(amount)), 400, 'gateway_refused');
    assert.equal((await status(client)).state, 'rejected');
    assert.equal((await pay(client, payment(amount))).status, 200);
    assert.equal(made(), before);
  }
});

test('PAY-3: each word of the bank has a state', async () => {
  const states = { '1.01': 'rejected', '1.03': 'blocked', '1.04': 'accepted', '1.05': 'accepted', '1.13': 'accepted' };
  for (const [amount, state] of Object.entries(states)) {
    const client = await agreed(world);
    const reply = await pay(client, payment(amount));
    assert.deepEqual([reply.status, reply.json<Told>().state], [201, state], amount);
  }
});

test('PAY-5: an order is paid once, from whichever browser and consent', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const [one, other] = [await agreed(world, { payment: PAYMENT, order }), await agreed(world, { payment: PAYMENT, order })];
  const before = made();
  assert.equal((await pay(one, {})).status, 201);
  const taken = assertProblem(await pay(other, {}), 409, 'order_already_paid') as unknown as { payment: Told };
  assert.equal(taken.payment.state, 'accepted');
  const third = await agreed(world);
  assertProblem(await pay(third, payment('13.00'), { 'idempotency-key': order }), 422, 'order_mismatch');
  assertProblem(await pay(third, PAYMENT, { 'idempotency-key': order }), 409, 'order_already_paid');
  const again = await third.post('/api/authorise', { scope: 'pisp', payment: PAYMENT, order });
  assertProblem(again, 409, 'order_already_paid');
  assert.equal(made(), before + 1);
});

test('PAY-5: a definite rejection frees the order for another consent', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const refused = payment('1.06');
  const [one, other] = [await agreed(world), await agreed(world)];
  assertProblem(await pay(one, { payment: refused, order }), 400, 'gateway_refused');
  assertProblem(await pay(other, { payment: refused, order }), 400, 'gateway_refused');
  assert.equal((await status(other)).state, 'rejected', 'it was sent, and refused too');
});

test('PAY-5: an unknown payment of an order keeps every other from being sent', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const lost = payment('1.07');
  const [one, other] = [await agreed(world), await agreed(world)];
  const before = made();
  assert.equal((await pay(one, { payment: lost, order })).status, 202);
  const taken = assertProblem(await pay(other, { payment: lost, order }), 409, 'order_already_paid');
  assert.equal((taken as unknown as { payment: Told }).payment.state, 'unknown');
  assert.match(taken.detail, /Do not pay it again/);
  assert.equal(made(), before + 1);
});

test('PAY-5: a consent that was erased before it paid holds no order back for nothing; one that paid does', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const one = await agreed(world);
  assert.equal((await pay(one, { payment: PAYMENT, order })).status, 201);
  assert.equal((await one.delete('/api/consent?scope=pisp')).status, 204);
  assertProblem(await one.get('/api/payment'), 404, 'consent_not_found');
  const other = await agreed(world);
  assertProblem(await pay(other, { payment: PAYMENT, order }), 409, 'order_already_paid');
});

test('PAY-1: before the customer is back nothing is paid, and without a consent there is nothing to pay with', async () => {
  const client = world.worker.client();
  assertProblem(await pay(client, PAYMENT), 404, 'consent_not_found');
  assertProblem(await client.get('/api/payment'), 404, 'consent_not_found');
  await authorise(client, 'pisp');
  assertProblem(await pay(client, PAYMENT), 409, 'not_authorised_yet');
  assert.equal((await status(client)).state, 'awaiting_consent');
});

test('RED-2: what the customer declined is not paid', async () => {
  const client = world.worker.client();
  const { location } = await authorise(client, 'pisp');
  assert.equal(outcome(client, await client.navigate(await world.gateway.decline(location))), 'declined');
  assertProblem(await pay(client, PAYMENT), 403, 'declined');
  assertProblem(await client.get('/api/payment'), 403, 'declined');
});

test('SES-1: a payment never disturbs account access', async () => {
  const client = await connect(world);
  await agreed(world, {}, client);
  await pay(client, PAYMENT);
  assert.equal(await consentState(client), 'active');
  assert.equal(await consentState(client, 'pisp'), 'spent');
  assert.equal((await client.delete('/api/consent?scope=pisp')).status, 204);
  assert.equal(await consentState(client), 'active');
});

test('CON-1: the next payment of a browser leaves the one before as it is', async () => {
  const client = await agreed(world);
  await pay(client, PAYMENT);
  const first = (await status(client)).reference;
  const { location } = (await client.post('/api/authorise', { scope: 'pisp' })).json<{ location: string }>();
  assert.equal((await status(client)).state, 'awaiting_consent');
  assert.equal(outcome(client, await client.navigate(await world.gateway.decline(location))), 'declined');
  assert.equal((await status(client)).reference, first);
  assertProblem(await pay(client, {}), 403, 'declined');
  await agreed(world, {}, client);
  assert.equal((await pay(client, payment('13.00'))).status, 201);
  assert.notEqual((await status(client)).reference, first);
});

test('PAY-3: whether there is money is asked through the same door', async () => {
  const client = await agreed(world, { payment: PAYMENT });
  const reply = await client.get('/api/payment/funds');
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.json<{ FundsAvailable: boolean }>().FundsAvailable, true);
});

test('ERR-2: a foreign site starts no payment', async () => {
  const client = await agreed(world);
  const before = made();
  assertProblem(await pay(client, PAYMENT, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 403, 'origin_mismatch');
  assertProblem(await client.send('PUT', '/api/payment', client.sameOrigin(), '{}'), 405, 'method_not_allowed');
  assert.equal(made(), before);
});

test('PAY-2: what was paid before a restart is known after it', async () => {
  const order = `order-${crypto.randomUUID()}`;
  const client = await agreed(world);
  await pay(client, { payment: PAYMENT, order });
  const lost = await agreed(world);
  await pay(lost, payment('1.07'));
  await world.worker.stop();
  await world.start();
  assert.equal((await pay(client, { payment: PAYMENT, order })).status, 200);
  assert.equal((await status(lost)).state, 'unknown');
  assertProblem(await pay(await agreed(world), { payment: PAYMENT, order }), 409, 'order_already_paid');
});
