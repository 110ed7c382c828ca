import type { Row, Sql, Value } from '../sql.ts';

/** What every book of the register does with its tables. */
export class Rows {
  readonly #sql: Sql;

  constructor(sql: Sql, schema: readonly string[]) {
    this.#sql = sql;
    for (const statement of schema) sql.exec(statement);
  }

  all(query: string, ...bindings: Value[]): Row[] {
    return this.#sql.exec(query, ...bindings).toArray();
  }

  one(query: string, ...bindings: Value[]): Row | undefined {
    return this.all(query, ...bindings)[0];
  }

  count(query: string, ...bindings: Value[]): number {
    return Number(this.one(query, ...bindings)?.['count']);
  }
}

export function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}

export function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
