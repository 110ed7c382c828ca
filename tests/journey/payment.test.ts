/** A payment as a person makes it: in Chromium, through the bank's own page and back, until the money has arrived. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OUTCOMES } from '../../sandbox/src/data/amounts.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { check, goToBank, status, write } from './payer.ts';
import { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const SENT = 'POST /v1/payments';
const THE_BANK = /\/v1\/authorise\//;

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** As far as the bank's own page. */
async function begin(amount: string): Promise<Visitor> {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.part('way-payment').click();
  await write(visitor.page, amount);
  await check(visitor);
  await goToBank(visitor, THE_BANK);
  return visitor;
}

test('PAY-1, PAY-3: a payment is stated, allowed at the bank, sent once and followed until it is settled', async () => {
  const sent = stage.back.count(SENT);
  const visitor = await begin('10.00');
  assert.equal(await visitor.page.getByRole('heading', { level: 1 }).innerText(), 'Make this payment?');
  await visitor.decide('Accept');
  await status(visitor, 'accepted', 'settled', 'credited').waitFor();
  await status(visitor, 'settled', 'credited').waitFor();
  const receipt = await visitor.part('payment-receipt').innerText();
  assert.match(receipt, /£10\.00.*Ada Example.*04-00-04 12345678.*Invoice 17.*Your bank’s reference/s);
  assert.equal(stage.back.count(SENT), sent + 1);

  // A reload asks, and sends nothing.
  await visitor.page.reload();
  await status(visitor, 'settled', 'credited').waitFor();
  assert.equal(stage.back.count(SENT), sent + 1);
  visitor.assertQuiet();
});

test('JWS-2: the journey panel shows the payment call by call, and the accounts’ journey is another', async () => {
  const visitor = await begin('10.00');
  await visitor.decide('Accept');
  await status(visitor, 'accepted', 'settled', 'credited').waitFor();
  await visitor.settled();
  // The panel follows what it is told of, after the page.
  await visitor.part('journey-step').nth(3).waitFor();
  const steps = await visitor.part('journey-step').all();
  const shown = await Promise.all(steps.map((step) => step.getAttribute('data-call')));
  assert.deepEqual(shown.slice(0, 4), ['authorise', 'redirect', 'exchange', 'payment']);
  await visitor.part('way-accounts').click();
  await visitor.part('connect').waitFor();
  await visitor.page.getByText('No calls yet').waitFor();
  assert.equal(await visitor.part('journey-step').count(), 0);
});

test('RED-2: a payment that is declined is told as not paid, nothing is sent, and it can be tried again', async () => {
  const sent = stage.back.count(SENT);
  const visitor = await begin('10.00');
  await visitor.decide('Decline');
  assert.match(await visitor.outcome('declined'), /did not allow the payment.*Nothing has been paid/s);
  assert.equal(stage.back.count(SENT), sent);
  await goToBank(visitor, THE_BANK);
  await visitor.decide('Accept');
  await status(visitor, 'accepted', 'settled', 'credited').waitFor();
  assert.equal(stage.back.count(SENT), sent + 1);
});

test('CON-1: accounts and a payment are connected at once, and neither disturbs the other', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  await visitor.part('way-payment').click();
  await write(visitor.page, '10.00');
  await check(visitor);
  await goToBank(visitor, THE_BANK);
  await visitor.decide('Accept');
  await status(visitor, 'accepted', 'settled', 'credited').waitFor();
  await visitor.part('way-accounts').click();
  await visitor.settled();
  assert.equal(await visitor.part('account').count(), 3);
  assert.equal(await visitor.consentState(), 'active');
  const names = (await visitor.context.cookies()).map(({ name }) => name).sort();
  assert.deepEqual(names, ['__Host-tell-aisp', '__Host-tell-pisp']);
});

test('PAY-2: a callback that is opened again, and a page that is opened twice, send nothing more', async () => {
  const visitor = await begin('10.00');
  const callback = await visitor.acceptAndStay();
  const sent = stage.back.count(SENT);
  for (let time = 0; time < 3; time += 1) {
    await visitor.page.goto(callback);
    await status(visitor, 'accepted', 'settled', 'credited').waitFor();
  }
  const other = await visitor.context.newPage();
  await other.goto(`${stage.address}/#pay`);
  await other.getByTestId('payment-status').waitFor();
  assert.equal(stage.back.count(SENT), sent + 1);
});

/** What the page shows first for each of the sandbox's amounts. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  '1.01': ['rejected'], '1.02': ['accepted', 'rejected'], '1.03': ['blocked'], '1.04': ['accepted'], '1.05': ['accepted'],
  '1.06': ['rejected'], '1.07': ['unknown'], '1.08': ['unknown'], '1.09': ['unknown'], '1.10': ['unknown'],
  '1.11': ['rejected'], '1.12': ['unknown'], '1.13': ['accepted'], '1.14': ['accepted'],
};

test('PAY-3: whatever the bank does with a payment, the page tells it truly, and sends it once', async () => {
  assert.deepEqual(Object.keys(SHOWN), OUTCOMES.map(({ amount }) => amount));
  const sent = stage.back.count(SENT);
  const payers = OUTCOMES.map(({ amount }) => async () => {
    const visitor = await begin(amount);
    await visitor.decide('Accept');
    await status(visitor, ...(SHOWN[amount] ?? [])).waitFor();
    await visitor.context.close();
  });
  // A few at a time: each is a browser of its own.
  while (payers.length > 0) await Promise.all(payers.splice(0, 4).map((payer) => payer()));
  assert.equal(stage.back.count(SENT), sent + OUTCOMES.length);
});

test('ERR-2: none of this has shown a browser a secret', () => {
  const heard = stage.front.heard();
  assert.ok(heard.includes('"Amount":"10.00"') && heard.includes('__Host-tell-pisp='), 'what was sent was listened to');
  assertNoneIn('what the browsers saw', heard, stage.secrets());
});
