/** What a deployed worker is given: the machine, the statistics and the views, and not what signs for a program of somebody's own. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT } from './project.ts';

/** The files of the package that a bundle for workerd has in it or beside it. */
async function filesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT, stdin: { contents: `export * from '${entry}';`, resolveDir: join(ROOT, 'worker') }, bundle: true,
    write: false, metafile: true, format: 'esm', conditions: ['workerd'], external: ['cloudflare:*', 'node:*'],
    loader: { '.wasm': 'copy' }, outdir: 'out', logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter((file) => file.startsWith('pkg/')).map((file) => file.slice(4));
}

const wasmIn = (files: string[]): string[] => files.filter((file) => file.endsWith('.wasm'));

test('size: a worker has the wasm of the machine, the statistics and the views, and nothing of the edge’s', async () => {
  const files = await filesOf('./src/index.ts');
  assert.deepEqual(wasmIn(files).sort(), ['machine', 'statistics', 'views'].map((name) => `generated/${name}/tell_connect_bg.wasm`));
  assert.deepEqual(files.filter((file) => /^(dist|generated)\/edge\//.test(file)), []);
});

test('size: who signs alone has the wasm of the edge, and nothing of the machine’s', async () => {
  const files = await filesOf('tell-connect/edge');
  assert.deepEqual(wasmIn(files), ['generated/edge/tell_connect_bg.wasm']);
  assert.deepEqual(files.filter((file) => /^(dist|generated)\/machine\//.test(file)), []);
});
