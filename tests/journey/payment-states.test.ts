/** The view of a payment for everybody: each state, on a phone and on a desk, in light and in dark, by keyboard. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { assertAccessible } from './accessible.ts';
import { ADDRESS, BANK, Backdrop } from './backdrop.ts';
import { focused, tabTo } from './keyboard.ts';
import { ASK, AUTHORISE, PAY, arrive, atPayments, check, goToBank, said, status, toBank, write } from './payer.ts';

const DEVICES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
/** SHOTS=<folder> takes a picture of each state. */
const SHOTS = process.env['SHOTS'];


let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: each state of a payment on a ${device}, ${colorScheme}`, async () => {
      const backdrop = await atPayments(browser, {}, { viewport, colorScheme, reducedMotion: 'reduce' });
      const { visitor } = backdrop;
      const { page } = visitor;
      async function see(name: string): Promise<void> {
        await assertAccessible(visitor, name);
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: join(SHOTS, `${name}-${device}-${colorScheme}.png`), fullPage: true });
      }
      const height = async () => (await visitor.part('payment-form').boundingBox())?.height;
      await page.clock.install({ time: new Date('2026-11-29T12:14:05Z') });
      await see('form');
      const empty = await height();
      await visitor.part('payment-review').click();
      assert.equal(await height(), empty, 'faults have their place, and nothing moves');
      await write(page, '12.505');
      await page.getByLabel('Account number', { exact: true }).fill('1234');
      await page.getByText('Try an outcome').click();
      await see('faults');
      await page.getByText('Try an outcome').click();
      await page.getByRole('radio', { name: 'IBAN' }).check();
      await page.getByRole('textbox', { name: 'IBAN' }).fill('GB28 NWBK 6016 1331 9268 19');
      await page.getByRole('textbox', { name: 'IBAN' }).blur();
      assert.equal(await height(), empty, 'either scheme takes the same room');
      await see('iban');
      await page.getByRole('radio', { name: 'Sort code' }).check();
      await write(page);
      await check(visitor);
      await see('review');
      await goToBank(visitor);
      await arrive(visitor, '#declined');
      await see('declined');
      await goToBank(visitor);
      await arrive(visitor, '#error=gateway_timeout');
      await see('error');

      let answerPay = (): void => {};
      const paid = new Promise<void>((resolve) => (answerPay = resolve));
      await page.route('**/api/payment', async (route) => {
        if (route.request().method() === 'POST') await paid;
        await route.fallback();
      });
      backdrop.answer(ASK, said('ready'));
      backdrop.answer(PAY, said('accepted', { bankStatus: 'ACSP' }));
      await goToBank(visitor);
      await page.goto(`${ADDRESS}/#connected`);
      await status(visitor, 'submitting').waitFor();
      await see('paying');
      answerPay();
      await status(visitor, 'accepted').waitFor();
      await visitor.settled();
      await see('accepted');
      for (const [state, more] of [
        ['settled', { bankStatus: 'ACSC' }], ['blocked', { bankStatus: 'BLCK' }], ['unknown', { reference: null }],
        ['rejected', { bankStatus: 'RJCT' }],
      ] as const) {
        backdrop.answer(ASK, said(state, more));
        await page.clock.runFor(3000);
        await status(visitor, state).waitFor();
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        await see(state);
      }
      backdrop.answer(ASK, said('credited', { bankStatus: 'ACCC' }));
      await arrive(visitor, '#pay');
      await see('credited');
      visitor.assertQuiet();
    });
  }
}

test('access: a payment by keyboard alone, and each step begins at its heading', async () => {
  const backdrop = await Backdrop.open(browser, { [AUTHORISE]: toBank });
  const { visitor } = backdrop;
  const { keyboard } = visitor.page;
  await visitor.open();
  await tabTo(visitor, 'Make a payment');
  await keyboard.press('Enter');
  await visitor.part('payment-form').waitFor();
  await visitor.settled();
  assert.equal(await focused(visitor), 'Pay from your bank');
  const written = [[1, 'Ada Example'], [2, '040004'], [1, '12345678'], [1, '10'], [1, 'Invoice 17']] as const;
  for (const [presses, text] of written) {
    for (let press = 0; press < presses; press += 1) await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await visitor.part('payment-check').waitFor();
  assert.equal(await focused(visitor), 'Is everything right?');
  assert.equal(await visitor.part('payment-amount').innerText(), '£10.00');
  await tabTo(visitor, 'Change');
  await keyboard.press('Enter');
  assert.equal(await focused(visitor), 'Who do you pay, and how much?');
  await tabTo(visitor, 'Check the payment');
  await keyboard.press('Enter');
  await tabTo(visitor, 'Continue to your bank');
  await keyboard.press('Enter');
  await visitor.page.waitForURL(BANK);
  visitor.assertQuiet();
});
