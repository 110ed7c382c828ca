import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decimal, add, compare, negated, parseDecimal, share, writeDecimal } from '../../src/account/decimal.ts';
import { Chance } from '../../../tests/rig/chance.ts';

const read = (text: string): Decimal => parseDecimal(text) ?? assert.fail(text);

test('ACC-4: an amount is read exactly, in whichever way the bank wrote it', () => {
  for (const [text, plain] of [
    ['12.50', '12.5'], ['-3', '-3'], ['+007.10', '7.1'], ['0.00', '0'], ['-0.0', '0'], ['1.5e2', '150'], ['1.5E-3', '0.0015'],
    ['90071992547409931234.07', '90071992547409931234.07'], ['0.1000000000000000055', '0.1000000000000000055'],
  ] as const) assert.equal(writeDecimal(read(text)), plain, text);
  assert.equal(writeDecimal(read('1E400')).length, 401);
});

test('ACC-4: what is no decimal number, or a longer one than any sum of money, is not read', () => {
  for (const text of ['', '.5', '5.', '1,234', '£5', 'NaN', '1e', '0x10', '1E9999', '1E99999', `1${'0'.repeat(1000)}`]) {
    assert.equal(parseDecimal(text), undefined, text);
  }
});

test('ACC-4: sums and comparisons are those of whole numbers of the smallest unit, at any scale', () => {
  const chance = new Chance(11);
  for (let round = 0; round < 2000; round += 1) {
    const scale = chance.below(7);
    const [a, b] = [0, 0].map(() => BigInt(chance.below(2 ** 31)) * BigInt(chance.below(1e9)) - 10n ** 17n) as [bigint, bigint];
    const text = (units: bigint): string => {
      const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
      return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
    };
    const [left, right] = [read(text(a)), read(text(b))];
    assert.deepEqual(add(left, right), read(text(a + b)), `${text(a)} + ${text(b)}`);
    assert.equal(compare(left, right), a < b ? -1 : Number(a > b), `${text(a)} ? ${text(b)}`);
    assert.deepEqual(add(left, negated(left)), { units: 0n, scale: 0 });
  }
  assert.deepEqual(add(read('0.1'), read('0.2')), read('0.3'));
});

test('page: a bar is drawn by its share of the whole', () => {
  assert.equal(share(read('25'), read('100.00')), 0.25);
  assert.equal(share(read('1E300'), read('4E300')), 0.25);
  assert.equal(share(read('0'), read('0')), 0);
});
