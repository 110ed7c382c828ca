/** What docs/conformance.md says: every case as it was played in both environments, and where the source decides it. */

import { ENVIRONMENTS } from './bench.ts';
import type { Case } from './case.ts';
import { CASES, UNSEEN } from './cases/index.ts';
import { type Frame, placeOf, play } from './run.ts';
import { rulesOfThePage } from './rules.ts';
import { sites } from './sites.ts';

interface Row {
  item: Case;
  /** The file of the case. */
  file: string;
  /** In the order of the environments. */
  outcomes: readonly string[];
  /** File and function; empty where the call was answered. */
  places: readonly string[];
}

const HEAD = `# What the sandbox gateway holds a caller to

Each rule of [protocol.md](protocol.md) that a gateway can check, the calls that show it, what the sandbox gateway
answers in either environment, and the function in \`sandbox/src\` that finds a wrong call wrong. The calls are in
\`sandbox/test/conformance/cases\`. The tests there make them all, and fail if the gateway can refuse at a place that
no call reaches; \`node scripts/conformance.ts\` makes them too, and writes this page.

An answer is given by its status, its \`error\` and the rule that it names, which may be one behind the first; where the
refusal says by which reading the call would have been right, its name follows.
`;

export async function conformancePage(): Promise<string> {
  const rows = await playAll();
  const rules = rulesOfThePage();
  const seen = rules.filter((rule) => rows.some(({ item }) => item.rule === rule));
  const counted = `${seen.length} rules, ${rows.length} calls in each environment, ${sites().length} places.`;
  return [
    HEAD,
    counted,
    '\n## By rule\n',
    ...table(
      ['rule', 'calls', 'found wrong in', 'shown by', 'in production'],
      seen.map((rule) => byRule(rule, rows)),
    ),
    '\n## Each call\n',
    ...table(
      ['rule', 'the call', ...ENVIRONMENTS, 'found wrong in'],
      seen.flatMap((rule) => byCall(rule, rows)),
    ),
    '\n## What a gateway cannot see\n',
    ...table(['rule', ''], rules.filter((rule) => rule in UNSEEN).map((rule) => [rule, UNSEEN[rule] ?? ''])),
    '',
  ].join('\n');
}

async function playAll(): Promise<Row[]> {
  const throwing = sites().filter(({ throws }) => throws);
  const isThrow = (frame: Frame): boolean =>
    throwing.some(({ file, line }) => file === frame.file && line === frame.line);
  const rows: Row[] = [];
  for (const [file, cases] of Object.entries(CASES)) {
    for (const item of cases) {
      const outcomes: string[] = [];
      const places = new Set<string>();
      for (const environment of ENVIRONMENTS) {
        const { outcome, frames } = await play(item, environment);
        outcomes.push(outcome);
        if (frames.length > 0) places.add(placeOf(frames, isThrow));
      }
      rows.push({ item, file, outcomes, places: [...places] });
    }
  }
  return rows;
}

function byRule(rule: string, all: readonly Row[]): string[] {
  const rows = all.filter(({ item }) => item.rule === rule);
  const differ = rows.filter(({ outcomes }) => new Set(outcomes).size > 1).length;
  return [
    rule,
    String(rows.length),
    listed(rows.flatMap(({ places }) => places)),
    listed(rows.map(({ file }) => `${file}.ts`)),
    differ === 0 ? 'the same' : `${differ} of ${rows.length} answered otherwise`,
  ];
}

function byCall(rule: string, all: readonly Row[]): string[][] {
  return all
    .filter(({ item }) => item.rule === rule)
    .map(({ item, outcomes: [first = '', second = ''], places }) => {
      const reading = item.reading === undefined ? '' : `, \`${item.reading}\``;
      return [rule, item.name, first + reading, second === first ? 'the same' : second, listed(places)];
    });
}

function listed(texts: readonly string[]): string {
  return [...new Set(texts)].map((text) => `\`${text}\``).join(', ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)];
}
