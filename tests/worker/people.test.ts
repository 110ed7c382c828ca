/** The views read what the sandbox's bank tells of everybody, in both shapes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accounts, balances, rowsOf, type Transaction, transactions } from 'tell-connect/views';
import type { Account } from '../../sandbox/src/data/accounts.ts';
import { type Listing, answerText } from '../../sandbox/src/data/listing.ts';
import { accountsOf, PEOPLE, personaNamed } from '../../sandbox/src/data/people.ts';
import { listingOf, RESOURCES } from '../../sandbox/src/data/resources.ts';
import { type Shape, SHAPES } from '../../sandbox/src/data/shape.ts';

const NOW = Date.UTC(2026, 5, 15, 12);

interface Told {
  resource?: string;
  /** The text of the answer, with all of the list. */
  text: string;
  count: number;
}

function told(account: Account, resource: string | undefined, shape: Shape): Told {
  const listing: Listing = listingOf(account, resource, { shape, now: NOW }) ?? assert.fail();
  const text = answerText(listing, shape, { links: { self: '/' }, totalPages: 1 });
  return { ...(resource !== undefined && { resource }), text, count: listing.items.length };
}

test('ACC-5: the views read every list of everybody, and lose no row', () => {
  for (const account of PEOPLE.flatMap(accountsOf)) {
    for (const shape of SHAPES) {
      for (const { resource = '', text, count } of RESOURCES.map((name) => told(account, name, shape))) {
        const rows = rowsOf(`/accounts/${account.AccountId}/${resource}`, text) ?? assert.fail(resource);
        assert.equal(rows.length, count, `${account.Nickname}: ${resource}`);
      }
      const [read] = accounts(told(account, undefined, shape).text);
      assert.deepEqual([read?.accountId, read?.currency], [account.AccountId, account.Currency]);
    }
  }
});

test('ACC-4: amounts in every currency come through as they were written, and the same in both shapes', () => {
  for (const account of PEOPLE.flatMap(accountsOf)) {
    const [flat, wrapped] = SHAPES.map((shape) => ({
      rows: transactions(told(account, 'transactions', shape).text),
      balance: balances(told(account, 'balance', shape).text)[0],
    }));
    const amounts = (rows: readonly Transaction[] = []) =>
      rows.map(({ transactionId, amount }) => [transactionId, amount]);
    assert.deepEqual(amounts(flat?.rows), amounts(wrapped?.rows));
    assert.deepEqual(flat?.balance?.amount, wrapped?.balance?.amount);
    assert.equal(flat?.balance?.amount?.value.startsWith('-'), accountsOf(personaNamed('overdrawn')).includes(account));
    const digits = account.Currency === 'JPY' ? /^-?[1-9]\d*$/ : /^-?\d+\.\d\d$/;
    for (const { amount } of flat?.rows ?? []) {
      assert.match(amount?.value ?? '', digits);
      assert.equal(amount?.currency, account.Currency);
    }
  }
});
