/** Opens a state of the page in a browser of its own. */

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ADDRESS, Backdrop } from './backdrop.ts';
import { NOW, type PageState } from './states.ts';

/** A machine that is busy is slow, and no state is about that. */
const LATE = 120_000;

export async function look(browser: Browser, state: PageState, options: BrowserContextOptions = {}): Promise<Backdrop> {
  const { script, hash = '', path = '/', storage = {}, waitsFor } = state;
  const backdrop = await Backdrop.open(browser, script, { reducedMotion: 'reduce', ...options });
  const { visitor } = backdrop;
  const { page } = visitor;
  page.setDefaultTimeout(LATE);
  await visitor.context.addInitScript((kept: Record<string, string>) => {
    for (const [name, value] of Object.entries(kept)) if (localStorage.getItem(name) === null) localStorage.setItem(name, value);
  }, { 'tell-panel': 'closed', ...storage });
  await page.clock.setFixedTime(NOW);
  await page.goto(`${ADDRESS}${path}${hash}`);
  if (waitsFor === undefined) await visitor.settled();
  else await page.locator(waitsFor).waitFor();
  await state.arrange?.(backdrop);
  if (waitsFor === undefined) await visitor.settled();
  return backdrop;
}
