import { type Decimal, ZERO, add, compare, negated } from './decimal.ts';
import { monthBefore } from './moment.ts';
import type { Transaction } from './rows.ts';

/** What came in and what went out, both without a sign. */
export interface Flow {
  paidIn: Decimal;
  paidOut: Decimal;
}

export interface Month extends Flow {
  /** Such as `2026-11`. */
  month: string;
}

const NOTHING: Flow = { paidIn: ZERO, paidOut: ZERO };

function withAmount({ paidIn, paidOut }: Flow, amount: Decimal): Flow {
  return compare(amount, ZERO) < 0
    ? { paidIn, paidOut: add(paidOut, negated(amount)) }
    : { paidIn: add(paidIn, amount), paidOut };
}

function sum(items: readonly Transaction[]): Flow {
  return items.reduce((flow, { amount }) => (amount === undefined ? flow : withAmount(flow, amount)), NOTHING);
}

const byCurrency = (items: readonly Transaction[]): Map<string, Transaction[]> =>
  Map.groupBy(items, ({ money }) => money.currency);

/** What some transactions add up to, by currency. */
export function totals(items: readonly Transaction[]): Map<string, Flow> {
  return new Map([...byCurrency(items)].map(([currency, own]) => [currency, sum(own)]));
}

/** Whether a month's sums have it: what is pending may still change, and what has no date is of no month. */
export const isCounted = ({ pending, moment, amount }: Transaction): boolean =>
  !pending && moment !== undefined && amount !== undefined;

/** The months in which anything was booked, by currency, the latest month first. */
export function months(items: readonly Transaction[]): Map<string, Month[]> {
  const monthOf = ({ moment }: Transaction): string => moment?.day.slice(0, 7) ?? '';
  const listed = (own: readonly Transaction[]): Month[] =>
    [...Map.groupBy(own, monthOf)]
      .map(([month, group]) => ({ month, ...sum(group) }))
      .sort((a, b) => (a.month < b.month ? 1 : -1));
  return new Map([...byCurrency(items.filter(isCounted))].map(([currency, own]) => [currency, listed(own)]));
}

/** The last so many months up to the latest, the oldest first; one in which nothing was booked has nothing. */
export function lastMonths(listed: readonly Month[], most: number): Month[] {
  const [latest, oldest] = [listed[0], listed.at(-1)];
  if (latest === undefined || oldest === undefined) return [];
  const all = Array.from({ length: most }, (_, back) => monthBefore(latest.month, back));
  return all
    .filter((month) => month >= oldest.month)
    .map((month) => listed.find((known) => known.month === month) ?? { month, ...NOTHING })
    .reverse();
}
