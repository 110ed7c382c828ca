/** The settings of the contract: refused together and by name when they are wrong, obeyed when they are right. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertProblem, outcome, type Problem } from '../rig/client.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { ACCOUNTS, World } from '../rig/world.ts';

/** Starts the worker with these settings and gives what it says of them on every kind of route. */
async function faultsOf(settings: Readonly<Record<string, string>>): Promise<NonNullable<Problem['faults']>> {
  const world = await World.create({}, settings);
  try {
    const client = world.worker.client();
    const replies = [
      await client.get('/api/consent'), await client.get(ACCOUNTS),
      await client.post('/api/authorise', { scope: 'aisp' }),
      await client.get('/api/callback?intent-id=i&uuid=c0fd407d-134b-4091-8e04-ab49a98db217&authorisation_code=c'),
    ];
    const problems = replies.map((reply) => assertProblem(reply, 500, 'configuration_invalid'));
    const { faults = [] } = problems[0] as Problem;
    for (const problem of problems) assert.deepEqual(problem.faults, faults);
    for (const { setting, problem } of faults) assert.ok(setting !== '' && problem.length > 0);
    const values = Object.values(settings).filter((value) => value.length > 2);
    assertNoneIn('an answer or the log', world.heard(), [...values, ...world.gateway.secrets()]);
    assert.equal(world.gateway.requests.length, 0);
    return faults;
  } finally {
    await world.end();
  }
}

test('CFG-3, CFG-4: settings that are missing are listed all at once', async () => {
  const names = ['TELL_APP', 'TELL_CERTIFICATE', 'TELL_CLIENT_ID', 'TELL_CLIENT_SECRET', 'TELL_REDIRECT_URL',
    'TELL_RESOURCE_BASE_URL', 'TELL_VAULT_KEY'];
  const faults = await faultsOf(Object.fromEntries(names.map((name) => [name, ''])));
  assert.deepEqual(faults.map(({ setting }) => setting).sort(), names);
});

test('BAS-2, CFG-2, CFG-4: settings that are wrong are listed all at once, without their values', async () => {
  const wrong = {
    TELL_ENVIRONMENT: 'stagingValue',
    TELL_ASPSP: 'pockitValue',
    TELL_CLIENT_ID: 'colon:idValue',
    TELL_CLIENT_SECRET: 'control\u0007secretValue',
    TELL_REDIRECT_URL: 'callbackValue',
    TELL_RESOURCE_BASE_URL: 'ftp://bankValue.example/v1',
    TELL_AUTH_BASE_URL: 'http://authValue.example/v1',
    TELL_VAULT_KEY: 'dG9vLXNob3J0LXZhdWx0LWtleQ==',
  };
  const faults = await faultsOf(wrong);
  assert.deepEqual([...new Set(faults.map(({ setting }) => setting))].sort(), Object.keys(wrong).sort());
});

test('CFG-3, CFG-4: production takes no plain http for the bank', async () => {
  const faults = await faultsOf({ TELL_ENVIRONMENT: 'production' });
  const named = faults.map(({ setting }) => setting);
  assert.ok(named.includes('TELL_RESOURCE_BASE_URL') && named.includes('TELL_AUTH_BASE_URL'), named.join());
});

describe('several applications', () => {
  const CERTIFICATES = { first: 'first certificate, with its line end\r\n', second: 'second certificate, with none' };
  const applications = (port: string): Array<{ name: string; app: string; certificate: string; redirectUrl: string }> =>
    Object.entries(CERTIFICATES).map(([name, certificate]) =>
      ({ name, app: `app-${name}`, certificate, redirectUrl: `http://localhost:${port}/api/callback` }));

  test('CFG-1, JWS-8: each signs with its own certificate, through its whole life', async () => {
    const world = await World.createWith((port) => ({
      gateway: {
        applications: applications(port).map((each) => ({ ...each, certificate: Buffer.from(each.certificate) })),
      },
      settings: {
        TELL_APPLICATIONS: JSON.stringify(applications(port)),
        TELL_APP: '', TELL_CERTIFICATE: '', TELL_REDIRECT_URL: '',
      },
    }));
    try {
      world.gateway.lifetimes.accessSeconds = 1;
      for (const application of Object.keys(CERTIFICATES)) {
        const client = world.worker.client();
        const before = world.gateway.requests.length;
        const reply = await client.post('/api/authorise', { scope: 'aisp', application });
        assert.equal(reply.status, 201, reply.text);
        const { location } = reply.json<{ location: string }>();
        assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
        assert.equal((await client.get(ACCOUNTS)).status, 200);
        const calls = world.gateway.requests.slice(before);
        assert.deepEqual(calls.map(({ endpoint }) => endpoint), ['authorise', 'exchange', 'refresh', 'resource']);
        for (const { headers } of calls) {
          const jws = headers.find(([name]) => name === 'x-jws-signature')?.[1] ?? '';
          const header = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { app: string };
          assert.equal(header.app, `app-${application}`);
        }
      }
      world.assertNoViolations();
      const unknown = await world.worker.client().post('/api/authorise', { scope: 'aisp', application: 'third' });
      assertProblem(unknown, [400, 404, 422]);
    } finally {
      await world.end();
    }
  });
});
