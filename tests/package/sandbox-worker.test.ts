/** The sandbox as a worker of somebody's own: the package's entry "./worker" in workerd, as wrangler bundles it. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ASPSP } from 'tell-connect-sandbox/node';
import { newCredentials, workerSettings } from '../../sandbox/src/node/credentials.ts';
import { writeEnvFile } from '../../sandbox/src/node/env-file.ts';
import { tppOf } from '../../sandbox/test/support/tpp.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { Project } from './project.ts';

let project: Project;
before(() => {
  project = new Project('sandbox/dist');
});
after(() => project?.remove());

test('sandbox package: one line makes a worker of one’s own, which a provider connects to', async () => {
  project.write('worker/index.ts', "export { Bank, default } from 'tell-connect-sandbox/worker';\n");
  const config = project.write('worker/wrangler.jsonc', JSON.stringify({
    name: 'own-bank', main: 'index.ts', compatibility_date: '2026-11-01',
    durable_objects: { bindings: [{ name: 'BANK', class_name: 'Bank' }] },
    migrations: [{ tag: 'v1', new_sqlite_classes: ['Bank'] }],
  }));
  const folder = join(config, '..');
  const port = await freePort();
  const made = newCredentials('sandbox', 'http://localhost:1/back');
  const { app, certificate, redirectUrl } = made;
  const envFile = join(folder, 'settings.env');
  writeEnvFile(envFile, {
    SANDBOX_CLIENT_ID: made.clientId,
    SANDBOX_CLIENT_SECRET: made.clientSecret,
    SANDBOX_ASPSP: ASPSP,
    SANDBOX_APPLICATIONS: JSON.stringify([{ app, certificate, redirectUrl }]),
  });
  const server = new LocalServer({ name: 'bank', config, port, envFile, folder });
  await server.start();
  try {
    const base = `${server.address}/v1`;
    const place = { environment: 'sandbox', aspsp: ASPSP, authBase: base, resourceBase: base } as const;
    const tpp = tppOf(workerSettings(made, place));
    const { access_token: access } = await tpp.connect();
    assert.equal((await tpp.get('/accounts', access)).status, 200);
  } finally {
    await server.stop();
  }
});
