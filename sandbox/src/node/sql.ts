import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sql } from '../sql.ts';

/** What the books ask of a Durable Object's storage, over Node's SQLite. Each statement is prepared once. */
export function sqlOf(database: DatabaseSync): Sql {
  const known = new Map<string, StatementSync>();
  return {
    exec: (query, ...bindings) => {
      const statement = known.get(query) ?? database.prepare(query);
      known.set(query, statement);
      const rows = statement.all(...bindings);
      return { toArray: () => rows };
    },
  };
}
