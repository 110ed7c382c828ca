/** Payments through the backend's door, with a bank that makes each payment once. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Authorised, AuthoriseOptions, Problem } from 'tell-connect/worker';
import { assertProblem, type Client } from '../rig/client.ts';
import { codeOf, Host, value } from '../rig/host.ts';
import { agreed, pay, PAYMENT, payment, status } from '../rig/payments.ts';
import { consentState, World } from '../rig/world.ts';

const PUBLIC = '198.51.99.7';

let world: World;
let host: Host;
before(async () => {
  world = await World.create();
  host = await Host.start(world);
});
after(async () => {
  await host?.stop();
  await world?.end();
});
afterEach(() => world.assertNoViolations());

const made = (): number => world.gateway.payments.length;
/** The calls that somebody asked for: a payment's status (`resource` here) is also asked for because time passes. */
const left = (): number => world.gateway.requests.filter(({ endpoint }) => endpoint !== 'resource').length;
const anyOrder = (): string => `order-${crypto.randomUUID()}`;

async function asked(options: Partial<AuthoriseOptions> = {}): Promise<Authorised> {
  return value(await host.tell.authorise({ scope: 'pisp', ...options }));
}

/** From nothing to a consent that can pay: the customer agreed at the bank. */
async function agreedTo(options: Partial<AuthoriseOptions> = {}): Promise<string> {
  const { consent, location } = await asked(options);
  assert.equal(value(await host.tell.callback(await world.gateway.accept(location))).outcome, 'connected');
  return consent;
}

test('PAY-1, PAY-3: a payment is stated, submitted byte for byte and followed', async () => {
  const text = JSON.stringify(PAYMENT, null, 2).replace('"Amount":', '"Amount"  :');
  const { consent, location } = await asked({ payment: text, customer: 'somebody' });
  assert.deepEqual(await host.tell.payment(consent), { state: 'awaiting_consent', payment: PAYMENT });
  assert.equal(await codeOf(host.tell.pay(consent)), 'not_authorised_yet');
  await host.tell.callback(await world.gateway.accept(location));
  assert.equal(value(await host.tell.payment(consent)).state, 'ready');
  const before = made();
  const first = value(await host.tell.pay(consent, { userIp: PUBLIC }));
  assert.deepEqual([first.isFirst, first.state, first.bankStatus], [true, 'accepted', 'AcceptedSettlementInProcess']);
  assert.equal(made(), before + 1);
  assert.equal(world.gateway.payments.at(-1)?.body, text);
  const sent = world.gateway.requests.findLast(({ endpoint }) => endpoint === 'payment');
  assert.ok(sent?.headers.some(([name, value]) => name === 'x-user-ip' && value === PUBLIC));
  world.gateway.clock.advance(11);
  const told = value(await host.tell.payment(consent));
  const { reference } = first;
  assert.deepEqual(told, { state: 'settled', bankStatus: 'AcceptedSettlementCompleted', reference, payment: PAYMENT });
  assert.equal(value(await host.tell.consent(consent)).state, 'spent');
});

test('PAY-4: the same payment is submitted once, however often a backend asks, and another is refused', async () => {
  const consent = await agreedTo();
  const before = made();
  const told = await Promise.all(Array.from({ length: 12 }, () => host.tell.pay(consent, { payment: PAYMENT })));
  assert.equal(made(), before + 1);
  assert.equal(told.filter((result) => value(result).isFirst).length, 1);
  assert.equal(new Set(told.map((result) => value(result).reference)).size, 1);
  assert.equal(await codeOf(host.tell.pay(consent, { payment: payment('12.51') })), 'payment_already_submitted');
  assert.equal(made(), before + 1);
});

test('PAY-6: what was stated is submitted without saying it again, and no other', async () => {
  const consent = await agreedTo({ payment: PAYMENT });
  const before = made();
  assert.equal(await codeOf(host.tell.pay(consent, { payment: payment('99.00') })), 'payment_mismatch');
  assert.equal(await codeOf(host.tell.pay(await agreedTo())), 'payment_invalid', 'nothing was stated');
  assert.equal(made(), before);
  assert.equal(value(await host.tell.pay(consent)).isFirst, true);
  assert.equal(value(await host.tell.pay(consent, { payment: PAYMENT })).isFirst, false);
});

test('PAY-1: what is wrong with a payment is named member by member, and nothing leaves', async () => {
  const consent = await agreedTo();
  const sent = left();
  const faulty = { ...PAYMENT, Amount: '10.999', BeneficiaryIdentification: '123', Reference: 'a\u202eb' };
  const members = ['Amount', 'BeneficiaryIdentification', 'Reference'];
  for (const refused of [await host.tell.authorise({ scope: 'pisp', payment: faulty }),
    await host.tell.pay(consent, { payment: faulty })] as Problem[]) {
    assert.equal(refused.code, 'payment_invalid');
    assert.deepEqual((refused.faults ?? []).map(({ setting }) => setting).sort(), members);
  }
  const within = `${JSON.stringify(PAYMENT)},"order":"another"`;
  for (const [text, code] of [['', 'json_invalid'], ['[]', 'json_invalid'], ['null', 'json_invalid'],
    [within, 'json_invalid'], ['{}', 'payment_invalid'], ['x'.repeat(20_000), 'too_large']] as const) {
    assert.equal(await codeOf(host.tell.pay(consent, { payment: text })), code, text.slice(0, 40));
    assert.equal(await codeOf(host.tell.authorise({ scope: 'pisp', payment: text })), code, text.slice(0, 40));
  }
  for (const order of ['', 'k'.repeat(256), 'a\nb']) {
    assert.equal(await codeOf(host.tell.pay(consent, { payment: PAYMENT, order })), 'order_invalid');
    assert.equal(await codeOf(host.tell.authorise({ scope: 'pisp', order })), 'order_invalid');
  }
  assert.equal(left(), sent);
  assert.equal(value(await host.tell.payment(consent)).state, 'ready');
});

