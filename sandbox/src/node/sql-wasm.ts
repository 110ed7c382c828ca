import type { Database, Statement } from 'node-sqlite3-wasm';
import type { Row, Sql } from '../sql.ts';

/** The same over SQLite in WebAssembly, for a Node.js without its own. Its statements have to be finished by hand. */
export function wasmSqlOf(database: Database): { sql: Sql; finish(): void } {
  const known = new Map<string, Statement>();
  const sql: Sql = {
    exec: (query, ...bindings) => {
      const statement = known.get(query) ?? database.prepare(query);
      known.set(query, statement);
      const rows = statement.all(bindings) as Row[];
      return { toArray: () => rows };
    },
  };
  return { sql, finish: () => known.forEach((statement) => statement.finalize()) };
}
