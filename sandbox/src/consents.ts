import type { IntentState } from './life.ts';
import type { Sql, Value } from './sql.ts';

export interface ConsentQuery {
  app?: string;
  state?: IntentState;
  /** Asked for before this one, to page back. */
  before?: string;
  /** How many at most, `CONSENTS_AT_ONCE` unless told otherwise. */
  most?: number;
}

export const CONSENTS_AT_ONCE = 50;

/** Which intents the ledger holds, for people who look through them; the newest first. */
export class ConsentList {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  ids({ app, state, before, most = CONSENTS_AT_ONCE }: ConsentQuery): string[] {
    const conditions: [text: string, value: Value | undefined][] = [
      ['app = ?', app],
      ['state = ?', state],
      ['(requested_at, rowid) < (SELECT requested_at, rowid FROM intent WHERE id = ?)', before],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined);
    const where = asked.length === 0 ? '' : `WHERE ${asked.map(([text]) => text).join(' AND ')}`;
    const query = `SELECT id FROM intent ${where} ORDER BY requested_at DESC, rowid DESC LIMIT ?`;
    const rows = this.#sql.exec(query, ...asked.map(([, value]) => value ?? null), most).toArray();
    return rows.map(({ id }) => String(id));
  }
}
