import type { Cut } from './cut.ts';
import type { Instead, Spoilt } from './data/amounts.ts';
import { Refusal } from './refusal.ts';

const NO_JSON = '{"PaymentId": nope, \u0000';

/** What comes in place of making a payment. */
export function instead(what: Instead, cut: Cut): Response {
  switch (what) {
    case 'cut':
      return cut();
    case 'busy':
      throw refusal(503, 'temporarily_unavailable', 'The bank takes no payments now; ask again later.', '5');
    case 'refused':
      throw refusal(400, 'payment_refused', 'The bank refuses this payment: the payee’s account is closed.');
    case 'insufficient funds':
      throw insufficientFunds();
  }
}

/** What an application gets whose payment is made but who is not told so. */
export function spoilt(what: Spoilt, answer: object, cut: Cut): Response {
  switch (what) {
    case 'cut':
      return cut();
    case 'failed':
      return Response.json({ error: 'server_error', error_description: 'The bank has failed.' }, { status: 500 });
    case 'garbled':
      return new Response(NO_JSON, { status: 201, headers: { 'content-type': 'application/json' } });
    case 'nameless': {
      const { PaymentId: _id, Reference: _reference, ...rest } = answer as Record<string, unknown>;
      return Response.json(rest, { status: 201 });
    }
  }
}

export function insufficientFunds(): Refusal {
  return refusal(400, 'insufficient_funds', 'There is not enough money in the account for this payment.');
}

function refusal(status: number, error: string, description: string, retryAfter?: string): Refusal {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return new Refusal(status, error, description, { rule: 'PAY-1', headers, blameless: true });
}
