/** The docs site as `make docs` builds it: read in Chromium, on a phone. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serve, SITE } from '../../scripts/docs.ts';
import { launch } from '../rig/chromium.ts';
import { freePort } from '../rig/port.ts';

/** One of each kind, and each with a diagram. */
const PAGES = ['index', 'guide/payments', 'reference/problems', 'reference/api/tell-connect/edge', 'consent', 'architecture'];

let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;
let address: string;
before(async () => {
  assert.ok(existsSync(SITE), 'run scripts/docs.sh');
  const port = await freePort();
  [site, browser] = await Promise.all([serve(port), launch()]);
  address = `http://127.0.0.1:${port}/`;
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** A page, and what went wrong on it. */
async function open(path: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => request.url().startsWith(address) || faults.push(`asked ${request.url()}`));
  await page.goto(`${address}${path}.html`, { waitUntil: 'networkidle' });
  return { page, faults };
}

for (const path of PAGES) {
  test(`docs: ${path} is read without an error, a strange host or a line too wide`, async () => {
    const { page, faults } = await open(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const source = join(import.meta.dirname, `../../docs/${path}.md`);
    const diagrams = readFileSync(source, 'utf8').match(/^```mermaid$/gm)?.length ?? 0;
    if (diagrams > 0) await page.locator('.diagram svg').nth(diagrams - 1).waitFor();
    assert.equal(await page.locator('.diagram svg').count(), diagrams);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('docs: each link of bar, sidebar and first page leads to a page', async () => {
  const links = new Set<string>();
  for (const path of ['index', 'protocol']) {
    const { page } = await open(path);
    await page.setViewportSize({ width: 1280, height: 900 });
    for (const link of await page.locator('a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))) {
      links.add(link.split('#')[0] ?? '');
    }
    await page.close();
  }
  assert.ok(links.size > 40, [...links].join('\n'));
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
});

test('docs: a code is found by the search', async () => {
  const { page, faults } = await open('index');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByPlaceholder('Search').fill('budget_spent');
  await page.getByRole('option', { name: /Problems/ }).first().click();
  await page.waitForURL(/\/reference\/problems\.html/);
  assert.deepEqual(faults, []);
  await page.close();
});

test('docs: a link between files of the repository is one between pages, and none leads to a file that is no page', async () => {
  const { page } = await open('consent');
  const links = await page.locator('.vp-doc a[href]:not(.header-anchor)').evaluateAll((all) =>
    all.map((link) => link.getAttribute('href') ?? ''));
  assert.ok(links.includes('/guide/without-the-customer.html'), links.join('\n'));
  assert.deepEqual(links.filter((link) => /\.(?:rs|ts|md)\b/.test(link)), []);
  await page.close();
});
