import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startBoth } from './support/both.ts';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const run = promisify(execFile);

/** The shell lines below a heading, one text for each block. */
function blocksUnder(heading: string): string[] {
  const [, section = ''] = README.split(`### ${heading}\n`);
  return Array.from((section.split(/^## /m)[0] ?? '').matchAll(/```sh\n([\s\S]*?)```/g), ([, lines = '']) => lines);
}

test('CFG-1, JWS-8: the README’s curl lines, copied, lead from registering to an answer', async () => {
  await using both = await startBoth();
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-readme-'));
  const shell = (script: string): Promise<string> =>
    run('bash', ['-euc', script], { cwd: folder }).then(({ stdout }) => stdout);
  try {
    const [register = '', authorise = '', exchange = ''] = blocksUnder('With curl, from registering to an answer');
    const begin = register.replace('http://localhost:8788', both.sandbox.url) + authorise;
    const state = 'declare -p BANK APP CLIENT_ID CLIENT_SECRET key; declare -f > functions.sh';
    const said = await shell(`${begin}\n${state}`);
    const location = /Open (\S+), accept/.exec(said)?.[1] ?? '';
    const accepted = await fetch(location, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'accept' }),
      redirect: 'manual',
    });
    const page = await (await fetch(accepted.headers.get('location') ?? '')).text();
    const [, code = ''] = /<dt>authorisation_code<\/dt>\s*<dd><code>([^<]+)/.exec(page) ?? [];
    const variables = said.split('\n').filter((line) => line.startsWith('declare -- ')).join('\n');
    const answer = await shell(`${variables}\n. ./functions.sh\nCODE=${code}\n${exchange}`);
    const { Accounts: accounts } = JSON.parse(answer) as { Accounts: unknown[] };
    assert.ok(accounts.length > 0, answer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
