import type { Clock } from './clock.ts';
import { type Problem, timeOf } from './fault-rule.ts';

const EARLIEST = Date.UTC(2020, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const WAYS = ['advance', 'set', 'stop', 'run', 'reset'];

/** Sets the clock as one member says; gives what is wrong with it when it cannot. */
export function setClock(clock: Clock, asked: Readonly<Record<string, unknown>>, now: number): Problem | undefined {
  const [[way, value] = ['clock', undefined], ...more] = Object.entries(asked);
  if (!WAYS.includes(way) || more.length > 0) {
    return { member: more[0]?.[0] ?? way, problem: `is too much or unknown; send one of ${WAYS.join(', ')}` };
  }
  if (way === 'advance') {
    const isNumber = typeof value === 'number' && isWithin(clock.at(now) + value * 1000);
    if (!isNumber) return { member: way, problem: 'is no number of seconds that leads to 2020 to 2100' };
    clock.advance(value);
  } else if (way === 'set') {
    const time = timeOf(value);
    if (!isWithin(time)) return { member: way, problem: 'is no date-time like 2026-11-29T21:00:00Z, of 2020 to 2100' };
    clock.set(time, now);
  } else {
    if (value !== true) return { member: way, problem: 'is not true' };
    if (way === 'stop') clock.stop(now);
    else if (way === 'run') clock.run(now);
    else clock.reset();
  }
  return undefined;
}

function isWithin(time: number): boolean {
  return time >= EARLIEST && time < LATEST;
}
