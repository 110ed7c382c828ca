/** `tell-connect doctor --live` at the project's own sandbox: what it takes, and what has to be set otherwise. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ASPSP, type Sandbox, startSandbox } from 'tell-connect-sandbox/node';
import { certificate } from '../rig/certificate.ts';
import { found, Practice, right, type Settings } from './doctor.ts';

const PEM = certificate();
const REDIRECT_URL = 'http://localhost:8787/api/callback';
/** Of characters that encoding changes. */
const CLIENT = { clientId: 'tpp/one', clientSecret: 'S3cret+of/one=41%' };

const practice = new Practice();
let gateway: Sandbox;
let settings: Settings;
before(async () => {
  const application = { app: 'app-7', certificate: PEM, redirectUrl: REDIRECT_URL };
  gateway = await startSandbox({ ...CLIENT, applications: [application] });
  settings = {
    ...right('sandbox', PEM), TELL_ASPSP: ASPSP, TELL_REDIRECT_URL: REDIRECT_URL,
    TELL_CLIENT_ID: CLIENT.clientId, TELL_CLIENT_SECRET: CLIENT.clientSecret,
    TELL_AUTH_BASE_URL: gateway.authBase, TELL_RESOURCE_BASE_URL: gateway.resourceBase,
  };
});
after(async () => {
  practice.remove();
  await gateway?.close();
});

test('JWS-10, LIV-1: the sandbox takes a right configuration, and tells how it reads the rest', async () => {
  const report = await practice.report(settings, '--live');
  assert.deepEqual(found(report, 'fault', 'warning', 'skipped'), []);
  const live = report.checks.filter(({ name }) => name.startsWith('live-')).map(({ verdict }) => verdict);
  assert.deepEqual(live, ['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
  assert.ok(report.calls <= 5);
});

test('JWS-10: a profile that is not the sandbox’s is corrected', async () => {
  const wrong = { certificate: 'der', basic: 'form-encoded', readsAtOnce: 4 };
  const report = await practice.report({ ...settings, TELL_PROFILE: JSON.stringify(wrong) }, '--live');
  const right = JSON.stringify({ readsAtOnce: 4, certificate: 'as-is', basic: 'as-is' });
  assert.equal(report.profile, `TELL_PROFILE='${right}'`);
  assert.ok(report.calls <= 8);
});
