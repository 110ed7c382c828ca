import type { Habit } from './habits.ts';

/** Who is paid, and in which way, as a transaction tells it beside its text. */

interface Creditor {
  SchemeName: string;
  Identification: string;
  Name: string;
}

const SCHEME = 'UK.OBIE.SortCodeAccountNumber';

const CREDITORS: Readonly<Record<string, Creditor>> = {
  'STANDING ORDER SHARED BILLS': { SchemeName: SCHEME, Identification: '00000023456789', Name: 'Shared bills' },
  'STANDING ORDER RAINY DAY': { SchemeName: SCHEME, Identification: '00000034567890', Name: 'Rainy day' },
  'STANDING ORDER RENT HAZEL COURT': {
    SchemeName: SCHEME,
    Identification: '00000056789012',
    Name: 'Hazel Court Lettings',
  },
};

export function creditorOf({ information }: Habit): Creditor | undefined {
  return CREDITORS[information];
}

/** No card has a number that begins with 0. */
export function cardOf(accountId: string): object {
  return { CardSchemeName: 'VISA', CardIdentification: `0000********${accountId.slice(-4)}` };
}

export function codesOf({ information, merchant, direction }: Habit): { Code: string; SubCode: string } {
  if (merchant !== undefined) return { Code: 'CustomerCardTransactions', SubCode: 'POSPaymentDebitCard' };
  if (information === 'INTEREST') return { Code: 'MiscellaneousCreditOperations', SubCode: 'Interest' };
  if (direction === 'Credit') return { Code: 'ReceivedCreditTransfers', SubCode: 'DomesticCreditTransfer' };
  return information.startsWith('DIRECT DEBIT')
    ? { Code: 'IssuedDirectDebits', SubCode: 'DirectDebitPayment' }
    : { Code: 'IssuedCreditTransfers', SubCode: 'StandingOrder' };
}
