import type { Scope } from './life.ts';
import type { Sql } from './sql.ts';

/** As the guide names them: account information, payments, confirmation of funds. */
export const KINDS = ['AISP', 'PISP', 'CBPII'] as const;
export type Kind = (typeof KINDS)[number];

/** `other`: a call that names no consent and no kind, such as one with a made-up code. */
export type Counted = Kind | 'other';

export function kindOf(scope: Scope): Kind {
  return scope === 'aisp' ? 'AISP' : 'PISP';
}

/** One call that has reached the gateway. */
export interface Tallied {
  kind: Counted;
  /** When it came, by the bank's clock. */
  at: number;
  failed: boolean;
  microseconds: number;
}

/** What a day of one kind adds up to. */
export interface DaySum {
  /** Whole days since 1970, in UTC. */
  day: number;
  kind: Counted;
  requests: number;
  failures: number;
  microseconds: number;
  /** In how many minutes there were calls, and in how many of these one was answered. */
  minutes: number;
  minutesUp: number;
}

const MINUTE = 60_000;
const MINUTES_A_DAY = 1440;
const KEPT_DAYS = 800;

/** STA-1, at the bank: how many calls came in each minute, and what became of them. */
export class TallyBooks {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS tally (
      minute INTEGER NOT NULL, kind TEXT NOT NULL, requests INTEGER NOT NULL, failures INTEGER NOT NULL,
      microseconds INTEGER NOT NULL, PRIMARY KEY (minute, kind)) STRICT`);
  }

  add({ kind, at, failed, microseconds }: Tallied): void {
    this.#sql.exec(
      `INSERT INTO tally (minute, kind, requests, failures, microseconds) VALUES (?, ?, 1, ?, ?)
        ON CONFLICT DO UPDATE SET requests = requests + 1, failures = failures + excluded.failures,
          microseconds = microseconds + excluded.microseconds`,
      ...[Math.floor(at / MINUTE), kind, failed ? 1 : 0, Math.max(0, Math.round(microseconds))],
    );
  }

  /** Of the days from one to another, both included. */
  days(first: number, last: number): DaySum[] {
    const rows = this.#sql
      .exec(
        `SELECT minute / ${MINUTES_A_DAY} AS day, kind, sum(requests) AS requests, sum(failures) AS failures,
            sum(microseconds) AS microseconds, count(*) AS minutes, sum(requests > failures) AS up
          FROM tally WHERE minute >= ? AND minute < ? GROUP BY day, kind ORDER BY day, kind`,
        ...[first * MINUTES_A_DAY, (last + 1) * MINUTES_A_DAY],
      )
      .toArray();
    return rows.map((row) => ({
      day: Number(row['day']),
      kind: row['kind'] as Counted,
      requests: Number(row['requests']),
      failures: Number(row['failures']),
      microseconds: Number(row['microseconds']),
      minutes: Number(row['minutes']),
      minutesUp: Number(row['up']),
    }));
  }

  /** The first day that anything was counted on; null when nothing was. */
  firstDay(): number | null {
    const [row] = this.#sql.exec(`SELECT min(minute) / ${MINUTES_A_DAY} AS day FROM tally`).toArray();
    return row === undefined || row['day'] === null ? null : Number(row['day']);
  }

  sweep(now: number): void {
    this.#sql.exec('DELETE FROM tally WHERE minute < ?', Math.floor(now / MINUTE) - KEPT_DAYS * MINUTES_A_DAY);
  }
}
