import type { Arrival } from './arrival.ts';

/** What the page is for at the moment: looking at accounts, paying, seeing how the bank does, or the machine at play. */
export type View = 'accounts' | 'payment' | 'statistics' | 'simulator';

const VIEW_KEY = 'tell-view';

/** Where the form of a payment is, and its review. */
export const PAYMENT_HASH = '#pay';
export const REVIEW_HASH = '#pay/review';
export const STATISTICS_HASH = '#statistics';
export const SIMULATOR_HASH = '#simulator';
/** Before the seed of a simulated life. */
const SEED = '#seed=';

/** The view that a hash names; undefined for one that names none, such as that of a part of the page. */
export function viewOf(hash: string): View | undefined {
  if (hash === '' || hash === '#') return 'accounts';
  if (hash === STATISTICS_HASH) return 'statistics';
  if (hash === SIMULATOR_HASH || hash.startsWith(SEED)) return 'simulator';
  return hash === PAYMENT_HASH || hash === REVIEW_HASH ? 'payment' : undefined;
}

/** Notes the view of this tab: the bank sends the browser back to the same address from either. */
export function noteView(view: View): void {
  // From there nobody goes to the bank.
  if (view === 'statistics' || view === 'simulator') return;
  try {
    sessionStorage.setItem(VIEW_KEY, view);
  } catch {
    // Where nothing may be stored, the worker is asked what the browser came back for.
  }
}

/** The view that this tab was in, if it was here before. */
export function notedView(): View | undefined {
  try {
    const view = sessionStorage.getItem(VIEW_KEY);
    return view === 'accounts' || view === 'payment' ? view : undefined;
  } catch {
    return undefined;
  }
}

/** The address without the outcome in it, so that a reload or a bookmark does not tell it again. */
export function addressOf(view: View, arrival: Arrival | undefined, hash: string): string {
  if (arrival === undefined && hash !== '#') return hash;
  return view === 'payment' ? PAYMENT_HASH : '';
}
