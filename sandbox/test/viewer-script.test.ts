/** The viewer's script is a text of the gateway's, which no compiler reads unless a test hands it over. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { VIEWER_SCRIPT } from '../src/pages/viewer-script.ts';

const TSC = resolve(import.meta.dirname, '../../node_modules/.bin/tsc');
const OPTIONS = [
  ...['--ignoreConfig', '--noEmit', '--allowJs', '--checkJs', '--strict'],
  ...['--noImplicitAny', 'false', '--types', ''],
];

test('viewer: its script has no type error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tell-viewer-'));
  try {
    const file = join(folder, 'viewer.js');
    writeFileSync(file, VIEWER_SCRIPT);
    const check = promisify(execFile)(TSC, [...OPTIONS, '--target', 'es2022', '--lib', 'es2022,dom', file]);
    const { stdout } = await check.catch((error: { stdout: string }) => error);
    assert.equal(stdout, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
