/** The example that keeps its customers' transactions, in Chromium: connected once, it is read without them then. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { writeSettings } from '../../scripts/start/settings.mjs';
import { launch } from '../rig/chromium.ts';
import { Client } from '../rig/client.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { until } from '../rig/until.ts';
import { assertAccessible, AXE } from './accessible.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIGS = {
  worker: 'examples/sync/tell-connect.jsonc', sandbox: 'sandbox/wrangler.jsonc', sync: 'examples/sync/wrangler.jsonc',
};
const LATE = 60_000;
const ACCOUNTS = ['Everyday', 'Rainy day', 'Shared bills'];

const folder = mkdtempSync(join(tmpdir(), 'tell-sync-'));
let servers: Record<keyof typeof CONFIGS, LocalServer>;
let browser: Browser;
before(async () => {
  const ports = { worker: await freePort(), sandbox: await freePort(), sync: await freePort() };
  const envFiles = writeSettings(folder, ports);
  const server = (name: keyof typeof CONFIGS): LocalServer => new LocalServer({
    name, config: join(ROOT, CONFIGS[name]), port: ports[name], envFile: envFiles[name], folder,
  });
  servers = { worker: server('worker'), sandbox: server('sandbox'), sync: server('sync') };
  [browser] = await Promise.all([launch(), ...Object.values(servers).map((started) => started.start())]);
});
after(async () => {
  await browser?.close();
  await Promise.all(Object.values(servers ?? {}).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody signs in, in a browser of their own. */
async function customer(name: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript({ path: AXE });
  const page = await context.newPage();
  await page.goto(servers.sync.address);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Your accounts' }).waitFor();
  return page;
}

/** Until everything has come that the bank has. */
async function untilRead(page: Page): Promise<void> {
  await until(async () => {
    await page.reload();
    const accounts = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    const isWhole = accounts.sort().join() === ACCOUNTS.join() && await page.locator('tbody tr').count() > 30;
    return isWhole && await page.getByText('Not read yet').count() === 0;
  }, LATE, 'all accounts');
}

test('ACC-8: connected once, all of it comes by itself, and when it comes again is told', async () => {
  const page = await customer('robin');
  await assertAccessible({ page }, 'nothing connected');
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Your bank is connected.').waitFor();
  await untilRead(page);
  for (const balance of await page.locator('.balance').allInnerTexts()) assert.match(balance, /^-?\d+\.\d\d GBP$/);
  const nextAt = Date.parse(await page.locator('[data-next]').getAttribute('data-next') ?? '');
  assert.ok(nextAt > Date.now() && nextAt < Date.now() + 86_400_000, String(nextAt));
  await assertAccessible({ page }, 'the accounts');

  const other = await customer('kit');
  await other.getByText('No bank is connected yet.').waitFor();
  assert.equal(await other.locator('section').count(), 0, 'nobody sees another\'s');
  await servers.sync.stop();
  await servers.sync.start();
  await page.reload();
  assert.deepEqual((await page.getByRole('heading', { level: 2 }).allInnerTexts()).sort(), ACCOUNTS, 'it is kept');
});

test('RED-3: what one customer begins at the bank, no other finishes, and a decline changes nothing', async () => {
  const [one, other] = [await customer('one'), await customer('other')];
  await one.getByRole('button', { name: 'Connect your bank' }).click();
  const back = one.waitForRequest(/\/connected\?/);
  await one.getByRole('button', { name: 'Accept' }).click();
  await other.goto((await back).url());
  assert.match(await other.locator('main').innerText(), /begun by another customer/);
  await other.goto(servers.sync.address);
  await other.getByRole('button', { name: 'Connect your bank' }).click();
  await other.getByRole('button', { name: 'Decline' }).click();
  await other.getByText('No bank is connected yet.').waitFor();
  const client = new Client(servers.sync.address, []);
  const foreign = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' };
  assert.equal((await client.send('POST', '/delete', foreign)).status, 403);
});

test('CON-1: who disconnects is forgotten here and at tell-connect', async () => {
  const page = await customer('robin');
  await page.getByText('Your bank is connected.').waitFor();
  await page.getByRole('button', { name: /delete all/ }).click();
  await page.getByLabel('Your name').waitFor();
  const again = await customer('robin');
  await again.getByText('No bank is connected yet.').waitFor();
  assert.equal(await again.locator('section').count(), 0);
});

test('ACC-8: the worker that it goes with is the deployable one and a queue', () => {
  const bare = (file: string): Record<string, unknown> => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll('../../', '../')) as Record<string, unknown>;
  };
  const { queues, main, ...rest } = bare(CONFIGS.worker);
  const { main: deployable, ...own } = bare('worker/wrangler.jsonc');
  assert.deepEqual(rest, own);
  assert.equal(main, `../worker/${String(deployable)}`);
  assert.deepEqual(queues, { producers: [{ binding: 'TELL_RESULTS', queue: 'tell-results' }] });
});
