/** The example of a shop, in Chromium: from the cart through the bank's own page to a payment that is made once. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { writeSettings } from '../../scripts/start/settings.mjs';
import { launch } from '../rig/chromium.ts';
import { assertProblem, Client } from '../rig/client.ts';
import { PAYMENT } from '../rig/payments.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { assertAccessible, AXE } from './accessible.ts';
import { Tap } from './tap.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIGS = { worker: 'worker', sandbox: 'sandbox', shop: 'examples/shop' };
const SENT = 'POST /v1/payments';
const THE_BANK = /\/v1\/authorise\//;
const AN_ORDER = /\/orders\/[0-9a-f-]{36}$/;
const MADE = ['accepted', 'settled', 'credited'];

const folder = mkdtempSync(join(tmpdir(), 'tell-shop-'));
let servers: Record<keyof typeof CONFIGS, LocalServer>;
let bank: Tap;
let browser: Browser;
/** A page that somebody has left open since they paid. */
let followed: Page;
before(async () => {
  const ports = { worker: await freePort(), sandbox: await freePort(), shop: await freePort() };
  bank = new Tap(ports.sandbox);
  await bank.open();
  const envFiles = writeSettings(folder, { ...ports, sandbox: bank.port });
  const server = (name: keyof typeof CONFIGS): LocalServer => new LocalServer({
    name, config: join(ROOT, CONFIGS[name], 'wrangler.jsonc'), port: ports[name], envFile: envFiles[name], folder,
  });
  servers = { worker: server('worker'), sandbox: server('sandbox'), shop: server('shop') };
  [browser] = await Promise.all([launch(), ...Object.values(servers).map((started) => started.start())]);
});
after(async () => {
  await browser?.close();
  await Promise.all(Object.values(servers ?? {}).map((server) => server.stop()));
  await bank?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody with a browser of their own. */
async function shopper(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  await context.addInitScript({ path: AXE });
  return context.newPage();
}

/** Fills the cart and orders; where the order is. */
async function order(page: Page, cart: Record<string, number>): Promise<string> {
  await page.goto(servers.shop.address);
  for (const [item, count] of Object.entries(cart)) await page.getByLabel(item).fill(String(count));
  await page.getByRole('button', { name: 'Order' }).click();
  await page.waitForURL(AN_ORDER);
  return page.url();
}

async function goToBank(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Pay by bank|Try again/ }).click();
  await page.waitForURL(THE_BANK);
}

async function decide(page: Page, decision: 'Accept' | 'Decline'): Promise<void> {
  await page.getByRole('button', { name: decision }).click();
  await page.waitForURL(AN_ORDER);
}

/** Waits until the page shows one of these states, and gives its words. */
async function told(page: Page, ...states: string[]): Promise<string> {
  await page.locator(states.map((state) => `[data-state="${state}"]`).join()).waitFor();
  return page.locator('main').innerText();
}

const buttons = (page: Page): Promise<number> => page.getByRole('button').count();

test('PAY-4: an order is paid by bank, and a reload and another browser pay nothing more', async () => {
  const sent = bank.count(SENT);
  const page = await shopper();
  followed = page;
  const address = await order(page, { 'Mug': 1, 'Postcard': 2 });
  assert.match(await told(page, 'none'), /Total\s*£14\.64/);
  await assertAccessible({ page }, 'an order');
  await goToBank(page);
  await decide(page, 'Accept');
  const words = await told(page, ...MADE);
  assert.match(words, /£14\.64/);
  assert.equal(await buttons(page), 0);
  for (let time = 0; time < 2; time += 1) {
    await page.reload();
    await told(page, ...MADE);
  }

  const other = await shopper();
  await other.goto(address);
  await told(other, ...MADE);
  assert.equal(await buttons(other), 0);
  // Whoever asks all the same, past the page, is sent back to what it says.
  const client = new Client(servers.shop.address, []);
  const asked = await client.send('POST', `${new URL(address).pathname}/pay`, client.sameOrigin());
  assert.deepEqual([asked.status, asked.headers.location], [303, new URL(address).pathname]);
  assert.equal(bank.count(SENT), sent + 1);
});

