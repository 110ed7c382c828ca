/** The bank's pages for everybody: on a phone and on a desk, in light and in dark. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Sandbox, startSandbox } from 'tell-connect-sandbox/node';
import { PAYMENT, Tpp, read } from '../../sandbox/test/support/tpp.ts';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';

const VIEWPORTS = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
const CLIENT = { clientId: 'client', clientSecret: 'secret' };
const APPLICATION = { app: 'app-1', certificate: 'c', redirectUrl: 'http://localhost:1/api/callback' };
const LONG = {
  ...PAYMENT,
  BeneficiaryName: 'Wildwoodvalleywaterworksmaintenance and Sons Limited',
  SchemeName: 'IBAN',
  BeneficiaryIdentification: 'MT84MALT011000012345MTLCAST001S',
  Amount: '1234567890.00',
};

let sandbox: Sandbox;
let browser: Browser;
let tpp: Tpp;
before(async () => {
  sandbox = await startSandbox({ ...CLIENT, applications: [APPLICATION], paymentAtAuthorise: 'payment' });
  browser = await launch();
  const { authBase, resourceBase } = sandbox;
  const { app, certificate } = APPLICATION;
  tpp = new Tpp({ send: fetch, now: Date.now, authBase, resourceBase, ...CLIENT, app, certificate });
});
after(async () => {
  await browser?.close();
  await sandbox?.close();
});

async function consentPage(members: object = {}): Promise<string> {
  return (await read<{ location: string }>(await tpp.authorise({ scope: 'pisp', ...members }))).location;
}

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: the bank's pages on a ${device}, ${colorScheme}`, async () => {
      await using context = await browser.newContext({ viewport, colorScheme });
      await context.addInitScript({ path: AXE });
      const page = await context.newPage();
      const addresses = {
        stated: await consentPage({ payment: PAYMENT }),
        long: await consentPage({ payment: LONG }),
        'not stated': await consentPage(),
        amounts: `${sandbox.url}/amounts`,
        'paid by nobody': await consentPage({ payment: { ...PAYMENT, Currency: 'JPY', Amount: '1250' } }),
        'paid in yen': `${await consentPage()}?persona=foreign`,
        'account access': await consentPage({ scope: 'aisp' }),
        statistics: `${sandbox.url}/statistics`,
      };
      for (const [name, address] of Object.entries(addresses)) {
        await page.goto(address);
        await assertAccessible({ page }, name);
      }
    });
  }
}

test('bank: the account that is chosen with a click on it is the one that pays', async () => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await consentPage({ payment: { ...PAYMENT, Amount: '5000.00' } }));
  const usual = page.getByRole('radio', { checked: true });
  assert.equal(await usual.inputValue(), '34567890', 'the first that holds enough');
  await page.getByText('Shared bills').click();
  const form = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Accept' }).click();
  assert.equal((await form).postData(), 'persona=usual&account=23456789&decision=accept');
});

test('bank: without a script another person is chosen by keyboard, whose accounts are shared', async () => {
  await using context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(await consentPage({ scope: 'aisp' }));
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  const other = page.getByRole('link', { name: 'Noor Sample' });
  for (let tabs = 0; tabs < 10 && !(await other.evaluate((link) => link.matches(':focus'))); tabs += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByText('Sterling, Euro, Dollar, Yen').waitFor();
  const form = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Accept' }).click();
  assert.match((await form).postData() ?? '', /^persona=foreign&/);
});
