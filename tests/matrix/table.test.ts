import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PAGE, renewed } from './table.ts';

test('the matrix in docs/guide/packaging.md is that of the rows: node tests/matrix/table.ts writes it', () => {
  const page = readFileSync(PAGE, 'utf8');
  assert.equal(page, renewed(page));
});
