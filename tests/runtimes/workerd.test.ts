/** The suite in workerd, bundled and run by wrangler as a deployed worker would be. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../journey/ports.ts';
import { startServer, stopServer, type Server } from '../journey/servers.ts';
import { suite } from './suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'tell-workerd-'));
let server: Server;

before(async () => {
  const envFile = join(folder, 'none.env');
  writeFileSync(envFile, '');
  server = await startServer({
    name: 'suite',
    config: join(import.meta.dirname, 'workerd/wrangler.jsonc'),
    port: await freePort(18560, 18569),
    envFile,
    stateDirectory: join(folder, 'state'),
    registry: join(folder, 'registry'),
  });
});

after(async () => {
  if (server) await stopServer(server);
  rmSync(folder, { recursive: true, force: true });
});

for (const [index, { name }] of suite.entries()) {
  test(`${name} (workerd)`, async () => {
    const answer = await fetch(`${server.address}/${index}`);
    assert.equal(`${answer.status} ${await answer.text()}`, '204 ');
  });
}
