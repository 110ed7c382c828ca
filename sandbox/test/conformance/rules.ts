import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

/** The names of all rules of docs/protocol.md, in its order. */
export function rulesOfThePage(): string[] {
  const page = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8');
  return Array.from(page.matchAll(/^\| ([A-Z]{3}-\d+[a-z]?)(?= )/gm), ([, rule = '']) => rule);
}
