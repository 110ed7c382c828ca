// The customer's accounts and transactions as rows, of what the bank's lists say: complete, and nothing twice.
import type { SweepResult } from 'tell-connect/worker';
import { accountsIn, balanceIn, type Transaction, transactionsIn } from './bank-text.ts';
import type { Sql } from './sql.ts';
import { type Walk, Walks } from './walks.ts';

export interface AccountRow {
  id: string;
  name: string;
  currency: string;
  balance: string | null;
  /** When its transactions were last read to their end, in milliseconds since 1970. */
  readAt: number | null;
}

export interface Row extends Transaction {
  account: string;
  /** When it was first seen, the pending one that it was included, in milliseconds since 1970. */
  firstSeen: number;
  /** The id that it had while it was pending, where that was another. */
  was: string | null;
}

/** How many days lie between a pending transaction and what it is booked as, at most. */
const DAYS_APART = 10;
const DAY = 86_400_000;

export class Rows {
  readonly #sql: Sql;
  readonly #walks: Walks;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#walks = new Walks(sql);
    sql.exec('CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, name TEXT, currency TEXT, balance TEXT)');
    sql.exec(`CREATE TABLE IF NOT EXISTS transactions (
      account TEXT, id TEXT, is_booked INTEGER, booked_at TEXT, amount TEXT, currency TEXT, text TEXT,
      first_seen INTEGER, was TEXT, PRIMARY KEY (account, id))`);
  }

  /** Takes a result; the same again changes nothing. */
  take(result: SweepResult): void {
    const walk = this.#walks.take(result);
    if (walk === undefined) return;
    const [, list, account, resource] = walk.path.split('/');
    if (list !== 'accounts') return;
    if (account === undefined) this.#takeAccounts(walk);
    else if (resource === 'balance') this.#takeBalance(account, walk);
    else if (resource === 'transactions') this.#takeTransactions(account, walk);
  }

  accounts(): AccountRow[] {
    const rows = this.#sql.exec('SELECT id, name, currency, balance FROM accounts ORDER BY id').toArray();
    return (rows as unknown as Omit<AccountRow, 'readAt'>[]).map((account) => ({
      ...account, readAt: this.#walks.lastRead(`/accounts/${account.id}/transactions`),
    }));
  }

  /** The newest first. */
  transactions(account: string, limit = -1): Row[] {
    const rows = this.#sql.exec(
      'SELECT * FROM transactions WHERE account = ? ORDER BY booked_at DESC, id LIMIT ?', account, limit,
    ).toArray();
    return rows.map(rowOf);
  }

  #takeAccounts({ pages }: Walk): void {
    for (const { id, name, currency } of pages.flatMap(accountsIn)) {
      this.#sql.exec(
        `INSERT INTO accounts (id, name, currency) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET name = excluded.name, currency = excluded.currency`,
        ...[id, name, currency],
      );
    }
  }

  #takeBalance(account: string, { pages: [text = '{}'] }: Walk): void {
    const balance = balanceIn(text);
    if (balance === undefined) return;
    this.#sql.exec('UPDATE accounts SET balance = ? WHERE id = ?', `${balance.amount} ${balance.currency}`, account);
  }

  /**
   * The list says all from its oldest row on. A pending row of ours that it no longer has was booked under another id,
   * or was called off.
   */
  #takeTransactions(account: string, { pages, began }: Walk): void {
    const listed = pages.flatMap(transactionsIn);
    const ids = new Set(listed.map(({ id }) => id));
    const oldest = listed.map(({ bookedAt }) => bookedAt).sort()[0] ?? '9999';
    const pending = this.#sql.exec(
      'SELECT * FROM transactions WHERE account = ? AND is_booked = 0 AND booked_at >= ?', account, oldest,
    ).toArray().map(rowOf);
    const gone = pending.filter(({ id }) => !ids.has(id));
    for (const row of gone) this.#sql.exec('DELETE FROM transactions WHERE account = ? AND id = ?', account, row.id);
    for (const row of listed) {
      const was = this.#isKnown(account, row.id) || !row.isBooked ? undefined : takeFrom(gone, row);
      this.#sql.exec(
        `INSERT INTO transactions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
          is_booked = excluded.is_booked, booked_at = excluded.booked_at, amount = excluded.amount,
          currency = excluded.currency, text = excluded.text`,
        ...[account, row.id, row.isBooked ? 1 : 0, row.bookedAt, row.amount, row.currency, row.text],
        ...[was?.firstSeen ?? began, was?.id ?? null],
      );
    }
  }

  #isKnown(account: string, id: string): boolean {
    const found = this.#sql.exec('SELECT 1 FROM transactions WHERE account = ? AND id = ?', account, id);
    return found.toArray().length > 0;
  }
}

/** Takes out the pending row that a booked one was: of the same amount, and the nearest in time. */
function takeFrom(gone: Row[], { amount, currency, bookedAt }: Transaction): Row | undefined {
  const apart = (row: Row): number => Math.abs(Date.parse(row.bookedAt) - Date.parse(bookedAt));
  const isSame = (row: Row): boolean => row.amount === amount && row.currency === currency;
  const same = gone.filter((row) => isSame(row) && apart(row) <= DAYS_APART * DAY);
  const [nearest] = same.sort((one, other) => apart(one) - apart(other));
  if (nearest !== undefined) gone.splice(gone.indexOf(nearest), 1);
  return nearest;
}

function rowOf(row: Record<string, unknown>): Row {
  const text = (name: string): string => String(row[name]);
  return {
    account: text('account'),
    id: text('id'),
    isBooked: row['is_booked'] === 1,
    bookedAt: text('booked_at'),
    amount: text('amount'),
    currency: text('currency'),
    text: text('text'),
    firstSeen: Number(row['first_seen']),
    was: row['was'] === null ? null : text('was'),
  };
}
