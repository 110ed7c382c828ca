/** Cases measured side by side: in each round every case runs one batch. */

import { progress } from './progress.ts';

export interface Case {
  name: string;
  /** Does it so many times, and says how many milliseconds that took. */
  time(times: number): number | Promise<number>;
}

/** Median and quartiles, in the unit of the measurement. */
export interface Spread {
  low: number;
  median: number;
  high: number;
}

/** What each round found, by the case's name. */
export type Found = Map<string, number[]>;

export interface Plan {
  rounds: number;
  /** How long a batch is to take, in milliseconds. */
  batch: number;
}

/** Microseconds each time takes, round by round, by the case's name. */
export async function measure(title: string, cases: Case[], { rounds, batch }: Plan): Promise<Found> {
  const times = new Map<string, number>();
  for (const { name, time } of cases) {
    progress(`${title}: warming up ${name}`);
    times.set(name, await warmUp(time, batch));
  }
  const found: Found = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    progress(`${title}: round ${round + 1} of ${rounds}`);
    for (const { name, time } of turned(cases, round)) {
      const count = times.get(name) ?? 1;
      found.get(name)?.push((await time(count)) * 1000 / count);
    }
  }
  return found;
}

/** Each round begins with another case, and every second one goes backwards: no case always follows the same. */
export function turned<T>(list: T[], round: number): T[] {
  const at = round % list.length;
  const turn = [...list.slice(at), ...list.slice(0, at)];
  return round % 2 === 0 ? turn : turn.toReversed();
}

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number): number => sorted[Math.round((sorted.length - 1) * part)] ?? NaN;
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** How often ours goes into theirs, compared within each round: whatever slows the machine slows both. */
export function times(theirs: number[], ours: number[]): number {
  return spread(theirs.map((value, round) => value / (ours[round] ?? NaN))).median;
}

/** Runs a case until it is compiled, and says how often it fits into a batch. */
async function warmUp(time: Case['time'], batch: number): Promise<number> {
  for (let count = 16; ; count *= 2) {
    const took = await time(count);
    if (took < batch) continue;
    let [runs, spent] = [0, 0];
    for (; spent < 20 * batch; runs += 1) spent += await time(count);
    return Math.max(1, Math.round(count * runs * batch / spent));
  }
}
