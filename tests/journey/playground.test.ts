/** The sandbox's playground for everybody: on a phone and on a desk, in light and in dark, and without scripts. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Sandbox, startSandbox } from 'tell-connect-sandbox/node';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';
import { tabTo } from './keyboard.ts';

/** Where pictures of the page are put, if anywhere. */
const SHOTS = process.env['SHOTS'];
const VIEWPORTS = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n';
const BODY = '{"Amount":"12.50","Reference":"FLAT 7"}';

let sandbox: Sandbox;
let browser: Browser;
before(async () => {
  const usual = { certificate: CERTIFICATE, redirectUrl: 'http://localhost:1/' };
  const applications = ['shop', 'ledger'].map((app) => ({ app, ...usual }));
  sandbox = await startSandbox({ clientId: 'client', clientSecret: 'secret', applications });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await sandbox?.close();
});

function token(key: string, payload: string, path: string): string {
  const header = { alg: 'HS256', typ: 'JWT', app: 'shop', path, iat: Math.floor(Date.now() / 1000) };
  const input = [JSON.stringify(header), payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

async function explain(page: Page, text: string): Promise<void> {
  await page.goto(`${sandbox.url}/playground`);
  await page.getByLabel('Token').fill(text);
  await page.getByLabel('Call').fill('POST /payments');
  await page.getByLabel('Body').fill(BODY);
  await page.getByRole('button', { name: 'Explain' }).click();
}

const wrong = (): string => token(CERTIFICATE.replaceAll('\n', '\r\n'), `${BODY}\n`, '/v1/payments');

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: the playground on a ${device}, ${colorScheme}`, async () => {
      await using context = await browser.newContext({ viewport, colorScheme });
      await context.addInitScript({ path: AXE });
      const page = await context.newPage();
      await page.goto(`${sandbox.url}/playground`);
      await assertAccessible({ page }, 'empty');
      await explain(page, wrong());
      await page.getByRole('heading', { name: 'A gateway refuses this token.' }).waitFor();
      await assertAccessible({ page }, 'refused');
      await shoot(page, `${device}-${colorScheme}-refused`);
      await explain(page, token(CERTIFICATE, BODY, '/payments'));
      await page.getByRole('heading', { name: 'The token is right in every respect.' }).waitFor();
      await assertAccessible({ page }, 'right');
      await shoot(page, `${device}-${colorScheme}-right`);
    });
  }
}

test('JWS-10: without scripts, and by the keyboard alone, the playground tells all that is wrong', async () => {
  await using context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${sandbox.url}/playground`);
  // The pages of the navigation come first.
  await tabTo({ page }, 'Statistics');
  await page.keyboard.press('Tab');
  for (const text of [wrong(), 'POST /payments', BODY]) {
    await page.keyboard.insertText(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('shop');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(CERTIFICATE);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'A gateway refuses this token.' }).waitFor();
  const found = await page.locator('.findings > li > p > strong').allTextContents();
  assert.deepEqual(found, ['JWS-3', 'JWS-8', 'JWS-5']);
  assert.match(await page.locator('.findings').innerText(), /certificate-crlf/);
  assert.equal(await page.getByLabel('Application').inputValue(), 'shop');
  assert.equal(await page.getByLabel('Certificate').inputValue(), '');
});

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `playground-${name}.png`), fullPage: true });
}
