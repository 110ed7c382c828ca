import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SECTIONS } from '../../src/account/arrangements.ts';
import { permits } from '../../src/account/permits.ts';
import { readAccounts, readBalances, readTransactions } from '../../src/account/rows.ts';
import { labelOf } from '../../src/account/label.ts';
import { Problem } from '../../src/api.ts';

const ODD_ANSWERS = ['null', '0', '"text"', '{}', '{"Data":null}', '{"Data":{}}', '{"data":{"Account":[]}}'];
const READERS = [readAccounts, readBalances, readTransactions, ...SECTIONS.map(({ read }) => read)];

test('ACC-5: an account is read with its name, type and number, from either shape', () => {
  const number = { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '00000031926819', Name: 'A Person' };
  const own = { AccountId: '22289', Nickname: 'Everyday', Currency: 'GBP', AccountSubType: 'CurrentAccount' };
  const account = { kind: 'account', id: '22289', name: 'Everyday', details: ['Current account', '00-00-00 31926819'] };
  assert.deepEqual(readAccounts(JSON.stringify({ Accounts: [{ ...own, ...number }] })), [account]);
  assert.deepEqual(readAccounts(JSON.stringify({ Data: { Account: [{ ...own, Account: [number] }] } })), [account]);
});

test('ACC-4: an account is named by its holder, then its type, when it has no nickname', () => {
  const read = readAccounts(JSON.stringify({
    Accounts: [{ AccountId: 1, AccountSubType: 'EMoney', Name: 'A Person' }, { AccountId: '2', AccountSubType: 'Savings' }, { AccountId: '3' }],
  }));
  assert.deepEqual(read, [
    { kind: 'account', id: '1', name: 'A Person', details: ['E-money account'] },
    { kind: 'account', id: '2', name: 'Savings', details: [] },
    { kind: 'account', id: '3', name: 'Account', details: [] },
  ]);
});

test('ACC-4: an item of an unknown shape keeps its raw value and its neighbours', () => {
  const items = readAccounts('{"Accounts":[{"Weird":[1.0,null]},{"AccountId":"1"},null,{"Nickname":"Odd","Limit":1E400}]}');
  assert.deepEqual(items.map((item) => (item.kind === 'unknown' ? item.raw : item.id)),
    ['{"Weird":[1.0,null]}', '1', 'null', '{"Nickname":"Odd","Limit":1E400}']);
});

test('ACC-4: an answer of an unknown shape is one unknown item, as the bank wrote it; an empty list is none', () => {
  for (const read of READERS) {
    for (const answer of ODD_ANSWERS) assert.deepEqual(read(answer), [{ kind: 'unknown', raw: answer }]);
    assert.deepEqual(read('[]'), []);
    assert.throws(() => read('<h1>'), (error: unknown) => error instanceof Problem && error.code === 'worker_bad_answer');
  }
});

test('ACC-5: balances are read from either shape, the available one first, overdrawn below zero', () => {
  const amount = (Amount: string) => ({ Amount, Currency: 'GBP' });
  assert.deepEqual(readBalances(JSON.stringify({
    Data: { Balance: [
      { Type: 'InterimBooked', Amount: amount('10.00'), CreditDebitIndicator: 'Debit' },
      { odd: true },
      { Type: 'InterimAvailable', Amount: amount('1234.56'), CreditDebitIndicator: 'Credit' },
    ] },
  })), [
    { kind: 'balance', label: 'Available', money: { amount: '1234.56', currency: 'GBP' } },
    { kind: 'balance', label: 'Booked', money: { amount: '-10.00', currency: 'GBP' } },
    { kind: 'unknown', raw: '{"odd":true}' },
  ]);
  assert.deepEqual(readBalances('{"Amount":10.10,"Currency":"GBP","CreditDebit":"Credit"}'),
    [{ kind: 'balance', label: 'Balance', money: { amount: '10.10', currency: 'GBP' } }]);
});

