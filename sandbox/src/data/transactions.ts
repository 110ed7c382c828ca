import { type Account, held } from './accounts.ts';
import { dayNumber, firstOfMonth, isoTime } from './calendar.ts';
import { type Money, money } from './currency.ts';
import { type Row, entriesOf, rowOf } from './entries.ts';
import { Memo } from './memo.ts';
import { cardOf, codesOf } from './parties.ts';
import { holdingOf } from './people.ts';
import type { Shape } from './shape.ts';

/** How far the list goes back: a year and a month, whatever day it is. */
export const HISTORY_DAYS = 396;

/**
 * A balance counts this month up to yesterday and the months before it: whole ones, so that none counts a rent without
 * the income that paid it.
 */
const MONTHS_COUNTED = 3;

/** The lists of the days last asked for, a walk asks for one again and again; so many rows together. */
const LISTS = new Memo<readonly Row[]>(60_000, (rows) => rows.length + 100);
const SUMS = new Memo<Sums>(500);

/** What a balance is made of, in the smallest unit of the currency. */
interface Sums {
  available: number;
  booked: number;
}

/** Newest first. */
export function rowsOf(account: Account, now: number, seed = 0): readonly Row[] {
  const today = dayNumber(now);
  return LISTS.get(`${account.AccountId} ${seed} ${today}`, () =>
    shown(account, today - HISTORY_DAYS, today, seed).sort(
      (left, right) => right.at - left.at || compare(right.id, left.id),
    ),
  );
}

function shown(account: Account, first: number, today: number, seed: number): Row[] {
  return entriesOf(account, { first, last: today - 1 }, seed).flatMap((entry) => rowOf(entry, today) ?? []);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

export function transactionOf(row: Row, { Currency }: Account, shape: Shape): object {
  const { habit, minor, accountId } = row.entry;
  const { merchant, direction } = habit;
  const { Code, SubCode } = codesOf(habit);
  const creditor = habit.creditor && held(habit.creditor.identification, habit.creditor.name);
  const amount = money(Math.abs(minor), Currency);
  const common = { TransactionId: row.id, BookingDateTime: row.bookedAt };
  if (shape === 'tell') {
    return {
      ...common,
      ...amount,
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
        ...cardOf(accountId, habit),
        MerchantCategoryCode: merchant.categoryCode,
        MerchantName: merchant.name,
      }),
    };
  }
  return {
    ...common,
    Amount: amount,
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

export interface Balance {
  Amount: Money;
  CreditDebitIndicator: 'Credit' | 'Debit';
  Type: 'InterimAvailable' | 'InterimBooked';
  DateTime: string;
}

/** What the transactions add up to: booked, and available, which pending payments already lessen. */
export function balances(account: Account, now: number, seed = 0): Balance[] {
  const { available, booked } = sumsOf(account, now, seed);
  return [balance('InterimAvailable', account, available, now), balance('InterimBooked', account, booked, now)];
}

/** In the smallest unit of the account's currency. */
export function availableOf(account: Account, now: number, seed = 0): number {
  return sumsOf(account, now, seed).available;
}

function sumsOf(account: Account, now: number, seed: number): Sums {
  return SUMS.get(`${account.AccountId} ${seed} ${dayNumber(now)}`, () => {
    const opening = holdingOf(account)?.opening ?? 0;
    const counted = shown(account, firstOfMonth(now, -MONTHS_COUNTED), dayNumber(now), seed);
    const total = (rows: readonly Row[]): number => rows.reduce((sum, { entry }) => sum + entry.minor, opening);
    return { available: total(counted), booked: total(counted.filter(({ status }) => status === 'Booked')) };
  });
}

function balance(type: Balance['Type'], { Currency }: Account, minor: number, now: number): Balance {
  return {
    Amount: money(Math.abs(minor), Currency),
    CreditDebitIndicator: minor < 0 ? 'Debit' : 'Credit',
    Type: type,
    DateTime: isoTime(dayNumber(now), 0),
  };
}
