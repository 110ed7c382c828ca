/** `make audit`: clean, weak and not asked are told apart. A registry of the test's own answers it. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from './locked.ts';

/** npm asks for weaknesses by POST, and then by GET which versions there are of a package that has one. */
const WEAK = {
  POST: { hono: [{ id: 1, url: 'https://example.org/1', title: 'A test', severity: 'high', vulnerable_versions: '*' }] },
  GET: { name: 'hono', versions: { '4.0.0': { name: 'hono', version: '4.0.0' } } },
};
const CLEAN = { POST: {}, GET: {} };

const folder = mkdtempSync(join(tmpdir(), 'tell-audit-'));
after(() => rmSync(folder, { recursive: true }));

/** What the audit says and ends with, when npm's registry answers so and RustSec's database is nowhere. */
async function audited(answers?: Record<'GET' | 'POST', object>): Promise<{ status: unknown; said: string }> {
  await using server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (answers === undefined) response.writeHead(405).end();
      else response.end(JSON.stringify(answers[request.method as 'GET' | 'POST']));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A cache of its own: npm would remember an answer.
  const env = {
    ...process.env, npm_config_registry: registry, npm_config_fetch_retries: '0', npm_config_cache: join(folder, 'npm'),
    ADVISORY_DB: join(folder, 'no-database'),
  };
  return await new Promise((resolve) => {
    execFile(join(ROOT, 'scripts/audit.sh'), { env }, (error, said) => resolve({ status: error?.code ?? 0, said }));
  });
}

test('audit: a known weakness is one, whatever else could not be asked', async () => {
  const { status, said } = await audited(WEAK);
  assert.match(said, /✗ npm packages: [1-9]\d* with a known weakness/);
  assert.equal(status, 1);
});

test('audit: what could not be asked is not clean', async () => {
  const clean = await audited(CLEAN);
  assert.match(clean.said, /✓ npm packages: no weakness is known\n {2}\? crates: not checked/);
  assert.equal(clean.status, 3);
  const refused = await audited();
  assert.match(refused.said, /\? npm packages: not checked/);
  assert.equal(refused.status, 3);
});
