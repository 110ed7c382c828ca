// The shop's books: its orders, and under which consents somebody set out to pay each. They outlive a restart.
import { DurableObject } from 'cloudflare:workers';
import { type Cart, paymentOf } from './goods.ts';

export interface Order {
  /** The order key too: an order is paid once, by whichever consent. */
  id: string;
  cart: Cart;
  /** Written once and the same for each consent, to the byte. */
  payment: string;
}

/** A consent that somebody was sent to the bank for. */
export interface Attempt {
  consent: string;
  order: string;
  shopper: string;
}

export class Till extends DurableObject<object> {
  readonly #sql = this.ctx.storage.sql;

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    this.#sql.exec('CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, cart TEXT, payment TEXT)');
    this.#sql.exec('CREATE TABLE IF NOT EXISTS attempts (consent TEXT PRIMARY KEY, "order" TEXT, shopper TEXT)');
  }

  /** Takes an order. Its id cannot be guessed: whoever has the link may see it, and pay it. */
  open(cart: Cart): string {
    const id = crypto.randomUUID();
    const payment = paymentOf(cart, `SHOP ${id.slice(0, 8).toUpperCase()}`);
    this.#sql.exec('INSERT INTO orders VALUES (?, ?, ?)', id, JSON.stringify(cart), payment);
    return id;
  }

  order(id: string): Order | null {
    const [row] = this.#sql.exec<Record<'id' | 'cart' | 'payment', string>>('SELECT * FROM orders WHERE id = ?', id);
    return row === undefined ? null : { ...row, cart: JSON.parse(row.cart) as Cart };
  }

  began({ consent, order, shopper }: Attempt): void {
    this.#sql.exec('INSERT INTO attempts VALUES (?, ?, ?)', consent, order, shopper);
  }

  /** The newest first. */
  attempts(order: string): Attempt[] {
    const found = this.#sql.exec<Record<keyof Attempt, string>>(
      'SELECT * FROM attempts WHERE "order" = ? ORDER BY rowid DESC', order,
    );
    return found.toArray();
  }

  /** The order that a consent is to pay. */
  orderOf(consent: string): string | null {
    const [row] = this.#sql.exec<{ order: string }>('SELECT "order" FROM attempts WHERE consent = ?', consent);
    return row?.order ?? null;
  }
}
