/** Amounts in pounds, as whole pence. */

import { minorOf, shown } from './data/currency.ts';

/** Nothing for a text that is no plain decimal of at most two places. */
export function penceOf(amount: string): bigint | undefined {
  return minorOf(amount, 'GBP');
}

/** As people read it: "£1,250.00". */
export function pounds(pence: bigint): string {
  return shown(pence, 'GBP');
}
