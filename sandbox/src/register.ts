import type { Application } from './applications.ts';
import type { EnvironmentName } from './life.ts';
import type { Row, Sql } from './sql.ts';

/** Who has registered at the portal: developers, their credentials, applications and certificates (CFG-1). */

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS developer (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, company TEXT NOT NULL, registered_at INTEGER NOT NULL,
    authority TEXT, register_number TEXT, roles TEXT) STRICT`,
  `CREATE TABLE IF NOT EXISTS client (
    id TEXT PRIMARY KEY, developer TEXT NOT NULL, environment TEXT NOT NULL, secret_hash TEXT NOT NULL,
    issued_at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE IF NOT EXISTS application (
    app TEXT PRIMARY KEY, developer TEXT NOT NULL, name TEXT NOT NULL, redirect_url TEXT, created_at INTEGER NOT NULL,
    released_at INTEGER) STRICT`,
  `CREATE TABLE IF NOT EXISTS certificate (
    id TEXT PRIMARY KEY, app TEXT NOT NULL, environment TEXT NOT NULL, bytes BLOB NOT NULL, added_at INTEGER NOT NULL,
    ends_at INTEGER) STRICT`,
];

export interface Developer {
  id: string;
  name: string;
  email: string;
  company: string;
  registeredAt: number;
  /** What production asks for; null until it is told. */
  authority: string | null;
  registerNumber: string | null;
  /** `AISP`, `PISP`. */
  roles: readonly string[];
}

/** Of a secret only its hash is kept, so that it is shown once and never again. */
export interface RegisteredClient {
  clientId: string;
  developer: string;
  environment: EnvironmentName;
  secretHash: string;
  issuedAt: number;
}

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

export interface RegisteredCertificate {
  id: string;
  app: string;
  environment: EnvironmentName;
  /** As uploaded, to the byte (JWS-8). */
  bytes: Uint8Array;
  addedAt: number;
  /** When the one that replaces it is alone; null while none does. */
  endsAt: number | null;
}

/** One for both environments. No method waits for anything, so each is done as a whole or not at all. */
export class Register {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    for (const statement of SCHEMA) sql.exec(statement);
  }

  addDeveloper({ id, name, email, company, registeredAt }: Developer): void {
    this.#sql.exec(
      'INSERT INTO developer (id, name, email, company, registered_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, name, email, company, registeredAt],
    );
  }

  developer(id: string): Developer | null {
    const [row] = this.#rows('SELECT * FROM developer WHERE id = ?', id);
    return row === undefined ? null : toDeveloper(row);
  }

  addClient({ clientId, developer, environment, secretHash, issuedAt }: RegisteredClient): void {
    this.#sql.exec(
      'INSERT INTO client (id, developer, environment, secret_hash, issued_at) VALUES (?, ?, ?, ?, ?)',
      ...[clientId, developer, environment, secretHash, issuedAt],
    );
  }

  client(clientId: string): RegisteredClient | null {
    const [row] = this.#rows('SELECT * FROM client WHERE id = ?', clientId);
    return row === undefined ? null : toClient(row);
  }

  addApplication({ app, developer, name, redirectUrl, createdAt, releasedAt }: RegisteredApplication): void {
    this.#sql.exec(
      `INSERT INTO application (app, developer, name, redirect_url, created_at, released_at)
        VALUES (?, ?, ?, ?, ?, ?)`,
      ...[app, developer, name, redirectUrl, createdAt, releasedAt],
    );
  }

  application(app: string): RegisteredApplication | null {
    const [row] = this.#rows('SELECT * FROM application WHERE app = ?', app);
    return row === undefined ? null : toApplication(row);
  }

  addCertificate({ id, app, environment, bytes, addedAt }: RegisteredCertificate): void {
    this.#sql.exec(
      'INSERT INTO certificate (id, app, environment, bytes, added_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, app, environment, bytes, addedAt],
    );
  }

  /** Those that sign in an environment at a time, the newest first. */
  certificates(app: string, environment: EnvironmentName, now: number): RegisteredCertificate[] {
    return this.#rows(
      `SELECT * FROM certificate WHERE app = ? AND environment = ? AND (ends_at IS NULL OR ends_at > ?)
        ORDER BY added_at DESC, rowid DESC`,
      ...[app, environment, now],
    ).map(toCertificate);
  }

  /** An application as an environment's gateway knows it; null where it has not been released there. */
  inEnvironment(app: string, environment: EnvironmentName, now: number): (Application & { developer: string }) | null {
    const known = this.application(app);
    if (known === null || (environment === 'production' && known.releasedAt === null)) return null;
    const certificates = this.certificates(app, environment, now).map(({ bytes }) => bytes);
    return { app, name: known.name, redirectUrl: known.redirectUrl, certificates, developer: known.developer };
  }

  allInEnvironment(environment: EnvironmentName, now: number): (Application & { developer: string })[] {
    return this.#rows('SELECT app FROM application ORDER BY created_at')
      .map(({ app }) => this.inEnvironment(String(app), environment, now))
      .filter((application) => application !== null);
  }

  #rows(query: string, ...bindings: Parameters<Sql['exec']>[1][]): Row[] {
    return this.#sql.exec(query, ...bindings).toArray();
  }
}

function toDeveloper(row: Row): Developer {
  return {
    id: String(row['id']),
    name: String(row['name']),
    email: String(row['email']),
    company: String(row['company']),
    registeredAt: Number(row['registered_at']),
    authority: nullable(row['authority']),
    registerNumber: nullable(row['register_number']),
    roles: nullable(row['roles'])?.split(',') ?? [],
  };
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

function toApplication(row: Row): RegisteredApplication {
  return {
    app: String(row['app']),
    developer: String(row['developer']),
    name: String(row['name']),
    redirectUrl: nullable(row['redirect_url']),
    createdAt: Number(row['created_at']),
    releasedAt: row['released_at'] === null ? null : Number(row['released_at']),
  };
}

function toCertificate(row: Row): RegisteredCertificate {
  return {
    id: String(row['id']),
    app: String(row['app']),
    environment: row['environment'] as EnvironmentName,
    bytes: new Uint8Array(row['bytes'] as ArrayBuffer | Uint8Array),
    addedAt: Number(row['added_at']),
    endsAt: row['ends_at'] === null ? null : Number(row['ends_at']),
  };
}

function nullable(value: unknown): string | null {
  return value === null ? null : String(value);
}
