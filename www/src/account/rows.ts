import * as views from 'tell-connect/views';
import { Problem } from '../api.ts';
import { accountNumber, splitWords } from '../bank.ts';
import type { Money } from '../money.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import { type Moment, readMoment } from './moment.ts';

/**
 * The bank's answers as the page shows them, by the package's own views. No bank is obliged to any shape: what is not
 * understood is `unknown` and keeps its JSON text, so that it can still be shown (ACC-4).
 */
export interface Unknown {
  kind: 'unknown';
  raw: string;
}

export interface Account {
  kind: 'account';
  id: string;
  name: string;
  /** Type and number, whichever the bank gives. */
  details: string[];
}

export interface Balance {
  kind: 'balance';
  label: string;
  money: Money;
}

export interface Transaction {
  kind: 'transaction';
  id: string | undefined;
  name: string;
  note: string | undefined;
  /** When it was booked, as the bank wrote it, and what that means. */
  bookedAt: string | undefined;
  moment: Moment | undefined;
  pending: boolean;
  /** What came in is positive, what went out negative. */
  money: Money;
  /** The same as a number; undefined for one that nobody can add up. */
  amount: Decimal | undefined;
}

type Named = { rest: string };

/** The row as JSON: what its view holds to the letter, and the rest as the bank wrote it. */
function rawOf(row: Named): string {
  if (!row.rest.startsWith('{')) return row.rest;
  const held = Object.entries(row).flatMap(([name, value]) =>
    name === 'rest' || typeof value !== 'string' ? [] : [`${JSON.stringify(name.charAt(0).toUpperCase() + name.slice(1))}:${JSON.stringify(value)}`]);
  return `{${[...held, row.rest.slice(1, -1)].filter((part) => part !== '').join(',')}}`;
}

const unknown = (row: Named): Unknown => ({ kind: 'unknown', raw: rawOf(row) });

/** Reads the rows of an answer, one that holds no such list as one unknown item. */
export function readList<Row extends Named, Item>(
  read: (text: string) => Row[],
  item: (row: Row) => Item | undefined,
): (text: string) => (Item | Unknown)[] {
  return (text) => {
    let rows: Row[];
    try {
      rows = read(text);
    } catch (error) {
      if (error instanceof views.TellConnectError && error.code === 'list_missing') return [{ kind: 'unknown', raw: text }];
      throw new Problem('worker_bad_answer', { detail: String(error) });
    }
    return rows.map((row) => item(row) ?? unknown(row));
  };
}

export function moneyOf(amount: views.Money | undefined): Money | undefined {
  return amount && { amount: amount.value, currency: amount.currency ?? '' };
}

export function numberOf({ identification, schemeName }: { identification?: string; schemeName?: string }): string | undefined {
  return identification === undefined ? undefined : accountNumber(schemeName ?? '', identification);
}

const SUB_TYPES: Readonly<Record<string, string>> = { EMoney: 'E-money account', ChargeCard: 'Charge card' };

export const readAccounts = readList(views.accounts, (row): Account | undefined => {
  const { accountId, accountSubType: type, nickname, name: holder } = row;
  if (accountId === undefined) return undefined;
  const kind = type === undefined ? undefined : (SUB_TYPES[type] ?? splitWords(type));
  const name = nickname ?? holder ?? kind ?? 'Account';
  const details = [kind, numberOf(row)].filter((detail) => detail !== undefined && detail !== name);
  return { kind: 'account', id: accountId, name, details: details as string[] };
});

const balances = readList(views.balances, ({ amount, type = 'Balance' }): Balance | undefined => {
  const money = moneyOf(amount);
  return money && { kind: 'balance', label: splitWords(type.replace(/^Interim(?=[A-Z])/, '')), money };
});

/** Balances, the one that says what can be spent first. */
export function readBalances(text: string): (Balance | Unknown)[] {
  const rank = (balance: Balance | Unknown): number =>
    balance.kind === 'unknown' ? 2 : /available/i.test(balance.label) ? 0 : 1;
  return balances(text).sort((a, b) => rank(a) - rank(b));
}

/** Transactions in the bank's order. */
export const readTransactions = readList(views.transactions, (row): Transaction | undefined => {
  const money = moneyOf(row.amount);
  if (money === undefined) return undefined;
  const party = row.merchantName ?? (money.amount.startsWith('-') ? row.creditorName : row.debtorName);
  const information = row.transactionInformation;
  return {
    kind: 'transaction',
    id: row.transactionId,
    name: party ?? information ?? 'Transaction',
    note: party === information ? undefined : party && information,
    bookedAt: row.bookingDateTime,
    moment: readMoment(row.bookingDateTime),
    pending: row.status?.toLowerCase() === 'pending',
    money,
    amount: parseDecimal(money.amount),
  };
});
