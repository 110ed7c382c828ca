/** The view of the statistics: the guide's tables, and their days drawn, for everybody and for whoever has the token. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { until } from '../rig/until.ts';
import { assertAccessible } from './accessible.ts';
import { ADDRESS, Backdrop, problem, type Reply } from './backdrop.ts';
import { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Where pictures of the view are put, if anywhere. */
const SHOTS = process.env['SHOTS'];
const CALL = 'GET /api/statistics';
const DEVICES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };

const figures = (day: number) => ({
  requests: 400 + day, uptime: day === 9 ? 95.83 : 100, averageMs: 120 + ((day * 37) % 90), p50Ms: 110, p95Ms: 310, p99Ms: 620,
  errorRate: day === 9 ? 4.2 : 0.25, bankErrorRate: 0.2, networkErrorRate: 0.05, bankErrors: 1, networkErrors: 0,
});
const days = Array.from({ length: 30 }, (_, day) => ({
  date: `2026-11-${String(day + 1).padStart(2, '0')}`,
  aisp: figures(day), pisp: day % 7 > 4 ? null : { ...figures(day + 3), averageMs: 260 + day }, cbpii: null,
}));
const told: Reply = {
  status: 200,
  body: {
    from: '2026-11-01', to: '2026-11-30', days,
    summary: { aisp: { ...figures(1), uptime: 99.86 }, pisp: figures(2), cbpii: null },
    quarters: [{ quarter: '2026-Q3', aisp: figures(1), pisp: null, cbpii: null }, { quarter: '2026-Q4', aisp: figures(2), pisp: figures(3), cbpii: null }],
  },
};

let browser: Browser;
let stage: Stage;
before(async () => {
  browser = await launch();
  stage = await Stage.open();
});
after(async () => {
  await stage?.close();
  await browser?.close();
});

const rowsOf = (visitor: Visitor, table: string): Promise<string[]> =>
  visitor.part(table).locator('tr').evaluateAll((rows) =>
    rows.map((row) => Array.from(row.children, (cell) => cell.textContent).join('|')));

for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`STA-1: the statistics are accessible on a ${device}, ${colorScheme}`, async () => {
      const { visitor } = await Backdrop.open(browser, { [CALL]: () => told }, { viewport, colorScheme, reducedMotion: 'reduce' });
      const { page } = visitor;
      await page.goto(`${ADDRESS}/#statistics`);
      await visitor.part('statistics').waitFor();
      await assertAccessible(visitor, 'statistics');
      if (SHOTS !== undefined) {
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: join(resolve(SHOTS), `statistics-${device}-${colorScheme}.png`), fullPage: true });
      }
      for (const summary of await page.locator('.days > summary').all()) await summary.click();
      await assertAccessible(visitor, 'statistics by day');
    });
  }
}

test('STA-1: the tables are the guide\'s, and where nothing was asked there is N/A', async () => {
  const { visitor } = await Backdrop.open(browser, { [CALL]: () => told });
  const { page } = visitor;
  await page.goto(`${ADDRESS}/`);
  await visitor.part('way-statistics').click();
  await visitor.part('statistics').waitFor();
  const summary = await rowsOf(visitor, 'statistics-summary');
  assert.deepEqual(summary.slice(0, 4),
    ['Metric|AISP|PISP|CBPII', 'Uptime|99.86%|100.00%|N/A', 'Average Request Time|157 ms|194 ms|N/A', 'Error Rate|0.25%|0.25%|N/A']);
  const daily = await rowsOf(visitor, 'statistics-uptime');
  assert.deepEqual([daily[0], daily[1], daily.length], ['Date|AISP|PISP|CBPII', '2026-11-30|100.00%|100.00%|N/A', 31]);
  assert.ok(daily.includes('2026-11-07|100.00%|N/A|N/A'));
  assert.equal((await rowsOf(visitor, 'statistics-quarters'))[1], '2026-Q4 Uptime|100.00%|100.00%|N/A');
  const drawn = await page.getByRole('img').evaluateAll((charts) => charts.map((chart) => chart.getAttribute('aria-label')));
  assert.match(drawn[0] ?? '', /^Daily uptime\. AISP: 95\.83% to 100\.00% on 30 of 30 days; .*CBPII: nothing was asked\./);
  assert.equal(drawn.length, 3);
  assert.equal(await page.title(), 'Statistics · tell-connect');
});

test('STA-1: in production they are shown to whoever has the token, and to nobody else', async () => {
  const backdrop = await Backdrop.open(browser, { [CALL]: () => problem(401, 'statistics_token_wrong') });
  const { visitor } = backdrop;
  const { page } = visitor;
  await page.goto(`${ADDRESS}/#statistics`);
  const token = visitor.part('statistics-token');
  await token.fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the token.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'statistics-token');
  backdrop.answer(CALL, () => told);
  const asked = page.waitForRequest((request) => request.url().includes('/api/statistics'));
  await token.fill('the-token');
  await page.keyboard.press('Enter');
  assert.equal((await asked).headers()['authorization'], 'Bearer the-token');
  await visitor.part('statistics').waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!kept.includes('the-token'), 'it is nowhere but in memory');
});

test('STA-1: other days are asked for, and saved as CSV', async () => {
  const { visitor } = await Backdrop.open(browser, { [CALL]: () => told });
  const { page } = visitor;
  await page.goto(`${ADDRESS}/#statistics`);
  await page.getByLabel('From').fill('2026-10-01');
  const asked = page.waitForRequest((request) => request.url().includes('from=2026-10-01'));
  await page.getByRole('button', { name: 'Show these days' }).click();
  assert.match((await asked).url(), /to=2026-11-30/);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  assert.equal((await saved).suggestedFilename(), 'statistics.csv');
});

test('STA-1: what this browser had the worker ask is counted and shown', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  await visitor.decide('Accept');
  await visitor.outcome('connected');
  await visitor.settled();
  await visitor.part('way-statistics').click();
  await visitor.part('statistics').waitFor();
  // Consents hand on what they counted in batches.
  await until(async () => {
    const [, uptime] = await rowsOf(visitor, 'statistics-summary');
    if (uptime === 'Uptime|100.00%|N/A|N/A') return true;
    await visitor.page.reload();
    await visitor.part('statistics').waitFor();
    return false;
  }, 20_000, 'the uptime');
  visitor.assertQuiet();
});