test('ACC-5: a transaction is named by its shop, then by who is paid or pays, then by its text, from either shape', () => {
  const flat = { Amount: '3.20', Currency: 'GBP', BookingDateTime: '2026-11-03T09:00:00Z', Status: 'Pending', CreditDebit: 'Debit' };
  const wrapped = {
    Amount: { Amount: '3.20', Currency: 'GBP' }, BookingDateTime: '2026-11-03T09:00:00Z', Status: 'Pending', CreditDebitIndicator: 'Debit',
  };
  const [one, other] = [
    JSON.stringify({ Transactions: [{ ...flat, TransactionInformation: 'CARD 4417', MerchantName: 'Finch Grocers' }] }),
    JSON.stringify({ Data: { Transaction: [{ ...wrapped, TransactionInformation: 'CARD 4417', MerchantDetails: { MerchantName: 'Finch Grocers' } }] } }),
  ].map((text) => readTransactions(text)[0]);
  assert.deepEqual(one, {
    kind: 'transaction', id: undefined, name: 'Finch Grocers', note: 'CARD 4417', pending: true,
    bookedAt: '2026-11-03T09:00:00Z', moment: { day: '2026-11-03', at: Date.parse('2026-11-03T09:00:00Z') },
    money: { amount: '-3.20', currency: 'GBP' }, amount: { units: -32n, scale: 1 },
  });
  assert.deepEqual(other, one);
  const named = (more: object) => readTransactions(JSON.stringify([{ ...flat, ...more }])).map((row) =>
    row.kind === 'transaction' && [row.name, row.note]);
  assert.deepEqual(named({ CreditorName: 'Landlord', TransactionInformation: 'RENT' }), [['Landlord', 'RENT']]);
  assert.deepEqual(named({ CreditDebit: 'Credit', CreditorName: 'Me', DebtorName: 'Kit' }), [['Kit', undefined]]);
  assert.deepEqual(named({ TransactionInformation: 'RENT' }), [['RENT', undefined]]);
  assert.deepEqual(named({}), [['Transaction', undefined]]);
});

test('ACC-5: what an account pays by itself is told in words, from either shape', () => {
  const told = (resource: string, answer: object): unknown[] =>
    SECTIONS.find((section) => section.resource === resource)?.read(JSON.stringify(answer)).map((item) =>
      item.kind === 'unknown' ? item.raw : [item.name, item.money?.amount, ...item.words]) ?? [];
  assert.deepEqual(told('direct-debits', { Data: { DirectDebit: [{
    Name: 'Gym', DirectDebitStatusCode: 'Inactive', Frequency: 'UK.OBIE.Monthly', NextPaymentDateTime: '2026-12-05T00:00:00Z',
    PreviousPaymentDateTime: '2026-11-05T00:00:00Z', PreviousPaymentAmount: { Amount: '29.50', Currency: 'GBP' },
  }] } }), [['Gym', undefined, 'Inactive', 'Every month', 'Next on 5 December 2026', 'Last £29.50 on 5 November 2026']]);
  assert.deepEqual(told('standing-orders', { StandingOrders: [{
    Name: 'Rainy day', SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '00000034567890', Frequency: 'IntrvlMnthDay:01:02',
    Amount: '450.00', Currency: 'GBP', Status: 'Active', Reference: 'SAVE', NextPaymentDateTime: '2026-12-02',
  }] }), [['Rainy day', '450.00', 'On the 2nd of every month', 'Next on 2 December 2026', '00-00-00 34567890', 'Reference SAVE']]);
  assert.deepEqual(told('scheduled-payments', { Data: { ScheduledPayment: [{
    ScheduledType: 'Arrival', ScheduledPaymentDateTime: '2026-12-24T00:00:00Z', InstructedAmount: { Amount: '5', Currency: 'GBP' },
    CreditorAccount: { Name: 'Kit' },
  }] } }), [['Kit', '5', 'Arrives on 24 December 2026']]);
  assert.deepEqual(told('beneficiaries', { Beneficiaries: [{ Name: 'Kit', Reference: 'ROBIN' }, { odd: 1.0 }] }),
    [['Kit', undefined, 'Reference ROBIN'], '{"odd":1}']);
});

test('ACC-3: a part of an account is shown where it was granted, and where nobody can tell', () => {
  const usual = ['balance:read', 'product:read', 'accounts:read', 'beneficiaries:read'];
  for (const resource of ['balance', 'transactions', 'direct-debits', 'beneficiaries']) {
    assert.ok(permits(usual, resource), `the guide’s four, ${resource}`);
    assert.ok(permits([], resource) && permits(['ReadAccountsDetail'], resource), resource);
  }
  const some = ['accounts:read', 'balances:read', 'direct-debit:read'];
  assert.deepEqual(['balance', 'direct-debits', 'transactions', 'beneficiaries'].map((resource) => permits(some, resource)),
    [true, true, false, false]);
  assert.equal(permits(['accounts:read', 'balance:read'], 'transactions'), false);
});

test('page: what belongs to an account is named by it, and by its number where two have one name', () => {
  const [everyday, one, other] = [['Everyday', '1'], ['My account', '2'], ['My account', '3']].map(([name = '', number = '']) =>
    ({ kind: 'account' as const, id: number, name, details: [number] }));
  const all = [everyday, one, other].flatMap((account) => account ?? []);
  assert.deepEqual(all.map((account) => labelOf(account, all)), ['Everyday account', 'My account, 2', 'My account, 3']);
});
