/** Whether everybody can use what the page shows. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Visitor } from './visitor.ts';

/** The CSP lets no test put a script into the page; the browser itself may. */
export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** No violation of any of axe's rules, and nothing wider than the screen. */
export async function assertAccessible(visitor: Pick<Visitor, 'page'>, where: string): Promise<void> {
  const violations = await visitor.page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const results = await axe.run();
    return results.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} ${target}: ${help}`));
  });
  assert.deepEqual(violations, [], where);
  const excess = await visitor.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(excess <= 0, `${where}: ${excess} px wider than the screen`);
}
