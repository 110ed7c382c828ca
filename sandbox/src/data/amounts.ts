/** The amounts that provoke an outcome. The README and the page `/amounts` list what stands here. */

import { penceOf } from '../pence.ts';

/** The bank's word on a payment from so many seconds after it was made on, the earliest first. */
export type Course = readonly (readonly [seconds: number, word: string])[];

/** What happens in place of making the payment. */
export type Instead = 'cut' | 'busy' | 'refused' | 'insufficient funds';

/** What the application gets in place of the answer, once the payment is made. */
export type Spoilt = 'cut' | 'failed' | 'garbled' | 'nameless';

export interface Outcome {
  readonly amount: string;
  /** For people. */
  readonly meaning: string;
  readonly instead?: Instead;
  readonly spoilt?: Spoilt;
  readonly course?: Course;
}

/** Of a payment that nothing befalls. */
export const USUAL_COURSE: Course = [
  [0, 'AcceptedSettlementInProcess'],
  [10, 'AcceptedSettlementCompleted'],
  [30, 'AcceptedCreditSettlementCompleted'],
];

export const OUTCOMES: readonly Outcome[] = [
  { amount: '1.01', meaning: 'Made, and rejected at once: 201 with RJCT', course: [[0, 'RJCT']] },
  { amount: '1.02', meaning: 'Accepted (ACSP), and rejected after 10 seconds', course: [[0, 'ACSP'], [10, 'RJCT']] },
  { amount: '1.03', meaning: 'Made, and blocked: 201 with BLCK', course: [[0, 'BLCK']] },
  { amount: '1.04', meaning: 'Pending (PDNG) for 30 seconds, then settled', course: [[0, 'PDNG'], [30, 'ACSC']] },
  { amount: '1.05', meaning: 'Made, with a status that nobody knows: Reticulating', course: [[0, 'Reticulating']] },
  { amount: '1.06', meaning: 'Refused with 400 and a reason; nothing is paid', instead: 'refused' },
  { amount: '1.07', meaning: 'Paid, and the connection is closed before the answer', spoilt: 'cut' },
  { amount: '1.08', meaning: 'The connection is closed; nothing is paid', instead: 'cut' },
  { amount: '1.09', meaning: 'Paid, and answered with 500', spoilt: 'failed' },
  { amount: '1.10', meaning: 'Paid, and answered with 201 and a body that is no JSON', spoilt: 'garbled' },
  { amount: '1.11', meaning: 'Too little money: refused with 400; nothing is paid', instead: 'insufficient funds' },
  { amount: '1.12', meaning: 'Refused with 503 and Retry-After; nothing is paid', instead: 'busy' },
  { amount: '1.13', meaning: 'Paid, and answered with 201 but without a reference', spoilt: 'nameless' },
  {
    amount: '1.14',
    meaning: 'Made, with ISO 20022 codes all the way: ACTC, ACSP after 5 seconds, ACSC after 10, ACCC after 30',
    course: [[0, 'ACTC'], [5, 'ACSP'], [10, 'ACSC'], [30, 'ACCC']],
  },
];

/** Whichever way the amount is written: "1.1" is "1.10". */
export function outcomeOf(amount: string): Outcome | undefined {
  const pence = penceOf(amount);
  return OUTCOMES.find((outcome) => penceOf(outcome.amount) === pence);
}

/** The bank's word on a payment of this amount, so long after it was made. */
export function wordOf(amount: string, milliseconds: number): string {
  const course = outcomeOf(amount)?.course ?? USUAL_COURSE;
  const reached = course.filter(([seconds]) => milliseconds >= seconds * 1000);
  return (reached.at(-1) ?? course[0])?.[1] ?? '';
}
