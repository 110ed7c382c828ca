/** A TPP that registers at the sandbox's portal runs the worker with the env file that the portal prints. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startBoth } from '../../sandbox/test/support/both.ts';
import { ONE } from '../../sandbox/test/support/certificates.ts';
import { PortalApi } from '../../sandbox/test/support/portal.ts';
import { Client, outcome } from '../rig/client.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { authorise } from '../rig/world.ts';

const CONFIG = resolve(import.meta.dirname, '../../worker/wrangler.jsonc');

test('CFG-1, JWS-8: the worker connects with the settings and the commands that the portal prints', async () => {
  await using both = await startBoth();
  const folder = mkdtempSync(join(tmpdir(), 'tell-portal-'));
  const port = await freePort();
  const api = new PortalApi(both.sandbox);
  const { id, credentials } = await api.developer();
  const redirectUrl = `http://localhost:${port}/api/callback`;
  const app = await api.application(id, { certificate: ONE, redirectUrl });
  const page = await (await fetch(`${both.sandbox.url}/portal/applications/${app}`)).text();
  const printed = Array.from(page.matchAll(/<pre[^>]*><code>([^<]*)/g), ([, text = '']) => plain(text));
  const [settings = '', commands = ''] = printed;
  writeFileSync(join(folder, 'certificate.pem'), ONE);
  const secrets = execFileSync('bash', ['-euc', commands], { cwd: folder, encoding: 'utf8' });
  const envFile = join(folder, 'worker.env');
  writeFileSync(envFile, `${settings}\nTELL_CLIENT_SECRET=${credentials.clientSecret}\n${secrets}`);
  const worker = new LocalServer({ name: 'worker', config: CONFIG, port, envFile, folder });
  try {
    await worker.start();
    const client = new Client(worker.address, []);
    const { location } = await authorise(client);
    const accepted = await fetch(location, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'accept' }),
      redirect: 'manual',
    });
    assert.equal(outcome(client, await client.navigate(accepted.headers.get('location') ?? '')), 'connected');
    assert.equal((await client.get('/api/accounts')).status, 200);
  } finally {
    await worker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

function plain(markup: string): string {
  return markup.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
