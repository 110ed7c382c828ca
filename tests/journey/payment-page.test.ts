/** The view of a payment against an API that says what a test wants: what is asked for, sent and said. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { until } from '../rig/until.ts';
import { Backdrop, NONE, problem } from './backdrop.ts';
import {
  ASK, AUTHORISE, PAY, REFERENCE, arrive, atPayments, check, goToBank, said, status, toBank, write,
} from './payer.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('PAY-1: the form is silent while a field is written for the first time, then speaks with each key', async () => {
  const { visitor } = await atPayments(browser);
  const { page } = visitor;
  const code = page.getByLabel('Sort code', { exact: true });
  const isWrong = () => code.getAttribute('aria-invalid');
  await code.pressSequentially('0400');
  assert.equal(await isWrong(), null);
  await code.blur();
  assert.equal(await isWrong(), 'true');
  const note = page.locator(`#${await code.getAttribute('aria-describedby')}`);
  assert.equal(await note.innerText(), 'Needs 6 digits');
  await code.pressSequentially('04');
  assert.equal(await isWrong(), null);
  // Whoever only passes by is told nothing.
  await page.getByLabel('Reference').focus();
  await page.getByLabel('Reference').blur();
  assert.equal(await page.getByLabel('Reference').getAttribute('aria-invalid'), null);
  await visitor.part('payment-review').click();
  assert.equal(await page.locator('[aria-invalid]').count(), 4, 'every fault at once');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'payment-name', 'at the first of them');
});

test('PAY-1: what the worker finds wrong is told at its field, until that is changed', async () => {
  const faults = [{ setting: 'Reference', problem: 'It is too long.' }];
  const backdrop = await atPayments(browser, { [AUTHORISE]: () => problem(400, 'payment_invalid', { faults }) });
  const { visitor } = backdrop;
  const { page } = visitor;
  await write(page);
  await check(visitor);
  await visitor.part('payment-continue').click();
  await visitor.outcome('payment_invalid');
  const reference = page.getByLabel('Reference');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'payment-reference');
  assert.equal(await page.locator('#payment-reference-note').innerText(), 'It is too long.');
  await reference.blur();
  assert.equal(await reference.getAttribute('aria-invalid'), 'true');
  await reference.fill('Invoice 18');
  assert.equal(await reference.getAttribute('aria-invalid'), null);

  // A fault that no field is about is told above.
  const other = [{ setting: 'PaymentType', problem: 'No.' }];
  backdrop.answer(AUTHORISE, () => problem(400, 'payment_invalid', { faults: other }));
  await check(visitor);
  await visitor.part('payment-continue').click();
  await page.getByText('PaymentType No.').waitFor();
});

test('page: a second try and a reload are the same order, another amount or a new payment is another', async () => {
  const orders: string[] = [];
  const backdrop = await atPayments(browser, {
    [AUTHORISE](body) {
      orders.push((body as { order: string }).order);
      return toBank();
    },
  });
  const { visitor } = backdrop;
  await write(visitor.page);
  await check(visitor);
  await goToBank(visitor);
  await arrive(visitor, '#declined');
  await visitor.outcome('declined');
  await goToBank(visitor);
  // Back by the browser's own button: the bank still waits.
  backdrop.answer(ASK, said('awaiting_consent'));
  await arrive(visitor, '#pay/review');
  await visitor.outcome('awaiting_consent');
  await goToBank(visitor);
  assert.equal(new Set(orders).size, 1, 'the same payment');

  backdrop.answer(ASK, () => NONE);
  await arrive(visitor, '#pay');
  await visitor.page.getByLabel('Amount in pounds').fill('1251');
  await check(visitor);
  await goToBank(visitor);
  assert.equal(new Set(orders).size, 2, 'another amount');

  backdrop.answer(ASK, said('credited'));
  backdrop.answer('DELETE /api/consent', () => ({ status: 204 }));
  await arrive(visitor, '#connected');
  await visitor.part('payment-another').click();
  await visitor.part('payment-form').waitFor();
  assert.equal(await visitor.page.getByLabel('Name of the payee').inputValue(), '');
  await write(visitor.page, '1251');
  await check(visitor);
  await goToBank(visitor);
  assert.equal(new Set(orders).size, 3, 'a new payment of the same details');
});

test('PAY-2: back from the bank the payment is sent once, and its state follows by itself', async () => {
  const backdrop = await atPayments(browser, { [PAY]: said('accepted') });
  const { visitor } = backdrop;
  const { page } = visitor;
  await write(page);
  await check(visitor);
  await goToBank(visitor);
  await page.clock.install();
  backdrop.answer(ASK, said('ready'));
  await arrive(visitor, '#connected');
  await status(visitor, 'accepted').waitFor();
  assert.equal(new URL(page.url()).hash, '#pay', 'a reload does not tell the outcome again');
  for (const state of ['settled', 'credited']) {
    backdrop.answer(ASK, said(state));
    await page.clock.runFor(3000);
    await status(visitor, state).waitFor();
  }
  const asked = backdrop.count(ASK);
  await page.clock.runFor(120_000);
  assert.equal(backdrop.count(ASK), asked, 'what is final is asked for no more');
  assert.equal(backdrop.count(PAY), 1);
  const receipt = await visitor.part('payment-receipt').innerText();
  assert.match(receipt, /£1,250\.00.*Ada Example.*04-00-04 12345678.*Invoice 17/s);
  assert.ok(receipt.includes(REFERENCE));
  await page.reload();
  await visitor.settled();
  assert.equal(backdrop.count(PAY), 1);
  visitor.assertQuiet();
});

test('PAY-2: where the answer is lost the page says that nobody knows, and sends nothing again', async () => {
  const backdrop = await atPayments(browser, { [ASK]: said('ready'), [PAY]: () => undefined });
  const { visitor } = backdrop;
  await status(visitor, 'ready').or(status(visitor, 'unknown')).waitFor();
  // Nothing was lost but the question: the person is asked before it is sent.
  await status(visitor, 'ready').waitFor();
  assert.equal(backdrop.count(PAY), 1);

  backdrop.answer(ASK, said('unknown', { reference: null }));
  await visitor.page.getByRole('button', { name: 'Send the payment' }).click();
  const told = await status(visitor, 'unknown').innerText();
  assert.match(told, /We do not know whether your bank made this payment\.\s+Do not pay again before you have looked/);
  assert.equal(backdrop.count(PAY), 2);
  await visitor.page.reload();
  await status(visitor, 'unknown').waitFor();
  assert.equal(backdrop.count(PAY), 2);
  // The way on is there for those who have looked, and nobody falls into it.
  assert.equal(await visitor.part('payment-another').isVisible(), false);
});

test('PAY-2: where nothing at all can be asked the page does not guess', async () => {
  const backdrop = await atPayments(browser, { [ASK]: said('ready'), [PAY]: said('accepted') });
  const { visitor } = backdrop;
  const { page } = visitor;
  await status(visitor, 'accepted').waitFor();
  await page.clock.install();
  backdrop.answer(PAY, () => undefined);
  let asked = 0;
  backdrop.answer(ASK, () => (asked++ === 0 ? said('ready')() : undefined));
  await arrive(visitor, '#connected');
  await status(visitor, 'unknown').waitFor();
  await page.clock.runFor(3000);
  await page.getByText('It tries again by itself').waitFor();
  backdrop.answer(ASK, said('credited'));
  await page.clock.runFor(3000);
  await status(visitor, 'credited').waitFor();
  assert.equal(await page.getByText('It tries again by itself').count(), 0);
});

test('PAY-3: a rejection is told with the bank’s word, and leads back to the form with what was written', async () => {
  const backdrop = await atPayments(browser, { [ASK]: said('rejected', { bankStatus: 'RJCT' }) });
  const { visitor } = backdrop;
  assert.match(await visitor.part('payment-receipt').innerText(), /RJCT/);
  backdrop.answer('DELETE /api/consent', () => ({ status: 204 }));
  backdrop.answer(ASK, () => NONE);
  await visitor.page.getByRole('button', { name: 'Change it and try again' }).click();
  await visitor.part('payment-form').waitFor();
  assert.equal(await visitor.page.getByLabel('Amount in pounds').inputValue(), '1250.00');
  assert.equal(backdrop.count('DELETE /api/consent'), 1);
});

test('page: a payment that waits is found in another tab than the one that was left', async () => {
  const backdrop = await Backdrop.open(browser, { [ASK]: said('ready'), [PAY]: said('accepted') });
  const { visitor } = backdrop;
  await arrive(visitor, '#connected');
  await status(visitor, 'accepted').waitFor();
  assert.equal(backdrop.count('GET /api/consent'), 0, 'the accounts are not asked for');
});

test('page: accounts and a payment stand beside each other, and what is not looked at asks nothing', async () => {
  const backdrop = await atPayments(browser, { [ASK]: said('accepted') });
  const { visitor } = backdrop;
  const { page } = visitor;
  // From the first timer on, or none of the page's would be the clock's.
  await page.clock.install();
  await arrive(visitor, '#pay');
  await status(visitor, 'accepted').waitFor();
  await page.clock.runFor(3000);
  // The question has left when its timer has rung; it is counted when it comes here.
  await until(() => backdrop.count(ASK) >= 3, 10_000, 'the third question');
  await visitor.settled();
  assert.equal(backdrop.count(ASK), 3);
  await visitor.part('way-accounts').click();
  await visitor.part('connect').waitFor();
  assert.equal(await visitor.part('payment-status').isVisible(), false);
  const asked = backdrop.count(ASK);
  await page.clock.runFor(60_000);
  assert.equal(backdrop.count(ASK), asked);
  await visitor.part('way-payment').click();
  await status(visitor, 'accepted').waitFor();
  assert.equal(await page.title(), 'Pay from your bank · tell-connect');
  assert.equal(backdrop.count('GET /api/consent'), 1);
});

test('page: a payment that is told too late, when the accounts are looked at, changes nothing of them', async () => {
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const backdrop = await Backdrop.open(browser, { [ASK]: said('accepted') });
  const { visitor } = backdrop;
  await visitor.page.route('**/api/payment', async (route) => {
    await answered;
    await route.fallback();
  });
  await visitor.open();
  await visitor.part('way-payment').click();
  await visitor.page.waitForURL(/#pay$/);
  await visitor.part('way-accounts').click();
  answer();
  await status(visitor, 'accepted').waitFor({ state: 'attached' });
  assert.equal(new URL(visitor.page.url()).hash, '');
  assert.equal(await visitor.part('connect').isVisible(), true);
});

test('ENV-5: outcomes to try are offered in the sandbox alone, and one click writes the form', async () => {
  const backdrop = await atPayments(browser);
  const { visitor } = backdrop;
  await visitor.part('payment-outcomes').click();
  await visitor.page.getByRole('button', { name: '£1.01' }).click();
  await check(visitor);
  assert.equal(await visitor.part('payment-amount').innerText(), '£1.01');

  const outside = await atPayments(browser, {
    [ASK]: () => ({ status: 200, body: { state: 'none', environment: 'production' } }),
    'GET /api/journey': () => problem(404, 'route_not_found'),
  });
  await outside.visitor.settled();
  assert.equal(await outside.visitor.part('payment-outcomes').isVisible(), false);
});
