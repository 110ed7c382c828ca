// The shell around one shard of the statistics, and the way to all of them. What is counted and told is decided in Rust.
import { DurableObject } from 'cloudflare:workers';
import { TIMES } from '../generated/core.js';
import { Intake, Report, type Rows } from '../statistics/workerd.js';
import { within } from './callers.js';
import type { Configuration, Env } from './settings.js';
import { narrowed } from './stub.js';

/** So many rows are erased at once. */
const AT_ONCE = 128;

/**
 * A shard of the statistics: one Durable Object of a fixed number, each for its share of the consents. Its rows are not
 * sealed: numbers alone are in them, which have to be read for ten years, whatever becomes of keys.
 */
export class StatisticsVault extends DurableObject<Env> {
  #turn: Promise<unknown> = Promise.resolve();

  /** Counts a batch, once. Durable once this is done. @hidden */
  count(batch: string, counts: string): Promise<void> {
    return this.#inTurn(async () => {
      const { storage } = this.ctx;
      using intake = new Intake(batch, counts);
      const keys = intake.keys();
      const known = await storage.get<string>(keys);
      const kept = intake.take(keys.map((key) => known.get(key)), Date.now());
      if (kept.length === 0) return;
      // One write for all of it: a batch is counted wholly, with its id, or not at all.
      await storage.put(Object.fromEntries(kept));
      await storage.sync();
      if (await storage.getAlarm() === null) await storage.setAlarm(Date.now() + TIMES.statisticsErased);
    });
  }

  /** The rows of these days and quarters. @hidden */
  read(days: Rows, quarters: Rows): Promise<{ days: string[]; quarters: string[] }> {
    return this.#inTurn(async () => ({ days: await this.#rows(days), quarters: await this.#rows(quarters) }));
  }

  /** Erases what has had its time. @hidden */
  override alarm(): Promise<void> {
    return this.#inTurn(async () => {
      const { storage } = this.ctx;
      for (const [start, end] of Report.over(Date.now())) {
        let keys: string[];
        do {
          keys = [...(await storage.list({ start, end, limit: AT_ONCE })).keys()];
          await storage.delete(keys);
        } while (keys.length === AT_ONCE);
      }
      const isEmpty = (await storage.list({ limit: 1 })).size === 0;
      if (isEmpty) await storage.deleteAll();
      else await storage.setAlarm(Date.now() + TIMES.statisticsErased);
    });
  }

  async #rows([start, end]: Rows): Promise<string[]> {
    return [...(await this.ctx.storage.list<string>({ start, end })).values()];
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** Whether a shard has counted a batch. Where there are no statistics nothing waits for them. */
export async function hasCounted(
  env: Env,
  configuration: Pick<Configuration, 'settings'>,
  { shard, batch, counts }: Record<'shard' | 'batch' | 'counts', string>,
): Promise<boolean> {
  if (env.STATISTICS === undefined) return true;
  try {
    const own = narrowed<StatisticsVault>(env.STATISTICS, configuration);
    const counted = own.get(own.idFromName(shard)).count(batch, counts).then(() => true);
    return await within(TIMES.counted, counted, false);
  } catch {
    return false;
  }
}

/** What all shards together counted: all of it or nothing. @throws what a shard does, or `invalid_argument` */
export async function statistics(
  env: Env,
  configuration: Pick<Configuration, 'settings'>,
  { from, to, format = 'json' }: { from?: string | undefined; to?: string | undefined; format?: 'json' | 'csv' },
): Promise<string> {
  using report = new Report(from, to, Date.now());
  if (env.STATISTICS === undefined) return report.text(format);
  const own = narrowed<StatisticsVault>(env.STATISTICS, configuration);
  const { days, quarters } = report.rows();
  const shards = await Promise.all(Report.shards().map((shard) => own.get(own.idFromName(shard)).read(days, quarters)));
  for (const shard of shards) report.add(shard.days, shard.quarters);
  return report.text(format);
}
