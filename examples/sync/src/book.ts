// One customer's book: which consent it is kept by, and what the bank said under it.
import { DurableObject } from 'cloudflare:workers';
import type { SweepResult } from 'tell-connect/worker';
import { type AccountRow, type Row, Rows } from './rows.ts';

/** How many transactions of an account the page shows. */
const SHOWN = 25;

export interface Page {
  consent: string | null;
  accounts: (AccountRow & { transactions: Row[] })[];
}

export class Book extends DurableObject<object> {
  readonly #sql = this.ctx.storage.sql;
  #rows: Rows | undefined;

  /** The customer is connected: from now on it is this consent's results that count. */
  connected(consent: string, uuid: string): void {
    this.#sql.exec('CREATE TABLE IF NOT EXISTS consents (uuid TEXT PRIMARY KEY, consent TEXT)');
    this.#sql.exec('DELETE FROM consents');
    this.#sql.exec('INSERT INTO consents VALUES (?, ?)', uuid, consent);
  }

  /** Takes a result. Those of a consent that is not, or no longer, this book's change nothing. */
  take(result: SweepResult): void {
    const [known] = this.#consents('WHERE uuid = ?', result.uuid);
    if (known === undefined) return;
    this.ctx.storage.transactionSync(() => this.#opened().take(result));
  }

  page(): Page {
    const [consent = null] = this.#consents();
    if (consent === null) return { consent, accounts: [] };
    const rows = this.#opened();
    return {
      consent,
      accounts: rows.accounts().map((account) => ({ ...account, transactions: rows.transactions(account.id, SHOWN) })),
    };
  }

  /** Forgets all. What is still in the queue finds a book that knows no consent. */
  async erase(): Promise<void> {
    this.#rows = undefined;
    await this.ctx.storage.deleteAll();
  }

  #consents(where = '', ...bindings: string[]): string[] {
    // An erased book is not begun again by whoever looks.
    const [begun] = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'consents'").toArray();
    if (begun === undefined) return [];
    return this.#sql.exec<{ consent: string }>(`SELECT consent FROM consents ${where}`, ...bindings).toArray()
      .map(({ consent }) => consent);
  }

  #opened(): Rows {
    return this.#rows ??= new Rows(this.#sql);
  }
}
