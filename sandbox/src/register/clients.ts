import type { EnvironmentName } from '../life.ts';
import type { Row, Sql } from '../sql.ts';
import { Rows } from './rows.ts';

/** Of a secret only its hash is kept, so that it is shown once and never again. */
export interface RegisteredClient {
  clientId: string;
  developer: string;
  environment: EnvironmentName;
  secretHash: string;
  issuedAt: number;
}

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS client (
    id TEXT PRIMARY KEY, developer TEXT NOT NULL, environment TEXT NOT NULL, secret_hash TEXT NOT NULL,
    issued_at INTEGER NOT NULL, UNIQUE (developer, environment)) STRICT`,
];

/** A developer has one in each environment at most. */
export class Clients {
  readonly #rows: Rows;

  constructor(sql: Sql) {
    this.#rows = new Rows(sql, SCHEMA);
  }

  add({ clientId, developer, environment, secretHash, issuedAt }: RegisteredClient): void {
    this.#rows.all(
      'INSERT INTO client (id, developer, environment, secret_hash, issued_at) VALUES (?, ?, ?, ?, ?)',
      ...[clientId, developer, environment, secretHash, issuedAt],
    );
  }

  /** The former secret ends. */
  changeSecret(clientId: string, secretHash: string, issuedAt: number): void {
    this.#rows.all('UPDATE client SET secret_hash = ?, issued_at = ? WHERE id = ?', secretHash, issuedAt, clientId);
  }

  removeOf(developer: string): void {
    this.#rows.all('DELETE FROM client WHERE developer = ?', developer);
  }

  find(clientId: string): RegisteredClient | null {
    const row = this.#rows.one('SELECT * FROM client WHERE id = ?', clientId);
    return row === undefined ? null : toClient(row);
  }

  of(developer: string, environment: EnvironmentName): RegisteredClient | null {
    const query = 'SELECT * FROM client WHERE developer = ? AND environment = ?';
    const row = this.#rows.one(query, developer, environment);
    return row === undefined ? null : toClient(row);
  }
}

function toClient(row: Row): RegisteredClient {
  return {
    clientId: String(row['id']),
    developer: String(row['developer']),
    environment: row['environment'] as EnvironmentName,
    secretHash: String(row['secret_hash']),
    issuedAt: Number(row['issued_at']),
  };
}
