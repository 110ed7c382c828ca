import type { Sql } from './sql.ts';

/** Single values that outlive a restart, each under a name, as JSON: how the clock is set, which faults are planned. */
export class KeptValues {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec('CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
  }

  get(name: string): unknown {
    const [row] = this.#sql.exec('SELECT value FROM kept WHERE name = ?', name).toArray();
    return row === undefined ? undefined : JSON.parse(String(row['value']));
  }

  set(name: string, value: unknown): void {
    this.#sql.exec(
      'INSERT INTO kept (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ...[name, JSON.stringify(value)],
    );
  }
}
