/** The labelled pairs of transactions are those that their generator writes. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generated } from '../vectors/transactions/generate.ts';

const FOLDER = join(import.meta.dirname, '../vectors/transactions');

test('ACC-4: the generator writes the pairs that are kept, and there are as many as is said', () => {
  const kept = readFileSync(join(FOLDER, 'pairs.json'), 'utf8');
  assert.ok(generated() === kept, 'run node tests/vectors/transactions/generate.ts');
  const pairs = JSON.parse(kept) as unknown[];
  const hard = JSON.parse(readFileSync(join(FOLDER, 'hard.json'), 'utf8')) as unknown[];
  const told = readFileSync(join(FOLDER, '../README.md'), 'utf8');
  assert.ok(told.includes(`| ${pairs.length} pairs of rows`) && told.includes(`the same, ${hard.length} that are hard`));
  const guide = readFileSync(join(FOLDER, '../../../docs/guide/reading-answers.md'), 'utf8');
  assert.ok(guide.includes(`On ${pairs.length + hard.length} labelled pairs`));
});
