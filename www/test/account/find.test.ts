import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Wanted, filtersSet, find, isEverything } from '../../src/account/find.ts';
import { Chance } from '../../../tests/rig/chance.ts';
import { anyTransaction, transaction } from './some.ts';

const ALL: Wanted = { text: '', direction: 'both', state: 'both', from: '', to: '' };
const SOME = [
  transaction({ name: 'Café Nero', amount: '-12.50', at: '2026-03-01' }),
  transaction({ name: 'Refund', note: 'CAFE NERO LEEDS', amount: '12.05', at: '2026-03-02T08:00:00Z' }),
  transaction({ name: 'Rent', amount: '-1212.00', at: '2026-03-03', pending: true }),
  transaction({ name: '12 Monkeys', amount: '-7.99' }),
];
const found = (text: string): string[] => find(SOME, { ...ALL, text }).map(({ name }) => name);

test('page: a search finds each of its words in name, text or amount, without regard to case and accents', () => {
  assert.deepEqual(found('cafe'), ['Café Nero', 'Refund']);
  assert.deepEqual(found('  NERO leeds '), ['Refund']);
  assert.deepEqual(found('nero 12.5'), ['Café Nero']);
  assert.deepEqual(found('nothing like it'), []);
  assert.deepEqual(found(''), SOME.map(({ name }) => name));
});

test('page: an amount is found by its pounds, by any of its pence, and by its sign', () => {
  assert.deepEqual(found('12'), ['Café Nero', 'Refund', 'Rent', '12 Monkeys'], '12 stands in 1,212.00 and in a name too');
  assert.deepEqual(found('12.5'), ['Café Nero']);
  assert.deepEqual(found('12.50'), ['Café Nero']);
  assert.deepEqual(found('12.0'), ['Refund', 'Rent']);
  assert.deepEqual(found('£1,212'), ['Rent']);
  assert.deepEqual(found('1212'), ['Rent']);
  assert.deepEqual(found('+12'), ['Refund']);
  assert.deepEqual(found('-1212'), ['Rent']);
});

test('page: filters narrow by direction, state and days, both days included', () => {
  const names = (wanted: Partial<Wanted>): string[] => find(SOME, { ...ALL, ...wanted }).map(({ name }) => name);
  assert.deepEqual(names({ direction: 'in' }), ['Refund']);
  assert.deepEqual(names({ direction: 'out', state: 'booked' }), ['Café Nero', '12 Monkeys']);
  assert.deepEqual(names({ state: 'pending' }), ['Rent']);
  assert.deepEqual(names({ from: '2026-03-02' }), ['Refund', 'Rent']);
  assert.deepEqual(names({ from: '2026-03-01', to: '2026-03-01' }), ['Café Nero']);
  assert.deepEqual([filtersSet(ALL), filtersSet({ ...ALL, text: 'x', from: '2026-03-01', state: 'booked' })], [0, 2]);
  assert.deepEqual([isEverything({ ...ALL, text: ' ' }), isEverything({ ...ALL, to: '2026-03-01' })], [true, false]);
});

test('page: a filter and its opposite part the transactions, and filters together find what each finds', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = new Chance(seed);
    const items = Array.from({ length: chance.below(50) }, () => anyTransaction(chance));
    const by = (wanted: Partial<Wanted>): typeof items => find(items, { ...ALL, ...wanted });
    const [direction, state] = [chance.of(['in', 'out'] as const), chance.of(['pending', 'booked'] as const)];
    const [text, from] = [chance.of(['cafe', 'salary', '12']), `2025-${chance.of(['03', '08', '12'])}-15`];
    assert.equal(by({ direction: 'in' }).length + by({ direction: 'out' }).length, items.filter(({ minor }) => minor !== 0).length, `seed ${seed}`);
    assert.equal(by({ state: 'pending' }).length + by({ state: 'booked' }).length, items.length, `seed ${seed}`);
    const each = [by({ direction }), by({ state }), by({ text }), by({ from })];
    const together = items.filter((item) => each.every((list) => list.includes(item)));
    assert.deepEqual(by({ direction, state, text, from }), together, `seed ${seed}`);
  }
});