test('PAY-2: an answer that is lost is told as unknown, and the payment is never sent again', async () => {
  const [order, customer] = [anyOrder(), crypto.randomUUID()];
  const lost = payment('1.07');
  const consent = await agreedTo({ payment: lost, order, customer });
  const before = made();
  for (let time = 0; time < 3; time += 1) assert.equal(value(await host.tell.pay(consent)).state, 'unknown');
  assert.equal(value(await host.tell.payment(consent)).state, 'unknown');
  const again = await host.tell.authorise({ scope: 'pisp', payment: lost, order, customer });
  assert.equal(again.code, 'order_already_paid');
  assert.deepEqual([again.payment?.state, made()], ['unknown', before + 1]);
});

test('PAY-3: a refusal of the bank is a value with its code, and the payment is rejected', async () => {
  const consent = await agreedTo({ payment: payment('1.06') });
  assert.equal(await codeOf(host.tell.pay(consent)), 'gateway_refused');
  assert.equal(value(await host.tell.payment(consent)).state, 'rejected');
});

test('PAY-5: an order is paid once across the backend\'s consents and browsers\'', async () => {
  const [first, second] = [anyOrder(), anyOrder()];
  const before = made();
  // The backend pays, and no browser can; a browser pays, and no backend can.
  const [backend, browser] = [await agreedTo({ payment: PAYMENT, order: first }), await agreed(world)];
  assert.equal(value(await host.tell.pay(backend)).isFirst, true);
  assertProblem(await pay(browser, { payment: PAYMENT, order: first }), 409, 'order_already_paid');
  const other = await agreedTo();
  assert.equal((await pay(browser, { payment: PAYMENT, order: second })).status, 201);
  const taken = await host.tell.pay(other, { payment: PAYMENT, order: second });
  assert.equal(taken.code, 'order_already_paid');
  assert.equal(taken.payment?.state, 'accepted');
  assert.equal(await codeOf(host.tell.pay(other, { payment: payment('13.00'), order: second })), 'order_mismatch');
  const again = host.tell.authorise({ scope: 'pisp', payment: PAYMENT, order: second });
  assert.equal(await codeOf(again), 'order_already_paid');
  assert.equal(made(), before + 2);
});

test('CON-1: payments of a customer replace nothing, and stay on the customer\'s list', async () => {
  const customer = crypto.randomUUID();
  const accounts = value(await host.tell.authorise({ scope: 'aisp', customer }));
  await host.tell.callback(await world.gateway.accept(accounts.location));
  const payments = [await agreedTo({ customer }), await agreedTo({ customer })];
  await host.tell.pay(payments[0] ?? '', { payment: PAYMENT });
  const { consents } = value(await host.tell.consents(customer));
  assert.deepEqual(consents.map(({ consent, state }) => [consent, state]), [
    [accounts.consent, 'active'], [payments[0], 'spent'], [payments[1], 'active'],
  ]);
});

test('PAY-1: with TELL_PAYMENTS=backend the browsers\' door is closed, and the backend\'s is open', async () => {
  const order = anyOrder();
  const [unpaid, paid] = [await agreed(world), await agreed(world)];
  assert.equal((await pay(paid, { payment: PAYMENT, order })).status, 201);
  const before = made();
  await world.worker.stop();
  world.worker.configure({ TELL_PAYMENTS: 'backend' });
  await world.start();

  const refused = async (client: Client): Promise<void> => {
    for (const body of [PAYMENT, {}, { payment: PAYMENT, order: anyOrder() }]) {
      assertProblem(await pay(client, body), 403, 'payments_backend_only');
    }
    assertProblem(await client.post('/api/authorise', { scope: 'pisp' }), 403, 'payments_backend_only');
    const asked = await client.post('/api/authorise', { scope: 'pisp', payment: PAYMENT });
    assertProblem(asked, 403, 'payments_backend_only');
  };
  const sent = left();
  for (const client of [world.worker.client(), unpaid, paid]) await refused(client);
  assert.deepEqual([made(), left()], [before, sent]);
  assert.equal((await paid.post('/api/authorise', { scope: 'aisp' })).status, 201, 'accounts are another matter');
  assert.equal((await status(paid)).state, 'accepted', 'a browser may still ask');

  // What a browser agreed to is the backend's to pay, by its handle; the order is still known after the restart.
  const { consent } = value(await host.handleOfRequest(unpaid.cookies, 'pisp'));
  assert.equal(await codeOf(host.tell.pay(consent, { payment: PAYMENT, order })), 'order_already_paid');
  assert.equal(value(await host.tell.pay(consent, { payment: PAYMENT, order: anyOrder() })).isFirst, true);
  assert.equal(await consentState(unpaid, 'pisp'), 'spent');
  assert.equal(value(await host.tell.pay(await agreedTo({ payment: PAYMENT }))).isFirst, true);
  assert.equal(made(), before + 2);
});
