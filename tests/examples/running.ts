/** An example that runs, and a person in a browser who uses it. */

import type { Browser, Page } from 'playwright-core';
import { Command } from '../../sandbox/test/support/command.ts';
import { until } from '../rig/until.ts';

const LATE = 120_000;

/** An example, once its page answers and its bank is there. */
export async function started(folder: string, port: number, line: readonly string[]): Promise<Command> {
  const command = new Command(folder);
  const [program = '', ...args] = line;
  command.start(args, [program]);
  const [address, bank] = [`http://localhost:${port}/`, /Gateway, sandbox|The bank: its portal/];
  let code: number | null | undefined;
  void command.ended().then((ended) => { code = ended; });
  try {
    await until(async () => {
      if (code !== undefined) throw new Error(`it ended with ${code}`);
      const answer = await fetch(address).catch(() => undefined);
      return answer?.ok === true && bank.test(command.out);
    }, LATE, `an answer of ${address}`);
  } catch (error) {
    await command.interrupt('SIGKILL');
    throw new Error(`${String(error)}\n${command.out}${command.err}`);
  }
  return command;
}

/** Somebody who opens it; what their browser complains of. */
export async function visitor(browser: Browser, port: number): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`http://localhost:${port}/`);
  return { page, complaints };
}

/** From a button of the example to the bank's own page and back. */
export async function agree(page: Page, button: string | RegExp): Promise<void> {
  const example = new URL(page.url()).origin;
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/\/v1\/authorise\//);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${example}/**`);
}
