import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatClock, formatDay, formatMonth, formatShortDay, formatWeekday, londonDay } from '../src/dates.ts';
import { Chance } from '../../tests/rig/chance.ts';

const TIMES = 20_000;
const [HOUR, DAY] = [3_600_000, 86_400_000];
/** From when on London has had UTC or an hour more, and so many days, to 2100. */
const [FIRST, DAYS] = [Date.UTC(1971, 10), 46_000];

function* moments(): Generator<number> {
  const chance = new Chance(11);
  for (let time = 0; time < TIMES; time += 1) {
    const day = FIRST + DAY * chance.below(DAYS);
    yield day + chance.below(DAY);
    // The hour in which London may be a day ahead.
    yield day + 23 * HOUR + chance.below(HOUR);
  }
}

test('ACC-4: a day is London’s day, and what is no date stays as it is', () => {
  assert.equal(formatDay('2026-07-01T23:30:00Z'), '2 July 2026');
  assert.equal(formatDay('2026-11-28'), '28 November 2026');
  assert.equal(formatShortDay('2026-11-20T00:00:00+00:00'), '20 Nov 2026');
  assert.equal(formatDay('yesterday'), 'yesterday');
  assert.equal(formatDay('+012026-07-01T12:00:00Z'), '1 July 12026');
});

test('ACC-4: days are told as the platform tells them', () => {
  const timeZone = 'Europe/London';
  const iso = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone });
  const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone });
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone });
  for (const at of moments()) {
    const [text, day] = [new Date(at).toISOString(), londonDay(at)];
    assert.equal(day, iso.format(at), text);
    assert.equal(formatDay(text), long.format(at), text);
    assert.equal(formatWeekday(day), full.format(at).replace(',', ''), text);
    assert.equal(formatMonth(day.slice(0, 7)), month.format(at), text);
  }
});

test('a call has its time to the millisecond, on the reader’s own clock', () => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3,
  });
  for (const at of moments()) assert.equal(formatClock(new Date(at).toISOString()), clock.format(at));
});
