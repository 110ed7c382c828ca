import { type Account, accountOf } from './accounts.ts';
import { beneficiaries, directDebits, scheduledPayments, standingOrders } from './arrangements.ts';
import type { Row } from './entries.ts';
import type { Item, Listing } from './listing.ts';
import type { Shape } from './shape.ts';
import { balances, rowsOf, transactionOf } from './transactions.ts';

interface Resource {
  member: Listing['member'];
  list: (account: Account, shape: Shape, now: number, seed: number) => object[];
}

const TRANSACTIONS = { tell: 'Transactions', obie: 'Transaction' };

/** ACC-3, what stands under an account beside its transactions, by its path. */
const TABLE: Readonly<Record<string, Resource>> = {
  balance: { member: { tell: null, obie: 'Balance' }, list: balance },
  beneficiaries: { member: { tell: 'Beneficiaries', obie: 'Beneficiary' }, list: beneficiaries },
  'direct-debits': { member: { tell: 'DirectDebits', obie: 'DirectDebit' }, list: directDebits },
  'standing-orders': { member: { tell: 'StandingOrders', obie: 'StandingOrder' }, list: standingOrders },
  'scheduled-payments': { member: { tell: 'ScheduledPayments', obie: 'ScheduledPayment' }, list: scheduledPayments },
  product: { member: { tell: 'Products', obie: 'Product' }, list: product },
};

export const ACCOUNT_MEMBER: Listing['member'] = { tell: 'Accounts', obie: 'Account' };

export const RESOURCES: readonly string[] = ['transactions', ...Object.keys(TABLE)];

/** Where a resource's list stands in an answer; nothing for a name that is not in the table. */
export function memberOf(resource: string | undefined): Listing['member'] | undefined {
  if (resource === undefined) return ACCOUNT_MEMBER;
  if (resource === 'transactions') return TRANSACTIONS;
  return Object.hasOwn(TABLE, resource) ? TABLE[resource]?.member : undefined;
}

/** What the bank lists for an account (no resource named) or for one thing under it. */
export function listingOf(account: Account, resource: string | undefined, as: As): Listing | undefined {
  const member = memberOf(resource);
  if (member === undefined) return undefined;
  return { member, items: itemsOf(account, resource, as) };
}

interface As {
  shape: Shape;
  now: number;
  seed?: number;
}

function itemsOf(account: Account, resource: string | undefined, { shape, now, seed = 0 }: As): readonly Item[] {
  if (resource === undefined) return [{ text: JSON.stringify(accountOf(account, shape)) }];
  if (resource === 'transactions') return transactionItems(rowsOf(account, now, seed), account, shape);
  const list = TABLE[resource]?.list(account, shape, now, seed) ?? [];
  return list.map((item) => ({ text: JSON.stringify(item) }));
}

const ITEMS: Readonly<Record<Shape, WeakMap<readonly Row[], readonly Item[]>>> = {
  tell: new WeakMap(),
  obie: new WeakMap(),
};

function transactionItems(rows: readonly Row[], account: Account, shape: Shape): readonly Item[] {
  const known = ITEMS[shape].get(rows) ?? rows.map((row) => transactionItem(row, account, shape));
  ITEMS[shape].set(rows, known);
  return known;
}

function transactionItem(row: Row, account: Account, shape: Shape): Item {
  return {
    // Most of a year is on no page that is asked for.
    get text() {
      return JSON.stringify(transactionOf(row, account, shape));
    },
    bookedAt: row.at,
  };
}

/** ACC-5: flat it is one, what is available. */
function balance(account: Account, shape: Shape, now: number, seed: number): object[] {
  const list = balances(account, now, seed);
  if (shape === 'obie') return list;
  return list.slice(0, 1).map(({ Amount, CreditDebitIndicator }) => ({ ...Amount, CreditDebit: CreditDebitIndicator }));
}

function product({ AccountId, AccountSubType }: Account, shape: Shape): object[] {
  const current = AccountSubType === 'CurrentAccount';
  return [
    {
      ...(shape === 'obie' && { AccountId }),
      ProductId: current ? 'SANDBOX-CURRENT' : 'SANDBOX-SAVER',
      ProductType: current ? 'PersonalCurrentAccount' : 'Savings',
      ProductName: current ? 'Sandbox Current Account' : 'Sandbox Easy Saver',
    },
  ];
}
