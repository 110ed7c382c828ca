import type { PaymentOrder } from '../check/payment.ts';
import type { Intent, Payment } from '../desk.ts';
import { penceOf } from '../pence.ts';
import { ACCOUNTS, type Account, findAccount } from './accounts.ts';
import { outcomeOf, wordOf } from './amounts.ts';
import { availablePence } from './transactions.ts';

/** A payment that was checked when it came. */
export function orderOf(text: string): PaymentOrder {
  return JSON.parse(text) as PaymentOrder;
}

/** The payment that the PSU saw when they decided. */
export function statedOrder(intent: Pick<Intent, 'payment'> | null): PaymentOrder | null {
  return intent === null || intent.payment === null ? null : orderOf(intent.payment);
}

/** What a PSU may pay from: any account, unless the payment names one. */
export function accountsFor(stated: PaymentOrder | null): readonly Account[] {
  return ACCOUNTS.filter(({ AccountId }) => stated?.AccountId === undefined || stated.AccountId === AccountId);
}

/** The account that the PSU chose; where nobody chose, the one that the payment names, or the first. */
export function payingAccount(chosen: string | null, order: PaymentOrder | null): Account {
  const [first] = ACCOUNTS as readonly [Account, ...Account[]];
  return findAccount(chosen ?? order?.AccountId ?? '') ?? first;
}

export function covers(account: Account, amount: string, now: number): boolean {
  if (outcomeOf(amount)?.instead === 'insufficient funds') return false;
  return (penceOf(amount) ?? 0n) <= BigInt(availablePence(account, now));
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
export function fundsAnswer(account: Account, order: PaymentOrder | null, now: number): object {
  const FundsAvailable = covers(account, order?.Amount ?? '0.01', now);
  const FundsAvailableDateTime = new Date(now).toISOString();
  return { FundsAvailable, Data: { FundsAvailableResult: { FundsAvailableDateTime, FundsAvailable } } };
}
