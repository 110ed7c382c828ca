import { Hono } from 'hono';
import { admit } from '../check/admission.ts';
import { readObject } from '../check/body.ts';
import { type PaymentOrder, checkAsStated, readPayment } from '../check/payment.ts';
import { type Call, type Environment, allowOnly, bodyOf } from '../context.ts';
import { breakOff } from '../cut.ts';
import type { Account } from '../data/accounts.ts';
import { outcomeOf } from '../data/amounts.ts';
import { granterOf } from '../data/people.ts';
import {
  type Present,
  covers,
  fundsAnswer,
  orderOf,
  payingAccount,
  paymentAnswer,
  statedOrder,
} from '../data/payments.ts';
import type { Persona } from '../data/persona.ts';
import type { Intent } from '../desk.ts';
import { shapeOf } from '../explain/shape.ts';
import { instead, insufficientFunds, spoilt } from '../provoked.ts';
import { Refusal, invalidRequest, quoted } from '../refusal.ts';

/** PAY-1, PAY-3: what a TPP with a PISP consent may do. */
export const payments = new Hono<Environment>();

payments.post('/payments', async (call) => {
  const { desk, now } = call.var;
  const body = await bodyOf(call, 'application/json', 'PAY-1');
  const { intentId, persona } = await admit(call, 'pisp', { kind: 'json', bytes: body.bytes });
  const order = readPayment(body.text, readObject(body, 'PAY-1'));
  if ((await desk.payment(intentId)) !== null) throw alreadySubmitted();
  const account = checkAgainstConsent(await desk.find(intentId), granterOf({ persona }), order);
  const outcome = outcomeOf(order.Amount);
  if (outcome?.instead !== undefined) return instead(outcome.instead, cutOf(call));
  if (!covers(account, order, presentOf(call))) throw insufficientFunds();
  const payment = { id: crypto.randomUUID(), body: body.text, submittedAt: now };
  // Another call may have come first since.
  if (!(await desk.submit(intentId, payment)).submitted) throw alreadySubmitted();
  const answer = paymentAnswer(payment, now);
  return outcome?.spoilt === undefined ? call.json(answer, 201) : spoilt(outcome.spoilt, answer, cutOf(call));
});

payments.get('/payments/:reference', async (call) => {
  const { intentId } = await admit(call, 'pisp', { kind: 'none' });
  const payment = await call.var.desk.payment(intentId);
  if (payment?.id !== call.req.param('reference')) {
    const description = 'This consent has made no payment with this reference.';
    const came = shapeOf(call.req.param('reference'));
    const told = { expected: 'the reference of the payment of this consent', came };
    throw new Refusal(404, 'not_found', description, { rule: 'PAY-3', blameless: true, ...told });
  }
  return call.json(paymentAnswer(payment, call.var.now));
});

payments.get('/payment-funds-confirmation', async (call) => {
  const { desk } = call.var;
  const { intentId, ...admitted } = await admit(call, 'pisp', { kind: 'none' });
  const [intent, payment] = [await desk.find(intentId), await desk.payment(intentId)];
  const order = payment === null ? statedOrder(intent) : orderOf(payment.body);
  const account = payingAccount(granterOf(admitted), intent?.account ?? null, order);
  return call.json(fundsAnswer(account, order, presentOf(call)));
});

payments.all('/payments', allowOnly('POST', 'PAY-1'));
payments.all('/payments/:reference', allowOnly('GET', 'PAY-3'));
payments.all('/payment-funds-confirmation', allowOnly('GET', 'PAY-3'));

/** The account that the payment is taken from, if it is the one that the PSU accepted. */
function checkAgainstConsent(intent: Intent | null, person: Persona, order: PaymentOrder): Account {
  const stated = statedOrder(intent);
  if (stated !== null) checkAsStated(stated, order);
  const account = payingAccount(person, intent?.account ?? null, order);
  if (order.AccountId !== undefined && order.AccountId !== account.AccountId) {
    const description = 'The person chose another account to pay from; leave AccountId out, or ask for a new consent.';
    const told = { expected: quoted(account.AccountId), came: quoted(order.AccountId) };
    throw new Refusal(422, 'account_not_chosen', description, { rule: 'PAY-1', blameless: true, ...told });
  }
  if (order.Currency !== account.Currency) {
    const description = `The Currency is ${quoted(order.Currency)}; this account pays in "${account.Currency}" alone.`;
    const told = { expected: quoted(account.Currency), came: quoted(order.Currency) };
    throw invalidRequest('PAY-1', description, told);
  }
  return account;
}

function presentOf({ var: { now, settings } }: Call): Present {
  return { now, seed: settings.seed };
}

function alreadySubmitted(): Refusal {
  const description = 'This consent has made its one payment; ask for its status, or for a new consent.';
  const told = { expected: 'one payment a consent', came: 'another' };
  return new Refusal(409, 'payment_already_submitted', description, { rule: 'PAY-1', ...told });
}

function cutOf(call: Call): () => Response {
  return call.env.cut ?? breakOff;
}
