/** The first signature in workerd, each in a fresh isolate of one process. */

import { mkdirSync, copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { turned, type Found } from '../measure.ts';
import { progress } from '../progress.ts';
import { COMPATIBILITY_DATE, Workerd, bundle, inScratch } from '../workerd.ts';
import { FILES, contestant } from './contestants.ts';
import { expected } from './in-node.ts';
import { SIZES } from './input.ts';

export const ISOLATES = 40;

/** Milliseconds beyond an isolate that signs nothing, by contestant. */
export async function firstInWorkerd(): Promise<Found> {
  return inScratch(async (folder) => {
    const paths = new Map<string, string>();
    const loads: string[] = [];
    for (const file of [...FILES, 'none']) {
      const made = await isolate(file, folder);
      loads.push(...made);
      const query = [['date', COMPATIBILITY_DATE], ...made.map((name) => ['file', name])];
      paths.set(file, `/?${new URLSearchParams(query)}`);
    }
    const workerd = await Workerd.serve(await bundle('benches/sign/workerd/loader.ts', folder), loads);
    try {
      return await measureFirst(workerd, paths);
    } finally {
      await workerd.stop();
    }
  });
}

/** Bundles a contestant with the worker that signs once, beside the loader. */
async function isolate(file: string, folder: string): Promise<string[]> {
  const own = join(folder, file);
  mkdirSync(own);
  const alias = { contestant: resolve(import.meta.dirname, 'contestants', `${file}.mjs`) };
  const { modules } = await bundle('benches/sign/workerd/first.ts', own, alias);
  return modules.map((name) => {
    const kept = name.endsWith('.wasm') ? name : `${file}.js`;
    copyFileSync(join(own, name), join(folder, kept));
    return kept;
  });
}

async function measureFirst(workerd: Workerd, paths: Map<string, string>): Promise<Found> {
  const token = await expected(SIZES[0] ?? 0);
  for (const [file, path] of paths) {
    const answer = await workerd.ask(path);
    if (file !== 'none' && answer !== token) throw new Error(`${file} answers ${answer}`);
  }
  const beyond: Found = new Map();
  for (let round = 0; round < ISOLATES; round += 1) {
    progress(`first signature in workerd: round ${round + 1} of ${ISOLATES}`);
    const took = new Map<string, number>();
    for (const [file, path] of turned([...paths], round)) took.set(file, await workerd.time(path));
    const empty = took.get('none') ?? NaN;
    for (const [file, value] of took) {
      const { name } = await contestant(file);
      // The empty isolate stands for itself.
      beyond.set(name, [...(beyond.get(name) ?? []), file === 'none' ? value : value - empty]);
    }
  }
  return beyond;
}
