import type { Row, Sql } from '../sql.ts';
import { Rows, textOrNull } from './rows.ts';

/** What a TPP may be registered for with its National Competent Authority. */
export const ROLES = ['AISP', 'PISP'] as const;
export type Role = (typeof ROLES)[number];

export interface Developer {
  id: string;
  name: string;
  email: string;
  company: string;
  registeredAt: number;
  /** What production asks for; null until it is told. */
  authority: string | null;
  registerNumber: string | null;
  roles: readonly Role[];
}

export type Registration = Pick<Developer, 'name' | 'email' | 'company'>;
export type Authorisation = { authority: string; registerNumber: string; roles: readonly Role[] };

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS developer (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, company TEXT NOT NULL, registered_at INTEGER NOT NULL,
    authority TEXT, register_number TEXT, roles TEXT) STRICT`,
];

export class Developers {
  readonly #rows: Rows;

  constructor(sql: Sql) {
    this.#rows = new Rows(sql, SCHEMA);
  }

  add(id: string, { name, email, company }: Registration, registeredAt: number): void {
    this.#rows.all(
      'INSERT INTO developer (id, name, email, company, registered_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, name, email, company, registeredAt],
    );
  }

  /** What the developer's authority has registered, in place of what was told before. */
  authorise(id: string, { authority, registerNumber, roles }: Authorisation): void {
    this.#rows.all(
      'UPDATE developer SET authority = ?, register_number = ?, roles = ? WHERE id = ?',
      ...[authority, registerNumber, roles.join(','), id],
    );
  }

  remove(id: string): void {
    this.#rows.all('DELETE FROM developer WHERE id = ?', id);
  }

  find(id: string): Developer | null {
    const row = this.#rows.one('SELECT * FROM developer WHERE id = ?', id);
    return row === undefined ? null : toDeveloper(row);
  }

  /** Oldest first. */
  all(): Developer[] {
    return this.#rows.all('SELECT * FROM developer ORDER BY registered_at, rowid').map(toDeveloper);
  }

  count(): number {
    return this.#rows.count('SELECT count(*) AS count FROM developer');
  }
}

function toDeveloper(row: Row): Developer {
  return {
    id: String(row['id']),
    name: String(row['name']),
    email: String(row['email']),
    company: String(row['company']),
    registeredAt: Number(row['registered_at']),
    authority: textOrNull(row['authority']),
    registerNumber: textOrNull(row['register_number']),
    roles: (textOrNull(row['roles'])?.split(',') ?? []) as Role[],
  };
}
