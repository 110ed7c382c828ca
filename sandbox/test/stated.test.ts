/** PAY-6: a payment that is stated when the authorisation is asked for. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStrict, openSandbox } from './support/sandbox.ts';
import { ASPSP, PAYMENT, UUID, read, refusal } from './support/tpp.ts';

const SETTING = { SANDBOX_PAYMENT_AT_AUTHORISE: 'payment' };

async function pageFor(members: object): Promise<string> {
  const { tpp, send } = openSandbox(SETTING);
  const { location } = await read<{ location: string }>(await tpp.authorise({ scope: 'pisp', ...members }));
  return (await send(new Request(location))).text();
}

test('PAY-6: without the setting the member is refused as any unknown one', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(tpp.authorise({ scope: 'pisp', payment: PAYMENT })), '400 invalid_request AUT-1');
});

test('PAY-6, PAY-1: a stated payment is checked as one that is submitted', async () => {
  const { tpp } = openSandbox(SETTING);
  const state = (payment: unknown, scope = 'pisp') => tpp.authorise({ scope, payment });
  assert.equal(await refusal(state({ ...PAYMENT, Amount: '0' })), '400 invalid_request PAY-1');
  assert.equal(await refusal(state({ ...PAYMENT, Extra: 'x' })), '400 invalid_request PAY-1');
  for (const none of [null, 'x', [PAYMENT]]) assert.equal(await refusal(state(none)), '400 invalid_request PAY-6');
  assert.equal(await refusal(state(PAYMENT, 'aisp')), '400 invalid_request PAY-6');
  const twice = JSON.stringify(PAYMENT).replace('{', '{"Amount":"1",');
  const body = `{"aspsp":"${ASPSP}","uuid":"${UUID}","scope":"pisp","payment":${twice}}`;
  const headers = { 'content-type': 'application/json', authorization: tpp.basic() };
  assert.equal(await refusal(tpp.post('/authorise', body, headers)), '400 invalid_request PAY-1');
  assert.equal((await state(PAYMENT)).status, 200);
});

test('PAY-6: the consent page shows the stated payment', async () => {
  const page = await pageFor({ payment: { ...PAYMENT, Amount: '1250' } });
  assert.match(page, /<p class="amount">£1,250\.00<\/p>/);
  const identified = { 'Sort code': '00-00-00', 'Account number': '56789012' };
  const rows = { To: 'Hazel Court Lettings', ...identified, Reference: 'FLAT 7' };
  for (const [name, value] of Object.entries(rows)) {
    assert.ok(page.includes(`<dt>${name}</dt><dd>${value}</dd>`), name);
  }
  assert.doesNotMatch(page, /has not told your bank/);
  const iban = { ...PAYMENT, SchemeName: 'IBAN', BeneficiaryIdentification: 'GB29NWBK60161331926819' };
  assert.match(await pageFor({ payment: iban }), /<dt>IBAN<\/dt><dd>GB29 NWBK 6016 1331 9268 19<\/dd>/);
  assert.match(await pageFor({ payment: { ...PAYMENT, Reference: '<b>&' } }), /<dd>&lt;b&gt;&amp;<\/dd>/);
});

test('PAY-6: where no payment was stated the page says so', async () => {
  const page = await pageFor({});
  assert.match(page, /The application has not told your bank the amount or the payee yet\./);
  assert.doesNotMatch(page, /class="amount"/);
});

test('PAY-6: the page offers the accounts with what they hold, and tells which hold too little', async () => {
  const page = await pageFor({ payment: { ...PAYMENT, Amount: '4000' } });
  const label = /value="(\d{8})" (checked)?>[^]*?([\d-]+ \d{8})[^]*?£([\d,.]+) available[^]*?<\/label>/g;
  const offered = page.matchAll(label);
  const rows = Array.from(offered, ([row, id, checked, number, available = '']) => {
    const holds = Number(available.replace(',', ''));
    assert.equal(row.includes('Not enough for this payment'), holds < 4000);
    return [id, checked !== undefined, number];
  });
  assert.deepEqual(rows, [
    ['12345678', false, '00-00-00 12345678'],
    ['23456789', false, '00-00-00 23456789'],
    ['34567890', true, '00-00-00 34567890'],
  ]);
  const named = await pageFor({ payment: { ...PAYMENT, AccountId: '23456789' } });
  assert.deepEqual(named.match(/value="\d{8}" (?:checked)?/g), ['value="23456789" checked']);
});

test('PAY-6: only the stated payment is made, and from the account it names', async () => {
  await using open = await startStrict({ paymentAtAuthorise: 'initiation' });
  const { sandbox, tpp } = open;
  const stated = { ...PAYMENT, AccountId: '23456789' };
  const { access_token: access } = await tpp.connectWith({ scope: 'pisp', initiation: stated }, 'accept');
  for (const changes of [{ Amount: '12.51' }, { BeneficiaryName: 'Someone' }, { AccountId: undefined }]) {
    assert.equal(await refusal(tpp.pay(access, { ...stated, ...changes })), '422 payment_not_as_stated PAY-6');
  }
  assert.deepEqual(sandbox.violations.splice(0).map(({ rule }) => rule), ['PAY-6', 'PAY-6', 'PAY-6']);
  assert.deepEqual(sandbox.payments, []);
  const reordered = Object.fromEntries(Object.entries(stated).reverse());
  assert.equal((await tpp.pay(access, reordered)).status, 201);
  assert.deepEqual(sandbox.violations, []);
});

test('PAY-3, PAY-6: funds are confirmed for a payment that is only stated', async () => {
  const { tpp } = openSandbox(SETTING);
  const funds = async (amount: string, decision = 'accept') => {
    const payment = { ...PAYMENT, Amount: amount };
    const { access_token: access } = await tpp.connectWith({ scope: 'pisp', payment }, decision);
    const answer = await tpp.get('/payment-funds-confirmation', access);
    return (await read<{ FundsAvailable: boolean }>(answer)).FundsAvailable;
  };
  assert.equal(await funds('10.00'), true);
  assert.equal(await funds('5000.00'), false);
  assert.equal(await funds('5000.00', 'accept&account=34567890'), true);
  assert.equal(await funds('1.11'), false);
});
