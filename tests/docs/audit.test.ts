/** `make audit`: clean, weak and not asked are told apart. A registry of the test's own answers it. */

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LOCKS, NPM_LOCKS, read, ROOT } from './locked.ts';

/** npm asks for weaknesses by POST, and then by GET which versions there are of a package that has one. */
const WEAK = {
  POST: { hono: [{ id: 1, url: 'https://example.org/1', title: 'A test', severity: 'high', vulnerable_versions: '*' }] },
  GET: { name: 'hono', versions: { '4.0.0': { name: 'hono', version: '4.0.0' } } },
};
const CLEAN = { POST: {}, GET: {} };

interface Said {
  readonly status: unknown;
  readonly said: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tell-audit-'));
after(() => rmSync(folder, { recursive: true }));

/** What the audit says and ends with, when npm's registry answers so; RustSec's database is nowhere, unless given. */
async function audited(answers?: Record<'GET' | 'POST', object>, database = join(folder, 'no-database')): Promise<Said> {
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
    ADVISORY_DB: database, CARGO_AUDIT: join(folder, 'cargo-audit'),
  };
  return await new Promise((resolve) => {
    execFile(join(ROOT, 'scripts/audit.sh'), { env }, (error, said) => resolve({ status: error?.code ?? 0, said }));
  });
}

test('audit: a known weakness is one, whatever else could not be asked', async () => {
  const { status, said } = await audited(WEAK);
  assert.match(said, /✗ npm packages of package-lock\.json: [1-9]\d* with a known weakness/);
  assert.equal(status, 1);
});

test('audit: what could not be asked is not clean', async () => {
  const clean = await audited(CLEAN);
  assert.match(clean.said, /✓ npm packages of tests\/matrix\/package-lock\.json: no weakness is known\n {2}\? crates: not checked/);
  assert.equal(clean.status, 3);
  const refused = await audited();
  assert.match(refused.said, /\? npm packages of package-lock\.json: not checked/);
  assert.equal(refused.status, 3);
});

/** A database that can be reached, and a cargo-audit that finds so many weaknesses in each lock file. */
function database(count: number): string {
  const git = ['-c', 'user.name=test', '-c', 'user.email=test', '-C', folder];
  execFileSync('git', ['init', '--quiet', join(folder, 'database')]);
  execFileSync('git', [...git, '-C', 'database', 'commit', '--quiet', '--allow-empty', '--message', 'test']);
  const version = /^cargo_audit=(.*)$/m.exec(read('scripts/audit.sh'))?.[1];
  const answer = JSON.stringify({ vulnerabilities: { count } });
  const script = `#!/bin/sh\ncase $1 in --version) echo 'cargo-audit ${version}' ;; *) echo '${answer}' ;; esac\n`;
  writeFileSync(join(folder, 'cargo-audit'), script, { mode: 0o755 });
  return `file://${join(folder, 'database')}`;
}

test('audit: all was asked, and nothing is known', async () => {
  const { status, said } = await audited(CLEAN, database(0));
  assert.deepEqual(said.match(/✓ .*: no weakness is known/g)?.length, NPM_LOCKS.length + LOCKS.length, said);
  assert.equal(status, 0);
});

test('audit: a weakness of a crate is one as well', async () => {
  const { status, said } = await audited(CLEAN, database(2));
  for (const lock of LOCKS) assert.ok(said.includes(`✗ crates of ${lock}: 2 with a known weakness`), said);
  assert.equal(status, 1);
});
