/** Settings in Cloudflare's Secrets Store: a binding that has to be asked, in place of a text. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { type Sandbox, startSandbox } from 'tell-connect-sandbox/node';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { Client, outcome } from '../rig/client.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';

const WORKER = resolve(import.meta.dirname, '../../worker');
const STORED = ['TELL_CERTIFICATE', 'TELL_VAULT_KEY'];
const STORE = '0123456789abcdef0123456789abcdef';

const folder = mkdtempSync(join(tmpdir(), 'tell-store-'));
let gateway: Sandbox;
let server: LocalServer;
before(async () => {
  const port = await freePort();
  gateway = await startSandbox({ strict: true, redirectUrl: `http://localhost:${port}/api/callback` });
  const own = JSON.parse(readFileSync(join(WORKER, 'wrangler.jsonc'), 'utf8').replace(/^\s*\/\/.*$/gm, '')) as object;
  const config = join(folder, 'wrangler.json');
  writeFileSync(config, JSON.stringify({
    ...own, main: join(WORKER, 'src/index.ts'), assets: undefined,
    secrets_store_secrets: STORED.map((name) => ({ binding: name, store_id: STORE, secret_name: name })),
  }));
  const envFile = join(folder, 'settings.env');
  writeEnvFile(envFile, Object.fromEntries(Object.entries(gateway.env).filter(([name]) => !STORED.includes(name))));
  server = new LocalServer({ name: 'worker', config, port, envFile, folder });
});
after(async () => {
  await server?.stop();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function store(name: string): void {
  const line = ['secrets-store', 'secret', 'create', STORE, '--name', name, `--value=${gateway.env[name]}`, '--scopes', 'workers'];
  execFileSync('wrangler', [...line, '--persist-to', server.stateDirectory], { cwd: folder, stdio: 'pipe' });
}

test('CFG-4: secrets are taken from the Secrets Store, the certificate to the byte', async () => {
  for (const name of STORED) store(name);
  await server.start();
  const client = new Client(server.address, []);
  const begun = await client.post('/api/authorise', { scope: 'aisp' });
  assert.equal(begun.status, 201, begun.text);
  const back = await gateway.accept(begun.json<{ location: string }>().location);
  assert.equal(outcome(client, await client.navigate(back)), 'connected');
  assert.equal((await client.get('/api/accounts')).status, 200);
  assert.deepEqual(gateway.violations, []);
});
