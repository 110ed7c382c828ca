/** The simulator in the page: lives in Chromium, a broken shell that a rule notices, and a life step by step. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { schemesOn } from '../rig/schemes.ts';
import { assertAccessible } from './accessible.ts';
import { ADDRESS, Backdrop } from './backdrop.ts';
import { focused, tabTo } from './keyboard.ts';
import type { Visitor } from './visitor.ts';

/** Where pictures of the view are put, if anywhere. */
const SHOTS = process.env['SHOTS'];
const DEVICES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
/** A life that a broken shell ends. */
const BROKEN = '#seed=2&break=two-refreshes';

/** Each way to break the shell, and the rule that notices. */
const NOTICED: Readonly<Record<string, RegExp>> = {
  'send-before-keep': /^REF-3 what a call is about to spend is durable/,
  'answer-before-keep': /^a caller is told what is durable/,
  'older-snapshot': /^a snapshot loads again and equals itself/,
  'two-refreshes': /^REF-2 at most one call of \/access-token/,
  'alarm-lost': /^whatever is kept has an alarm/,
  'no-deadline': /^nothing waits for ever/,
  'no-erasure': /^what the machine knows of a consent is durable/,
  'counted-unheard': /^STA-2 each call is counted once/,
};

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(hash: string, options: BrowserContextOptions = {}): Promise<{ visitor: Visitor; calls: readonly string[] }> {
  const { visitor, calls } = await Backdrop.open(browser, {}, { viewport: DEVICES.desk, reducedMotion: 'reduce', ...options });
  await visitor.page.goto(`${ADDRESS}/${hash}`);
  await visitor.part('sim-start').waitFor();
  return { visitor, calls };
}

const text = (visitor: Visitor, part: string): Promise<string> => visitor.part(part).innerText();
const livesOf = async (visitor: Visitor): Promise<number> => Number((await text(visitor, 'sim-lives')).replaceAll(',', ''));

async function liveSome(visitor: Visitor, at: number): Promise<void> {
  await visitor.part('sim-start').click();
  await visitor.page.waitForFunction((least) => {
    const lives = document.querySelector('[data-testid="sim-lives"]')?.textContent ?? '';
    return Number(lives.replaceAll(',', '')) >= least;
  }, at);
  await visitor.part('sim-start').click();
  await visitor.page.getByText('Stopped. No rule broke.').waitFor();
}

/** How often each kind of fault was met. */
const metBy = (visitor: Visitor): Promise<number[]> => visitor.page.locator('.sim-met').evaluateAll((places) =>
  places.map((place) => Number((place.textContent ?? '').replaceAll(',', ''))));

const brokenRule = async (visitor: Visitor): Promise<string> => {
  await visitor.part('sim-rule').waitFor();
  return (await text(visitor, 'sim-rule')).replace('This rule does not hold here: ', '');
};

test('simulator: lives are lived in the page, faults strike, and no rule breaks', async () => {
  const { visitor, calls } = await open('#simulator');
  await liveSome(visitor, 400);
  const met = await metBy(visitor);
  assert.equal(met.length, 23);
  assert.ok(met.filter((count) => count > 0).length > 20, met.join());
  assert.match(await text(visitor, 'sim-rate'), /^[\d,]+$/);
  const before = await livesOf(visitor);
  await visitor.page.getByRole('button', { name: 'Go on' }).click();
  await visitor.page.waitForFunction((last) => {
    const lives = document.querySelector('[data-testid="sim-lives"]')?.textContent ?? '';
    return Number(lives.replaceAll(',', '')) > last;
  }, before);
  assert.deepEqual(calls, [], 'the worker is asked for nothing');
  assert.equal(await visitor.page.title(), 'Simulator · tell-connect');
  visitor.assertQuiet();
});

test('simulator: with every slider off no fault is met', async () => {
  const { visitor } = await open('#simulator');
  for (const slider of await visitor.page.getByRole('slider').all()) await slider.fill('0');
  assert.equal(await visitor.page.getByRole('button', { name: 'Nothing', exact: true }).getAttribute('aria-pressed'), 'true');
  await liveSome(visitor, 200);
  assert.deepEqual((await metBy(visitor)).filter((count) => count > 0), []);
});

test('simulator: in a storm every kind of fault is met, and no rule breaks', async () => {
  const { visitor } = await open('#simulator');
  await visitor.page.getByRole('button', { name: 'Storm' }).click();
  await liveSome(visitor, 400);
  assert.deepEqual((await metBy(visitor)).filter((count) => count === 0), []);
});

test('simulator: the link of a broken shell shows the rule, the shortest life and what repeats it natively', async () => {
  const { visitor } = await open(BROKEN);
  assert.match(await brokenRule(visitor), NOTICED['two-refreshes'] ?? /$^/);
  assert.match(await text(visitor, 'sim-life-words'), /^Seed 2, made as short as it can be: \d+ of its \d+ decisions are left\.$/);
  assert.equal(await visitor.part('sim-flaw').inputValue(), 'two-refreshes');
  assert.equal(new URL(visitor.page.url()).hash, BROKEN);
  visitor.assertQuiet();
});

