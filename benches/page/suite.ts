/** What Lighthouse says of the page, on a phone and on a desk: first view, connected, payment. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig, type Config, type Result } from 'lighthouse';
import { chromium, type BrowserContext } from 'playwright-core';
import { Stage } from '../../tests/journey/stage.ts';
import { LAUNCH } from '../../tests/rig/chromium.ts';
import { freePort } from '../../tests/rig/port.ts';
import { version } from '../machine.ts';
import { done, progress } from '../progress.ts';
import type { Suite } from '../report.ts';
import { openEdge } from './edge.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const FORMS: ReadonlyArray<readonly [string, Config | undefined]> = [['phone', undefined], ['desktop', desktopConfig]];
const KIB = 1024;
/** Odd: of so many, the one in the middle is told. */
const AUDITS = 5;

export async function run(): Promise<Suite> {
  const started = performance.now();
  const rows = await measured();
  done('the page, by Lighthouse', started);
  const head = ['', ...CATEGORIES, 'layout shift', 'first paint, s', 'KiB over the wire'];
  const table = { title: `Lighthouse ${version('lighthouse')}`, head, rows, text: HOW };
  return { title: 'the page, by Lighthouse', text: WHAT, tables: [table], notes: [] };
}

async function measured(): Promise<string[][]> {
  const rows: string[][] = [];
  using edge = await openEdge();
  const stage = await Stage.open();
  try {
    for (const [name, view] of VIEWS) {
      for (const [form, config] of FORMS) {
        const results: Result[] = [];
        for (let audit = 1; audit <= AUDITS; audit += 1) {
          progress(`page: ${name} on a ${form}, ${audit} of ${AUDITS}`);
          results.push(await audited(stage.address, edge.address, view, config));
        }
        rows.push([`${name}, ${form}`, ...figures(middle(results))]);
      }
    }
  } finally {
    await stage.close();
  }
  return rows;
}

interface View {
  hash: string;
  isConnected: boolean;
}

const VIEWS: ReadonlyArray<readonly [string, View]> = [
  ['first view', { hash: '', isConnected: false }],
  ['connected', { hash: '', isConnected: true }],
  ['payment', { hash: '#pay', isConnected: false }],
];

/** One page in a browser of its own. */
async function audited(address: string, proxy: string, { hash, isConnected }: View, config: Config | undefined): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'tell-lighthouse-'));
  const port = await freePort();
  const args = [
    ...LAUNCH.args, `--remote-debugging-port=${port}`, `--proxy-server=${proxy}`, '--proxy-bypass-list=<-loopback>',
  ];
  const context = await chromium.launchPersistentContext(profile, { ...LAUNCH, args });
  try {
    if (isConnected) await connect(context, address);
    const flags = { port, output: 'json', onlyCategories: [...CATEGORIES], disableStorageReset: isConnected } as const;
    const result = await lighthouse(`${address}/${hash}`, flags, config);
    if (result === undefined) throw new Error('Lighthouse has no result.');
    return result.lhr;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function connect(context: BrowserContext, address: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByTestId('connect').click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.locator('[data-testid="outcome"][data-code="connected"]').waitFor();
  await page.close();
}

const middle = (results: readonly Result[]): Result => {
  const score = ({ categories }: Result): number => categories['performance']?.score ?? 0;
  const result = results.toSorted((one, other) => score(one) - score(other))[Math.floor(results.length / 2)];
  if (result === undefined) throw new Error('Nothing was audited.');
  return result;
};

function figures({ categories, audits }: Result): string[] {
  const scores = CATEGORIES.map((name) => String(Math.round((categories[name]?.score ?? 0) * 100)));
  const number = (audit: string): number => audits[audit]?.numericValue ?? NaN;
  for (const name of CATEGORIES) {
    const failed = categories[name]?.auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      return weight > 0 && audit !== undefined && audit.score !== null && audit.score < 0.9 ? [`${id} (${audit.displayValue ?? audit.score})`] : [];
    });
    if (failed !== undefined && failed.length > 0) console.log(`    ${name}: ${failed.join(', ')}`);
  }
  return [
    ...scores,
    number('cumulative-layout-shift').toFixed(3),
    (number('first-contentful-paint') / 1000).toFixed(1),
    (number('total-byte-weight') / KIB).toFixed(1),
  ];
}

const WHAT = `The page, its worker and the sandbox gateway as \`make start\` runs them, in Debian's Chromium. "Connected" is
after a journey through the bank's page in the same browser. A phone is Lighthouse's own: a slow network and a processor
that is four times slower, both calculated from what was loaded.`;

const HOW = `Scores are of 100, and of ${AUDITS} audits the one in the middle, as Lighthouse advises: the servers share this machine's
processors with the browser. A proxy between browser and worker compresses text by gzip, as Cloudflare's edge does, and
bytes are counted behind it. \`tests/journey/weight.test.ts\` holds the first view to 60 KB.`;
