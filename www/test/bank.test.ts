import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAccounts, readBalances, readTransactions, splitWords } from '../src/bank.ts';

const ODD_ANSWERS = [null, undefined, 0, 'text', [], {}, { Data: null }, { Data: [] }, { Data: {} }, { data: {} }];
const amount = (value: unknown, currency: unknown = 'GBP') => ({ Amount: value, Currency: currency });

test('ACC-4: an account is read with its name, type and number', () => {
  const answer = {
    Data: {
      Account: [
        {
          AccountId: '22289',
          Nickname: 'Everyday',
          Currency: 'GBP',
          AccountSubType: 'CurrentAccount',
          Account: [
            { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '00000031926819', Name: 'A Person' },
            { SchemeName: 'UK.OBIE.IBAN', Identification: 'GB00TEST00000031926819' },
          ],
        },
      ],
    },
  };
  assert.deepEqual(readAccounts(answer), [
    {
      kind: 'account',
      id: '22289',
      name: 'Everyday',
      details: ['Current account', '00-00-00 31926819', 'GB00 TEST 0000 0031 9268 19'],
    },
  ]);
});

test('ACC-4: an account is named by its holder, then its type, when it has no nickname', () => {
  const [holder, type, bare] = readAccounts({
    Data: {
      Account: [
        { AccountId: 1, AccountSubType: 'EMoney', Account: [{ Name: 'A Person' }, null, 'odd'] },
        { AccountId: '2', AccountSubType: 'Savings', Account: 'odd' },
        { AccountId: '3' },
      ],
    },
  });
  assert.deepEqual(holder, { kind: 'account', id: '1', name: 'A Person', details: ['E-money account'] });
  assert.deepEqual(type, { kind: 'account', id: '2', name: 'Savings', details: [] });
  assert.deepEqual(bare, { kind: 'account', id: '3', name: 'Account', details: [] });
});

test('ACC-4: an item of an unknown shape keeps its raw value and its neighbours', () => {
  const odd = { weird: [1, null] };
  const items = readAccounts({ Data: { Account: [odd, { AccountId: '1' }, null, { AccountId: {} }] } });
  assert.deepEqual(items.map(({ kind }) => kind), ['unknown', 'account', 'unknown', 'unknown']);
  assert.deepEqual(items[0], { kind: 'unknown', raw: odd });
});

test('ACC-4: an answer of an unknown shape is one unknown item', () => {
  for (const read of [readAccounts, readBalances, readTransactions]) {
    for (const answer of ODD_ANSWERS) assert.deepEqual(read(answer), [{ kind: 'unknown', raw: answer }]);
  }
  assert.deepEqual(readAccounts({ Data: { Account: [] } }), []);
});

test('ACC-4: balances are read, the available one first', () => {
  const balances = readBalances({
    Data: {
      Balance: [
        { Type: 'InterimBooked', Amount: amount('10.00'), CreditDebitIndicator: 'Debit' },
        { odd: true },
        { Type: 'InterimAvailable', Amount: amount('1234.56'), CreditDebitIndicator: 'Credit' },
      ],
    },
  });
  assert.deepEqual(balances, [
    { kind: 'balance', label: 'Available', money: { amount: '1234.56', currency: 'GBP' }, direction: 'credit' },
    { kind: 'balance', label: 'Booked', money: { amount: '10.00', currency: 'GBP' }, direction: 'debit' },
    { kind: 'unknown', raw: { odd: true } },
  ]);
});

test('ACC-4: a single balance that is no list, and a direction that is not known, are taken', () => {
  const [balance] = readBalances({ Data: { Balance: { Amount: amount(5, null), CreditDebitIndicator: 'Sideways' } } });
  assert.deepEqual(balance, {
    kind: 'balance',
    label: 'Balance',
    money: { amount: '5', currency: '' },
    direction: undefined,
  });
});

test('ACC-4: a transaction is named by its merchant, then its information', () => {
  const [merchant, information, bare] = readTransactions({
    Data: {
      Transaction: [
        {
          TransactionId: 'a',
          BookingDateTime: '2026-11-03T09:00:00Z',
          Amount: amount('3.20'),
          CreditDebitIndicator: 'Debit',
          Status: 'Pending',
          TransactionInformation: 'CARD 4417',
          MerchantDetails: { MerchantName: 'Finch Grocers' },
        },
        { BookingDateTime: '2026-11-02T09:00:00Z', Amount: amount('1'), TransactionInformation: 'RENT' },
        { BookingDateTime: '2026-11-01T09:00:00Z', Amount: amount('1'), MerchantDetails: 'odd' },
      ],
    },
  });
  assert.deepEqual(merchant, {
    kind: 'transaction',
    name: 'Finch Grocers',
    note: 'CARD 4417',
    bookedAt: '2026-11-03T09:00:00Z',
    pending: true,
    money: { amount: '3.20', currency: 'GBP' },
    direction: 'debit',
  });
  assert.deepEqual(information?.kind === 'transaction' && [information.name, information.note], ['RENT', undefined]);
  assert.equal(bare?.kind === 'transaction' && bare.name, 'Transaction');
});

test('ACC-4: transactions stand newest first, or in the bank’s order when one has no date', () => {
  const item = (TransactionInformation: string, BookingDateTime?: string) => ({
    TransactionInformation,
    BookingDateTime,
    Amount: amount('1'),
  });
  const names = (...Transaction: unknown[]) =>
    readTransactions({ Data: { Transaction } }).map((read) => (read.kind === 'transaction' ? read.name : '?'));
  const dated = [item('old', '2026-01-01'), item('new', '2026-03-01'), item('mid', '2026-02-01')];
  assert.deepEqual(names(...dated), ['new', 'mid', 'old']);
  assert.deepEqual(names(...dated, item('undated')), ['old', 'new', 'mid', 'undated']);
  assert.deepEqual(names(...dated, { odd: true }), ['old', 'new', 'mid', '?']);
});

test('ACC-4: a bank’s joined words are read apart', () => {
  assert.equal(splitWords('CurrentAccount'), 'Current account');
  assert.equal(splitWords('ClosingAvailable'), 'Closing available');
  assert.equal(splitWords(''), '');
});
