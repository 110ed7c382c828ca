/** Weeks in the life of many consents: customers connect over a day and stay away, and their bank is down once. */

import type { Profile } from 'tell-connect/edge';
import type { SweepResult } from 'tell-connect/worker';
import { DAY } from './virtual-bank.ts';
import { type Cost, NOTHING } from './virtual-storage.ts';
import { VirtualWorld } from './virtual-world.ts';

const HOUR = 3_600_000;
export const BEGAN = Date.UTC(2026, 2, 1);
/** On which day, and from which hour to which, the bank answers nobody. */
export const OUTAGE = { day: 3, from: 10, to: 19 };
/** From this day on it is long over. */
export const STEADY = 5;

export const PLAN = ['/accounts', '/accounts/*/balance', '/accounts/*/transactions'];

export interface MonthOptions {
  consents: number;
  days: number;
  times?: number;
  profile?: Profile;
  /** Takes what sweeps bring of the consent of that number. */
  take(result: SweepResult, number: number): void;
}

export interface Month {
  world: VirtualWorld;
  /** The cost of the consents' and the statistics' objects, and how often alarms rang by hour, in the steady days. */
  consents: Cost;
  statistics: Cost;
  steadyDays: number;
  hours: number[];
  /** Of true time. */
  seconds: number;
}

export async function live({ consents, days, times, profile, take }: MonthOptions): Promise<Month> {
  const began = performance.now();
  const numberOf = ({ customer = '' }: SweepResult): number => Number(customer.split('-')[1]);
  const world = await VirtualWorld.begin({
    seed: 9, began: BEGAN, take: (result) => take(result, numberOf(result)), ...(profile && { profile }),
  });
  const { clock, bank } = world;
  const failures: unknown[] = [];
  for (let number = 0; number < consents; number += 1) {
    const plan = { paths: PLAN, ...(times !== undefined && { times }) };
    // People are awake from eight to ten.
    const connected = (): Promise<unknown> => world.connect(`customer-${number}`, plan);
    const at = BEGAN + (8 + (14 * number) / consents) * HOUR;
    clock.at(at, () => void connected().catch((error: unknown) => failures.push(error)));
  }
  const [down, up] = [OUTAGE.from, OUTAGE.to].map((hour) => BEGAN + OUTAGE.day * DAY + hour * HOUR) as [number, number];
  clock.at(down, () => (bank.isDown = true));
  clock.at(up, () => (bank.isDown = false));
  await clock.runUntil(BEGAN + STEADY * DAY);
  if (failures.length > 0) throw new AggregateError(failures, 'Some could not connect.');
  const before = { consents: { ...world.consents.cost }, statistics: { ...world.statistics.cost } };
  const woken = world.consents.woken.length;
  await clock.runUntil(BEGAN + days * DAY);
  const hours = new Array<number>(24).fill(0);
  for (const at of world.consents.woken.slice(woken)) hours[Math.floor((at % DAY) / HOUR)]! += 1;
  return {
    world, hours,
    consents: difference(world.consents.cost, before.consents),
    statistics: difference(world.statistics.cost, before.statistics),
    steadyDays: days - STEADY,
    seconds: (performance.now() - began) / 1000,
  };
}

function difference(after: Cost, before: Cost): Cost {
  const names = Object.keys(NOTHING) as (keyof Cost)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as Cost;
}

/** What a month came to, to be read. */
export function report({ world, consents, statistics, steadyDays, hours, seconds }: Month, number: number): string {
  const each = (count: number): string => (count / number / steadyDays).toFixed(1).padStart(8);
  const most = Math.max(...hours);
  const { bank } = world;
  const days = [...bank.byDay].sort(([one], [other]) => one - other);
  const first = days[0]?.[0] ?? 0;
  const names = [...new Set(days.flatMap(([, counts]) => Object.keys(counts)))];
  return [
    '', `${number} consents: what each costs a day, once connected and long after the outage`,
    ...Object.entries(consents).map(([name, count]) =>
      `  ${name.padEnd(10)} ${each(count)}   statistics ${each(statistics[name as keyof Cost])}`),
    '', 'Wake-ups by hour of day (UTC)',
    ...hours.map((count, hour) => {
      const bar = '█'.repeat(Math.round((40 * count) / most));
      return `  ${String(hour).padStart(2, '0')} ${bar} ${count}`;
    }),
    '', `Requests by day: ${names.join(' · ')}`,
    ...days.map(([day, counts]) => {
      const row = names.map((name) => counts[name] ?? 0).join(' · ');
      return `  ${String(day - first).padStart(3)} ${row}`;
    }),
    '', `fifths: ${bank.fifths.length} by our count, ${bank.ledger.fifths().length} by the bank's`,
    `refused by the bank: ${JSON.stringify(bank.refused)}`,
    `queue: ${world.queue.sent} sent, ${world.queue.repeated} of them twice`,
    `${seconds.toFixed(0)} s for ${number} consents`, '',
  ].join('\n');
}
