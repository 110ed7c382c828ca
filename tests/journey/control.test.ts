/** The sandbox's control room and viewer in a browser: everybody can use them, with a keyboard alone too. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Sandbox } from 'tell-connect-sandbox/node';
import { startStrict } from '../../sandbox/test/support/sandbox.ts';
import type { Tokens, Tpp } from '../../sandbox/test/support/tpp.ts';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';
import { tabTo } from './keyboard.ts';

const VIEWPORTS = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };

let sandbox: Sandbox;
let tpp: Tpp;
let tokens: Tokens;
let browser: Browser;
before(async () => {
  ({ sandbox, tpp } = await startStrict());
  browser = await launch();
  tokens = await tpp.connect();
  await tpp.get('/accounts/12345678/transactions?fromBookingDateTime=2026-01-01', tokens.access_token);
  await tpp.with({ certificate: 'another' }).authorise();
});
after(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** A page that prints nothing, since the policy would forbid what it prints about. */
async function visit(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  await using context = await browser.newContext(options);
  await context.addInitScript({ path: AXE });
  const page = await context.newPage();
  const printed: string[] = [];
  page.on('console', (message) => {
    // The browser itself tells of a form that is refused.
    if (!/the server responded with a status of 400/.test(message.text())) printed.push(message.text());
  });
  page.on('pageerror', (error) => printed.push(String(error)));
  await page.goto(sandbox.url + path);
  await use(page);
  assert.deepEqual(printed, []);
}

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: the control room and the viewer on a ${device}, ${colorScheme}`, async () => {
      sandbox.faults.add({ fault: { kind: 'retry-after', status: 429 }, path: '/never/**', probability: 0.5 });
      for (const path of ['/control?done=scenario', '/viewer', '/viewer?verdict=refused', '/viewer/3', '/viewer/4']) {
        await visit(path, { viewport, colorScheme }, (page) => assertAccessible({ page }, path));
      }
      await visit('/control', { viewport, colorScheme }, async (page) => {
        await page.getByRole('button', { name: 'Add the rule' }).click();
        await page.getByRole('alert').waitFor();
        await page.getByText('What each fault does').click();
        await assertAccessible({ page }, 'a rule that is none');
      });
      sandbox.faults.clear();
    });
  }
}

test('bank: the viewer shows a call as it comes, not while it pauses, and then what it has missed', async () => {
  await visit('/viewer?endpoint=authorise', {}, async (page) => {
    const items = page.getByRole('main').getByRole('listitem');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const known = await items.count();
    await tpp.authorise();
    await items.nth(known).waitFor();
    const shown = await items.first().innerText();
    assert.match(shown, /POST \/v1\/authorise\s+200\s+answered · .* ms · app-one · consent/);
    await page.getByText('1 new call.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused.').waitFor();
    await tpp.with({ certificate: 'another' }).authorise();
    assert.equal(await items.count(), known + 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await items.nth(known + 1).waitFor();
    assert.equal(await items.first().getAttribute('class'), 'bad');
    await page.getByText('1 new call, 1 refused or failed.').waitFor();
    await assertAccessible({ page }, 'with new calls');
    const first = await items.first().innerHTML();
    await page.reload();
    assert.equal(compact(await items.first().innerHTML()), compact(first), 'the script writes what the page has');
  });
});

test('bank: by keyboard alone, and without scripts, the clock is set and a scenario begun and ended', async () => {
  await visit('/control', { javaScriptEnabled: false }, async (page) => {
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('+24 hours');
    await page.getByText('The clock is set.').waitFor();
    await press('Begin token-refused-once');
    await page.getByText('The scenario has begun').waitFor();
    assert.equal((await tpp.get('/accounts', tokens.access_token)).status, 401);
    await press('Begin flaky');
    await press('Remove rule flaky');
    await page.getByText('No call will meet a fault.').waitFor();
    await press('Back to the true time');
    await page.getByText(/, the true time, and\s+runs/).waitFor();
  });
  assert.equal(sandbox.clock.offsetSeconds, 0);
});

test('bank: Tab reaches each button of the control room, and each call of the viewer', async () => {
  await visit('/control', {}, async (page) => {
    for (const name of ['+1 hour', 'Begin', 'Add the rule', 'Withdraw all consents']) await tabTo({ page }, name);
  });
  await visit('/viewer', {}, async (page) => {
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await tabTo({ page }, 'Pause');
    await page.keyboard.press('Space');
    await page.getByText('Paused.').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'As curl' }).waitFor();
  });
});

function compact(markup: string): string {
  return markup.replace(/\s+(?=<|$)|(?<=>)\s+/g, '').replaceAll(' class=""', '');
}
