/** tests/rules.mjs against small projects, each wrong in one way. Their families of rules are not the project's own. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const SCRIPT = join(import.meta.dirname, '../rules.mjs');

const page = (...rows: string[]): string => ['# Rules', '| rule | |', '|---|---|', ...rows, ''].join('\n');
const rust = (name: string): string => `#[test]\nfn ${name}() {}\n`;
const script = (title: string): string => `test.skip(${JSON.stringify(title)}, () => {});\n`;

const SOUND = {
  'docs/protocol.md': page('| FOO-1 | One. |', '| FOO-2a over http | Two. |', '| BAR-1 *(not yet)* | As FOO-1. |'),
  'src/tests.rs': rust('foo_1_holds'),
  'web/test/two.test.ts': script('FOO-2a, FOO-1: both hold'),
  'sandbox/test/bank.test.ts': script('BAR-1: the bank has it'),
  'README.md': 'By FOO-1, in UTF-8 and SHA-256.\n',
  'node_modules/other/index.js': '// FOO-9\n',
};

/** What the script says of the sound project with some files changed. */
function check(changed: Record<string, string>): { status: number | null; said: string; faults: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    for (const [path, text] of Object.entries({ ...SOUND, ...changed })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
    return { status, said: stdout, faults: stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a project whose rules, marks, tests and citations agree passes', () => {
  const { status, said, faults } = check({});
  assert.equal(faults, '');
  assert.equal(status, 0);
  assert.match(said, /^FOO-1 +2 +foo_1_holds · FOO-2a, FOO-1: both hold$/m);
  assert.match(said, /^BAR-1 +1 +not yet +BAR-1: the bank has it$/m);
  assert.match(said, /^3 rules, 1 of them not yet built; 3 tests, 3 of them of a rule$/m);
});

const WRONG: Record<string, [changed: Record<string, string>, fault: string]> = {
  'a rule without a test': [{ 'web/test/two.test.ts': '' }, 'FOO-2a has no test.'],
  'a marked rule with a test': [
    { 'src/later.rs': rust('bar_1_is_built') },
    'BAR-1 is marked "not yet" and has a test: "bar_1_is_built" (src/later.rs).',
  ],
  'a Rust test of no existing rule': [
    { 'src/tests.rs': rust('foo_1_bar_7_holds') },
    'src/tests.rs:2: cites BAR-7, which does not exist.',
  ],
  'a test of no existing rule': [
    { 'web/test/more.test.ts': script('FOO-1, FOO-3: more') },
    'web/test/more.test.ts:1: cites FOO-3, which does not exist.',
  ],
  'a test of no existing family': [
    { 'web/test/more.test.ts': script('QUX-1: more') },
    'web/test/more.test.ts: "QUX-1: more" names QUX-1, which does not exist.',
  ],
  'a comment that cites no existing rule': [
    { 'scripts/run.sh': 'true\n# by FOO-2\n' },
    'scripts/run.sh:2: cites FOO-2, which does not exist.',
  ],
  'a document that cites no existing rule': [
    { 'docs/more.md': 'See (FOO-2b).\n' },
    'docs/more.md:1: cites FOO-2b, which does not exist.',
  ],
  'a rule that stands twice': [
    { 'docs/protocol.md': `${SOUND['docs/protocol.md']}| FOO-1 | Again. |\n` },
    'FOO-1 stands in docs/protocol.md more than once.',
  ],
};

for (const [fault, [changed, said]] of Object.entries(WRONG)) {
  test(`${fault} is told`, () => {
    const { status, faults } = check(changed);
    assert.equal(faults, `${said}\n`);
    assert.equal(status, 1);
  });
}
