// Typed views of what the bank sent: pure, safe for browsers, without a secret.
import * as glue from '../../generated/views/tell_connect_bg.js';
import { TellConnectError } from '../error.js';
import type {
  Account, Balance, Beneficiary, DirectDebit, Product, ScheduledPayment, StandingOrder, Transaction,
} from '../generated/core.js';
import { LIMITS } from '../generated/core.js';
import { text, tooLarge, wrongOption } from '../take.js';

export { TellConnectError } from '../error.js';
export type { ErrorCode } from '../error.js';
export type {
  Account, Balance, Beneficiary, DirectDebit, Money, Product, ScheduledPayment, StandingOrder, Transaction,
} from '../generated/core.js';

/** A function of JSON text to the rows in it, whichever of the two shapes it has. */
const list = <Row>(read: (answer: string) => string) => (answer: string): Row[] =>
  JSON.parse(read(text(answer, 'text', LIMITS.viewed))) as Row[];

// Each throws a TellConnectError: `json_invalid`, `list_missing`, `too_large`, `invalid_argument`.

/** The accounts of `/accounts`, or the one of `/accounts/{id}`. */
export const accounts: (text: string) => Account[] = list((answer) => glue.accounts(answer));

/** The balances of `/accounts/{id}/balance`. */
export const balances: (text: string) => Balance[] = list((answer) => glue.balances(answer));

/** The transactions of `/accounts/{id}/transactions`. */
export const transactions: (text: string) => Transaction[] = list((answer) => glue.transactions(answer));

/** The beneficiaries of `/accounts/{id}/beneficiaries`. */
export const beneficiaries: (text: string) => Beneficiary[] = list((answer) => glue.beneficiaries(answer));

/** The direct debits of `/accounts/{id}/direct-debits`. */
export const directDebits: (text: string) => DirectDebit[] = list((answer) => glue.directDebits(answer));

/** The standing orders of `/accounts/{id}/standing-orders`. */
export const standingOrders: (text: string) => StandingOrder[] = list((answer) => glue.standingOrders(answer));

/** The payments of `/accounts/{id}/scheduled-payments`. */
export const scheduledPayments: (text: string) => ScheduledPayment[] = list((answer) => glue.scheduledPayments(answer));

/** The products of `/accounts/{id}/product`. */
export const product: (text: string) => Product[] = list((answer) => glue.product(answer));

/** A row of any view. */
export type Row = Account | Balance | Beneficiary | DirectDebit | Product | ScheduledPayment | StandingOrder | Transaction;

/** The rows of the answer to a path, such as `/accounts/1/balance`; `undefined` for a path that has no view. */
export function rowsOf(path: string, answer: string): Row[] | undefined {
  const rows = glue.rowsOf(text(path, 'path', LIMITS.path), text(answer, 'text', LIMITS.viewed));
  return rows === undefined ? undefined : (JSON.parse(rows) as Row[]);
}

/**
 * The answer's link to its next page, a URL or a path; `undefined` on the last. It is the bank's word: send a token to
 * the bank's own host alone.
 *
 * @throws {TellConnectError} `json_invalid`, `too_large`, `invalid_argument`
 */
export function nextPage(answer: string): string | undefined {
  return glue.nextPage(text(answer, 'text', LIMITS.viewed));
}

/**
 * Whether a pending and a booked transaction are one, though the bank changed its id. It is never so where amount,
 * currency or direction differ. Two that nothing tells apart are taken for one: `mergeTransactions` can tell more.
 *
 * @throws {TellConnectError} `too_large`, `invalid_argument`
 */
export function sameTransaction(a: Transaction, b: Transaction): boolean {
  return glue.sameTransaction(written([a, b], 'a, b'));
}

/**
 * The later list, and whatever only the earlier one has after it, so that a transaction is not shown twice when it is
 * booked. Rows are matched one to one. What is given back are the rows that were handed over.
 *
 * @throws {TellConnectError} `too_large`, `invalid_argument`
 */
export function mergeTransactions<Row extends Transaction>(earlier: readonly Row[], later: readonly Row[]): Row[] {
  const [before, after] = [copied(earlier, 'earlier'), copied(later, 'later')];
  const kept = glue.mergeTransactions(written(before, 'earlier'), written(after, 'later'));
  const all = [...after, ...before];
  return Array.from(kept, (at) => all[at] as Row);
}

/** The rows of a list, which a caller's own list could change meanwhile. */
function copied<Row>(rows: readonly Row[], name: string): Row[] {
  try {
    if (!Array.isArray(rows)) throw wrongOption(name);
    if (rows.length > LIMITS.merged) throw tooLarge();
    return Array.from(rows);
  } catch (error) {
    throw error instanceof TellConnectError ? error : wrongOption(name);
  }
}

/** Rows as JSON text. */
function written(rows: unknown, name: string): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(rows);
  } catch {
    // A cycle, or a getter that throws: no row of ours.
  }
  return text(json, name, LIMITS.viewed);
}
