import { readMoment } from '../../src/account/moment.ts';
import { parseDecimal } from '../../src/account/decimal.ts';
import type { Transaction, Unknown } from '../../src/account/rows.ts';
import type { Chance } from '../../../tests/rig/chance.ts';

/** A transaction with what a test cares about. */
export function transaction(own: { name?: string; note?: string; amount?: string; currency?: string; at?: string; pending?: boolean } = {}): Transaction {
  const { name = 'Somebody', note, amount = '-1.00', currency = 'GBP', at, pending = false } = own;
  return {
    kind: 'transaction', id: undefined, name, note, bookedAt: at, moment: readMoment(at), pending,
    money: { amount, currency }, amount: parseDecimal(amount),
  };
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Any transaction; `minor` is its amount in pence. */
export function anyTransaction(chance: Chance): Transaction & { minor: number } {
  const minor = chance.below(200_000) - 100_000;
  const written = `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${two(Math.abs(minor) % 100)}`;
  const time = chance.of(['', 'T00:00:00Z', 'T23:30:00+01:00', 'T12:00:00']);
  const at = `20${25 + chance.below(2)}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}${time}`;
  const item = transaction({
    name: chance.of(['Café Nero', 'Valley Buses', 'SALARY', '12 Monkeys']),
    amount: written,
    currency: chance.of(['GBP', 'GBP', 'EUR']),
    at: chance.of([at, at, at, at, at, 'soon']),
    pending: chance.below(8) === 0,
  });
  return { ...item, minor };
}

export const odd = (raw: string): Unknown => ({ kind: 'unknown', raw });
