/** SECURITY.md against the tests that it says show what it promises. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tableUnder } from './diagram.ts';

const ROOT = join(import.meta.dirname, '../..');
const REFERENCE = /^`([\w./-]+)` (\S+)$/;

test('ERR-2: each defence of SECURITY.md is shown by tests that there are', () => {
  const rows = tableUnder(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8'), 'What is defended, and how');
  assert.ok(rows.length > 20);
  for (const [attack = '', , shownBy = ''] of rows) {
    assert.ok(shownBy !== '', attack);
    for (const reference of shownBy.split(' · ')) {
      const [, file = '', rule = ''] = REFERENCE.exec(reference) ?? [];
      assert.ok(file !== '', `${attack}: ${reference}`);
      assert.ok(namesOf(file).some((name) => name.includes(rule)), `${attack}: no test of ${file} is of ${rule}`);
    }
  }
});

/** The names of a file's tests, or the rules that they begin with. */
function namesOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const pattern = file.endsWith('.rs') ? /\bfn (\w+)\(/g : /\btest\(\s*['"`]([^:]+):/g;
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
