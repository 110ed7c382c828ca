// The customer's accounts and transactions as rows, of what the bank's lists say: complete, and nothing twice. What the
// bank's texts mean is read by `tell-connect/views`.
import { accounts, balances, sameTransaction, type Transaction, transactions } from 'tell-connect/views';
import type { SweepResult } from 'tell-connect/worker';
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

export interface Row {
  id: string;
  isBooked: boolean;
  bookedAt: string;
  /** What the bank says of it. */
  told: Transaction;
  /** When it was first seen, as the pending one that it was where it was one, in milliseconds since 1970. */
  firstSeen: number;
  /** The id that it had while it was pending, where that was another. */
  was: string | null;
}

export class Rows {
  readonly #sql: Sql;
  readonly #walks: Walks;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#walks = new Walks(sql);
    sql.exec('CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, name TEXT, currency TEXT, balance TEXT)');
    sql.exec(`CREATE TABLE IF NOT EXISTS transactions (
      account TEXT, id TEXT, is_booked INTEGER, booked_at TEXT, told TEXT, first_seen INTEGER, was TEXT,
      PRIMARY KEY (account, id))`);
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
    for (const { accountId, nickname, accountSubType, currency } of pages.flatMap(accounts)) {
      if (accountId === undefined) continue;
      this.#sql.exec(
        `INSERT INTO accounts (id, name, currency) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET name = excluded.name, currency = excluded.currency`,
        ...[accountId, nickname ?? accountSubType ?? accountId, currency ?? ''],
      );
    }
  }

  #takeBalance(account: string, { pages }: Walk): void {
    const amount = pages.flatMap(balances)[0]?.amount;
    if (amount === undefined) return;
    const text = `${amount.value} ${amount.currency ?? ''}`;
    this.#sql.exec('UPDATE accounts SET balance = ? WHERE id = ?', text, account);
  }

  /**
   * The list says all from its oldest row on. A pending row of ours that it no longer has was booked under another id,
   * or was called off.
   */
  #takeTransactions(account: string, { pages, began }: Walk): void {
    const listed = pages.flatMap(transactions).map((told) => ({ id: idOf(told), told }));
    const ids = new Set(listed.map(({ id }) => id));
    const oldest = listed.map(({ told }) => told.bookingDateTime ?? '9999').sort()[0] ?? '9999';
    const pending = this.#sql.exec(
      'SELECT * FROM transactions WHERE account = ? AND is_booked = 0 AND booked_at >= ?', account, oldest,
    ).toArray().map(rowOf);
    const gone = pending.filter(({ id }) => !ids.has(id));
    for (const { id } of gone) this.#sql.exec('DELETE FROM transactions WHERE account = ? AND id = ?', account, id);
    for (const { id, told } of listed) {
      const isBooked = told.status?.toLowerCase() !== 'pending';
      const was = isBooked && !this.#isKnown(account, id) ? takeFrom(gone, told) : undefined;
      this.#sql.exec(
        `INSERT INTO transactions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
          is_booked = excluded.is_booked, booked_at = excluded.booked_at, told = excluded.told`,
        ...[account, id, isBooked ? 1 : 0, told.bookingDateTime ?? '', JSON.stringify(told)],
        ...[was?.firstSeen ?? began, was?.id ?? null],
      );
    }
  }

  #isKnown(account: string, id: string): boolean {
    const found = this.#sql.exec('SELECT 1 FROM transactions WHERE account = ? AND id = ?', account, id);
    return found.toArray().length > 0;
  }
}

/** What a row is told from others by; all of it, where the bank gives it no id. */
const idOf = (told: Transaction): string => told.transactionId ?? JSON.stringify(told);

/** Takes out the pending row that a booked one was. */
function takeFrom(gone: Row[], booked: Transaction): Row | undefined {
  const at = gone.findIndex(({ told }) => sameTransaction(told, booked));
  return at === -1 ? undefined : gone.splice(at, 1)[0];
}

function rowOf(row: Record<string, unknown>): Row {
  return {
    id: String(row['id']),
    isBooked: row['is_booked'] === 1,
    bookedAt: String(row['booked_at']),
    told: JSON.parse(String(row['told'])) as Transaction,
    firstSeen: Number(row['first_seen']),
    was: row['was'] === null ? null : String(row['was']),
  };
}
