import { type CalendarDay, noise } from './calendar.ts';
import type { DirectDebit, StandingOrder } from './persona.ts';

export interface Code {
  Code: string;
  SubCode: string;
}

/** One thing that an account's holder does again and again, from which its transactions are made. */
export interface Habit {
  information: string;
  merchant?: { name: string; categoryCode: string };
  /** Who is paid, where the bank tells it. */
  creditor?: { name: string; identification: string };
  direction: 'Credit' | 'Debit';
  /** Smallest and largest amount, in the smallest unit of the account's currency. */
  minor: readonly [number, number];
  on: (day: CalendarDay, salt: number) => boolean;
  /** The kind of transaction, where it is none of the usual ones. */
  code?: Code;
  /** Whether it is never shown days late. */
  prompt?: boolean;
  /** Which of the account's cards pays; the first unless told otherwise. */
  card?: number;
}

export function monthly(dayOfMonth: number): Habit['on'] {
  return (day) => day.dayOfMonth === dayOfMonth;
}

export function weekly(weekday: number): Habit['on'] {
  return (day) => day.weekday === weekday;
}

/** On average one day in `days`. */
export function about(days: number): Habit['on'] {
  return (day, salt) => noise(day.number, salt) < 1 / days;
}

export function bill(information: string, minor: number, dayOfMonth: number, more: Partial<Habit> = {}): Habit {
  return { information, direction: 'Debit', minor: [minor, minor], on: monthly(dayOfMonth), ...more };
}

/** What an arrangement takes from the account every month. */
export function collected({ name, minor, dayOfMonth }: DirectDebit): Habit {
  return bill(`DIRECT DEBIT ${name.toUpperCase()}`, minor, dayOfMonth);
}

export function ordered({ name, identification, minor, dayOfMonth }: StandingOrder): Habit {
  return bill(`STANDING ORDER ${name.toUpperCase()}`, minor, dayOfMonth, { creditor: { name, identification } });
}

export function income(information: string, minor: number, dayOfMonth: number): Habit {
  return { information, direction: 'Credit', minor: [minor, minor], on: monthly(dayOfMonth) };
}

/** Money that comes in as it comes. */
export function receipt(information: string, minor: Habit['minor'], on: Habit['on']): Habit {
  return { information, direction: 'Credit', minor, on };
}

export function card(
  name: string,
  categoryCode: string,
  minor: Habit['minor'],
  on: Habit['on'],
  number = 0,
): Habit {
  const information = `CARD PAYMENT ${name.toUpperCase()}`;
  return { information, merchant: { name, categoryCode }, direction: 'Debit', minor, on, card: number };
}

export function cash(minor: Habit['minor'], on: Habit['on']): Habit {
  const code = { Code: 'CustomerCardTransactions', SubCode: 'CashWithdrawal' };
  return { information: 'CASH WITHDRAWAL', direction: 'Debit', minor, on, code };
}

/** The same up to so many times on one day. */
export function often(times: number, habit: Habit): Habit[] {
  return Array.from({ length: times }, () => habit);
}
