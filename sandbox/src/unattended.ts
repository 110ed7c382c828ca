import { UNATTENDED_WINDOW, unattendedBudget } from './budget.ts';
import type { Sql } from './sql.ts';

/** A request without the PSU that came after four others (ACC-2). */
export interface Fifth {
  intentId: string;
  /** Method and path. */
  endpoint: string;
  at: number;
}

/** ACC-2: the bank's books of what was asked without the PSU, and of each fifth that it has refused. */
export class UnattendedBooks {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS unattended (
        intent TEXT NOT NULL, endpoint TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
    );
    sql.exec('CREATE INDEX IF NOT EXISTS unattended_by_endpoint ON unattended (intent, endpoint, at)');
    sql.exec(
      'CREATE TABLE IF NOT EXISTS fifth (intent TEXT NOT NULL, endpoint TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
    );
  }

  /** Counts a request that has reached the bank. A fifth is noted instead, so that waiting for its time is enough. */
  count(intentId: string, endpoint: string, now: number): ReturnType<typeof unattendedBudget> {
    const rows = this.#sql
      .exec(
        'SELECT at FROM unattended WHERE intent = ? AND endpoint = ? AND at > ? ORDER BY at',
        ...[intentId, endpoint, now - UNATTENDED_WINDOW],
      )
      .toArray();
    const budget = unattendedBudget(rows.map(({ at }) => Number(at)), now);
    const table = budget.admitted ? 'unattended' : 'fifth';
    this.#sql.exec(`INSERT INTO ${table} (intent, endpoint, at) VALUES (?, ?, ?)`, intentId, endpoint, now);
    return budget;
  }

  /** Oldest first. They stay as long as the books do. */
  fifths(): Fifth[] {
    const rows = this.#sql.exec('SELECT intent, endpoint, at FROM fifth ORDER BY rowid').toArray();
    return rows.map((row) => ({
      intentId: String(row['intent']),
      endpoint: String(row['endpoint']),
      at: Number(row['at']),
    }));
  }

  sweep(now: number): void {
    this.#sql.exec('DELETE FROM unattended WHERE at <= ?', now - UNATTENDED_WINDOW);
  }
}
