import type { EnvironmentName } from '../life.ts';
import type { Row, Sql } from '../sql.ts';
import { Rows, numberOrNull } from './rows.ts';

export interface RegisteredCertificate {
  id: string;
  app: string;
  environment: EnvironmentName;
  /** As uploaded, to the byte (JWS-8). */
  bytes: Uint8Array;
  addedAt: number;
  /** Until when it says itself that it is valid; null where it is no X.509 certificate. */
  validUntil: number | null;
  /** When the one that replaces it is alone; null while none does. */
  endsAt: number | null;
}

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS certificate (
    id TEXT PRIMARY KEY, app TEXT NOT NULL, environment TEXT NOT NULL, bytes BLOB NOT NULL, added_at INTEGER NOT NULL,
    valid_until INTEGER, ends_at INTEGER) STRICT`,
  'CREATE INDEX IF NOT EXISTS certificate_by_app ON certificate (app, environment)',
];

/** What an application signs with, in each environment for itself. */
export class Certificates {
  readonly #rows: Rows;

  constructor(sql: Sql) {
    this.#rows = new Rows(sql, SCHEMA);
  }

  /** The one before it ends `overlap` milliseconds later, unless it ends sooner. What has ended is cleared away. */
  add(added: Omit<RegisteredCertificate, 'endsAt'>, overlap: number): void {
    const { id, app, environment, bytes, validUntil, addedAt } = added;
    const place = [app, environment];
    this.#rows.all('DELETE FROM certificate WHERE app = ? AND environment = ? AND ends_at <= ?', ...place, addedAt);
    const query = 'UPDATE certificate SET ends_at = ? WHERE app = ? AND environment = ? AND ends_at IS NULL';
    this.#rows.all(query, addedAt + overlap, ...place);
    this.#rows.all(
      'INSERT INTO certificate (id, app, environment, bytes, valid_until, added_at) VALUES (?, ?, ?, ?, ?, ?)',
      ...[id, ...place, bytes, validUntil, addedAt],
    );
  }

  remove(id: string): void {
    this.#rows.all('DELETE FROM certificate WHERE id = ?', id);
  }

  removeOf(app: string): void {
    this.#rows.all('DELETE FROM certificate WHERE app = ?', app);
  }

  /** Those that sign at a time, the newest first. */
  of(app: string, environment: EnvironmentName, now: number): RegisteredCertificate[] {
    return this.#rows
      .all(
        `SELECT * FROM certificate WHERE app = ? AND environment = ? AND (ends_at IS NULL OR ends_at > ?)
          ORDER BY added_at DESC, rowid DESC`,
        ...[app, environment, now],
      )
      .map(toCertificate);
  }
}

function toCertificate(row: Row): RegisteredCertificate {
  return {
    id: String(row['id']),
    app: String(row['app']),
    environment: row['environment'] as EnvironmentName,
    bytes: new Uint8Array(row['bytes'] as ArrayBuffer | Uint8Array),
    validUntil: numberOrNull(row['valid_until']),
    addedAt: Number(row['added_at']),
    endsAt: numberOrNull(row['ends_at']),
  };
}
