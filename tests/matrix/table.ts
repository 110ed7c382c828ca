/** `node tests/matrix/table.ts` writes the matrix into docs/guide/packaging.md, between its markers. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../package/project.ts';
import { rows } from './rows/index.ts';

export const PAGE = join(ROOT, 'docs/guide/packaging.md');

const [BEGIN, END] = ['<!-- matrix -->\n', '<!-- end of the matrix -->\n'];

function table(): string {
  const lines = rows.map(({ tool, version, runs, write = '' }) => `| ${tool} | ${version} | ${runs} | ${write} |`);
  return ['| in | tried with | what runs | what to write |', '|---|---|---|---|', ...lines, ''].join('\n');
}

/** The page as it should be. */
export function renewed(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} lacks the markers of the matrix`);
  return `${before}${BEGIN}\n${table()}\n${END}${after}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, renewed(readFileSync(PAGE, 'utf8')));
