import { createRequire } from 'node:module';
import type { Sql } from '../sql.ts';
import { sqlOf } from './sql.ts';
import { wasmSqlOf } from './sql-wasm.ts';

export interface Books {
  sql: Sql;
  close(): void;
}

/** A crash of the machine may cost the last calls, one of the process costs none. */
const QUICKLY = ['PRAGMA journal_mode = WAL', 'PRAGMA synchronous = OFF'];

/** There a lock is a folder, which would be made and removed with each call. */
const QUICKLY_IN_WASM = ['PRAGMA locking_mode = EXCLUSIVE', 'PRAGMA synchronous = OFF'];

/** Opens a file of books, or books in memory, with the SQLite of whichever Node.js this is. */
export function openBooks(file = ':memory:'): Books {
  const own = ownSqlite();
  if (own === undefined) return openInWasm(file);
  const database = new own.DatabaseSync(file);
  if (file !== ':memory:') for (const pragma of QUICKLY) database.exec(pragma);
  return { sql: sqlOf(database), close: () => database.close() };
}

/** Node.js has it without a flag from 22.13 on, and says then that it is new, which is nothing to whoever starts us. */
function ownSqlite(): typeof import('node:sqlite') | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule?.('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

function openInWasm(file: string): Books {
  const require = createRequire(import.meta.url);
  let library: typeof import('node-sqlite3-wasm');
  try {
    library = require('node-sqlite3-wasm');
  } catch (cause) {
    const hint = 'install node-sqlite3-wasm beside it, or use Node.js 22.13 or newer';
    throw new Error(`Node.js ${process.versions.node} has no SQLite: ${hint}.`, { cause });
  }
  const database = new library.Database(file);
  const { sql, finish } = wasmSqlOf(database);
  if (file !== ':memory:') for (const pragma of QUICKLY_IN_WASM) sql.exec(pragma);
  return { sql, close: () => (finish(), database.close()) };
}
