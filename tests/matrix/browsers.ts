/** The browsers that rows are seen in. */

import { existsSync } from 'node:fs';
import { launch } from '../rig/chromium.ts';
import { TOOLS } from './tools.ts';

/** Opens a page, and gives what its program told. */
export type Look = (url: string) => Promise<unknown>;

interface Told {
  readonly told?: Promise<unknown>;
}
const told = (): Promise<unknown> => (globalThis as Told).told as Promise<unknown>;
const hasTold = (): boolean => (globalThis as Told).told !== undefined;

export const FIREFOX = '/usr/bin/firefox-esr';
export const hasFirefox = (): boolean => existsSync(FIREFOX);

export const inChromium: Look = async (url) => {
  await using chromium = await launch();
  const page = await chromium.newPage();
  const said: string[] = [];
  page.on('pageerror', ({ message }) => void said.push(message));
  page.on('console', (message) => void said.push(message.text()));
  try {
    await page.goto(url);
    await page.waitForFunction(hasTold, undefined, { timeout: 20_000 });
    return await page.evaluate(told);
  } catch (error) {
    throw new Error(`${url}: ${said.join('\n')}\n${String(error)}`, { cause: error });
  }
};

export const inFirefox: Look = async (url) => {
  const puppeteer = await import(`${TOOLS}/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js`) as Puppeteer;
  const firefox = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    const page = await firefox.newPage();
    await page.goto(url);
    await page.waitForFunction(hasTold);
    return await page.evaluate(told);
  } finally {
    await firefox.close();
  }
};

/** As much of it as is used: the package is the matrix's own. */
interface Puppeteer {
  launch(options: object): Promise<{
    newPage(): Promise<{
      goto(url: string): Promise<unknown>;
      waitForFunction(condition: () => boolean): Promise<unknown>;
      evaluate(call: () => unknown): Promise<unknown>;
    }>;
    close(): Promise<void>;
  }>;
}
