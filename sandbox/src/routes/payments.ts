import { Hono } from 'hono';
import { admit } from '../check/admission.ts';
import { readObject } from '../check/body.ts';
import { checkPayment } from '../check/payment.ts';
import { type Environment, allowOnly, bodyOf } from '../context.ts';
import { fundsAnswer, paymentAnswer } from '../data/payments.ts';
import { Refusal } from '../refusal.ts';

/** PAY-1, PAY-3: what a TPP with a PISP consent may do. */
export const payments = new Hono<Environment>();

payments.post('/payments', async (call) => {
  const body = await bodyOf(call, 'application/json', 'PAY-1');
  const { intentId } = await admit(call, 'pisp', { kind: 'json', bytes: body.bytes });
  checkPayment(body.text, readObject(body, 'PAY-1'));
  const payment = { id: crypto.randomUUID(), body: body.text, submittedAt: call.var.now };
  const { submitted } = await call.var.desk.submit(intentId, payment);
  if (!submitted) {
    const description = 'This consent has made its one payment; ask for its status, or for a new consent.';
    throw new Refusal(409, 'payment_already_submitted', description, { rule: 'PAY-1' });
  }
  return call.json(paymentAnswer(payment, call.var.now), 201);
});

payments.get('/payments/:reference', async (call) => {
  const { intentId } = await admit(call, 'pisp', { kind: 'none' });
  const payment = await call.var.desk.payment(intentId);
  if (payment?.id !== call.req.param('reference')) {
    const description = 'This consent has made no payment with this reference.';
    throw new Refusal(404, 'not_found', description, { rule: 'PAY-3', blameless: true });
  }
  return call.json(paymentAnswer(payment, call.var.now));
});

payments.get('/payment-funds-confirmation', async (call) => {
  const { intentId } = await admit(call, 'pisp', { kind: 'none' });
  return call.json(fundsAnswer(await call.var.desk.payment(intentId), call.var.now));
});

payments.all('/payments', allowOnly('POST', 'PAY-1'));
payments.all('/payments/:reference', allowOnly('GET', 'PAY-3'));
payments.all('/payment-funds-confirmation', allowOnly('GET', 'PAY-3'));
