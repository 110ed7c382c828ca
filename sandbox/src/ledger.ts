import { UNATTENDED_WINDOW, unattendedBudget } from './budget.ts';
import type {
  Admission,
  Admitted,
  Decided,
  Decision,
  Desk,
  Intent,
  NewIntent,
  Payment,
  Redeemed,
  Redemption,
} from './desk.ts';
import { CONSENT_LIFE, type KeptToken, type TokenKind, tokenEnds, tokenRefusal, wholeSeconds } from './life.ts';

type Value = string | number | null;
type Row = Record<string, unknown>;

/** The part of a Durable Object's SQL storage that the ledger needs. */
export interface Sql {
  exec(query: string, ...bindings: Value[]): { toArray(): Row[] };
}

/** Times are milliseconds since 1970. Of codes and tokens only a SHA-256 is kept, so no file here opens an account. */
const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS intent (
    id TEXT PRIMARY KEY, uuid TEXT NOT NULL, app TEXT NOT NULL, scope TEXT NOT NULL, sandbox_sca INTEGER NOT NULL,
    state TEXT NOT NULL, requested_at INTEGER NOT NULL, decided_at INTEGER) STRICT`,
  `CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, intent TEXT NOT NULL, expires_at INTEGER NOT NULL,
    spent_at INTEGER) STRICT`,
  'CREATE TABLE IF NOT EXISTS unattended (intent TEXT NOT NULL, endpoint TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX IF NOT EXISTS unattended_by_endpoint ON unattended (intent, endpoint, at)',
  `CREATE TABLE IF NOT EXISTS payment (
    intent TEXT PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL, submitted_at INTEGER NOT NULL) STRICT`,
  // A table beside intent, where columns of it would be missing in books that an earlier version began.
  'CREATE TABLE IF NOT EXISTS payer (intent TEXT PRIMARY KEY, stated TEXT, account TEXT) STRICT',
];

/** Tokens stay a while after their end, so that a late caller hears "expired" and not "unknown". */
const KEPT_AFTER_END = 86_400_000;

/** The bank's books. No method waits for anything, so the Durable Object runs each as one transaction. */
export class Ledger implements Desk {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    for (const statement of SCHEMA) sql.exec(statement);
  }

  open(
    { id, uuid, app, scope, sandboxSca, payment }: NewIntent,
    { uuidIsNew }: { uuidIsNew: boolean },
    now: number,
  ): { opened: boolean } {
    this.#sweep(now);
    if (uuidIsNew && this.#one('SELECT id FROM intent WHERE uuid = ?', uuid) !== undefined) return { opened: false };
    this.#sql.exec(
      `INSERT INTO intent (id, uuid, app, scope, sandbox_sca, state, requested_at)
        VALUES (?, ?, ?, ?, ?, 'requested', ?)`,
      ...[id, uuid, app, scope, sandboxSca ? 1 : 0, now],
    );
    if (payment !== null) this.#sql.exec('INSERT INTO payer (intent, stated) VALUES (?, ?)', id, payment);
    return { opened: true };
  }

  find(intentId: string): Intent | null {
    const row = this.#one('SELECT * FROM intent LEFT JOIN payer ON payer.intent = id WHERE id = ?', intentId);
    return row === undefined ? null : toIntent(row);
  }

  decide(intentId: string, decision: Decision, now: number): Decided {
    const intent = this.find(intentId);
    if (intent?.state !== 'requested') return { decided: false, intent };
    const state = decision.accepted ? 'accepted' : 'declined';
    this.#sql.exec('UPDATE intent SET state = ?, decided_at = ? WHERE id = ?', state, now, intentId);
    if (!decision.accepted) return { decided: true, intent: { ...intent, state, decidedAt: now } };
    const { account, codeHash, codeSeconds } = decision;
    this.#keep(codeHash, 'code', intentId, now + codeSeconds * 1000);
    if (account !== null) this.#choose(intentId, account);
    return { decided: true, intent: { ...intent, account, state, decidedAt: now } };
  }

  withdraw(intentId: string): Intent | null {
    this.#sql.exec(`UPDATE intent SET state = 'withdrawn' WHERE id = ? AND state = 'accepted'`, intentId);
    return this.find(intentId);
  }

  /** As if every PSU had withdrawn at once. */
  withdrawAll(): void {
    this.#sql.exec(`UPDATE intent SET state = 'withdrawn' WHERE state = 'accepted'`);
  }

  redeem(redemption: Redemption, now: number): Redeemed {
    const { kind, hash, app, accessHash, refreshHash, accessTokenSeconds, graceSeconds } = redemption;
    const token = this.#token(hash);
    const asked = { kind, app, graceSeconds: kind === 'refresh' ? graceSeconds : 0 };
    const reason = tokenRefusal(token, asked, now);
    if (token === undefined || reason !== undefined) return { issued: false, reason: reason ?? 'unknown' };
    const { id: intentId, scope } = token.intent;
    if (token.spentAt !== null) {
      const first = this.#token(accessHash);
      if (first === undefined) return { issued: false, reason: 'spent' };
      return { issued: true, intentId, scope, expiresIn: wholeSeconds(first.expiresAt - token.spentAt) };
    }
    const ends = tokenEnds(token.consentEndsAt, accessTokenSeconds, now);
    this.#keep(accessHash, 'access', intentId, ends.access);
    if (refreshHash !== null) {
      this.#sql.exec('UPDATE token SET spent_at = ? WHERE hash = ?', now, hash);
      this.#keep(refreshHash, 'refresh', intentId, ends.refresh);
    }
    return { issued: true, intentId, scope, expiresIn: ends.expiresIn };
  }

  /** Which consent a code or token belongs to, whether or not it can still be used. */
  consentOf(hash: string): string | undefined {
    return this.#token(hash)?.intent.id;
  }

  /** Every access token is gone and its refresh token is not: the next call with one is a 401. */
  dropAccessTokens(): void {
    this.#sql.exec(`DELETE FROM token WHERE kind = 'access'`);
  }

  admit({ hash, app, scope, unattended }: Admission, now: number): Admitted {
    const token = this.#token(hash);
    const reason = tokenRefusal(token, { kind: 'access', app }, now);
    if (token === undefined || reason !== undefined) return { admitted: false, reason: reason ?? 'unknown' };
    const { intent } = token;
    if (intent.scope !== scope) return { admitted: false, reason: 'other_scope' };
    if (unattended !== null) {
      const rows = this.#all(
        'SELECT at FROM unattended WHERE intent = ? AND endpoint = ? AND at > ? ORDER BY at',
        ...[intent.id, unattended, now - UNATTENDED_WINDOW],
      );
      const budget = unattendedBudget(rows.map(({ at }) => Number(at)), now);
      if (!budget.admitted) return { admitted: false, reason: 'budget', retryAfter: budget.retryAfter };
      this.#sql.exec('INSERT INTO unattended (intent, endpoint, at) VALUES (?, ?, ?)', intent.id, unattended, now);
    }
    return { admitted: true, intentId: intent.id };
  }

  submit(intentId: string, { id, body, submittedAt }: Payment): { submitted: boolean } {
    if (this.payment(intentId) !== null) return { submitted: false };
    this.#sql.exec(
      'INSERT INTO payment (intent, id, body, submitted_at) VALUES (?, ?, ?, ?)',
      ...[intentId, id, body, submittedAt],
    );
    return { submitted: true };
  }

  payment(intentId: string): Payment | null {
    const row = this.#one('SELECT id, body, submitted_at FROM payment WHERE intent = ?', intentId);
    return row === undefined ? null : toPayment(row);
  }

  /** Every payment that was made, oldest first. */
  payments(): (Payment & { intentId: string })[] {
    return this.#all('SELECT * FROM payment ORDER BY submitted_at, rowid').map((row) => ({
      ...toPayment(row),
      intentId: String(row['intent']),
    }));
  }

  #choose(intentId: string, account: string): void {
    this.#sql.exec(
      'INSERT INTO payer (intent, account) VALUES (?, ?) ON CONFLICT DO UPDATE SET account = excluded.account',
      ...[intentId, account],
    );
  }

  #keep(hash: string, kind: TokenKind, intentId: string, expiresAt: number): void {
    this.#sql.exec(
      'INSERT INTO token (hash, kind, intent, expires_at) VALUES (?, ?, ?, ?)',
      ...[hash, kind, intentId, expiresAt],
    );
  }

  #token(hash: string): (KeptToken & { intent: Intent }) | undefined {
    const row = this.#one('SELECT kind, intent, expires_at, spent_at FROM token WHERE hash = ?', hash);
    const intent = row === undefined ? null : this.find(String(row['intent']));
    if (row === undefined || intent === null) return undefined;
    return {
      kind: row['kind'] as TokenKind,
      app: intent.app,
      state: intent.state,
      expiresAt: Number(row['expires_at']),
      spentAt: nullable(row['spent_at']),
      consentEndsAt: (intent.decidedAt ?? 0) + CONSENT_LIFE,
      intent,
    };
  }

  /** Clears what no answer depends on any more, so that the books do not grow with use. */
  #sweep(now: number): void {
    const ended = now - CONSENT_LIFE - KEPT_AFTER_END;
    this.#sql.exec('DELETE FROM unattended WHERE at <= ?', now - UNATTENDED_WINDOW);
    this.#sql.exec('DELETE FROM token WHERE expires_at <= ?', now - KEPT_AFTER_END);
    this.#sql.exec('DELETE FROM intent WHERE coalesce(decided_at, requested_at) <= ?', ended);
    for (const table of ['payment', 'payer']) {
      this.#sql.exec(`DELETE FROM ${table} WHERE intent NOT IN (SELECT id FROM intent)`);
    }
  }

  #all(query: string, ...bindings: Value[]): Row[] {
    return this.#sql.exec(query, ...bindings).toArray();
  }

  #one(query: string, ...bindings: Value[]): Row | undefined {
    return this.#all(query, ...bindings)[0];
  }
}

function toIntent(row: Row): Intent {
  return {
    id: String(row['id']),
    uuid: String(row['uuid']),
    app: String(row['app']),
    scope: row['scope'] as Intent['scope'],
    sandboxSca: row['sandbox_sca'] === 1,
    payment: nullableText(row['stated']),
    account: nullableText(row['account']),
    state: row['state'] as Intent['state'],
    requestedAt: Number(row['requested_at']),
    decidedAt: nullable(row['decided_at']),
  };
}

function toPayment(row: Row): Payment {
  return { id: String(row['id']), body: String(row['body']), submittedAt: Number(row['submitted_at']) };
}

function nullableText(value: unknown): string | null {
  return value === null ? null : String(value);
}

function nullable(value: unknown): number | null {
  return value === null ? null : Number(value);
}
