/** The sandbox gateway as the worker that `make start` runs: what its settings can make of it there. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { ASPSP } from 'tell-connect-sandbox/node';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { TWO } from '../../sandbox/test/support/certificates.ts';
import { PortalApi } from '../../sandbox/test/support/portal.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';

const FAULTS = {
  authorise: { status: 503, retryAfter: 7 },
  exchange: 'garbage',
  refresh: { drip: 1 },
  resource: 'html',
};
const APPLICATION = { app: 'app-1', certificate: 'c', redirectUrl: 'http://localhost:1/api/callback' };

const folder = mkdtempSync(join(tmpdir(), 'tell-sandbox-'));
let server: LocalServer;
before(async () => {
  const envFile = join(folder, 'sandbox.env');
  writeEnvFile(envFile, {
    SANDBOX_CLIENT_ID: 'client',
    SANDBOX_CLIENT_SECRET: 'secret',
    SANDBOX_ASPSP: ASPSP,
    SANDBOX_APPLICATIONS: JSON.stringify([APPLICATION]),
    SANDBOX_ENVIRONMENT: 'production',
    SANDBOX_STRICT: 'true',
    SANDBOX_CLOCK_OFFSET_SECONDS: '-60',
    SANDBOX_FAULTS: JSON.stringify(FAULTS),
  });
  const config = resolve(import.meta.dirname, '../../sandbox/wrangler.jsonc');
  server = new LocalServer({ name: 'sandbox', config, port: await freePort(), envFile, folder });
  await server.start();
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function token(fields: Record<string, string>): Promise<Response> {
  return fetch(`${server.address}/v1/access-token`, { method: 'POST', body: new URLSearchParams(fields) });
}

test('ERR-3: each endpoint meets the fault that its setting names, and the others none', async () => {
  const busy = await fetch(`${server.address}/v1/authorise`, { method: 'POST' });
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '7']);
  const page = await fetch(`${server.address}/v1/accounts`);
  assert.match(await page.text(), /<!doctype html>/);
  const garbled = token({ grant_type: 'authorization_code', code: 'x' });
  await assert.rejects(garbled.then((answer) => answer.json()));
  const dripped = await token({ grant_type: 'refresh_token', refresh_token: 'x' });
  assert.equal((await dripped.json() as { rule: string }).rule, 'BAS-1');
  const free = await fetch(`${server.address}/v1/payments`, { method: 'POST' });
  assert.deepEqual([free.status, (await free.json() as { rule: string }).rule], [415, 'PAY-1']);
});

test('bank: its statistics and its record of fifths lie with its state, and outlive a restart', async () => {
  interface Told { summary: Record<string, { requests: number; failures: number }>; other: { requests: number } }
  const told = async (): Promise<Told> => await (await fetch(`${server.address}/statistics.json`)).json() as Told;
  const { summary: before, other } = await told();
  await fetch(`${server.address}/v1/payments`, { method: 'POST' });
  const scope = { method: 'POST', body: '{"scope":"pisp"}' };
  assert.equal((await fetch(`${server.address}/v1/authorise`, scope)).status, 503);
  const after = await told();
  const grown = ['requests', 'failures'] as const;
  assert.deepEqual(grown.map((name) => (after.summary['PISP']?.[name] ?? 0) - (before['PISP']?.[name] ?? 0)), [2, 1]);
  assert.deepEqual(after.other, other);
  await server.stop();
  await server.start();
  assert.deepEqual(await told(), after);
  const record = await (await fetch(`${server.address}/__sandbox/record`)).json() as { fifths: unknown };
  assert.deepEqual(record.fifths, []);
});

test('CFG-1, JWS-8: its portal keeps certificates to the byte, and reads that of production, in workerd too', async () => {
  const api = new PortalApi({ url: server.address });
  const { id } = await api.developer();
  const app = await api.application(id);
  const form = new FormData();
  form.set('environment', 'sandbox');
  form.set('file', new Blob([new Uint8Array([0xff, 0x00, 0x0d, 0x0a])]), 'certificate.pem');
  const url = `${server.address}/portal/applications/${app}/certificates`;
  assert.equal((await fetch(url, { method: 'POST', body: form, redirect: 'manual' })).status, 303);
  const { field } = await api.post<{ field: string }>(`/applications/${app}/certificates?environment=production`, 'x');
  assert.equal(field, 'certificate');
  await api.certificate(app, TWO, '?environment=production');
  const told = async (): Promise<unknown> => (await api.get(`/applications/${app}`)).json();
  const before = await told() as { certificates: { sha256: string; x509: { subject: string } | null }[] };
  const [kept, live] = before.certificates;
  assert.equal(kept?.sha256, '6375a1044d294c4efc761ce86b9c48d451d11bcf9ef4b586f56d833edb18f6da');
  assert.deepEqual([kept.x509, live?.x509?.subject], [null, 'CN=TPP two']);
  await server.stop();
  await server.start();
  assert.deepEqual(await told(), before);
});
