/** How many lives of consents a second the page's simulator lives in Chromium, and the same natively. */

import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { ADDRESS, Backdrop } from '../../tests/journey/backdrop.ts';
import { launch } from '../../tests/rig/chromium.ts';
import { times } from '../measure.ts';
import { done, progress } from '../progress.ts';
import { figure, type Suite } from '../report.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const LIVES = 40_000;
/** Chromium's compiler is done with the wasm by then. */
const WARM = 20_000;

export async function run(): Promise<Suite> {
  const started = performance.now();
  const program = built();
  const [native, inPage]: [number[], number[]] = [[], []];
  const browser = await launch();
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      progress(`simulator: round ${round} of ${ROUNDS}`);
      native.push(natively(program, round));
      inPage.push(await lived(browser, round));
    }
  } finally {
    await browser.close();
  }
  done('lives of consents', started);
  const rows = [
    ['natively, a release build', figure(native), ''],
    ['in Chromium, checks of a debug build on', figure(inPage), `${times(native, inPage).toFixed(2)}× as many natively`],
  ];
  const table = { title: 'Lives a second', head: ['', 'lives/s', ''], rows, text: HOW };
  return { title: 'simulated lives of consents', text: WHAT, tables: [table], notes: [] };
}

function built(): string {
  const args = ['test', '--locked', '--release', '-p', 'tell-connect-simulation', '--no-run', '--message-format=json'];
  const lines = execFileSync('cargo', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  const messages = lines.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Message);
  const program = messages.findLast(({ executable, target }) => executable && target?.name === 'simulation')?.executable;
  if (!program) throw new Error('cargo names no program');
  return program;
}

interface Message {
  readonly executable?: string | null;
  readonly target?: { readonly name: string };
}

function natively(program: string, seed: number): number {
  const env = { ...process.env, LIVES: String(LIVES), SEED: String(seed), ORDERS: '', SWEEPS: '', FAULTS: '', BREAK: '' };
  const started = performance.now();
  execFileSync(program, [], { env, stdio: 'ignore' });
  return (LIVES * 1000) / (performance.now() - started);
}

/** As the view of the simulator itself says, of the lives after the first ones. */
async function lived(browser: Browser, seed: number): Promise<number> {
  const { visitor: { page, context } } = await Backdrop.open(browser, {});
  await page.goto(`${ADDRESS}/#simulator`);
  await page.getByTestId('sim-seed').fill(String(seed));
  await page.getByTestId('sim-start').click();
  const until = (least: number): Promise<unknown> => page.waitForFunction((count) => {
    const lives = document.querySelector('[data-testid="sim-lives"]')?.textContent ?? '';
    return Number(lives.replaceAll(',', '')) >= count;
  }, least, { timeout: 300_000 });
  const now = async (): Promise<[lives: number, milliseconds: number]> => {
    const read = (part: string): Promise<number> =>
      page.getByTestId(part).innerText().then((text) => Number(text.replaceAll(',', '')));
    const [lives, rate] = [await read('sim-lives'), await read('sim-rate')];
    return [lives, (lives * 1000) / rate];
  };
  await until(WARM);
  const [before, after] = [await now(), await until(WARM + LIVES).then(now)];
  await context.close();
  return ((after[0] - before[0]) * 1000) / (after[1] - before[1]);
}

const WHAT = `Lives of consents with every kind of fault as in the tests, from the same seeds: the program of
\`make simulate\`, and the page's simulator in a thread of Chromium, one core each and one after the other.`;

const HOW = `Medians with quartiles of ${ROUNDS} rounds. The program lives ${LIVES.toLocaleString('en-GB')} lives, its start
included. The page tells what it lived by itself: the first ${WARM.toLocaleString('en-GB')} lives are left out, then
there are as many. The page's build has debug assertions and overflow checks on.`;
