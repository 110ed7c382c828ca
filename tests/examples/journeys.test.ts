/** Each example that `tell-connect init` writes, run from the packed packages, and used by a person in a browser. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { moved, Place } from './place.ts';
import { agree, started, visitor } from './running.ts';

let place: Place;
let browser: Browser;
before(async () => {
  place = new Place();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  place?.remove();
});

/** The balance of the sandbox's first account is its own each day; that it is one is what counts. */
const ACCOUNT = /Everyday.*\d\.\d\d GBP|\d{8,14}.*-?\d+\.\d\d GBP/;

async function accounts(page: Page): Promise<void> {
  await agree(page, 'Connect your bank');
  const rows = page.getByRole('listitem').filter({ hasText: ACCOUNT });
  await rows.first().waitFor();
  assert.equal(await rows.count() >= 3, true, await page.locator('main').innerText());
  await page.reload();
  await rows.first().waitFor();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('button', { name: 'Connect your bank' }).waitFor();
  assert.equal(await rows.count(), 0);
}

async function payment(page: Page): Promise<void> {
  await agree(page, 'Pay £10.00 by bank');
  await page.getByText('Paid: your bank has taken it.').waitFor();
  await page.reload();
  await page.getByText(/^Paid: /).waitFor();
}

const JOURNEYS = { worker: accounts, browser: accounts, edge: accounts, nextjs: accounts, backend: payment };

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`example ${name}: its types hold, and it runs as it is written`, async () => {
    const { example } = place.init(name);
    const port = await moved(example);
    place.run(example, 'npm', 'run', 'types');
    await using running = await started(example, port);
    const { page, complaints } = await visitor(browser, port);
    await journey(page).catch(async (error: unknown) => {
      const shown = await page.locator('body').innerText();
      throw new Error([String(error), shown, ...complaints, running.out, running.err].join('\n'));
    });
    assert.deepEqual(complaints, []);
    await page.close();
    await running.interrupt('SIGINT');
  });
}

test('example sandbox-in-a-test: its types hold, and its tests pass', () => {
  const { example } = place.init('sandbox-in-a-test');
  place.run(example, 'npm', 'run', 'types');
  assert.match(place.run(example, 'npm', 'test'), /4 passed/);
});
