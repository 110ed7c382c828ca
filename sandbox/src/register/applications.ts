import type { Row, Sql } from '../sql.ts';
import { Rows, numberOrNull, textOrNull } from './rows.ts';

export interface RegisteredApplication {
  app: string;
  developer: string;
  name: string;
  /** Null has the person sent to the holding page. */
  redirectUrl: string | null;
  createdAt: number;
  /** When it was released into production; null while it is not. */
  releasedAt: number | null;
}

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS application (
    app TEXT PRIMARY KEY, developer TEXT NOT NULL, name TEXT NOT NULL, redirect_url TEXT, created_at INTEGER NOT NULL,
    released_at INTEGER) STRICT`,
];

export class Applications {
  readonly #rows: Rows;

  constructor(sql: Sql) {
    this.#rows = new Rows(sql, SCHEMA);
  }

  add({ app, developer, name, redirectUrl, createdAt }: Omit<RegisteredApplication, 'releasedAt'>): void {
    this.#rows.all(
      'INSERT INTO application (app, developer, name, redirect_url, created_at) VALUES (?, ?, ?, ?, ?)',
      ...[app, developer, name, redirectUrl, createdAt],
    );
  }

  change(app: string, { name, redirectUrl }: Pick<RegisteredApplication, 'name' | 'redirectUrl'>): void {
    this.#rows.all('UPDATE application SET name = ?, redirect_url = ? WHERE app = ?', name, redirectUrl, app);
  }

  /** Into production, or with null out of it. */
  release(app: string, at: number | null): void {
    this.#rows.all('UPDATE application SET released_at = ? WHERE app = ?', at, app);
  }

  remove(app: string): void {
    this.#rows.all('DELETE FROM application WHERE app = ?', app);
  }

  find(app: string): RegisteredApplication | null {
    const row = this.#rows.one('SELECT * FROM application WHERE app = ?', app);
    return row === undefined ? null : toApplication(row);
  }

  /** Oldest first. */
  all(): RegisteredApplication[] {
    return this.#rows.all('SELECT * FROM application ORDER BY created_at, rowid').map(toApplication);
  }

  of(developer: string): RegisteredApplication[] {
    return this.#rows
      .all('SELECT * FROM application WHERE developer = ? ORDER BY created_at, rowid', developer)
      .map(toApplication);
  }
}

function toApplication(row: Row): RegisteredApplication {
  return {
    app: String(row['app']),
    developer: String(row['developer']),
    name: String(row['name']),
    redirectUrl: textOrNull(row['redirect_url']),
    createdAt: Number(row['created_at']),
    releasedAt: numberOrNull(row['released_at']),
  };
}
