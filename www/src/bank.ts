import type { Direction, Money } from './money.ts';
import { type JsonObject, asObject, asText, asTextOrNumber } from './read.ts';

/**
 * The bank's answers in the shape the page shows. No bank is obliged to that shape: what is not understood is `unknown`
 * and keeps its raw value, so that it can still be shown (ACC-4).
 */
export interface Unknown {
  kind: 'unknown';
  raw: unknown;
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
  direction: Direction | undefined;
}

export interface Transaction {
  kind: 'transaction';
  name: string;
  note: string | undefined;
  bookedAt: string | undefined;
  pending: boolean;
  money: Money;
  direction: Direction | undefined;
}

const unknown = (raw: unknown): Unknown => ({ kind: 'unknown', raw });

/** The list at `Data.<name>`; an answer of another shape as one unknown item. */
function itemsOf(answer: unknown, name: string): readonly unknown[] {
  const data = asObject(asObject(answer)?.['Data']);
  const items = data?.[name];
  if (Array.isArray(items)) return items;
  return asObject(items) ? [items] : [answer];
}

/** `CurrentAccount` → `Current account`; `InterimAvailable` → `Interim available`. */
export function splitWords(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const SUB_TYPES: Readonly<Record<string, string>> = { EMoney: 'E-money account', ChargeCard: 'Charge card' };

/** A sort code and account number, or an IBAN, as people read it. */
export function accountNumber(scheme: string, identification: string): string {
  if (scheme.endsWith('SortCodeAccountNumber') && /^\d{14}$/.test(identification)) {
    const [, a, b, c, number] = /^(..)(..)(..)(.*)$/.exec(identification) ?? [];
    return `${a}-${b}-${c} ${number}`;
  }
  if (scheme.endsWith('IBAN')) return identification.replace(/(.{4})(?=.)/g, '$1 ');
  return identification;
}

function readAccount(raw: unknown): Account | Unknown {
  const account = asObject(raw);
  const id = asTextOrNumber(account?.['AccountId']);
  if (!account || id === undefined) return unknown(raw);

  const listed = account['Account'];
  const identities = (Array.isArray(listed) ? listed : []).map(asObject).filter((item) => item !== undefined);
  const subType = asText(account['AccountSubType']);
  const kind = subType === undefined ? undefined : (SUB_TYPES[subType] ?? splitWords(subType));
  const holder = identities.map((identity) => asText(identity['Name'])).find((name) => name !== undefined);
  const numbers = identities.flatMap((identity) => {
    const identification = asTextOrNumber(identity['Identification']);
    return identification === undefined ? [] : [accountNumber(asText(identity['SchemeName']) ?? '', identification)];
  });
  const name = asText(account['Nickname']) ?? holder ?? kind ?? 'Account';
  const details = [...(kind === undefined ? [] : [kind]), ...numbers].filter((detail) => detail !== name);
  return { kind: 'account', id, name, details };
}

export const readAccounts = (answer: unknown): (Account | Unknown)[] => itemsOf(answer, 'Account').map(readAccount);

function readMoney(owner: JsonObject): Money | undefined {
  const money = asObject(owner['Amount']);
  const amount = asTextOrNumber(money?.['Amount']);
  return amount === undefined ? undefined : { amount, currency: asText(money?.['Currency']) ?? '' };
}

function readDirection(owner: JsonObject): Direction | undefined {
  const indicator = asText(owner['CreditDebitIndicator'])?.toLowerCase();
  return indicator === 'credit' || indicator === 'debit' ? indicator : undefined;
}

function readBalance(raw: unknown): Balance | Unknown {
  const balance = asObject(raw);
  const money = balance && readMoney(balance);
  if (!balance || !money) return unknown(raw);
  const label = splitWords((asText(balance['Type']) ?? 'Balance').replace(/^Interim(?=[A-Z])/, ''));
  return { kind: 'balance', label, money, direction: readDirection(balance) };
}

/** Balances, the one that says what can be spent first. */
export function readBalances(answer: unknown): (Balance | Unknown)[] {
  const rank = (balance: Balance | Unknown): number =>
    balance.kind === 'unknown' ? 2 : /available/i.test(balance.label) ? 0 : 1;
  return itemsOf(answer, 'Balance').map(readBalance).sort((a, b) => rank(a) - rank(b));
}

function readTransaction(raw: unknown): Transaction | Unknown {
  const transaction = asObject(raw);
  const money = transaction && readMoney(transaction);
  if (!transaction || !money) return unknown(raw);
  const merchant = asText(asObject(transaction['MerchantDetails'])?.['MerchantName']);
  const information = asText(transaction['TransactionInformation']);
  return {
    kind: 'transaction',
    name: merchant ?? information ?? 'Transaction',
    note: merchant !== undefined && information !== merchant ? information : undefined,
    bookedAt: asText(transaction['BookingDateTime']),
    pending: asText(transaction['Status'])?.toLowerCase() === 'pending',
    money,
    direction: readDirection(transaction),
  };
}

function bookedAt(item: Transaction | Unknown): number {
  return item.kind === 'transaction' ? Date.parse(item.bookedAt ?? '') : Number.NaN;
}

/** Transactions, the newest first where all have a date, otherwise in the bank's order. */
export function readTransactions(answer: unknown): (Transaction | Unknown)[] {
  const items = itemsOf(answer, 'Transaction').map(readTransaction);
  return items.some((item) => Number.isNaN(bookedAt(item))) ? items : items.sort((a, b) => bookedAt(b) - bookedAt(a));
}
