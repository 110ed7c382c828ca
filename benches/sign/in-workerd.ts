/** Signing in workerd, timed from outside: its clocks stand still while a worker computes. */

import { resolve } from 'node:path';
import { FLOOR_WASM } from '../floor.ts';
import { measure, type Case, type Found } from '../measure.ts';
import { Workerd, bundle, inScratch } from '../workerd.ts';
import { FLOOR, contestants } from './contestants.ts';
import { SIZES } from './input.ts';
import { expected } from './in-node.ts';

export const IN_WORKERD = { rounds: 40, batch: 12 };

/** By size, then by contestant. One that does not run there has no figure, and its reason stands in `refused`. */
export async function inWorkerd(): Promise<{ found: Found[]; refused: Map<string, string> }> {
  return inScratch(async (folder) => {
    const alias = { 'floor.wasm': resolve(FLOOR_WASM) };
    const workerd = await Workerd.serve(await bundle('benches/sign/workerd/worker.ts', folder, alias));
    try {
      const refused = new Map<string, string>();
      const found: Found[] = [];
      for (const bytes of SIZES) found.push(await inOneSize(workerd, bytes, refused));
      return { found, refused };
    } finally {
      await workerd.stop();
    }
  });
}

async function inOneSize(workerd: Workerd, bytes: number, refused: Map<string, string>): Promise<Found> {
  const token = await expected(bytes);
  const cases: Case[] = [];
  for (const name of [...(await contestants()).map((each) => each.name), FLOOR]) {
    const path = `/?name=${encodeURIComponent(name)}&bytes=${bytes}`;
    const made = await workerd.ask(path).catch((error: Error) => error);
    if (made instanceof Error) {
      refused.set(name, made.message);
    } else if (made !== token) {
      throw new Error(`${name} signs ${bytes} B as another token in workerd`);
    } else {
      cases.push({ name, time: (times) => net(workerd, `${path}&times=`, times) });
    }
  }
  return measure(`workerd, ${bytes} B`, cases, IN_WORKERD);
}

/** What a question costs beyond one that computes nothing. */
async function net(workerd: Workerd, path: string, times: number): Promise<number> {
  const empty = await workerd.time(`${path}0`);
  return (await workerd.time(`${path}${times}`)) - empty;
}
