/** What was read while the customer was away, on a phone and on a desk, in light and in dark. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { RESOURCES } from '../rig/answers.ts';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { assertAccessible } from './accessible.ts';
import { Backdrop, type Reply } from './backdrop.ts';

const DEVICES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
/** SHOTS=<folder> takes a picture. */
const SHOTS = process.env['SHOTS'];

const endpoint = (path: string, left: number, lastAt: string) =>
  ({ endpoint: path, left, nextAt: '2026-11-30T06:12:40.000Z', lastAt });
const CONSENT = {
  scope: 'aisp',
  state: 'active',
  permissions: ['accounts:read', 'balance:read', 'transactions:read'],
  grantedAt: '2026-11-01T09:00:00.000Z',
  expiresAt: '2027-01-30T09:00:00.000Z',
  renewing: false,
  budget: {
    limit: 4,
    hours: 24,
    endpoints: [
      endpoint('/accounts', 1, '2026-11-29T14:12:40.000Z'),
      endpoint('/accounts/12345678/balance', 1, '2026-11-29T14:12:41.000Z'),
      endpoint('/accounts/12345678/transactions', 0, '2026-11-29T14:12:43.000Z'),
    ],
  },
};
const resource = (path: string) => (): Reply => ({ status: 200, body: JSON.parse(RESOURCES[path] ?? '{}') as unknown });

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: ACC-2: what was read without the customer, on a ${device}, ${colorScheme}`, async () => {
      const backdrop = await Backdrop.open(browser, {
        'GET /api/consent': () => ({ status: 200, body: CONSENT }),
        'GET /api/accounts': resource('/accounts'),
        'GET /api/accounts/12345678/balance': resource('/accounts/12345678/balance'),
        'GET /api/accounts/12345678/transactions': resource('/accounts/12345678/transactions'),
      }, { viewport, colorScheme });
      const { visitor } = backdrop;
      await visitor.open();
      await visitor.part('account').first().waitFor();
      await visitor.settled();
      assert.match(await visitor.part('last-read').innerText(), /^Last read without you: 29 November 2026 at 14:12:43/);
      const budget = visitor.part('budget');
      assert.equal(await budget.locator('li').first().isVisible(), false, 'folded away');
      await budget.locator('summary').click();
      const told = (await budget.locator('li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
      assert.match(told[2] ?? '', /transactions 0 of 4 left Last 29 November 2026 at 14:12:43 \S+ One more 30 November 2026/);
      await assertAccessible(visitor, 'read while you were away');
      if (SHOTS !== undefined) {
        mkdirSync(SHOTS, { recursive: true });
        await visitor.page.screenshot({ path: join(SHOTS, `away-${device}-${colorScheme}.png`), fullPage: true });
      }
      visitor.assertQuiet();
    });
  }
}