test('PAY-5: two browsers at the bank with one order pay it once, and both are told so', async () => {
  const sent = bank.count(SENT);
  const [one, other] = [await shopper(), await shopper()];
  const address = await order(one, { Mug: 1 });
  await other.goto(address);
  await goToBank(one);
  await goToBank(other);
  await decide(one, 'Accept');
  await decide(other, 'Accept');
  for (const page of [one, other]) await told(page, ...MADE);
  assert.equal(await buttons(other), 0);
  assert.equal(bank.count(SENT), sent + 1);
});

test('PAY-2: a double click, a callback that is opened again and another browser\'s send nothing more', async () => {
  const sent = bank.count(SENT);
  const page = await shopper();
  await order(page, { Mug: 2 });
  await page.getByRole('button', { name: 'Pay by bank' }).dblclick();
  await page.waitForURL(THE_BANK);
  const back = page.waitForRequest(/\/paid\?/);
  await decide(page, 'Accept');
  const callback = (await back).url();
  await told(page, ...MADE);
  await page.goto(callback);
  await told(page, ...MADE);
  const stranger = await shopper();
  await stranger.goto(callback);
  assert.match(await stranger.locator('main').innerText(), /begun in another browser/);
  assert.equal(bank.count(SENT), sent + 1);
});

test('PAY-2: an answer that is lost is told as not known, and nobody is led to pay again', async () => {
  const sent = bank.count(SENT);
  const page = await shopper();
  const address = await order(page, { Postcard: 1 });
  await goToBank(page);
  await decide(page, 'Accept');
  assert.match(await told(page, 'unknown'), /Do not pay again before you have looked/);
  assert.equal(await buttons(page), 0);
  await assertAccessible({ page }, 'unknown');
  const other = await shopper();
  await other.goto(address);
  await told(other, 'unknown');
  assert.equal(await buttons(other), 0);
  assert.equal(bank.count(SENT), sent + 1);
});

test('PAY-5: what the customer or the bank refuses can be tried again, also after a restart', async () => {
  const sent = bank.count(SENT);
  const page = await shopper();
  const address = await order(page, { Sticker: 2 });
  await goToBank(page);
  await decide(page, 'Decline');
  assert.match(await told(page, 'awaiting_consent', 'none'), /Nothing has been paid|own bank/);
  await goToBank(page);
  await decide(page, 'Accept');
  assert.match(await told(page, 'rejected'), /refused.*was not made/s);
  await servers.shop.stop();
  await servers.shop.start();
  await page.goto(address);
  await told(page, 'rejected');
  await goToBank(page);
  await decide(page, 'Accept');
  await told(page, 'rejected');
  assert.equal(bank.count(SENT), sent + 2);
});

test('PAY-1: the browsers\' door takes no payment beside the shop', async () => {
  const client = new Client(servers.worker.address, []);
  assertProblem(await client.post('/api/authorise', { scope: 'pisp', payment: PAYMENT }), 403, 'payments_backend_only');
  assertProblem(await client.post('/api/payment', PAYMENT), 403, 'payments_backend_only');
  // And the shop takes nothing that its own page did not send.
  const shop = new Client(servers.shop.address, []);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const foreign = { ...form, origin: 'https://evil.example' };
  assert.equal((await shop.send('POST', '/orders', foreign, 'mug=1')).status, 403);
  for (const body of ['', 'mug=-1', 'mug=1e3', 'mug=0', 'mug=1.5', 'mug=21', 'mug=x']) {
    assert.equal((await shop.send('POST', '/orders', { ...form, ...shop.sameOrigin() }, body)).status, 400, body);
  }
});

test('PAY-3: a page that was left open has followed its payment, without a webhook, until it is settled', async () => {
  assert.match(await told(followed, 'settled', 'credited'), /^Paid/);
  await assertAccessible({ page: followed }, 'paid');
});
