import { DatabaseSync } from 'node:sqlite';
import type { Sql } from '../sql.ts';

/** What the ledger asks of a Durable Object's storage, over Node's SQLite. */
export function sqlOf(database: DatabaseSync): Sql {
  return {
    exec: (query, ...bindings) => {
      const rows = database.prepare(query).all(...bindings);
      return { toArray: () => rows };
    },
  };
}
