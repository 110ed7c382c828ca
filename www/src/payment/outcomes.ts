import { EMPTY, type Fields } from './checks.ts';

/** An amount by which the sandbox's bank shows what a bank may do with a payment. */
export interface Outcome {
  amount: string;
  says: string;
}

export const OUTCOMES: readonly Outcome[] = [
  { amount: '10.00', says: 'accepted, settled and credited, one after another' },
  { amount: '1.01', says: 'rejected' },
  { amount: '1.02', says: 'accepted at first, rejected later' },
  { amount: '1.03', says: 'blocked' },
  { amount: '1.04', says: 'pending for half a minute, then settled' },
  { amount: '1.05', says: 'accepted, with a word that nobody knows' },
  { amount: '1.06', says: 'refused: nothing is paid' },
  { amount: '1.07', says: 'paid, and the answer is lost: its fate is not known' },
];

/** Somebody to be paid in the sandbox, for whoever has not named anybody. */
export const EXAMPLE: Fields = {
  ...EMPTY,
  name: 'Ada Example',
  sortCode: '04-00-04',
  accountNumber: '12345678',
  iban: 'GB29 NWBK 6016 1331 9268 19',
  reference: 'Invoice 17',
};
