import type { Shape } from './shape.ts';

/** The stub accounts. No UK bank has a sort code that begins with 00, so none of these can be anybody's. */

export interface Account {
  AccountId: string;
  Currency: 'GBP';
  AccountType: 'Personal';
  AccountSubType: 'CurrentAccount' | 'Savings';
  Nickname: string;
  Account: { SchemeName: string; Identification: string; Name: string }[];
}

const SCHEME = 'UK.OBIE.SortCodeAccountNumber';

function account(id: string, subType: Account['AccountSubType'], nickname: string, holder: string): Account {
  return {
    AccountId: id,
    Currency: 'GBP',
    AccountType: 'Personal',
    AccountSubType: subType,
    Nickname: nickname,
    Account: [{ SchemeName: SCHEME, Identification: `000000${id}`, Name: holder }],
  };
}

export const ACCOUNTS: readonly Account[] = [
  account('12345678', 'CurrentAccount', 'Everyday', 'Robin Sample'),
  account('23456789', 'CurrentAccount', 'Shared bills', 'Robin Sample and Kit Sample'),
  account('34567890', 'Savings', 'Rainy day', 'Robin Sample'),
];

export function findAccount(id: string): Account | undefined {
  return ACCOUNTS.find(({ AccountId }) => AccountId === id);
}

export function accountOf({ Account: held, ...account }: Account, shape: Shape): object {
  if (shape === 'obie') return { ...account, Account: held };
  const [{ SchemeName, Identification, Name } = { SchemeName: '', Identification: '', Name: '' }] = held;
  return { ...account, Identification, SchemeName, Name };
}
