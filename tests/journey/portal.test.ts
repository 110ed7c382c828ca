/** The developer portal, from registering to the first call in production, in a browser that runs no script. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Both, startBoth, tppAt } from '../../sandbox/test/support/both.ts';
import { ONE, TWO } from '../../sandbox/test/support/certificates.ts';
import { ADA, REDIRECT, REGISTERED, completeJourney, makeReady } from '../../sandbox/test/support/portal.ts';
import { type Tokens, type Tpp, read } from '../../sandbox/test/support/tpp.ts';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';

const VIEWPORTS = { phone: { width: 390, height: 800 }, desk: { width: 1280, height: 900 } };

let both: Both;
let browser: Browser;
before(async () => {
  both = await startBoth();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await both?.[Symbol.asyncDispose]();
});

test('CFG-1: a developer registers, tries the sandbox by hand, goes live, and calls production', async () => {
  await using context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${both.sandbox.url}/portal`);
  const sandbox = await register(page);
  await page.getByRole('link', { name: 'Go on' }).click();

  await page.getByRole('link', { name: 'Add an application' }).click();
  await page.getByLabel('Name').fill('Household books');
  await page.getByLabel('As text').fill(ONE);
  await press(page, 'Add the application');
  assert.equal(await valueOf(page, 'Kept'), `${ONE.length} bytes; line ends: LF; a final newline`);
  const app = await valueOf(page, 'App');
  const application = page.url();

  const inSandbox = tppAt(both.sandbox, { ...sandbox, app, certificate: ONE });
  await page.goto(await locationOf(inSandbox));
  await press(page, 'Accept');
  assert.ok(page.url().startsWith(`${both.sandbox.url}/holding?`), 'there is no redirect URL yet');
  const byHand = await tokensFor(inSandbox, await valueOf(page, 'authorisation_code'));
  assert.equal((await inSandbox.get('/accounts', byHand.access_token)).status, 200);

  await page.goto(`${application}/go-live`);
  await press(page, 'Request go-live');
  assert.match(await page.getByRole('alert').innerText(), /stays in the sandbox/);
  const todo = await page.locator('li.wanting').allInnerTexts();
  assert.equal(todo.length, 6, todo.join('\n'));

  await page.goto(application);
  await page.getByRole('textbox', { name: 'Redirect URL' }).fill(REDIRECT);
  await press(page, 'Change');
  await page.getByRole('link', { name: 'Add or replace a certificate' }).click();
  await page.getByLabel('Production:').check();
  const file = { name: 'live.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(TWO) };
  await page.getByLabel('Or as a file').setInputFiles(file);
  await press(page, 'Add the certificate');
  await page.getByRole('link', { name: ADA.name }).click();
  await page.getByLabel('National Competent Authority').fill(REGISTERED.authority);
  await page.getByLabel('Number in its register').fill(REGISTERED.registerNumber);
  await page.getByLabel('AISP').check();
  await press(page, 'Ask for production');
  const production = await credentialsOn(page);

  await page.goto(`${application}/go-live`);
  await press(page, 'Request go-live');
  assert.match(await page.locator('main').innerText(), /Released into production/);
  assert.equal(await page.locator('li.holds').count(), 11);

  const live = tppAt(both.production, { ...production, app, certificate: TWO });
  await page.goto(await locationOf(live, { sandbox_sca: undefined, uuid: crypto.randomUUID() }));
  // The browser is sent to the application, which is none.
  const back = page.waitForRequest(`${REDIRECT}?*`);
  await press(page, 'Accept');
  await page.waitForURL((url) => url.origin !== both.production.url);
  const code = new URL((await back).url()).searchParams.get('authorisation_code') ?? '';
  const { access_token: accessToken } = await tokensFor(live, code);
  assert.equal((await live.get('/accounts', accessToken)).status, 200, 'the first call in production');

  await page.goto(`${application.replace(both.sandbox.url, both.production.url)}`);
  await page.getByRole('link', { name: 'In production' }).click();
  await page.getByRole('link', { name: 'Household books' }).click();
  assert.match(await page.locator('main').innerText(), /GET \/v1\/accounts\s+200/);
  await press(page, 'Revoke the consent');
  assert.equal((await live.get('/accounts', accessToken)).status, 401);
});

test('CFG-1: registering by keyboard alone, with a slip on the way', async () => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${both.sandbox.url}/portal`);
  for (const [field, text] of [['name', ADA.name], ['email', 'nobody'], ['company', ADA.company]] as const) {
    await tabTo(page, field);
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Name').inputValue(), ADA.name);
  await tabToLink(page, 'The e-mail is no address');
  await page.keyboard.press('Enter');
  await tabTo(page, 'email');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(ADA.email);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'You are registered' }).waitFor();
  assert.match((await credentialsOn(page)).clientSecret, /^[\w-]{43}$/);
});

test('access: each page of the portal, on a phone and a desk, in light and in dark', async () => {
  const { app, developer, sandbox } = await makeReady(both, { redirectUrl: null });
  await completeJourney(sandbox);
  const { location, access_token: accessToken } = await sandbox.connect('aisp');
  await sandbox.get('/accounts/none', accessToken);
  const back = (await sandbox.press(await locationOf(sandbox), 'accept')).headers.get('location') ?? '';
  const paths = {
    home: '/portal',
    developer: `/portal/developers/${developer}`,
    'new application': `/portal/developers/${developer}/applications/new`,
    application: `/portal/applications/${app}`,
    'new certificate': `/portal/applications/${app}/certificates/new`,
    'go-live': `/portal/applications/${app}/go-live`,
    deletion: `/portal/applications/${app}/delete`,
    'deletion of a developer': `/portal/developers/${developer}/delete`,
    consents: '/portal/consents',
    consent: `/portal/consents/${location.split('/').at(-1)}`,
    'what is not there': '/portal/consents/none',
    holding: back.slice(both.sandbox.url.length),
  };
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of schemesOn(viewport)) {
      await using context = await browser.newContext({ viewport, colorScheme });
      await context.addInitScript({ path: AXE });
      const page = await context.newPage();
      const look = (name: string): Promise<void> => assertAccessible({ page }, `${name}, ${device}, ${colorScheme}`);
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(both.sandbox.url + path);
        await look(name);
      }
      await page.goto(`${both.sandbox.url}/portal`);
      await press(page, 'Register');
      await look('a wrong form');
      await register(page);
      await look('credentials');
      await page.goto(`${both.sandbox.url}/portal/applications/${app}/go-live`);
      await press(page, 'Request go-live');
      await look('not yet live');
    }
  }
});

async function register(page: Page): Promise<{ clientId: string; clientSecret: string }> {
  await page.getByLabel('Name').fill(ADA.name);
  await page.getByLabel('E-mail').fill(ADA.email);
  await page.getByLabel('Company').fill(ADA.company);
  await press(page, 'Register');
  return credentialsOn(page);
}

async function credentialsOn(page: Page): Promise<{ clientId: string; clientSecret: string }> {
  return { clientId: await valueOf(page, 'Client id'), clientSecret: await valueOf(page, 'Client secret') };
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name }).click();
}

/** What a list of the page says of a term. */
function valueOf(page: Page, term: string): Promise<string> {
  return page.locator(`dt:text-is("${term}") + dd`).first().innerText();
}

async function locationOf(tpp: Tpp, changes: object = {}): Promise<string> {
  return (await read<{ location: string }>(await tpp.authorise(changes))).location;
}

async function tokensFor(tpp: Tpp, code: string): Promise<Tokens> {
  return read<Tokens>(await tpp.token({ grant_type: 'authorization_code', code }));
}

async function tabTo(page: Page, id: string): Promise<void> {
  await tabUntil(page, () => page.evaluate(() => document.activeElement?.id ?? ''), (found) => found === id, id);
}

async function tabToLink(page: Page, text: string): Promise<void> {
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
  await tabUntil(page, focused, (found) => found.startsWith(text), text);
}

async function tabUntil(
  page: Page,
  focused: () => Promise<string>,
  isIt: (found: string) => boolean,
  name: string,
): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (isIt(await focused())) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach “${name}”`);
}
