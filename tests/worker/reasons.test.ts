/** What a developer is told of a refusal, in sandbox: the gateway's own words and the rule, and never a secret. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallLog } from 'tell-connect/machine';
import { assertProblem, type Problem } from '../rig/client.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { World } from '../rig/world.ts';

/** What a first authorisation is told under these settings. */
async function refusedUnder(settings: Readonly<Record<string, string>>): Promise<Problem> {
  const world = await World.create({}, settings);
  try {
    const client = world.worker.client();
    const reply = await client.post('/api/authorise', { scope: 'aisp' });
    const problem = assertProblem(reply, 502, 'gateway_refused_client');
    const { steps } = (await client.get('/api/journey')).json<CallLog>();
    const [step] = steps;
    assert.equal(step?.call, 'authorise');
    const { rule, description } = step.response?.reason ?? {};
    assert.deepEqual([rule, description], [problem.rule, problem.description]);
    assert.deepEqual(step.told, { code: problem.code, advice: problem.detail });
    assertProblem(await client.get('/api/consent'), 404, 'consent_not_found');
    assertNoneIn('a problem', world.heard(), [...Object.values(settings), ...world.gateway.secrets()]);
    return problem;
  } finally {
    await world.end();
  }
}

test('ERR-1, BAS-1, JWS-8: a wrong client secret and a wrong certificate look different to the developer', async () => {
  const secret = await refusedUnder({ TELL_CLIENT_SECRET: 'another-client-secret' });
  assert.equal(secret.rule, 'BAS-1');
  assert.match(secret.description ?? '', /client_secret is not the one/);
  const certificate = await refusedUnder({ TELL_CERTIFICATE: 'another certificate, of no use here\n' });
  assert.equal(certificate.rule, 'JWS-8');
  assert.match(certificate.description ?? '', /HMAC does not verify/);
  assert.equal(secret.detail, certificate.detail, 'what to do is told as ever');
});
