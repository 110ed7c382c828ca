import type { Account } from './accounts.ts';
import { dayNumber, firstOfMonth, isoTime } from './calendar.ts';
import { type Row, entriesOf, rowOf } from './entries.ts';
import { HABITS } from './habits.ts';
import { cardOf, codesOf, creditorOf } from './parties.ts';
import type { Shape } from './shape.ts';

/** How far the list goes back: a year and a month, whatever day it is. */
export const HISTORY_DAYS = 396;

/**
 * A balance counts this month up to yesterday and the months before it: whole ones, so that none counts a rent without
 * the income that paid it.
 */
const MONTHS_COUNTED = 3;

/** The lists of the days last asked for: a walk asks for one again and again. */
const KNOWN = new Map<string, readonly Row[]>();
const MOST_KNOWN = 32;

/** Newest first. */
export function rowsOf(account: Account, now: number): readonly Row[] {
  const today = dayNumber(now);
  const name = `${account.AccountId} ${today}`;
  const rows = KNOWN.get(name) ?? makeRows(account, today);
  const [oldest] = KNOWN.size >= MOST_KNOWN && !KNOWN.has(name) ? KNOWN.keys() : [];
  if (oldest !== undefined) KNOWN.delete(oldest);
  KNOWN.set(name, rows);
  return rows;
}

function makeRows(account: Account, today: number): Row[] {
  return shown(account, today - HISTORY_DAYS, today).sort(
    (left, right) => compare(right.bookedAt, left.bookedAt) || compare(right.id, left.id),
  );
}

function shown(account: Account, first: number, today: number): Row[] {
  return entriesOf(account, first, today - 1).flatMap((entry) => rowOf(entry, today) ?? []);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

export function transactionOf(row: Row, shape: Shape): object {
  const { habit, pence } = row.entry;
  const { merchant, direction } = habit;
  const { Code, SubCode } = codesOf(habit);
  const creditor = creditorOf(habit);
  const common = { TransactionId: row.id, BookingDateTime: row.bookedAt };
  if (shape === 'tell') {
    return {
      ...common,
      ...money(Math.abs(pence)),
      Status: row.status,
      CreditDebit: direction,
      Code,
      SubCode,
      ...(creditor && {
        CreditorSchemeName: creditor.SchemeName,
        CreditorName: creditor.Name,
        CreditorIdentification: creditor.Identification,
      }),
      TransactionInformation: row.information,
      ...(merchant && {
        ...cardOf(row.entry.accountId),
        MerchantCategoryCode: merchant.categoryCode,
        MerchantName: merchant.name,
      }),
    };
  }
  return {
    ...common,
    Amount: money(Math.abs(pence)),
    CreditDebitIndicator: direction,
    Status: row.status,
    BankTransactionCode: { Code, SubCode },
    TransactionInformation: row.information,
    ...(creditor && { CreditorAccount: creditor }),
    ...(merchant && {
      MerchantDetails: { MerchantName: merchant.name, MerchantCategoryCode: merchant.categoryCode },
    }),
  };
}

export interface Money {
  Amount: string;
  Currency: 'GBP';
}

export interface Balance {
  Amount: Money;
  CreditDebitIndicator: 'Credit' | 'Debit';
  Type: 'InterimAvailable' | 'InterimBooked';
  DateTime: string;
}

/** What the transactions add up to: booked, and available, which pending payments already lessen. */
export function balances(account: Account, now: number): Balance[] {
  const counted = countedRows(account, now);
  const booked = counted.filter(({ status }) => status === 'Booked');
  return [balance('InterimAvailable', account, counted, now), balance('InterimBooked', account, booked, now)];
}

export function availablePence(account: Account, now: number): number {
  return total(account, countedRows(account, now));
}

function countedRows(account: Account, now: number): Row[] {
  return shown(account, firstOfMonth(now, -MONTHS_COUNTED), dayNumber(now));
}

function balance(type: Balance['Type'], account: Account, counted: readonly Row[], now: number): Balance {
  const pence = total(account, counted);
  return {
    Amount: money(Math.abs(pence)),
    CreditDebitIndicator: pence < 0 ? 'Debit' : 'Credit',
    Type: type,
    DateTime: isoTime(dayNumber(now), 0),
  };
}

function total({ AccountId }: Account, counted: readonly Row[]): number {
  return counted.reduce((sum, { entry }) => sum + entry.pence, HABITS[AccountId]?.opening ?? 0);
}

/** Pence as a decimal string, never through a floating point sum. */
export function money(pence: number): Money {
  return { Amount: `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`, Currency: 'GBP' };
}
