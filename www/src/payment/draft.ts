import { asObject } from '../read.ts';
import type { Payment } from './api.ts';
import { EMPTY, type Fields } from './checks.ts';

const KEY = 'tell-payment';

/** Where a draft outlives a reload, as `sessionStorage` does. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The order of a payment: the worker submits one payment of an order at most. */
interface Order {
  key: string;
  /** The payment that it is the order of. */
  of: string;
}

function readOrder(value: unknown): Order | undefined {
  const order = asObject(value);
  const { key, of } = order ?? {};
  return typeof key === 'string' && typeof of === 'string' ? { key, of } : undefined;
}

function readStored(store: Store): { fields: Fields; order: Order | undefined } {
  try {
    const stored = asObject(JSON.parse(store.getItem(KEY) ?? 'null'));
    const written = asObject(stored?.['fields']) ?? {};
    const fields = { ...EMPTY };
    for (const name of ['name', 'sortCode', 'accountNumber', 'iban', 'amount', 'reference'] as const) {
      const text = written[name];
      if (typeof text === 'string') fields[name] = text;
    }
    if (written['scheme'] === 'iban') fields.scheme = 'iban';
    return { fields, order: readOrder(stored?.['order']) };
  } catch {
    return { fields: { ...EMPTY }, order: undefined };
  }
}

/** The payment that is being written, kept with its order: a reload or a second try of it is the same order. */
export function createDraft(store: Store, newKey: () => string) {
  let { fields, order } = readStored(store);

  function keep(): void {
    try {
      store.setItem(KEY, JSON.stringify({ fields, order }));
    } catch {
      // Where nothing can be stored, the draft lives as long as the page.
    }
  }

  return {
    get fields(): Fields {
      return fields;
    },

    write(written: Fields): void {
      fields = { ...written };
      keep();
    },

    /** The key of this payment's order: the same as long as the payment is, another for another payment. */
    orderOf(payment: Payment): string {
      const of = JSON.stringify(payment);
      if (order?.of !== of) {
        order = { key: newKey(), of };
        keep();
      }
      return order.key;
    },

    clear(): void {
      fields = { ...EMPTY };
      order = undefined;
      try {
        store.removeItem(KEY);
      } catch {
        // Nothing was stored.
      }
    },
  };
}

export type Draft = ReturnType<typeof createDraft>;
