/** `startSandbox` in a test of somebody's: everything may be left out, and both environments can be had. */

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { startSandbox } from '../src/node.ts';
import { newCertificate } from '../src/node/x509.ts';
import { Recorder } from '../src/record.ts';
import { refusal, tppOf } from './support/tpp.ts';

test('start: without a single option a provider is known, and its settings are at hand', async () => {
  await using gateway = await startSandbox();
  const tpp = tppOf(gateway.env);
  const { access_token: access, location } = await tpp.connect();
  assert.equal((await tpp.get('/accounts', access)).status, 200);
  assert.deepEqual(gateway.violations, []);
  assert.equal(gateway.production, undefined);
  assert.ok(location.startsWith(gateway.url));
  assert.ok(gateway.secrets().includes(gateway.env['TELL_CLIENT_SECRET'] ?? ''));
});

test('start: people are sent to the holding page, or to the redirect URL that was given', async () => {
  await using held = await startSandbox();
  const { location } = await (await tppOf(held.env).authorise()).json() as { location: string };
  assert.ok((await held.accept(location)).startsWith(`${held.url}/holding?`));
  await using sent = await startSandbox({ redirectUrl: 'https://tpp.example/back' });
  const other = await (await tppOf(sent.env).authorise()).json() as { location: string };
  assert.ok((await sent.decline(other.location)).startsWith('https://tpp.example/back?'));
  assert.equal(sent.env['TELL_REDIRECT_URL'], 'https://tpp.example/back');
});

test('ENV-2, ENV-3, ENV-5: both environments, each with rules and credentials of its own', async () => {
  await using sandbox = await startSandbox({ environment: 'both' });
  const { production } = sandbox;
  const [here, there] = [tppOf(sandbox.env), tppOf(production.env)];
  const members = { sandbox_sca: undefined };
  for (const expected of [[200, 200], [200, 400]]) {
    const answers = [await here.authorise(members), await there.authorise(members)];
    assert.deepEqual(answers.map(({ status }) => status), expected, 'the same uuid is taken once in production');
  }
  assert.deepEqual([sandbox.lifetimes.codeSeconds, production.lifetimes.codeSeconds], [600, 60]);
  const { authBase } = there.options;
  assert.equal(await refusal(here.with({ authBase }).authorise(members)), '401 invalid_client BAS-1');
  await sandbox.stop();
  await assert.rejects(there.authorise(members), 'production ends with it');
});

test('JWS-8: a certificate of our own making is one that any parser takes', () => {
  const now = Date.UTC(2026, 5, 15, 12);
  const [short, long] = [newCertificate('tell-connect sandbox', 90, now), newCertificate('ü', 365 * 30, now)];
  const certificate = new X509Certificate(short);
  assert.equal(certificate.subject, 'CN=tell-connect sandbox');
  assert.equal(certificate.validFrom, 'Jun 15 12:00:00 2026 GMT');
  assert.equal(certificate.validTo, 'Sep 13 12:00:00 2026 GMT');
  assert.ok(certificate.verify(certificate.publicKey));
  assert.match(new X509Certificate(long).validTo, /2056 GMT$/);
  assert.notEqual(newCertificate('a', 90, now), newCertificate('a', 90, now));
});

test('record: what is noted for a test does not grow without an end', () => {
  const recorder = new Recorder();
  for (let index = 0; index < 250_000; index += 1) recorder.gave({ kind: 'code', secret: String(index), intentId: '' });
  assert.ok(recorder.issued.length >= 100_000 && recorder.issued.length <= 110_000);
  assert.equal(recorder.issued.at(-1)?.secret, '249999');
});
