import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODES } from 'tell-connect/machine';
import { messageFor } from '../../src/messages.ts';
import { formatMoment } from '../../src/dates.ts';
import { isFinal } from '../../src/payment/follow.ts';
import { paymentMessageFor, wordsForState } from '../../src/payment/words.ts';
import { guideFor, stepName } from '../../src/console/guide.ts';

const STATES = [
  'awaiting_consent', 'ready', 'submitting', 'unknown', 'accepted', 'settled', 'credited', 'rejected', 'blocked',
];
/** Codes of payments alone. */
const OWN = [
  'payment_invalid', 'payment_already_submitted', 'payment_mismatch', 'payments_off', 'payments_backend_only',
  'order_invalid', 'order_mismatch', 'order_already_paid',
];
const LOOK_FIRST = 'Do not pay again before you have looked at your account.';

test('PAY-3: each state has words of its own, and says what is done until it is final', () => {
  assert.equal(new Set(STATES.map((state) => wordsForState(state).title)).size, STATES.length);
  for (const state of STATES) {
    const { short, title, text, meanwhile } = wordsForState(state);
    assert.notEqual(short, state);
    assert.ok(title !== '' && text.endsWith('.'), state);
    if (!isFinal(state)) assert.ok(meanwhile.endsWith('.'), state);
  }
});

test('PAY-2: where nobody knows whether it was paid, it is said, and nobody is invited to pay again', () => {
  const unknown = wordsForState('unknown');
  assert.equal(unknown.title, 'We do not know whether your bank made this payment.');
  for (const state of ['unknown', 'blocked', 'novel', 'constructor']) {
    assert.ok(wordsForState(state).text.includes(LOOK_FIRST), state);
    assert.equal(wordsForState(state).tone, 'warn', state);
  }
  for (const state of ['accepted', 'settled', 'credited']) assert.equal(wordsForState(state).tone, 'good', state);
  assert.equal(wordsForState('rejected').tone, 'bad');
  assert.ok(paymentMessageFor('order_already_paid').text.toLowerCase().includes(LOOK_FIRST.slice(0, -1).toLowerCase()));
});

test('ERR-2: each code of a payment has words of its own', () => {
  const general = messageFor('no_such_code');
  for (const code of OWN) assert.notEqual(messageFor(code), general, code);
});

test('ERR-2: who pays is told of the payment, and not of accounts or of sharing', () => {
  for (const code of Object.keys(CODES)) {
    const { title, text } = paymentMessageFor(code);
    assert.doesNotMatch(`${title} ${text}`, /see your accounts|been shared|read your accounts|90 days/i, code);
  }
});

test('RED-2: a payment that was declined, or whose way back was lost, is told as not paid', () => {
  for (const code of ['declined', 'code_expired', 'redirect_parameter_missing', 'not_authorised_yet']) {
    assert.match(paymentMessageFor(code).text, /Nothing has been paid/, code);
  }
  assert.match(paymentMessageFor('redirect_mismatch').text, /paid nothing/);
});

test('PAY-1: the journey names the steps of a payment', () => {
  const base = 'https://bank.example/v1';
  assert.equal(stepName('payment', `${base}/payments`), 'Pay');
  assert.notEqual(guideFor('payment').demand, '');
  assert.equal(stepName('resource', `${base}/payments/a2c4`), 'Read payment');
  assert.equal(stepName('resource', `${base}/payment-funds-confirmation`), 'Read payment funds confirmation');
});

test('page: a receipt’s moment is London’s, and says which clock that is', () => {
  assert.equal(formatMoment('2026-11-29T12:14:05Z'), '29 November 2026 at 12:14:05 GMT');
  assert.equal(formatMoment('2026-07-01T12:14:05Z'), '1 July 2026 at 13:14:05 BST');
});