test('simulator: a run with a broken shell stops at the rule that notices, whichever the flaw', async () => {
  const { visitor } = await open('#simulator');
  for (const [flaw, rule] of Object.entries(NOTICED)) {
    await visitor.part('sim-flaw').selectOption(flaw);
    await visitor.part('sim-start').click();
    const violation = visitor.part('sim-violation').filter({ hasText: `BREAK=${flaw} ` });
    await violation.waitFor();
    assert.match(await violation.locator('p').first().innerText(), rule);
    assert.match(await violation.locator('code').innerText(), new RegExp(`^make simulate BREAK=${flaw} SEED=\\d+ LIVES=1$`));
    await visitor.page.getByText('made as short as it can be').waitFor();
    assert.match(await brokenRule(visitor), rule);
    assert.equal(new URL(visitor.page.url()).hash, await violation.getByRole('link').getAttribute('href'));
  }
  assert.equal(await visitor.part('sim-violation').count(), Object.keys(NOTICED).length);
  visitor.assertQuiet();
});

test('simulator: a life is walked through step by step, by buttons and by arrow keys', async () => {
  const { visitor } = await open(BROKEN);
  await brokenRule(visitor);
  const last = /^Step (\d+) of \1$/.exec(await text(visitor, 'sim-place'));
  assert.ok(last !== null && Number(last[1]) > 1, 'it begins where the rule breaks');
  await visitor.part('sim-back').click();
  assert.equal(await text(visitor, 'sim-place'), `Step ${Number(last[1]) - 1} of ${last[1]}`);
  await visitor.page.keyboard.press('Home');
  assert.equal(await text(visitor, 'sim-place'), `Step 1 of ${last[1]}`);
  await visitor.page.keyboard.press('ArrowRight');
  assert.equal(await text(visitor, 'sim-place'), `Step 2 of ${last[1]}`);
  assert.equal(await visitor.page.locator('.sim-lit').count(), 1);
  await visitor.page.keyboard.press('End');
  await brokenRule(visitor);
});

test('simulator: a sound life is told too, and a link that nobody can follow says so', async () => {
  const { visitor } = await open('#seed=3&faults=off');
  await visitor.page.getByText(/^Seed 3\. No rule breaks in this life of \d+ steps\.$/).waitFor();
  assert.equal(await text(visitor, 'sim-place').then((place) => place.startsWith('Step 1 of ')), true);
  const refusal = visitor.page.getByText('does not know');
  for (const hash of ['#seed=3&break=unknown', '#seed=99999999999999999999', '#seed=1&faults=crashes:often', '#seed=-1']) {
    await visitor.page.evaluate((to) => location.assign(to), hash);
    await refusal.waitFor();
    await visitor.page.evaluate(() => location.assign('#seed=3&faults=off'));
    await refusal.waitFor({ state: 'detached' });
  }
  visitor.assertQuiet();
});

test('simulator: the keyboard alone starts a run, stops it and opens a life', async () => {
  const { visitor } = await open('#simulator');
  await tabTo(visitor, 'Start');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.waitForFunction(() => document.querySelector('[data-testid="sim-lives"]')?.textContent !== '0');
  assert.equal(await focused(visitor), 'Stop');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('button', { name: 'Go on' }).waitFor();
  await tabTo(visitor, 'One life, step by step');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByText(/No rule breaks/).waitFor();
  assert.equal(await focused(visitor), 'One life, step by step');
  await tabTo(visitor, 'Next');
  await visitor.page.keyboard.press('Enter');
  assert.match(await text(visitor, 'sim-place'), /^Step 2 of /);
});

for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`simulator: it is accessible on a ${device}, ${colorScheme}`, async () => {
      const { visitor } = await open('#simulator', { viewport, colorScheme });
      const picture = async (name: string): Promise<void> => {
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await visitor.page.screenshot({ path: join(resolve(SHOTS), `simulator-${name}-${device}-${colorScheme}.png`), fullPage: true });
      };
      await assertAccessible(visitor, 'before a run');
      await picture('before');
      await visitor.part('sim-flaw').selectOption('two-refreshes');
      await visitor.part('sim-start').click();
      await brokenRule(visitor);
      await assertAccessible(visitor, 'a rule broke');
      await picture('broken');
      await visitor.part('sim-back').click();
      await visitor.page.locator('.sim-rules > summary').click();
      await visitor.page.locator('.sim-all-rules > summary').click();
      if (device === 'phone') await visitor.page.locator('.sim-each > summary').click();
      await assertAccessible(visitor, 'all of it');
      await picture('all');
    });
  }
}
