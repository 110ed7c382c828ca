/** The guide's paths, line by line, from an empty folder and the packed packages, and used by a person in a browser. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { linesOf } from './lines.ts';
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
  await page.getByText(/Paid: your bank|Paid: the money/).waitFor();
}

const JOURNEYS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  worker: accounts, browser: accounts, edge: accounts, nextjs: accounts, backend: payment,
};
const paths = [...linesOf('docs/guide/start.md'), ...linesOf('docs/guide/examples.md')];

test('the guide has a path for each example', () => {
  assert.deepEqual(paths.map(({ example }) => example).sort(), [...Object.keys(JOURNEYS), 'sandbox-in-a-test'].sort());
});

for (const lines of paths) {
  test(`example ${lines.example}: its types hold, and the guide's lines run it`, async () => {
    const example = place.written(lines);
    const port = await moved(example);
    place.run(example, 'npm', 'run', 'types');
    const journey = JOURNEYS[lines.example];
    if (journey === undefined) {
      assert.match(place.run(example, ...lines.run), /4 passed/);
      return;
    }
    await using running = await started(example, port, lines.run);
    const { page, complaints } = await visitor(browser, port);
    await journey(page).catch(async (error: unknown) => {
      const shown = await page.locator('body').innerText();
      throw new Error([String(error), shown, ...complaints, running.out, running.err].join('\n'));
    });
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
