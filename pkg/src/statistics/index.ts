/// <reference lib="esnext.disposable" preserve="true" />
// The statistics of a worker: what a shard keeps of a batch, and what all shards together tell.
import * as glue from '../../generated/statistics/tell_connect_bg.js';
import { LIMITS } from '../generated/core.js';
import { Held } from '../server/held.js';
import { number, optionalText, text } from '../take.js';
import { statistics } from './instance.js';

/** Rows of a shard, by name: from the first up to, without it, the second. */
export type Rows = [from: string, to: string];

/** A batch that came to a shard of the statistics. */
export class Intake {
  readonly #held: Held<glue.Intake>;

  /** @throws {TellConnectError} `invalid_argument` */
  constructor(batch: string, counts: string) {
    const [id, figures] = [text(batch, 'batch', LIMITS.text), text(counts, 'counts', LIMITS.text)];
    this.#held = new Held(statistics, () => new glue.Intake(id, figures), false);
  }

  /** The names of the rows that it touches. */
  keys(): string[] {
    return this.#held.use((raw) => raw.keys()) as string[];
  }

  /**
   * The rows that are to be kept, all or none, of those rows as they are; none, if the batch was counted before.
   *
   * @throws {TellConnectError} `snapshot_damaged`, `iat_invalid`
   */
  take(rows: readonly (string | undefined)[], now: number): [name: string, text: string][] {
    const [own, at] = [rows.map((row) => optionalText(row, 'rows', LIMITS.statistics)), number(now)];
    const kept = this.#held.use((raw) => raw.take(own, at)) as string[];
    return pairs(kept);
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** What all shards of the statistics together tell of some days. */
export class Report {
  readonly #held: Held<glue.Report>;

  /**
   * @param from a date such as `2026-01-31`; 30 days are told without it
   * @param to another; today, without it
   * @throws {TellConnectError} `invalid_argument`, `iat_invalid`
   */
  constructor(from: string | undefined, to: string | undefined, now: number) {
    const [first, last, at] = [optionalText(from, 'from', LIMITS.text), optionalText(to, 'to', LIMITS.text), number(now)];
    this.#held = new Held(statistics, () => new glue.Report(first, last, at), false);
  }

  /** The rows of each shard that it is made of: days, and quarters. */
  rows(): Record<'days' | 'quarters', Rows> {
    const [days, quarters] = pairs(this.#held.use((raw) => raw.rows()) as string[]);
    return { days, quarters } as Record<'days' | 'quarters', Rows>;
  }

  /** Adds what a shard holds. @throws {TellConnectError} `snapshot_damaged` */
  add(days: readonly string[], quarters: readonly string[]): void {
    for (const [rows, isQuarter] of [[days, false], [quarters, true]] as const) {
      for (const row of rows) {
        const own = text(row, 'rows', LIMITS.statistics);
        this.#held.use((raw) => raw.add(own, isQuarter));
      }
    }
  }

  /** `Statistics` as JSON, or tables as CSV. */
  text(format: 'json' | 'csv'): string {
    return this.#held.use((raw) => raw.text(format === 'csv'));
  }

  /** The names of all shards. */
  static shards(): string[] {
    return statistics.use(() => glue.Report.shards()) as string[];
  }

  /** The rows of a shard that have had their time. @throws {TellConnectError} `iat_invalid` */
  static over(now: number): Rows[] {
    const at = number(now);
    return pairs(statistics.use(() => glue.Report.over(at)) as string[]);
  }

  /** Lets it go at once, where the garbage collector would do so some time. */
  free(): void {
    this.#held.free();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

function pairs(texts: readonly string[]): [string, string][] {
  return texts.flatMap((text, at) => (at % 2 === 0 ? [[text, texts[at + 1] ?? ''] as [string, string]] : []));
}
