/** Takes a picture of each state of the page (`make screens`): on a phone and on a desk, in light and in dark. */

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch } from '../rig/chromium.ts';
import { look } from './looks.ts';
import { STATES } from './states.ts';

const FOLDER = resolve(import.meta.dirname, '../../target/screens');
const DEVICES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const only = process.env['ONLY'] ?? '';

mkdirSync(FOLDER, { recursive: true });
const browser = await launch();
try {
  for (const state of STATES.filter(({ name }) => name.includes(only))) {
    for (const [device, viewport] of Object.entries(DEVICES)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { visitor } = await look(browser, state, { viewport, colorScheme });
        const path = join(FOLDER, `${state.name}-${device}-${colorScheme}.png`);
        await visitor.page.screenshot({ path, fullPage: true, animations: 'disabled', caret: 'hide' });
        await visitor.context.close();
      }
    }
    console.log(`  ${state.name}`);
  }
} finally {
  await browser.close();
}
console.log(`Written to ${FOLDER}.`);
