/** An amount as banks write it: a decimal string and an ISO 4217 currency. It is never made a number. */
export interface Money {
  amount: string;
  currency: string;
}

export type Direction = 'credit' | 'debit';

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const CURRENCY = /^[A-Z]{3}$/;
const MINUS = '\u2212';

interface CurrencyStyle {
  symbol: string;
  digits: number;
}

/** Those of nearly every account, which spare a page the loading of the browser's formats (see dates.ts). */
export const USUAL: Readonly<Record<string, CurrencyStyle>> = {
  GBP: { symbol: '£', digits: 2 },
  EUR: { symbol: '€', digits: 2 },
  USD: { symbol: 'US$', digits: 2 },
};

export function styleOf(currency: string): CurrencyStyle {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
  const symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  return {
    // A currency without a symbol of its own is written as its code, and a code wants a space.
    symbol: /[A-Z]$/i.test(symbol) ? `${symbol}\u00a0` : symbol,
    digits: format.resolvedOptions().maximumFractionDigits ?? 2,
  };
}

/** `12,345` of `12345`. */
export const groupDigits = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Writes money for reading: `£1,234.56`, `−£20.00`. Digits are moved, never calculated with, so no amount is too long
 * or too fine to be shown exactly. What is no decimal amount comes back as it is.
 */
export function formatMoney({ amount, currency }: Money, direction?: Direction, plus = false): string {
  const parts = DECIMAL.exec(amount);
  const style = CURRENCY.test(currency) ? (USUAL[currency] ?? styleOf(currency)) : undefined;
  if (!parts || !style) return `${amount} ${currency}`.trim();

  const [, sign, whole = '', fraction = ''] = parts;
  const grouped = groupDigits(whole.replace(/^0+(?=\d)/, ''));
  const padded = fraction.padEnd(style.digits, '0');
  const zero = !/[1-9]/.test(whole + fraction);
  // A bank writes a debit as a positive amount with a direction, but a few write the sign as well.
  const negative = !zero && (direction === 'debit' || sign === '-');
  const mark = negative ? MINUS : plus && !zero ? '+' : '';
  return `${mark}${style.symbol}${grouped}${padded === '' ? '' : `.${padded}`}`;
}
