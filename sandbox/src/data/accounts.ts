import type { Currency } from './currency.ts';
import type { Shape } from './shape.ts';

/** The stub accounts. No UK bank has a sort code that begins with 00, so none of these can be anybody's. */

export interface Account {
  AccountId: string;
  Currency: Currency;
  AccountType: 'Personal' | 'Business';
  AccountSubType: 'CurrentAccount' | 'Savings';
  Nickname: string;
  Account: { SchemeName: string; Identification: string; Name: string }[];
}

interface Further {
  currency?: Currency;
  business?: boolean;
  /** A second name of the account. */
  iban?: string;
}

export function account(
  id: string,
  subType: Account['AccountSubType'],
  nickname: string,
  holder: string,
  { currency = 'GBP', business = false, iban }: Further = {},
): Account {
  const identifications = [`000000${id}`, ...(iban === undefined ? [] : [iban])];
  return {
    AccountId: id,
    Currency: currency,
    AccountType: business ? 'Business' : 'Personal',
    AccountSubType: subType,
    Nickname: nickname,
    Account: identifications.map((identification) => held(identification, holder)),
  };
}

/** An account by its name: a sort code and account number, or an IBAN. */
export function held(identification: string, name: string): Account['Account'][number] {
  const scheme = /^\d{14}$/.test(identification) ? 'SortCodeAccountNumber' : 'IBAN';
  return { SchemeName: `UK.OBIE.${scheme}`, Identification: identification, Name: name };
}

export function accountOf({ Account: names, ...account }: Account, shape: Shape): object {
  if (shape === 'obie') return { ...account, Account: names };
  const [{ SchemeName, Identification, Name } = { SchemeName: '', Identification: '', Name: '' }] = names;
  return { ...account, Identification, SchemeName, Name };
}
