import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountNumber, splitWords } from '../src/bank.ts';

test('ACC-4: a bank’s joined words are read apart', () => {
  assert.equal(splitWords('CurrentAccount'), 'Current account');
  assert.equal(splitWords('ClosingAvailable'), 'Closing available');
  assert.equal(splitWords(''), '');
});

test('page: a sort code and an IBAN are written as people read them, and another number as it is', () => {
  assert.equal(accountNumber('UK.OBIE.SortCodeAccountNumber', '00000031926819'), '00-00-00 31926819');
  assert.equal(accountNumber('UK.OBIE.IBAN', 'GB00TEST00000031926819'), 'GB00 TEST 0000 0031 9268 19');
  assert.equal(accountNumber('UK.OBIE.PAN', '4417'), '4417');
  assert.equal(accountNumber('UK.OBIE.SortCodeAccountNumber', '123'), '123');
});
