/** The suite in Deno and in Bun, where they are installed. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { suite } from './suite.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const RUNTIMES = {
  // The packages are those that npm has installed; reading the wasm from disk is all that the suite may do.
  deno: ['run', '--node-modules-dir=manual', '--allow-read', '--no-check', MAIN],
  bun: ['run', MAIN],
};

for (const [runtime, args] of Object.entries(RUNTIMES)) {
  const isMissing = spawnSync(runtime, ['--version']).status !== 0;
  test(`the whole suite (${runtime})`, { skip: isMissing && `${runtime} is not installed` }, () => {
    const env = { ...process.env, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(runtime, args, { encoding: 'utf8', env });
    const lines = stdout.split('\n');
    assert.deepEqual(lines.filter((line) => line.startsWith('not ok')), []);
    assert.equal(lines.filter((line) => line.startsWith('ok ')).length, suite.length, stderr);
    assert.equal(status, 0, stderr);
  });
}
