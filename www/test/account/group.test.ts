import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstOf, groupByDay } from '../../src/account/group.ts';
import { dayInWords, monthBefore, readMoment } from '../../src/account/moment.ts';
import { Chance } from '../../../tests/rig/chance.ts';
import { anyTransaction, odd, transaction } from './some.ts';

test('page: transactions stand by day, the newest first, pending ones before and others after', () => {
  const groups = groupByDay([
    transaction({ name: 'undated' }),
    transaction({ name: 'old', at: '2026-01-01' }),
    odd('{}'),
    transaction({ name: 'morning', at: '2026-03-01T08:00:00Z' }),
    transaction({ name: 'waiting', at: '2026-02-28', pending: true }),
    transaction({ name: 'evening', at: '2026-03-01T19:00:00Z' }),
  ]);
  const told = groups.map(({ of, items }) => [of, ...items.map((item) => (item.kind === 'unknown' ? item.raw : item.name))]);
  assert.deepEqual(told, [
    ['pending', 'waiting'],
    ['2026-03-01', 'evening', 'morning'],
    ['2026-01-01', 'old'],
    ['undated', 'undated'],
    ['unknown', '{}'],
  ]);
});

test('page: whatever the transactions are, grouping keeps each once, days fall and so do moments within a day', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = new Chance(seed);
    const items = Array.from({ length: chance.below(60) }, () => anyTransaction(chance));
    const groups = groupByDay(items);
    const all = groups.flatMap((group) => group.items);
    assert.deepEqual(new Set(all), new Set(items), `seed ${seed}`);
    assert.equal(all.length, items.length, `seed ${seed}`);
    const days = groups.map(({ of }) => of).filter((of) => /^\d/.test(of));
    assert.deepEqual(days, [...new Set(days)].sort().reverse(), `seed ${seed}`);
    for (const { of, items: own } of groups) {
      const moments = own.map((item) => (item.kind === 'transaction' && item.moment ? item.moment.at : 0));
      assert.deepEqual(moments, moments.toSorted((a, b) => b - a), `seed ${seed} ${of}`);
      assert.ok(own.every((item) => item.kind === 'transaction' && (item.pending ? 'pending' : (item.moment?.day ?? 'undated')) === of));
    }
    const many = chance.below(70);
    assert.deepEqual(firstOf(groups, many).flatMap((group) => group.items), all.slice(0, many), `seed ${seed}`);
  }
});

test('page: a booking is of the day that it is in London, and of the written day where no offset says otherwise', () => {
  const day = (text: string) => readMoment(text)?.day;
  assert.equal(day('2026-07-01T23:30:00Z'), '2026-07-02');
  assert.equal(day('2026-01-01T23:30:00Z'), '2026-01-01');
  assert.equal(day('2026-07-02T00:20:00+0100'), '2026-07-02');
  assert.equal(day('2026-07-01T23:30:00'), '2026-07-01');
  assert.equal(day('2026-07-01'), '2026-07-01');
  for (const text of ['', 'soon', '2026', '2026-13-01', '01/07/2026', '2026-07-01T25:00:00Z']) assert.equal(day(text), undefined, text);
});

test('page: a day is told in words, and the last two as such', () => {
  const now = Date.parse('2026-10-25T23:30:00Z');
  assert.equal(dayInWords('2026-10-25', now), 'Today, Sunday 25 October 2026');
  assert.equal(dayInWords('2026-10-24', now), 'Yesterday, Saturday 24 October 2026', 'though the day had 25 hours');
  assert.equal(dayInWords('2026-10-23', now), 'Friday 23 October 2026');
  assert.deepEqual([monthBefore('2026-01', 1), monthBefore('2026-11', 11)], ['2025-12', '2025-12']);
});
