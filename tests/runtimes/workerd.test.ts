/** The suite in workerd, bundled and run by wrangler as a deployed worker would be. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { suite } from './suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'tell-workerd-'));
let server: LocalServer;

before(async () => {
  const envFile = join(folder, 'none.env');
  writeFileSync(envFile, '');
  const config = join(import.meta.dirname, 'workerd/wrangler.jsonc');
  server = new LocalServer({ name: 'suite', config, port: await freePort(), envFile, folder });
  await server.start();
});

after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const [index, { name }] of suite.entries()) {
  test(`${name} (workerd)`, async () => {
    const answer = await fetch(`${server.address}/${index}`);
    assert.equal(`${answer.status} ${await answer.text()}`, '204 ');
  });
}

test('CFG-4: a profile is the worker’s that was created with it, not its module’s (workerd)', async () => {
  const code = async (name: string): Promise<string> => {
    const problem = (await (await fetch(`${server.address}/profiles/${name}`)).json()) as { code: string };
    return problem.code;
  };
  assert.deepEqual([await code('plain'), await code('refused')], ['consent_not_found', 'configuration_invalid']);
});
