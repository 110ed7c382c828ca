import type { PaymentOrder } from '../check/payment.ts';
import type { Intent, Payment } from '../desk.ts';
import type { Account } from './accounts.ts';
import { outcomeOf, wordOf } from './amounts.ts';
import { minorOf, money } from './currency.ts';
import { accountsOf, findAccount } from './people.ts';
import type { Persona } from './persona.ts';
import { availableOf } from './transactions.ts';

/** A payment that was checked when it came. */
export function orderOf(text: string): PaymentOrder {
  return JSON.parse(text) as PaymentOrder;
}

/** The payment that the PSU saw when they decided. */
export function statedOrder(intent: Pick<Intent, 'payment'> | null): PaymentOrder | null {
  return intent === null || intent.payment === null ? null : orderOf(intent.payment);
}

/** What a PSU may pay from: any account in its currency, unless the payment names one. */
export function accountsFor(persona: Persona, stated: PaymentOrder | null): readonly Account[] {
  return accountsOf(persona).filter(({ AccountId, Currency }) => {
    if (stated === null) return true;
    return Currency === stated.Currency && AccountId === (stated.AccountId ?? AccountId);
  });
}

/** The account that the PSU chose; where nobody chose, the one that the payment names, or the first in its currency. */
export function payingAccount(persona: Persona, chosen: string | null, order: PaymentOrder | null): Account {
  const [first] = accountsOf(persona) as readonly [Account, ...Account[]];
  const named = findAccount(persona, chosen ?? order?.AccountId ?? '');
  return named ?? accountsFor(persona, order)[0] ?? first;
}

/** The bank's day, and which year its people have lived through. */
export interface Present {
  now: number;
  seed: number;
}

type Sum = Pick<PaymentOrder, 'Amount' | 'Currency'>;

export function covers(account: Account, { Amount, Currency }: Sum, { now, seed }: Present): boolean {
  if (Currency !== account.Currency || outcomeOf(Amount)?.instead === 'insufficient funds') return false;
  return (minorOf(Amount, account.Currency) ?? 0n) <= BigInt(availableOf(account, now, seed));
}

/** The rules call the bank's name for a payment its reference, Open Banking its PaymentId: it is given under both. */
export function paymentAnswer({ id, body, submittedAt }: Payment, now: number): object {
  const order = orderOf(body);
  return {
    PaymentId: id,
    Reference: id,
    Status: wordOf(order.Amount, now - submittedAt),
    CreationDateTime: new Date(submittedAt).toISOString(),
    Initiation: order,
  };
}

/** PAY-3: whether the account can cover the payment, or anything at all while the bank knows of none. */
export function fundsAnswer(account: Account, order: PaymentOrder | null, present: Present): object {
  const FundsAvailable = covers(account, order ?? money(1, account.Currency), present);
  const FundsAvailableDateTime = new Date(present.now).toISOString();
  return { FundsAvailable, Data: { FundsAvailableResult: { FundsAvailableDateTime, FundsAvailable } } };
}
