/** The page for everybody: on a phone and on a desk, in light and in dark, by keyboard and to assistive technology. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';
import { focused, tabTo } from './keyboard.ts';
import { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: first visit, decline, connected and error on a ${device}, ${colorScheme}`, async () => {
      const visitor = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' });
      // The CSP lets no test put a script into the page; the browser itself may.
      await visitor.context.addInitScript({ path: AXE });
      await visitor.open();
      await assertAccessible(visitor, 'first visit');

      await visitor.leaveForTheBank();
      await visitor.decide('Decline');
      await visitor.outcome('declined');
      await assertAccessible(visitor, 'declined');

      await visitor.leaveForTheBank();
      await visitor.decide('Accept');
      await visitor.outcome('connected');
      await openAll(visitor);
      await assertAccessible(visitor, 'connected');

      await visitor.part('disconnect').click();
      await assertAccessible(visitor, 'disconnecting');
      await visitor.page.keyboard.press('Escape');

      // The server knows better: nothing is told of an error that an address makes up.
      await visitor.page.goto(`${stage.address}/#error=gateway_timeout`);
      await visitor.settled();
      assert.equal(await visitor.part('outcome').count(), 0);
      visitor.assertQuiet();
    });
  }
}

test('access: the whole journey by keyboard alone', async () => {
  const visitor = await stage.visitor();
  const { page } = visitor;
  await visitor.open();
  await tabTo(visitor, 'Connect Pockit');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/v1\/authorise\//);
  await tabTo(visitor, 'Accept');
  await page.keyboard.press('Enter');
  await visitor.outcome('connected');
  await visitor.settled();
  await tabTo(visitor, 'Disconnect');
  await page.keyboard.press('Enter');
  assert.equal(await focused(visitor), 'Stay connected', 'the harmless answer comes first');
  await tabTo(visitor, 'Disconnect');
  await page.keyboard.press('Enter');
  await visitor.outcome('disconnected');
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'the focus is not lost');
});

test('page: a violation of the CSP would not go unseen here', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  const told = visitor.page.waitForEvent('console', (message) => /Content Security Policy/.test(message.text()));
  await visitor.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
  });
  await told;
  assert.throws(() => visitor.assertQuiet(), /Content Security Policy/);
  assert.equal(await visitor.page.evaluate(() => 'injected' in globalThis), false);
});

// The README shows this page. SCREENSHOT=1 takes its picture anew.
test('page: a picture of the connected page', { skip: process.env['SCREENSHOT'] === undefined }, async () => {
  const visitor = await stage.visitor({ viewport: { width: 1280, height: 960 }, colorScheme: 'light' });
  await visitor.connect();
  await visitor.part('signing-input').waitFor();
  mkdirSync(DOCS, { recursive: true });
  await visitor.page.screenshot({ path: join(DOCS, 'page.png'), animations: 'disabled', caret: 'hide' });
});

/** Opens every step, list and box, so that all the page can show is looked at. */
async function openAll(visitor: Visitor): Promise<void> {
  if (await visitor.part('panel-toggle').getAttribute('aria-expanded') === 'false') await visitor.part('panel-toggle').click();
  await visitor.part('signing-input').waitFor();
  const token = `${await visitor.part('signing-input').innerText()}.AA`;
  await visitor.page.getByLabel('Paste an x-jws-signature').fill(token);
  await visitor.page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await visitor.settled();
}
