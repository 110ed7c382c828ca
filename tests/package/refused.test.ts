/** Where the wasm is not found, or not allowed, an error with a code says what to write. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { CODES } from 'tell-connect/machine';
import { launch } from '../rig/chromium.ts';
import { Project } from './project.ts';

let project: Project;
before(() => {
  project = new Project();
});
after(() => project?.remove());

/** What an import throws in a Node.js with these flags. */
function thrown(entry: string, ...flags: string[]): unknown {
  const file = project.write('import.mjs', `
    await import('${entry}').then(() => console.log('{}'), ({ name, code, message }) => {
      console.log(JSON.stringify({ name, code, message }));
    });
  `);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

const told = (code: 'wasm_missing' | 'wasm_refused'): object =>
  ({ name: 'TellConnectError', code, message: CODES[code].sentence });

const ENTRIES = ['tell-connect', 'tell-connect/edge', 'tell-connect/machine', 'tell-connect/views'];

test('wasm_missing: a bundle that has left the wasm behind says so, and what to write', async () => {
  for (const format of ['esm', 'cjs'] as const) {
    for (const [at, entry] of ENTRIES.entries()) {
      const outfile = join(project.folder, `moved/${at}.${format === 'esm' ? 'mjs' : 'cjs'}`);
      const stdin = { contents: `export * from '${entry}';`, resolveDir: project.folder };
      // Conditions that are named take the place of a bundler's own, "module" among them.
      await build({ stdin, bundle: true, platform: 'node', conditions: ['node'], format, outfile, logLevel: 'silent' });
      assert.deepEqual(thrown(outfile), told('wasm_missing'), `${entry} ${format}`);
    }
  }
});

test('wasm_refused: a Node.js without WebAssembly', () => {
  for (const entry of ENTRIES) assert.deepEqual(thrown(entry, '--jitless'), told('wasm_refused'), entry);
});

test('wasm_refused: a page whose policy does not allow it, and the same page where it does', async () => {
  const installed = join(project.folder, 'node_modules/tell-connect/dist');
  let policy = '';
  await using server = createServer(({ url = '' }, response) => {
    const isScript = url.endsWith('.js');
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html', 'content-security-policy': policy });
    response.end(isScript ? readFileSync(join(installed, url)) : '<!doctype html><title>page</title>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  await using browser = await launch();
  const page = await browser.newPage();
  const codes = async (): Promise<unknown> => {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(async () => {
      const load = async (path: string): Promise<string> => {
        const { ready } = await import(path) as { ready(): Promise<void> };
        return ready().then(() => 'ready', ({ code }) => code);
      };
      return [await load('/browser.js'), await load('/views/browser.js')];
    });
  };
  policy = "script-src 'self'";
  assert.deepEqual(await codes(), ['wasm_refused', 'wasm_refused']);
  policy = "script-src 'self' 'wasm-unsafe-eval'";
  assert.deepEqual(await codes(), ['ready', 'ready']);
});
