import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeDecimal } from '../../src/account/decimal.ts';
import { isCounted, lastMonths, months, totals } from '../../src/account/months.ts';
import { Chance } from '../../../tests/rig/chance.ts';
import { anyTransaction, transaction } from './some.ts';

test('ACC-4: money in and out is added up by month and currency, exactly', () => {
  const listed = months([
    transaction({ amount: '0.10', at: '2026-03-31T22:59:59Z' }),
    transaction({ amount: '0.20', at: '2026-03-01' }),
    transaction({ amount: '-5', at: '2026-03-31T23:00:00Z' }),
    transaction({ amount: '1E400', currency: 'JPY', at: '2026-01-01' }),
    transaction({ amount: '99', at: '2026-03-02', pending: true }),
    transaction({ amount: '99' }),
    transaction({ amount: 'much', at: '2026-03-02' }),
  ]);
  const told = [...listed].map(([currency, list]) =>
    [currency, ...list.map(({ month, paidIn, paidOut }) => `${month} ${writeDecimal(paidIn).slice(0, 5)} ${writeDecimal(paidOut)}`)]);
  assert.deepEqual(told, [['GBP', '2026-04 0 5', '2026-03 0.3 0'], ['JPY', '2026-01 10000 0']]);
});

test('ACC-4: whatever the transactions are, the months hold as many pence as they do', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = new Chance(seed);
    const items = Array.from({ length: chance.below(80) }, () => anyTransaction(chance));
    const pence = (text: string): number => Math.round(Number(text) * 100);
    for (const [currency, listed] of months(items)) {
      const counted = items.filter((item) => isCounted(item) && item.money.currency === currency);
      for (const { month, paidIn, paidOut } of listed) {
        const own = counted.filter(({ moment }) => moment?.day.startsWith(month)).map(({ minor }) => minor);
        const sum = (list: number[]): number => list.reduce((all, minor) => all + minor, 0);
        assert.equal(pence(writeDecimal(paidIn)), sum(own.filter((minor) => minor > 0)), `seed ${seed} ${month}`);
        assert.equal(pence(writeDecimal(paidOut)), sum(own.filter((minor) => minor < 0).map(Math.abs)), `seed ${seed} ${month}`);
      }
      assert.equal(new Set(listed.map(({ month }) => month)).size, listed.length);
    }
    const net = [...totals(items)].map(([, { paidIn, paidOut }]) => pence(writeDecimal(paidIn)) - pence(writeDecimal(paidOut)));
    assert.equal(net.reduce((all, part) => all + part, 0), items.reduce((all, { minor }) => all + minor, 0), `seed ${seed}`);
  }
});

test('page: the last months are drawn without a gap, and no further back than anything was booked', () => {
  const listed = months(['2026-03-01', '2025-12-05', '2024-01-01'].map((at) => transaction({ at }))).get('GBP') ?? [];
  assert.deepEqual(lastMonths(listed, 5).map(({ month }) => month), ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
  assert.deepEqual(lastMonths(listed.slice(0, 2), 12).map(({ month }) => month), ['2025-12', '2026-01', '2026-02', '2026-03']);
  assert.deepEqual(lastMonths([], 12), []);
});
