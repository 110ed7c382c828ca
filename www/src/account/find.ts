import { formatMoney } from '../money.ts';
import { ZERO, compare, parseDecimal, writeDecimal } from './decimal.ts';
import type { Transaction } from './rows.ts';

/** What of the transactions is wanted. Days are written as `2026-11-28`; an empty one does not limit. */
export interface Wanted {
  text: string;
  direction: 'both' | 'in' | 'out';
  state: 'both' | 'pending' | 'booked';
  from: string;
  to: string;
}

/** In lower case, without accents: who looks for `cafe` finds `Café`. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** How many of the filters beside the text are set. */
export function filtersSet(wanted: Wanted): number {
  return [wanted.direction !== 'both', wanted.state !== 'both', wanted.from !== '', wanted.to !== ''].filter(Boolean).length;
}

export const isEverything = (wanted: Wanted): boolean => wanted.text.trim() === '' && filtersSet(wanted) === 0;

const AMOUNT = /^([+\u2212-]?)\p{Sc}?([\d,]+)(?:\.(\d*))?$/u;

/** Whether a searched word is the transaction's amount: `12` any of twelve pounds, `12.5` twelve fifty, `-12` paid out. */
function isAmount(word: string, { amount }: Transaction): boolean {
  const [, sign = '', whole, fraction] = AMOUNT.exec(word) ?? [];
  if (whole === undefined || amount === undefined) return false;
  const [own = '', ownFraction = ''] = writeDecimal(amount).replace('-', '').split('.');
  const isOut = compare(amount, ZERO) < 0;
  if (sign !== '' && (sign === '+') === isOut) return false;
  const asked = parseDecimal(whole.replaceAll(',', ''));
  if (asked === undefined || writeDecimal(asked) !== own) return false;
  return fraction === undefined || ownFraction.padEnd(fraction.length, '0').startsWith(fraction);
}

function fits(item: Transaction, wanted: Wanted): boolean {
  const sign = item.amount === undefined ? 0 : compare(item.amount, ZERO);
  if (wanted.direction !== 'both' && sign !== (wanted.direction === 'in' ? 1 : -1)) return false;
  if (wanted.state !== 'both' && item.pending !== (wanted.state === 'pending')) return false;
  const day = item.moment?.day;
  if (wanted.from !== '' && (day === undefined || day < wanted.from)) return false;
  return wanted.to === '' || (day !== undefined && day <= wanted.to);
}

/** The transactions that are wanted: each word of the text is found in one, or is its amount. */
export function find<Item extends Transaction>(items: readonly Item[], wanted: Wanted): Item[] {
  const words = plain(wanted.text).split(/\s+/).filter((word) => word !== '');
  return items.filter((item) => {
    if (!fits(item, wanted)) return false;
    if (words.length === 0) return true;
    const text = plain(`${item.name} ${item.note ?? ''} ${formatMoney(item.money)}`);
    return words.every((word) => text.includes(word) || isAmount(word, item));
  });
}
