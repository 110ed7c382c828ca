import { accountNumber } from '../bank.ts';
import { el } from '../dom.ts';
import { formatMoney } from '../money.ts';
import type { Payment } from './api.ts';

const isIban = ({ SchemeName: scheme }: Payment): boolean => /IBAN$/i.test(scheme);

export const amountOf = ({ Amount: amount, Currency: currency }: Payment): string => formatMoney({ amount, currency });

/** One line of a list of facts. A value that has to be copied exactly is set in figures of one width. */
export const fact = (term: string, value: Node | string, exact = false): HTMLElement =>
  el('div', {}, el('dt', {}, term), el('dd', exact ? { class: 'exact' } : {}, value));

/** Who is paid and what they see. The amount stands above, in its own size. */
export function payeeFacts(payment: Payment): HTMLElement[] {
  const identification = accountNumber(payment.SchemeName, payment.BeneficiaryIdentification);
  return [
    fact('Paid to', payment.BeneficiaryName),
    fact(isIban(payment) ? 'IBAN' : 'Sort code and account number', identification, true),
    fact('Reference', payment.Reference),
  ];
}

export const amountLine = (payment: Payment): HTMLElement =>
  el('p', { class: 'amount money', 'data-testid': 'payment-amount' }, amountOf(payment));

/** A step of the view: what is shown, and where the keyboard and reading begin. */
export interface Step {
  element: HTMLElement;
  start: HTMLElement;
}
