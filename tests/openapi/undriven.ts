/**
 * The documented statuses that `worker.test.ts` cannot bring about. An object that is overloaded or does not answer (503,
 * 504) is the platform's doing; 429 counts addresses that a loopback caller has not, or 600 reads, as `http.test.ts` does;
 * an address that no bank may be told (400) is the edge's to see.
 */
export const UNDRIVEN: Readonly<Record<string, readonly string[]>> = {
  authorise: ['429'],
  callback: ['503'],
  getConsent: ['503', '504'],
  deleteConsent: ['503', '504'],
  getAccounts: ['429'],
  getAccount: ['429'],
  getAccountResource: ['429'],
  pay: ['429', '504'],
  getPayment: ['400', '503', '504'],
  getFunds: ['400'],
  getStatistics: ['503'],
  getJourney: ['503'],
};
