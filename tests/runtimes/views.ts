/** `tell-connect/views` in every runtime: what the bank sent, read. */

import {
  accounts, balances, beneficiaries, directDebits, mergeTransactions, nextPage, product, ready, sameTransaction,
  scheduledPayments, standingOrders, transactions, TellConnectError, type Transaction,
} from 'tell-connect/views';
import { TellConnectError as CoreError } from 'tell-connect';
import { allRefused, equal, ok, refused, untyped, type Case } from './check.ts';
import { survives, survivesMembers } from './hostile.ts';

const LISTS = {
  accounts, balances, transactions, beneficiaries, directDebits, standingOrders, scheduledPayments, product,
};
const WRAPPED = `{"Data":{"Transaction":[
  {"TransactionId":"p-1","Status":"Pending","BookingDateTime":"2026-03-02T08:10:12Z","CreditDebitIndicator":"Debit",
   "Amount":{"Amount":"3.40","Currency":"GBP"},"TransactionInformation":"PRET A MANGER"},
  {"TransactionId":"b-1","Status":"Booked","BookingDateTime":"2026-03-03T00:00:00Z","CreditDebitIndicator":"Debit",
   "Amount":{"Amount":3.400,"Currency":"GBP"},"TransactionInformation":"Pret A Manger LONDON","Fee":1E400}
]},"Links":{"Next":"/accounts/1/transactions?page=2"}}`;

const read = (): [Transaction, Transaction] => transactions(WRAPPED) as [Transaction, Transaction];
const huge = (): string => ' '.repeat(16 * 1024 * 1024 + 1);

export const viewsSuite: readonly Case[] = [
  {
    name: 'ready: the views can be awaited as often as one likes, and throw the same class of errors',
    async run() {
      await Promise.all([ready(), ready()]);
      equal(await ready(), undefined);
      ok(TellConnectError === CoreError, 'one class');
    },
  },
  {
    name: 'ACC-5: a transaction of either shape is one view',
    run() {
      const flat = '{"Transactions":[{"TransactionId":"p-1","Amount":"3.40","Currency":"GBP","CreditDebit":"Debit"}]}';
      const rest = JSON.stringify({ Amount: '3.40', Currency: 'GBP', CreditDebit: 'Debit' });
      equal(transactions(flat), [{ transactionId: 'p-1', amount: { value: '-3.40', currency: 'GBP' }, rest }]);
      equal(read()[0].amount, { value: '-3.40', currency: 'GBP' });
      equal(read()[0].transactionInformation, 'PRET A MANGER');
    },
  },
  {
    name: 'ACC-4: numbers and unknown members stay as they were written',
    run() {
      equal(read()[1].rest, '{"CreditDebitIndicator":"Debit","Amount":{"Amount":3.400,"Currency":"GBP"},"Fee":1E400}');
      const balance = '{"Amount":12345678901234567890,"Currency":"GBP","CreditDebit":"Credit","Text":"a\\u0000b"}';
      equal(balances(balance)[0]?.amount?.value, '12345678901234567890');
      equal(balances(balance)[0]?.rest, balance);
      equal(accounts('{"Accounts":[{"Nickname":"a\\u0000b"}]}')[0]?.nickname, 'a\0b');
    },
  },
  {
    name: 'ACC-5: every list is read, and the link to its next page',
    run() {
      for (const [name, list] of Object.entries(LISTS)) {
        equal(list('[]'), [], name);
        equal(list('[{"AccountId":"1","X":[1.0]}]'), [{ accountId: '1', rest: '{"X":[1.0]}' }], name);
      }
      equal(nextPage(WRAPPED), '/accounts/1/transactions?page=2');
      equal(nextPage('{"Links":{"Self":"/accounts"}}'), undefined);
    },
  },
  {
    name: 'ACC-4: a pending transaction and the booked one are one, and are shown once',
    run() {
      const [pending, booked] = read();
      ok(sameTransaction(pending, booked) && sameTransaction(booked, pending), 'they are one');
      ok(!sameTransaction(pending, { ...booked, amount: { value: '-3.41', currency: 'GBP' } }), 'another amount');
      ok(!sameTransaction(pending, { ...booked, amount: { value: '3.40', currency: 'GBP' } }), 'another direction');
      ok(!sameTransaction(pending, { ...booked, amount: { value: '-3.40', currency: 'EUR' } }), 'another currency');
      const older = { ...booked, transactionId: 'b-0', bookingDateTime: '2026-02-20' };
      const merged = mergeTransactions([pending, older], [booked]);
      ok(merged.length === 2 && merged[0] === booked && merged[1] === older, 'the rows that were handed over');
      equal(mergeTransactions([], []), []);
    },
  },
  {
    name: 'ACC-5, ERR-2: what cannot be read is refused by a code, whatever its length and depth',
    run() {
      for (const [name, list] of Object.entries(LISTS)) {
        allRefused('json_invalid', { [`${name} of nothing`]: () => list(''), [`${name} of a half`]: () => list('[') });
        allRefused('list_missing', { [`${name} of a problem`]: () => list('{"code":"revoked"}') });
        refused('invalid_argument', () => list(untyped({})), name);
      }
      refused('json_invalid', () => nextPage('{'));
      refused('too_large', () => accounts(huge()));
      refused('too_large', () => nextPage(huge()));
      refused('too_large', () => accounts(`[${'0,'.repeat(100_000)}0]`));
      refused('too_large', () => mergeTransactions(untyped(Array(10_001).fill({})), []));
      refused('too_large', () => sameTransaction({ rest: huge() }, { rest: '' }));
      const deep = `${'['.repeat(99_999)}${']'.repeat(99_999)}`;
      equal(accounts(`[{"X":${deep}}]`), [{ rest: `{"X":${deep}}` }]);
      equal(accounts(deep)[0]?.rest.length, deep.length - 2);
    },
  },
  {
    name: 'ERR-2: no argument of the views traps, and none spoils the next call',
    run() {
      const control = () => [read(), nextPage(WRAPPED), sameTransaction(...read()), mergeTransactions(read(), [])];
      for (const [name, list] of Object.entries(LISTS)) survives(name, (text) => list(text), control);
      survives('nextPage', (text) => nextPage(text), control);
      survives('mergeTransactions', (rows) => mergeTransactions(rows, rows), control);
      survives('mergeTransactions row', (row) => mergeTransactions(read(), [row]), control);
      const [pending, booked] = read();
      survivesMembers('sameTransaction', pending, Object.keys(pending), (row) => sameTransaction(row, booked), control);
      survives('sameTransaction amount', (value) =>
        sameTransaction(pending, { ...booked, amount: untyped({ value, currency: value }) }), control);
    },
  },
];
