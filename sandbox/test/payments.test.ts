import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSandbox } from './support/sandbox.ts';
import { PAYMENT, read, refusal } from './support/tpp.ts';

interface Answer {
  Reference: string;
  Status: string;
  Initiation: object;
}

test('PAY-1: one payment per consent', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const response = await tpp.pay(access);
  assert.equal(response.status, 201);
  assert.deepEqual((await read<Answer>(response)).Initiation, PAYMENT);
  assert.equal(await refusal(tpp.pay(access)), '409 payment_already_submitted PAY-1');
  assert.equal((await tpp.pay((await tpp.connect('pisp')).access_token)).status, 201);
});

test('PAY-1: a wrong body is refused and does not use up the consent', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const wrong = [
    { Amount: 12.5 },
    { Amount: '0.00' },
    { Amount: '1.234' },
    { Amount: '1e3' },
    { Currency: 'EUR' },
    { BeneficiaryName: ' ' },
    { Reference: undefined },
    { Extra: 'x' },
  ];
  for (const changes of wrong) {
    assert.equal(await refusal(tpp.pay(access, { ...PAYMENT, ...changes })), '400 invalid_request PAY-1');
  }
  assert.equal((await tpp.pay(access)).status, 201);
});

test('PAY-1, AUT-3: an account consent makes no payment', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('aisp');
  assert.equal(await refusal(tpp.pay(access)), '403 insufficient_scope AUT-3');
});

test('PAY-3: the status of a payment can be asked for by its own consent, and settles', async () => {
  const { tpp, clock } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const { Reference: reference, Status: first } = await read<Answer>(await tpp.pay(access));
  assert.equal(first, 'AcceptedSettlementInProcess');
  clock.now += 10_000;
  const later = await read<Answer>(await tpp.get(`/payments/${reference}`, access, {}));
  assert.equal(later.Status, 'AcceptedSettlementCompleted');
  const other = await tpp.connect('pisp');
  assert.equal(await refusal(tpp.get(`/payments/${reference}`, other.access_token)), '404 not_found PAY-3');
});

test('PAY-3: funds are confirmed for what the account holds', async () => {
  const { tpp } = openSandbox();
  const available = async (amount: string) => {
    const { access_token: access } = await tpp.connect('pisp');
    await tpp.pay(access, { ...PAYMENT, Amount: amount });
    const answer = await tpp.get('/payment-funds-confirmation', access);
    return (await read<{ Data: { FundsAvailableResult: { FundsAvailable: boolean } } }>(answer)).Data;
  };
  assert.equal((await available('10.00')).FundsAvailableResult.FundsAvailable, true);
  assert.equal((await available('1000000.00')).FundsAvailableResult.FundsAvailable, false);
});
