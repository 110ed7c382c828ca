import type { Payment } from '../desk.ts';
import { ACCOUNTS, type Account } from './accounts.ts';
import { availablePence } from './transactions.ts';

/** A payment is on its way for this long, so that a TPP sees both states. */
const SETTLING = 10_000;

/** The rules call the bank's name for a payment its reference, Open Banking its PaymentId: it is given under both. */
export function paymentAnswer({ id, body, submittedAt }: Payment, now: number): object {
  const settled = now - submittedAt >= SETTLING;
  return {
    PaymentId: id,
    Reference: id,
    Status: settled ? 'AcceptedSettlementCompleted' : 'AcceptedSettlementInProcess',
    CreationDateTime: new Date(submittedAt).toISOString(),
    Initiation: JSON.parse(body) as unknown,
  };
}

/** PAY-3: whether the first account can cover the consent's payment, or anything at all before one is submitted. */
export function fundsAnswer(payment: Payment | null, now: number): object {
  const [paying] = ACCOUNTS as readonly [Account];
  const needed = payment === null ? 0.01 : Number((JSON.parse(payment.body) as { Amount: string }).Amount);
  return {
    Data: {
      FundsAvailableResult: {
        FundsAvailableDateTime: new Date(now).toISOString(),
        FundsAvailable: Math.round(needed * 100) <= availablePence(paying, now),
      },
    },
  };
}
