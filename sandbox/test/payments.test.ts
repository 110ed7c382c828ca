import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSandbox } from './support/sandbox.ts';
import { PAYMENT, read, refusal } from './support/tpp.ts';

interface Funds {
  FundsAvailable: boolean;
  Data: { FundsAvailableResult: { FundsAvailable: boolean } };
}

interface Answer {
  Reference: string;
  Status: string;
  Initiation: object;
}

const Amount = (value: string) => ({ Amount: value });

const Iban = (value: string) => ({ SchemeName: 'IBAN', BeneficiaryIdentification: value });

test('PAY-1: one payment per consent', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const response = await tpp.pay(access);
  assert.equal(response.status, 201);
  assert.deepEqual((await read<Answer>(response)).Initiation, PAYMENT);
  assert.equal(await refusal(tpp.pay(access)), '409 payment_already_submitted PAY-1');
  assert.equal((await tpp.pay((await tpp.connect('pisp')).access_token)).status, 201);
});

test('PAY-1: of thirty payments that come at once one is made', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const answers = await Promise.all(Array.from({ length: 30 }, () => tpp.pay(access)));
  const statuses = answers.map(({ status }) => status).toSorted();
  assert.deepEqual(statuses, [201, ...Array.from({ length: 29 }, () => 409)]);
});

test('PAY-1: a wrong body is refused and does not use up the consent', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const wrong = [
    ...['0.00', '1.234', '1e3', '-1', '1,000.00', ' 1', '١٠', '10.10.', '01.00', '9'.repeat(19)].map(Amount),
    { Amount: 12.5 },
    { Currency: 'EUR' },
    { BeneficiaryName: ' ' },
    { BeneficiaryName: 'x'.repeat(141) },
    { BeneficiaryName: 'a\u202eb' },
    { BeneficiaryName: 'a\nb' },
    { BeneficiaryName: '\ud800' },
    { SchemeName: 'BBAN' },
    { SchemeName: 'XX.OBIE.IBAN' },
    { BeneficiaryIdentification: '0000005678901' },
    ...['GB28NWBK60161331926819', 'GB92NWBK60161331926819', 'GB29NWBK60161331926891', 'GB29 NWBK'].map(Iban),
    { AccountId: '1' },
    { AccountId: null },
    { Reference: undefined },
    { Reference: 'x'.repeat(36) },
    { Extra: 'x' },
  ];
  for (const changes of wrong) {
    const answer = tpp.pay(access, { ...PAYMENT, ...changes });
    assert.equal(await refusal(answer), '400 invalid_request PAY-1', JSON.stringify(changes));
  }
  assert.equal((await tpp.pay(access)).status, 201);
});

test('PAY-1: a payee is named by sort code and account number or IBAN, with or without the prefix', async () => {
  const { tpp } = openSandbox();
  const payees = [
    ['SortCodeAccountNumber', '00000056789012'],
    ['UK.OBIE.SortCodeAccountNumber', '00000056789012'],
    ['IBAN', 'GB29NWBK60161331926819'],
    ['UK.OBIE.IBAN', 'NO9386011117947'],
  ];
  for (const [SchemeName, BeneficiaryIdentification] of payees) {
    const { access_token: access } = await tpp.connect('pisp');
    assert.equal((await tpp.pay(access, { ...PAYMENT, SchemeName, BeneficiaryIdentification })).status, 201);
  }
});

test('PAY-1, AUT-3: an account consent makes no payment', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('aisp');
  assert.equal(await refusal(tpp.pay(access)), '403 insufficient_scope AUT-3');
});

test('PAY-3: the status of a payment can be asked for by its own consent; it settles, and is credited', async () => {
  const { tpp, clock } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  const { Reference: reference, Status: first } = await read<Answer>(await tpp.pay(access));
  const words = [first];
  for (const wait of [9_999, 1, 19_999, 1]) {
    clock.now += wait;
    words.push((await read<Answer>(await tpp.get(`/payments/${reference}`, access, {}))).Status);
  }
  const [accepted, settled] = ['AcceptedSettlementInProcess', 'AcceptedSettlementCompleted'];
  assert.deepEqual(words, [accepted, accepted, settled, settled, 'AcceptedCreditSettlementCompleted']);
  const other = await tpp.connect('pisp');
  assert.equal(await refusal(tpp.get(`/payments/${reference}`, other.access_token)), '404 not_found PAY-3');
});

test('PAY-3: funds are confirmed for what the account holds, flat and under Data', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect('pisp');
  await tpp.pay(access, { ...PAYMENT, Amount: '10.00' });
  const answer = await read<Funds>(await tpp.get('/payment-funds-confirmation', access));
  assert.deepEqual([answer.FundsAvailable, answer.Data.FundsAvailableResult.FundsAvailable], [true, true]);
});

test('PAY-1, PAY-3: a payment is taken from the account that the PSU chose, if it holds as much', async () => {
  const { tpp } = openSandbox();
  const order = { ...PAYMENT, Amount: '5000.00' };
  const from = async (account: string, changes: object = {}) => {
    const { access_token: access } = await tpp.connectWith({ scope: 'pisp' }, `accept${account}`);
    return tpp.pay(access, { ...order, ...changes });
  };
  const [everyday, saver] = ['&account=12345678', '&account=34567890'];
  assert.equal(await refusal(from(everyday)), '400 insufficient_funds PAY-1');
  assert.equal((await from(saver)).status, 201);
  assert.equal(await refusal(from(everyday, { AccountId: '34567890' })), '422 account_not_chosen PAY-1');
  // Nobody chose: the payment's own account is taken, or the first.
  assert.equal((await from('', { AccountId: '34567890' })).status, 201);
  assert.equal(await refusal(from('')), '400 insufficient_funds PAY-1');
});

test('PAY-1: only an account that the page offers can be chosen', async () => {
  const { tpp } = openSandbox();
  const { location } = await read<{ location: string }>(await tpp.authorise({ scope: 'pisp' }));
  assert.equal(await refusal(tpp.press(location, 'accept&account=1')), '400 invalid_request AUT-4');
  assert.equal((await tpp.press(location, 'accept&account=23456789')).status, 303);
});
