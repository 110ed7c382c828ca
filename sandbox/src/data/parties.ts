import type { Code, Habit } from './habits.ts';

/** In which way somebody is paid, as a transaction tells it beside its text. */

/** No card has a number that begins with 0. */
export function cardOf(accountId: string, { card = 0 }: Habit): object {
  const last = (Number(accountId.slice(-4)) + card * 3_700) % 10_000;
  return { CardSchemeName: 'VISA', CardIdentification: `0000********${String(last).padStart(4, '0')}` };
}

export function codesOf({ code, information, merchant, direction }: Habit): Code {
  if (code !== undefined) return code;
  if (merchant !== undefined) return { Code: 'CustomerCardTransactions', SubCode: 'POSPaymentDebitCard' };
  if (information === 'INTEREST') return { Code: 'MiscellaneousCreditOperations', SubCode: 'Interest' };
  if (direction === 'Credit') return { Code: 'ReceivedCreditTransfers', SubCode: 'DomesticCreditTransfer' };
  return information.startsWith('DIRECT DEBIT')
    ? { Code: 'IssuedDirectDebits', SubCode: 'DirectDebitPayment' }
    : { Code: 'IssuedCreditTransfers', SubCode: 'StandingOrder' };
}
