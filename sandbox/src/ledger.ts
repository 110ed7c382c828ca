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
import {
  CONSENT_LIFE,
  type KeptToken,
  type Scope,
  type TokenKind,
  tokenEnds,
  tokenRefusal,
  wholeSeconds,
} from './life.ts';
import type { PersonaName } from './data/persona.ts';
import type { Permission } from './permissions.ts';
import type { Row, Sql, Value } from './sql.ts';
import { type DaySum, type Tallied, TallyBooks } from './tally.ts';
import { type Fifth, UnattendedBooks } from './unattended.ts';
import { type Walk, WalkBooks } from './walks.ts';

/** Times are milliseconds since 1970. Of codes and tokens only a SHA-256 is kept, so no file here opens an account. */
const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS intent (
    id TEXT PRIMARY KEY, uuid TEXT NOT NULL, app TEXT NOT NULL, scope TEXT NOT NULL, sandbox_sca INTEGER NOT NULL,
    state TEXT NOT NULL, requested_at INTEGER NOT NULL, decided_at INTEGER) STRICT`,
  `CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, intent TEXT NOT NULL, expires_at INTEGER NOT NULL,
    spent_at INTEGER) STRICT`,
  'CREATE INDEX IF NOT EXISTS token_by_intent ON token (intent, kind)',
  `CREATE TABLE IF NOT EXISTS payment (
    intent TEXT PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL, submitted_at INTEGER NOT NULL) STRICT`,
  // A table beside intent, where columns of it would be missing in books that an earlier version began.
  'CREATE TABLE IF NOT EXISTS payer (intent TEXT PRIMARY KEY, stated TEXT, account TEXT) STRICT',
  'CREATE TABLE IF NOT EXISTS narrowed (intent TEXT PRIMARY KEY, permissions TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS person (intent TEXT PRIMARY KEY, persona TEXT NOT NULL) STRICT',
];

/** Tokens stay a while after their end, so that a late caller hears "expired" and not "unknown". */
const KEPT_AFTER_END = 86_400_000;

/** The bank's books. No method waits for anything, so the Durable Object runs each as one transaction. */
export class Ledger implements Desk {
  readonly #sql: Sql;
  readonly #unattended: UnattendedBooks;
  readonly #walks: WalkBooks;
  readonly #tally: TallyBooks;

  constructor(sql: Sql) {
    this.#sql = sql;
    for (const statement of SCHEMA) sql.exec(statement);
    this.#unattended = new UnattendedBooks(sql);
    this.#walks = new WalkBooks(sql);
    this.#tally = new TallyBooks(sql);
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
    const row = this.#one(
      `SELECT * FROM intent LEFT JOIN payer ON payer.intent = id LEFT JOIN narrowed ON narrowed.intent = id
        LEFT JOIN person ON person.intent = id WHERE id = ?`,
      intentId,
    );
    return row === undefined ? null : toIntent(row);
  }

  decide(intentId: string, decision: Decision, now: number): Decided {
    const intent = this.find(intentId);
    if (intent?.state !== 'requested') return { decided: false, intent };
    const state = decision.accepted ? 'accepted' : 'declined';
    this.#sql.exec('UPDATE intent SET state = ?, decided_at = ? WHERE id = ?', state, now, intentId);
    if (!decision.accepted) return { decided: true, intent: { ...intent, state, decidedAt: now } };
    const { account, permissions, persona, codeHash, codeSeconds } = decision;
    this.#keep(codeHash, 'code', intentId, now + codeSeconds * 1000);
    this.#sql.exec('INSERT INTO person (intent, persona) VALUES (?, ?)', intentId, persona);
    if (account !== null) this.#choose(intentId, account);
    if (permissions !== null) {
      this.#sql.exec('INSERT INTO narrowed (intent, permissions) VALUES (?, ?)', intentId, permissions.join(','));
    }
    return { decided: true, intent: { ...intent, account, permissions, persona, state, decidedAt: now } };
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
    if (token === undefined || reason !== undefined) {
      return { issued: false, reason: reason ?? 'unknown', ...(token && { intentId: token.intent.id }) };
    }
    const { id: intentId, scope, permissions } = token.intent;
    if (token.spentAt !== null) {
      const first = this.#token(accessHash);
      if (first === undefined) return { issued: false, reason: 'spent', intentId };
      const expiresIn = wholeSeconds(first.expiresAt - token.spentAt);
      return { issued: true, intentId, scope, permissions, expiresIn };
    }
    const ends = tokenEnds(token.consentEndsAt, accessTokenSeconds, now);
    this.#keep(accessHash, 'access', intentId, ends.access);
    if (refreshHash !== null) {
      this.#sql.exec('UPDATE token SET spent_at = ? WHERE hash = ?', now, hash);
      this.#keep(refreshHash, 'refresh', intentId, ends.refresh);
    }
    return { issued: true, intentId, scope, permissions, expiresIn: ends.expiresIn };
  }

  /** Which consent a code or token belongs to, whether or not it can still be used. */
  consentOf(hash: string): string | undefined {
    return this.#token(hash)?.intent.id;
  }

  /** Every access token is gone and its refresh token is not: the next call with one is a 401. */
  dropAccessTokens(): void {
    this.#sql.exec(`DELETE FROM token WHERE kind = 'access'`);
  }

  admit({ hash, app, scope, endpoint, attended, page }: Admission, now: number): Admitted {
    const token = this.#token(hash);
    const reason = tokenRefusal(token, { kind: 'access', app }, now);
    if (token === undefined || (reason !== undefined && reason !== 'expired')) {
      return { admitted: false, reason: reason ?? 'unknown', ...(token && { intentId: token.intent.id }) };
    }
    const { id: intentId, permissions, persona } = token.intent;
    if (token.intent.scope !== scope) return { admitted: false, reason: 'other_scope', intentId };
    const walk = page === null ? null : this.#walks.turn(page, intentId, endpoint, now);
    // A payment is the PSU's own act, so ACC-2 counts requests for account data alone. One with a token that has run
    // out has reached the bank like any other.
    if (!attended && scope === 'aisp' && walk === null) {
      const budget = this.#unattended.count(intentId, endpoint, now);
      if (!budget.admitted) return { admitted: false, reason: 'budget', retryAfter: budget.retryAfter, intentId };
    }
    if (reason !== undefined) return { admitted: false, reason, intentId };
    return { admitted: true, intentId, permissions, persona, walk, exchangedAt: this.#exchangedAt(intentId) };
  }

  namePage(intentId: string, endpoint: string, walk: Walk, now: number): string {
    return this.#walks.name(intentId, endpoint, walk, now);
  }

  fifths(): Fifth[] {
    return this.#unattended.fifths();
  }

  scopeOf(hash: string): Scope | null {
    return this.#token(hash)?.intent.scope ?? null;
  }

  tally(call: Tallied): void {
    this.#tally.add(call);
  }

  daysCounted(first: number, last: number): DaySum[] {
    return this.#tally.days(first, last);
  }

  firstDayCounted(): number | null {
    return this.#tally.firstDay();
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

  #exchangedAt(intentId: string): number | null {
    const row = this.#one(`SELECT spent_at FROM token WHERE kind = 'code' AND intent = ?`, intentId);
    return nullable(row?.['spent_at'] ?? null);
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
    this.#unattended.sweep(now);
    this.#walks.sweep(now);
    this.#tally.sweep(now);
    this.#sql.exec('DELETE FROM token WHERE expires_at <= ?', now - KEPT_AFTER_END);
    this.#sql.exec('DELETE FROM intent WHERE coalesce(decided_at, requested_at) <= ?', ended);
    for (const table of ['payment', 'payer', 'narrowed', 'person']) {
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
    permissions: row['permissions'] === null ? null : (String(row['permissions']).split(',') as Permission[]),
    persona: nullableText(row['persona']) as PersonaName | null,
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
