import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './rules.ts';
import { conformancePage } from './table.ts';

test('docs/conformance.md is what playing the cases says; node scripts/conformance.ts writes it anew', async () => {
  assert.equal(readFileSync(join(ROOT, 'docs/conformance.md'), 'utf8'), await conformancePage());
});
