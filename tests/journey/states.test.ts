/**
 * Each state of the page for everybody: narrow and with a finger, some on a desk and in large text too. With `LOOKS=all`
 * each is seen in all of these.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { assertAccessible } from './accessible.ts';
import { look } from './looks.ts';
import { STATES } from './states.ts';

const NARROW = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };
const FINGER = 44;
const ALL = process.env['LOOKS'] === 'all';
/** The states that a usual run looks at on a desk too. */
const WIDE = ['connected', 'payment-accepted', 'statistics'];
/** Those that it reads in large text. */
const LARGE = ['first', 'connected', 'renew-due', 'outage', 'disconnecting', 'panel-open', 'payment-review', 'statistics'];

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [at, state] of STATES.entries()) {
  // Dark and light take turns, so that each width meets both.
  const schemes = at % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
  const narrow = [NARROW, schemes[0]] as const;
  const looks = ALL || WIDE.includes(state.name) ? [narrow, [DESK, schemes[1]] as const] : [narrow];
  test(`access: the state ${state.name}`, async () => {
    for (const [viewport, colorScheme] of looks) {
      const { visitor } = await look(browser, state, { viewport, colorScheme });
      await assertAccessible(visitor, `${state.name} ${viewport.width} ${colorScheme}`);
      assert.deepEqual(await smallTargets(visitor.page), [], `${state.name} ${viewport.width}`);
      assert.deepEqual(await squeezed(visitor.page), [], `${state.name} ${viewport.width}`);
      await visitor.context.close();
    }
  });
}

for (const state of STATES.filter(({ name }) => ALL || LARGE.includes(name))) {
  test(`access: at twice the text size nothing is wider than the screen, and titles wrap: ${state.name}`, async () => {
    const { visitor: { context, page } } = await look(browser, state, { viewport: NARROW });
    const session = await context.newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
    await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '32px');
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(excess <= 0, `${excess} px wider than the screen`);
    await context.close();
  });
}

/** Text that stands letter under letter, for want of room. */
function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')].flatMap((element) => {
      const text = [...element.childNodes].filter((node) => node instanceof Text).map((node) => node.data.trim()).join('');
      const hides = !element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, svg') !== null;
      if (text.length < 4 || hides) return [];
      const { width, height } = element.getBoundingClientRect();
      const { fontSize } = getComputedStyle(element);
      return width < 2 * parseFloat(fontSize) && height > width ? [`${element.tagName} "${text.slice(0, 20)}" ${Math.round(width)}`] : [];
    }));
}

/** What can be pressed and is smaller than a finger; links within a text are as high as its lines. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const wanted = 'a[href], button, summary, input:not([type="hidden"]), select, textarea, [role="button"]';
    return [...document.querySelectorAll<HTMLElement>(wanted)].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.skip-link, .visually-hidden')) return [];
      // A box is pressed by its label.
      const pressed = element.closest('label') ?? element;
      const { width, height } = pressed.getBoundingClientRect();
      const isInText = element.tagName === 'A' && element.closest('p, li, dd') !== null && getComputedStyle(element).display === 'inline';
      if (isInText || (width >= least && height >= least - 0.5)) return [];
      return [`${element.tagName} "${element.textContent.trim().slice(0, 30)}" ${Math.round(width)}×${Math.round(height)}`];
    });
  }, FINGER);
}
