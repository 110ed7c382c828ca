// What the shop says of each state of a payment: never "paid" without the bank's word, and never "not paid" either.
import type { Payment, PaymentState } from 'tell-connect/worker';

interface Words {
  title: string;
  text: string;
  /** Of a form that goes to the bank; without it there is none, for then nobody should pay. */
  button?: string;
  tone: 'plain' | 'good' | 'wait' | 'wrong';
}

export const WORDS: Record<PaymentState | 'none', Words> = {
  none: {
    title: 'Pay for your order',
    text: 'You agree to the payment at your own bank.',
    button: 'Pay by bank',
    tone: 'plain',
  },
  awaiting_consent: {
    title: 'Pay for your order',
    text: 'You have not agreed at your bank. Nothing has been paid.',
    button: 'Pay by bank',
    tone: 'plain',
  },
  ready: {
    title: 'One step left',
    text: 'You agreed at your bank, and nothing has been paid yet.',
    button: 'Finish the payment',
    tone: 'plain',
  },
  submitting: { title: 'Payment on its way', text: 'We are waiting for your bank’s answer.', tone: 'wait' },
  unknown: {
    title: 'We do not know yet',
    text: 'Your bank’s answer was lost, so the payment may have been made. <strong>Do not pay again before you have '
      + 'looked</strong> at your bank account. If no money has left it by tomorrow, write to us.',
    tone: 'wrong',
  },
  accepted: { title: 'Payment on its way', text: 'Your bank has accepted the payment.', tone: 'wait' },
  settled: { title: 'Paid', text: 'Your bank has made the payment. Thank you.', tone: 'good' },
  credited: { title: 'Paid', text: 'The money has arrived. Thank you.', tone: 'good' },
  rejected: {
    title: 'Not paid',
    text: 'Your bank refused the payment: it was not made.',
    button: 'Try again',
    tone: 'wrong',
  },
  blocked: { title: 'Not paid', text: 'Your bank has blocked the payment. Ask your bank why.', tone: 'wrong' },
};

const CHANGE: ReadonlySet<PaymentState> = new Set(['accepted', 'settled', 'unknown']);

/** Whether the page looks again by itself: the bank can still be asked, and may say something else. */
export function mayChange({ state, reference }: Payment): boolean {
  return state === 'submitting' || (CHANGE.has(state) && reference !== undefined);
}
