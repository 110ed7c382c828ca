/** The first signature after the import, each in a process of its own. */

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { turned, type Found } from '../measure.ts';
import { progress } from '../progress.ts';
import { FILES, contestant } from './contestants.ts';
import { CERTIFICATE, expected } from './in-node.ts';
import { SIZES, VECTOR } from './input.ts';

export const PROCESSES = 25;

const run = promisify(execFile);

/** In milliseconds, by contestant. */
export async function firstInNode(): Promise<Found> {
  const token = await expected(SIZES[0] ?? 0);
  const found: Found = new Map();
  const files = [...FILES, 'none'];
  for (let round = 0; round < PROCESSES; round += 1) {
    progress(`first signature in Node: round ${round + 1} of ${PROCESSES}`);
    for (const file of turned(files, round)) {
      const { name } = await contestant(file);
      const answer = await first(file);
      if (file !== 'none' && answer.token !== token) throw new Error(`${name} signs another token`);
      found.set(name, [...(found.get(name) ?? []), answer.took]);
    }
  }
  return found;
}

async function first(file: string): Promise<{ took: number; token: string }> {
  const module = resolve(import.meta.dirname, 'contestants', `${file}.mjs`);
  const key = JSON.stringify({ app: VECTOR.app, path: VECTOR.path, certificate: Buffer.from(CERTIFICATE).toString() });
  const program = resolve(import.meta.dirname, 'first-token.mjs');
  const { stdout } = await run(process.execPath, [program, module, key, VECTOR.payload, String(VECTOR.iat)]);
  return JSON.parse(stdout) as { took: number; token: string };
}
