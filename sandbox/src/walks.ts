import type { Sql } from './sql.ts';
import { newToken } from './tokens.ts';

/** How long a page may be turned after it was named. */
export const PAGE_LIFE = 3_600_000;

/** A walk through a list, as of the moment at which it began: what is booked on the way shifts nothing. */
export interface Walk {
  at: number;
  /** Milliseconds since 1970, both included. */
  from: number;
  to: number;
  /** The query's filters as they were written, to hold a later page's against. */
  asked: string;
  offset: number;
}

/** ACC-8: which pages were named to which consent, so that a made-up one turns none. */
export class WalkBooks {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS page (
      name TEXT PRIMARY KEY, intent TEXT NOT NULL, endpoint TEXT NOT NULL, walk TEXT NOT NULL,
      named_at INTEGER NOT NULL) STRICT`);
  }

  /** Names the page at which the walk goes on. */
  name(intentId: string, endpoint: string, walk: Walk, now: number): string {
    this.sweep(now);
    const name = newToken();
    this.#sql.exec(
      'INSERT INTO page (name, intent, endpoint, walk, named_at) VALUES (?, ?, ?, ?, ?)',
      ...[name, intentId, endpoint, JSON.stringify(walk), now],
    );
    return name;
  }

  /** The walk that goes on at this page; nothing when it was not named to this consent for this endpoint. */
  turn(name: string, intentId: string, endpoint: string, now: number): Walk | null {
    const [row] = this.#sql
      .exec(
        'SELECT walk FROM page WHERE name = ? AND intent = ? AND endpoint = ? AND named_at > ?',
        ...[name, intentId, endpoint, now - PAGE_LIFE],
      )
      .toArray();
    return row === undefined ? null : (JSON.parse(String(row['walk'])) as Walk);
  }

  sweep(now: number): void {
    this.#sql.exec('DELETE FROM page WHERE named_at <= ?', now - PAGE_LIFE);
  }
}
