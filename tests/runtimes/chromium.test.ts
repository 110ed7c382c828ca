/** The browser-safe half of the suite in headless Chromium, served by Vite as a page of one's own would be. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { launch } from '../rig/chromium.ts';
import { browserSuite } from './browser.ts';

interface Suite {
  readonly beforeReady: readonly string[];
  run(index: number): Promise<string>;
}

const cacheDir = mkdtempSync(join(tmpdir(), 'tell-vite-'));
let server: ViteDevServer;
let browser: Browser;
let page: Page;

before(async () => {
  server = await createServer({
    configFile: false,
    root: join(import.meta.dirname, 'chromium'),
    cacheDir,
    logLevel: 'warn',
    server: { host: 'localhost', port: 0, hmr: false, ws: false },
    optimizeDeps: { exclude: ['tell-connect'] },
  });
  await server.listen();
  browser = await launch();
  page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'suite' in globalThis);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(cacheDir, { recursive: true, force: true });
});

test('ready: a call before it says so by a code', async () => {
  const codes = await page.evaluate(() => (globalThis as unknown as { suite: Suite }).suite.beforeReady);
  assert.deepEqual(codes, ['not_ready', 'not_ready']);
});

for (const [index, { name }] of browserSuite.entries()) {
  test(`${name} (Chromium)`, async () => {
    const fault = await page.evaluate((at) => (globalThis as unknown as { suite: Suite }).suite.run(at), index);
    assert.equal(fault, '');
  });
}
