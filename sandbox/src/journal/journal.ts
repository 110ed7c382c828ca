import type { Endpoint } from '../endpoint.ts';
import type { Row, Sql, Value } from '../sql.ts';

/** One call of a TPP as the journal keeps it: without any secret whole. */
export interface Entry {
  /** Higher with each call. */
  id: number;
  /** When it came: by the bank's clock, and by the true one. Milliseconds since 1970. */
  at: number;
  trueAt: number;
  milliseconds: number;
  method: string;
  /** Path and query. */
  target: string;
  endpoint: Endpoint;
  /** As far as the gateway could tell; null where it could not. */
  intentId: string | null;
  app: string | null;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
  /** The parts of `x-jws-signature`, decoded; null where it has none that can be. */
  jws: { header: string; payload: string } | null;
  /** 0 where the connection was closed in place of an answer. */
  status: number;
  answer: string;
  /** Why it was refused; null where it was not. */
  refusal: Refused | null;
  notes: readonly string[];
  /** What it has met in place of the gateway's own behaviour. */
  fault: string | null;
}

export interface Refused {
  rule: string;
  error: string;
  error_description: string;
  expected?: string | undefined;
  came?: string | undefined;
  reading?: string | undefined;
  /** Whether a caller that keeps every rule can meet it too. */
  blameless: boolean;
}

/** `refused`: with a refusal; `failed`: 500 and more, or no answer; `fault`: one was planned for it. */
export const VERDICTS = ['answered', 'refused', 'failed', 'fault'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Query {
  intentId?: string;
  app?: string;
  endpoint?: string;
  verdict?: Verdict;
  rule?: string;
  /** The oldest of those come first, and not the newest. */
  fromOldest?: boolean;
  /** With a higher id than this. */
  after?: number;
  /** With a lower id than this, to page back. */
  before?: number;
  limit?: number;
}

const SHOWN_AS: Readonly<Record<Verdict, string>> = {
  answered: 'rule IS NULL AND status BETWEEN 1 AND 499',
  refused: 'rule IS NOT NULL',
  failed: '(status >= 500 OR status = 0)',
  fault: `json_extract(entry, '$.fault') IS NOT NULL`,
};

const KEPT_CALLS = 5_000;
/** Of each text so much is kept. */
export const KEPT_TEXT = 8 * 1024;
export const USUAL_LIMIT = 100;
export const MOST_AT_ONCE = 500;

/** The calls that came last, and whoever wants to hear of the next ones. */
export class Journal {
  readonly #sql: Sql;
  readonly #listeners = new Set<(entry: Entry) => void>();

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS call (
      id INTEGER PRIMARY KEY AUTOINCREMENT, intent TEXT, app TEXT, endpoint TEXT NOT NULL, status INTEGER NOT NULL,
      rule TEXT, entry TEXT NOT NULL) STRICT`);
    sql.exec('CREATE INDEX IF NOT EXISTS call_by_intent ON call (intent)');
  }

  add(entry: Omit<Entry, 'id'>): void {
    const { intentId, app, endpoint, status, refusal } = entry;
    const [row] = this.#sql
      .exec(
        'INSERT INTO call (intent, app, endpoint, status, rule, entry) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
        ...[intentId, app, endpoint, status, refusal?.rule ?? null, JSON.stringify(entry)],
      )
      .toArray();
    const id = Number(row?.['id']);
    this.#sql.exec('DELETE FROM call WHERE id <= ?', id - KEPT_CALLS);
    for (const listener of [...this.#listeners]) listener({ ...entry, id });
  }

  /** The newest first, unless asked otherwise. */
  query(query: Query = {}): Entry[] {
    const { intentId, app, endpoint, verdict, rule, after, before, fromOldest, limit = USUAL_LIMIT } = query;
    const conditions: [text: string, value?: Value | undefined][] = [
      ['intent = ?', intentId],
      ['app = ?', app],
      ['endpoint = ?', endpoint],
      ['rule = ?', rule],
      ['id > ?', after],
      ['id < ?', before],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined);
    const texts = asked.map(([text]) => text);
    if (verdict !== undefined) texts.push(SHOWN_AS[verdict]);
    const where = texts.length === 0 ? '' : `WHERE ${texts.join(' AND ')}`;
    const rows = this.#sql
      .exec(
        `SELECT id, entry FROM call ${where} ORDER BY id ${fromOldest ? 'ASC' : 'DESC'} LIMIT ?`,
        ...[...asked.map(([, value]) => value ?? null), Math.min(limit, MOST_AT_ONCE)],
      )
      .toArray();
    return rows.map(toEntry);
  }

  find(id: number): Entry | null {
    const [row] = this.#sql.exec('SELECT id, entry FROM call WHERE id = ?', id).toArray();
    return row === undefined ? null : toEntry(row);
  }

  clear(): void {
    this.#sql.exec('DELETE FROM call');
  }

  /** How many hear of what comes. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Gives what ends it. */
  listen(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

function toEntry(row: Row): Entry {
  return { ...(JSON.parse(String(row['entry'])) as Omit<Entry, 'id'>), id: Number(row['id']) };
}
