/** The page by keyboard alone. */

import assert from 'node:assert/strict';
import type { Visitor } from './visitor.ts';

/** Presses Tab until the named button has the focus. */
export async function tabTo(visitor: Pick<Visitor, 'page'>, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await visitor.page.keyboard.press('Tab');
    if (await focused(visitor) === name) return;
  }
  assert.fail(`the keyboard does not reach “${name}”`);
}

export function focused(visitor: Pick<Visitor, 'page'>): Promise<string> {
  return visitor.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}

