import type { Account } from './accounts.ts';
import { calendarDay, dayNumber, firstOfMonth, isoTime, noise } from './calendar.ts';
import { HABITS, type Habit } from './habits.ts';

/**
 * Shown are this month up to yesterday and the months before it: whole ones, so that no balance counts a rent without
 * the income that paid it.
 */
const MONTHS_BEFORE = 3;

export interface Money {
  Amount: string;
  Currency: 'GBP';
}

export interface Transaction {
  TransactionId: string;
  BookingDateTime: string;
  Amount: Money;
  CreditDebitIndicator: 'Credit' | 'Debit';
  Status: 'Booked' | 'Pending';
  TransactionInformation: string;
  MerchantDetails?: { MerchantName: string; MerchantCategoryCode: string };
}

export interface Balance {
  Amount: Money;
  CreditDebitIndicator: 'Credit' | 'Debit';
  Type: 'InterimAvailable' | 'InterimBooked';
  DateTime: string;
}

interface Entry {
  day: number;
  secondOfDay: number;
  /** Above zero for money that came in. */
  pence: number;
  habit: Habit;
  id: string;
}

/** Newest first. A card payment of yesterday is still pending. */
export function transactions(account: Account, now: number): Transaction[] {
  return entries(account, now).map((entry) => ({
    TransactionId: entry.id,
    BookingDateTime: isoTime(entry.day, entry.secondOfDay),
    Amount: money(Math.abs(entry.pence)),
    CreditDebitIndicator: entry.habit.direction,
    Status: isPending(entry, now) ? 'Pending' : 'Booked',
    TransactionInformation: entry.habit.information,
    ...(entry.habit.merchant && {
      MerchantDetails: {
        MerchantName: entry.habit.merchant.name,
        MerchantCategoryCode: entry.habit.merchant.categoryCode,
      },
    }),
  }));
}

/** What the transactions shown add up to: booked, and available, which pending payments already lessen. */
export function balances(account: Account, now: number): Balance[] {
  const shown = entries(account, now);
  const booked = shown.filter((entry) => !isPending(entry, now));
  return [balance('InterimAvailable', account, shown, now), balance('InterimBooked', account, booked, now)];
}

export function availablePence(account: Account, now: number): number {
  return total(account, entries(account, now));
}

function balance(type: Balance['Type'], account: Account, counted: readonly Entry[], now: number): Balance {
  const pence = total(account, counted);
  return {
    Amount: money(Math.abs(pence)),
    CreditDebitIndicator: pence < 0 ? 'Debit' : 'Credit',
    Type: type,
    DateTime: isoTime(dayNumber(now), 0),
  };
}

function total({ AccountId }: Account, counted: readonly Entry[]): number {
  return counted.reduce((sum, { pence }) => sum + pence, HABITS[AccountId]?.opening ?? 0);
}

function entries({ AccountId }: Account, now: number): Entry[] {
  const habits = HABITS[AccountId]?.habits ?? [];
  const [today, first] = [dayNumber(now), firstOfMonth(now, -MONTHS_BEFORE)];
  const days = Array.from({ length: today - first }, (_, index) => calendarDay(today - 1 - index));
  return days.flatMap((day) =>
    habits
      .map((habit, index) => ({ habit, salt: Number(AccountId) + index * 17, index }))
      .filter(({ habit, salt }) => habit.on(day, salt))
      .map(({ habit, salt, index }) => ({
        day: day.number,
        // Between six in the morning and eight in the evening.
        secondOfDay: 6 * 3600 + Math.floor(noise(day.number, salt + 1) * 14 * 3600),
        pence: amount(habit, noise(day.number, salt + 2)),
        habit,
        id: `${AccountId}-${day.number}-${index + 1}`,
      }))
      .sort((left, right) => right.secondOfDay - left.secondOfDay),
  );
}

function amount({ pence: [least, most], direction }: Habit, share: number): number {
  const pence = least + Math.round(share * (most - least));
  return direction === 'Credit' ? pence : -pence;
}

function isPending({ day, habit }: Entry, now: number): boolean {
  return habit.merchant !== undefined && day === dayNumber(now) - 1;
}

/** Pence as a decimal string, never through a floating point sum. */
export function money(pence: number): Money {
  return { Amount: `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`, Currency: 'GBP' };
}
