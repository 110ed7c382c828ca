import type { Listing } from './listing.ts';
import { memberOf } from './resources.ts';
import type { Shape } from './shape.ts';

/** An account whose JSON is right and comes through no parser and serialiser unharmed (ACC-4). */

export const AWKWARD_ID = '90000001';

/** What gets lost: a final zero, a range, digits, an escaped NUL, a member that comes twice. */
const AWKWARD =
  '"Amount":10.10,"Limit":1E400,"Sequence":12345678901234567890,"Note":"a\\u0000b",' +
  '"Caf\\u00e9":-0.0,"Twice":1,"Twice":2';

const HELD = `"SchemeName":"UK.OBIE.SortCodeAccountNumber","Identification":"000000${AWKWARD_ID}","Name":"A\\u0000B"`;

/** The members that tell what it is, before the awkward ones. */
const OWN: Readonly<Record<string, (shape: Shape) => string>> = {
  accounts: (shape) =>
    '"Currency":"GBP","AccountType":"Personal","AccountSubType":"CurrentAccount","Nickname":"Awk\\u0077ard",' +
    (shape === 'tell' ? HELD : `"Account":[{${HELD}}]`),
  balance: (shape) => `"Currency":"GBP",${direction(shape)}:"Credit","Type":"InterimAvailable"`,
  transactions: (shape) =>
    `"TransactionId":"${AWKWARD_ID}-1","BookingDateTime":"2026-01-02T03:04:05.60Z","Currency":"GBP",` +
    `${direction(shape)}:"Debit","Status":"Booked","TransactionInformation":"NUL \\u0000 \\ud83d\\udca9 \\/"`,
  beneficiaries: (shape) => `"BeneficiaryId":"${AWKWARD_ID}-B1","Reference":"\\u0000",${payee(shape)}`,
  'direct-debits': () => `"DirectDebitId":"${AWKWARD_ID}-D1","Name":"\\u0000"`,
  'standing-orders': (shape) => `"StandingOrderId":"${AWKWARD_ID}-S1","Currency":"GBP",${payee(shape)}`,
  'scheduled-payments': (shape) =>
    `"ScheduledPaymentId":"${AWKWARD_ID}-P1","ScheduledPaymentDateTime":"2030-01-02T03:04:05.60Z",` +
    `"Currency":"GBP",${payee(shape)}`,
  product: () => '"ProductId":"AWKWARD","ProductName":"\\u0000"',
};

function direction(shape: Shape): string {
  return shape === 'tell' ? '"CreditDebit"' : '"CreditDebitIndicator"';
}

function payee(shape: Shape): string {
  return shape === 'tell' ? HELD : `"CreditorAccount":{${HELD}}`;
}

/** Of the account itself where no resource is named. */
export function awkwardItem(resource: string | undefined, shape: Shape): string {
  const own = OWN[resource ?? 'accounts']?.(shape) ?? '';
  return `{ "AccountId":"${AWKWARD_ID}",${own},${AWKWARD} }`;
}

export function awkwardListing(resource: string | undefined, shape: Shape): Listing | undefined {
  const member = memberOf(resource);
  return member === undefined ? undefined : { member, items: [{ text: awkwardItem(resource, shape) }] };
}
