/** The lines that the guide has a newcomer type. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './place.ts';

export interface Lines {
  readonly example: string;
  /** That writes it, into a folder of that name. */
  readonly init: readonly string[];
  readonly folder: string;
  /** That runs it, once its packages are installed. */
  readonly run: readonly string[];
}

const BLOCK = /^```sh\n(npx tell-connect init (\S+)(?: --example (\S+))?)\ncd (\S+)\nnpm install\n(npm .+)\n```$/gm;

/** Each block of a page that begins with `npx tell-connect init`, by its example. */
export function linesOf(page: string): Lines[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const found = Array.from(text.matchAll(BLOCK), ([, init = '', folder = '', example = 'worker', entered, run = '']) => {
    if (entered !== folder) throw new Error(`${page} writes ${folder} and enters ${entered}`);
    return { example, init: init.split(' '), folder, run: run.split(' ') };
  });
  const begun = text.match(/^npx tell-connect init/gm)?.length;
  if (begun !== found.length) throw new Error(`${page} has lines of another form`);
  return found;
}
