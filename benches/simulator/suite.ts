/** How many lives of consents a second the page's simulator lives in Chromium, and the same natively. */

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
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
const TICKS_A_SECOND = 100;

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
  const table = { title: 'Lives a second of a core', head: ['', 'lives/s', ''], rows, text: HOW };
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
  const timed = 'TIMEFORMAT="%U %S"; time "$0" >/dev/null';
  const { stderr } = spawnSync('bash', ['-c', timed, program], { env, encoding: 'utf8' });
  const [user, system] = stderr.trim().split(' ').map(Number) as [number, number];
  return LIVES / (user + system);
}

/** Of the lives after the first ones, as the view of the simulator counts them. */
async function lived(browser: Browser, seed: number): Promise<number> {
  const { visitor: { page, context } } = await Backdrop.open(browser, {});
  await page.goto(`${ADDRESS}/#simulator`);
  await page.getByTestId('sim-seed').fill(String(seed));
  await page.getByTestId('sim-start').click();
  const until = async (least: number): Promise<[lives: number, seconds: number]> => {
    await page.waitForFunction((count) => {
      const lives = document.querySelector('[data-testid="sim-lives"]')?.textContent ?? '';
      return Number(lives.replaceAll(',', '')) >= count;
    }, least, { timeout: 600_000 });
    const lives = Number((await page.getByTestId('sim-lives').innerText()).replaceAll(',', ''));
    return [lives, seconds()];
  };
  const [before, after] = [await until(WARM), await until(WARM + LIVES)];
  await context.close();
  return (after[0] - before[0]) / (after[1] - before[1]);
}

/** What the threads of pages' workers have used of a core so far, in Chromium as it was started here. */
function seconds(): number {
  let ticks = 0;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!isOurs(id)) continue;
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        const stat = readFileSync(`/proc/${id}/task/${thread}/stat`, 'latin1');
        if (!stat.includes('(DedicatedWorke')) continue;
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        ticks += Number(fields[11]) + Number(fields[12]);
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks / TICKS_A_SECOND;
}

/** Whether a process was started by this one, or by one that was. */
function isOurs(id: string): boolean {
  const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'latin1'))?.[1] ?? '0';
  return parent === String(process.pid) || (parent !== '0' && isOurs(parent));
}

const WHAT = `Lives of consents with every kind of fault as in the tests, from the same seeds: the program of
\`make simulate\`, and the page's simulator in a thread of Chromium.`;

const HOW = `Of one core that does nothing else: lives by the processor time that they took. Medians with quartiles of
${ROUNDS} rounds. The program lives ${LIVES.toLocaleString('en-GB')} lives, its start included. Of the page the first
${WARM.toLocaleString('en-GB')} lives are left out, then there are about as many. The page's build has debug assertions
and overflow checks on.`;
