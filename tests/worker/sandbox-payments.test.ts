/** Payments at the sandbox gateway as the worker that `make start` runs: its answers break off, and its books last. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { ASPSP } from 'tell-connect-sandbox/node';
import { PAYMENT, Tpp, read, refusal } from '../../sandbox/test/support/tpp.ts';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';

const APPLICATION = { app: 'app-1', certificate: 'c', redirectUrl: 'http://localhost:1/api/callback' };
const STATED = { ...PAYMENT, Amount: '1.02' };

const folder = mkdtempSync(join(tmpdir(), 'tell-sandbox-'));
let server: LocalServer;
let tpp: Tpp;
before(async () => {
  const envFile = join(folder, 'sandbox.env');
  writeEnvFile(envFile, {
    SANDBOX_CLIENT_ID: 'client',
    SANDBOX_CLIENT_SECRET: 'secret',
    SANDBOX_ASPSP: ASPSP,
    SANDBOX_APPLICATIONS: JSON.stringify([APPLICATION]),
    SANDBOX_PAYMENT_AT_AUTHORISE: 'payment',
  });
  const config = resolve(import.meta.dirname, '../../sandbox/wrangler.jsonc');
  server = new LocalServer({ name: 'sandbox', config, port: await freePort(), envFile, folder });
  await server.start();
  const base = `${server.address}/v1`;
  const { app, certificate } = APPLICATION;
  const client = { clientId: 'client', clientSecret: 'secret', app, certificate };
  tpp = new Tpp({ send: (request) => fetch(request), now: Date.now, authBase: base, resourceBase: base, ...client });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('PAY-2: an answer that is lost breaks off, after the payment or before', async () => {
  const pay = async (access: string, amount: string) => (await tpp.pay(access, { ...PAYMENT, Amount: amount })).text();
  const { access_token: access } = await tpp.connect('pisp');
  await assert.rejects(pay(access, '1.08'));
  await assert.rejects(pay(access, '1.07'), 'the former has paid nothing');
  assert.equal(await refusal(tpp.pay(access)), '409 payment_already_submitted PAY-1');
});

test('PAY-3: what was stated, chosen and submitted is there after a restart', async () => {
  const stated = await read<{ location: string }>(await tpp.authorise({ scope: 'pisp', payment: STATED }));
  const { access_token: access } = await tpp.connectWith({ scope: 'pisp', payment: STATED }, 'accept&account=23456789');
  await server.stop();
  await server.start();
  assert.match(await (await fetch(stated.location)).text(), /<p class="amount">£1\.02<\/p>/);
  assert.equal(await refusal(tpp.pay(access)), '422 payment_not_as_stated PAY-6');
  const { Reference: reference } = await read<{ Reference: string }>(await tpp.pay(access, STATED));
  await server.stop();
  await server.start();
  const { Status: status } = await read<{ Status: string }>(await tpp.get(`/payments/${reference}`, access));
  assert.match(status, /^(ACSP|RJCT)$/);
});
