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

function currencyStyle(currency: string): CurrencyStyle | undefined {
  if (!CURRENCY.test(currency)) return undefined;
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
  const symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  return {
    // A currency without a symbol of its own is written as its code, and a code wants a space.
    symbol: /[A-Z]$/i.test(symbol) ? `${symbol}\u00a0` : symbol,
    digits: format.resolvedOptions().maximumFractionDigits ?? 2,
  };
}

/**
 * Writes money for reading: `£1,234.56`, `−£20.00`. Digits are moved, never calculated with, so no amount is too long
 * or too fine to be shown exactly. What is no decimal amount comes back as it is.
 */
export function formatMoney({ amount, currency }: Money, direction?: Direction, plus = false): string {
  const parts = DECIMAL.exec(amount);
  const style = currencyStyle(currency);
  if (!parts || !style) return `${amount} ${currency}`.trim();

  const [, sign, whole = '', fraction = ''] = parts;
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',');
  const padded = fraction.padEnd(style.digits, '0');
  const zero = !/[1-9]/.test(whole + fraction);
  // A bank writes a debit as a positive amount with a direction, but a few write the sign as well.
  const negative = !zero && (direction === 'debit' || sign === '-');
  const mark = negative ? MINUS : plus && !zero ? '+' : '';
  return `${mark}${style.symbol}${grouped}${padded === '' ? '' : `.${padded}`}`;
}
