/** Runs the suites (`make bench`), shows their tables and writes them to RESULTS.md. `ONLY=sign` runs that one. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { machine } from './machine.ts';
import { markdown, terminal, type Suite } from './report.ts';
import { run as memory } from './memory/suite.ts';
import { run as page } from './page/suite.ts';
import { run as sandbox } from './sandbox/suite.ts';
import { run as sign } from './sign/suite.ts';
import { run as simulator } from './simulator/suite.ts';

const RESULTS = 'benches/RESULTS.md';
const HEAD = `# Results

\`make bench\` writes this file. A figure is a median, its quartiles in brackets. A ratio says how much slower or faster
a row is than tell-connect: the median of the rounds' own ratios. All of it holds for the machine named, and for others
roughly.

`;

const SUITES = new Map<string, () => Promise<Suite>>([
  ['sign', sign], ['memory', memory], ['sandbox', sandbox], ['page', page], ['simulator', simulator],
]);

const only = process.env['ONLY'] ?? '';
const chosen = [...SUITES].filter(([name]) => only === '' || name === only);
if (chosen.length === 0) {
  console.error(`There is no suite ${only}. There are: ${[...SUITES.keys()].join(', ')}.`);
  process.exit(1);
}

const parts = kept();
for (const [name, run] of chosen) {
  const suite = await run();
  console.log(terminal(suite));
  parts.set(name, markdown(name, suite, machine()));
}
writeFileSync(RESULTS, HEAD + [...SUITES.keys()].flatMap((name) => parts.get(name) ?? []).join('\n'));
console.log(`Written to ${RESULTS}.`);

/** What other suites have written before. */
function kept(): Map<string, string> {
  if (!existsSync(RESULTS)) return new Map();
  const written = readFileSync(RESULTS, 'utf8').split(/^(?=## )/m).slice(1);
  return new Map(written.map((part) => [part.slice(3, part.indexOf(':')), `${part.trimEnd()}\n`]));
}
