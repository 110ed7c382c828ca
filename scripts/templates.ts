/** Writes the examples that `tell-connect init` copies into one file: node scripts/templates.ts FILE. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../pkg/src/cli/examples.ts';

/** What running an example leaves in its folder. */
const MADE = new Set([
  'node_modules', 'package-lock.json', '.wrangler', '.sandbox', '.dev.vars', '.next', 'next-env.d.ts', 'dist',
]);

const [, , target = ''] = process.argv;
const examples = Object.keys(EXAMPLES).map((name) => [name, filesOf(join(import.meta.dirname, '../examples', name))]);
writeFileSync(target, `${JSON.stringify(Object.fromEntries(examples), null, 1)}\n`);

/** The text of each file, by its path. */
function filesOf(folder: string, below = ''): Record<string, string> {
  const entries = readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !MADE.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.assign({}, ...entries.map((entry) => {
    const path = below + entry.name;
    return entry.isDirectory() ? filesOf(folder, `${path}/`) : { [path]: readFileSync(join(folder, path), 'utf8') };
  }));
}
