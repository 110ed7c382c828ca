import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USUAL, formatMoney, styleOf } from '../src/money.ts';

const gbp = (amount: string) => ({ amount, currency: 'GBP' });

test('ACC-4: an amount is written with its symbol, grouped, with the digits of its currency', () => {
  assert.equal(formatMoney(gbp('1234.56')), '£1,234.56');
  assert.equal(formatMoney(gbp('0')), '£0.00');
  assert.equal(formatMoney(gbp('999')), '£999.00');
  assert.equal(formatMoney(gbp('1000.5')), '£1,000.50');
  assert.equal(formatMoney(gbp('007.10')), '£7.10');
  assert.equal(formatMoney({ amount: '1200', currency: 'JPY' }), 'JP¥1,200');
  assert.equal(formatMoney({ amount: '5', currency: 'CHF' }), 'CHF\u00a05.00');
});

test('ACC-4: no digit is lost, however long or fine the amount is', () => {
  assert.equal(formatMoney(gbp('90071992547409931234.07')), '£90,071,992,547,409,931,234.07');
  assert.equal(formatMoney(gbp('1.005')), '£1.005');
  assert.equal(formatMoney(gbp('0.1000000000000000055')), '£0.1000000000000000055');
});

test('ACC-4: the direction gives the sign, and zero has none', () => {
  assert.equal(formatMoney(gbp('12.50'), 'debit'), '\u2212£12.50');
  assert.equal(formatMoney(gbp('-12.50'), 'debit'), '\u2212£12.50');
  assert.equal(formatMoney(gbp('-12.50')), '\u2212£12.50');
  assert.equal(formatMoney(gbp('12.50'), 'credit'), '£12.50');
  assert.equal(formatMoney(gbp('12.50'), 'credit', true), '+£12.50');
  assert.equal(formatMoney(gbp('0.00'), 'debit'), '£0.00');
  assert.equal(formatMoney(gbp('0.00'), 'credit', true), '£0.00');
});

test('ACC-4: what is no decimal amount or no currency is shown as the bank wrote it', () => {
  assert.equal(formatMoney(gbp('1,234')), '1,234 GBP');
  assert.equal(formatMoney(gbp('1e3')), '1e3 GBP');
  assert.equal(formatMoney(gbp('.5')), '.5 GBP');
  assert.equal(formatMoney({ amount: '5.00', currency: 'pounds' }), '5.00 pounds');
  assert.equal(formatMoney({ amount: '5.00', currency: '' }), '5.00');
});

test('ACC-4: the usual currencies are written as the platform writes them', () => {
  for (const [currency, style] of Object.entries(USUAL)) assert.deepEqual(style, styleOf(currency));
});
