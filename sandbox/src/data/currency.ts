/** Amounts in a currency's smallest unit (ISO 4217), so that none is ever a floating point number. */

const TABLE = {
  GBP: { digits: 2, sign: '£' },
  EUR: { digits: 2, sign: '€' },
  USD: { digits: 2, sign: 'US$' },
  JPY: { digits: 0, sign: '¥' },
} as const;

export type Currency = keyof typeof TABLE;

export const CURRENCIES = Object.keys(TABLE) as readonly Currency[];

export interface Money {
  Amount: string;
  Currency: Currency;
}

/** ISO 20022. */
const DIGITS = 18;

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(TABLE, text);
}

/** As the answers write it: pounds with two places, yen with none. The amount is not below zero. */
export function money(minor: number, currency: Currency): Money {
  return { Amount: decimal(String(minor), currency), Currency: currency };
}

/** Nothing for a text that is no plain decimal, or has more places than the currency. */
export function minorOf(amount: string, currency: Currency): bigint | undefined {
  const [, whole, fraction = ''] = /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const { digits } = TABLE[currency];
  if (whole === undefined || fraction.length > digits || whole.length + fraction.length > DIGITS) return undefined;
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

/** As people read it: "£1,250.00". Below zero the sign comes first. */
export function shown(minor: bigint, currency: Currency): string {
  const [whole = '', fraction] = decimal(String(minor < 0n ? -minor : minor), currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const { sign } = TABLE[currency];
  return `${minor < 0n ? '−' : ''}${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

function decimal(minor: string, currency: Currency): string {
  const { digits } = TABLE[currency];
  if (digits === 0) return minor;
  const padded = minor.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
