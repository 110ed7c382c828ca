import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The system's Chromium, headless, and talking to nobody but us. */
export const LAUNCH = {
  executablePath: '/usr/bin/chromium',
  // As root, Chromium runs without its sandbox or not at all.
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-sync'],
};

/** The same engine without what draws windows, which takes half the processor's time. */
const SHELL = '/usr/bin/chromium-headless-shell';

export function launch(): Promise<Browser> {
  return chromium.launch(existsSync(SHELL) ? { ...LAUNCH, executablePath: SHELL } : LAUNCH);
}
