import assert from 'node:assert/strict';
import { test } from 'node:test';
import { garbage } from '../src/faults.ts';
import { type Both, startBoth, tppAt } from './support/both.ts';
import { ONE, TWO } from './support/certificates.ts';
import { PortalApi, REDIRECT, type Ready, completeJourney, makeReady } from './support/portal.ts';
import { read, refusal } from './support/tpp.ts';

interface Checks {
  ready: boolean;
  releasedAt: string | null;
  checks: { name: string; verdict: string; found: string | null; todo: string | null }[];
}

/** What does not hold, and with it what waits. */
async function wanting({ api, app }: Pick<Ready, 'api' | 'app'>): Promise<string[]> {
  const { checks } = await read<Checks>(await api.get(`/applications/${app}/go-live`));
  const failing = checks.filter(({ verdict }) => verdict !== 'holds');
  for (const { verdict, found, todo } of failing) {
    assert.equal(verdict === 'wanting', found !== null && todo !== null, 'what is wanting says what to do');
  }
  return failing.map(({ name, verdict }) => (verdict === 'waits' ? `(${name})` : name));
}

test('LIV-1: when all holds, the application is released into production, and makes its first call', async () => {
  await using both = await startBoth();
  const ready = await makeReady(both);
  const { api, app, sandbox, production } = ready;
  assert.deepEqual(await wanting(ready), ['journey']);
  await completeJourney(sandbox);
  assert.deepEqual(await wanting(ready), []);
  const live = tppAt(both.production, production);
  assert.equal(await refusal(live.authorise()), '401 invalid_signature JWS-2', 'not before it is asked for');
  const answer = await api.send('POST', `/applications/${app}/go-live`);
  const { ready: isReady, releasedAt } = await read<Checks>(answer);
  assert.deepEqual([answer.status, isReady], [200, true]);
  assert.ok(releasedAt !== null);
  const { access_token: accessToken } = await live.connectWith({ sandbox_sca: undefined }, 'accept');
  assert.equal((await live.get('/accounts', accessToken)).status, 200);
});

/** Each brings everything about but one thing. */
const WITHOUT: Record<string, { wants: string[]; arrange: (both: Both) => Promise<Pick<Ready, 'api' | 'app'>> }> = {
  'a redirect URL': { wants: ['redirect-url'], arrange: (both) => journeyed(both, { redirectUrl: null }) },
  'https': { wants: ['redirect-url'], arrange: (both) => journeyed(both, { redirectUrl: 'http://localhost:1/back' }) },
  'a page of one’s own': {
    wants: ['redirect-url'],
    arrange: (both) => journeyed(both, { redirectUrl: 'https://bank.example/holding' }),
  },
  'a certificate for production': {
    wants: ['certificate', '(certificate-parses)', '(certificate-in-date)', '(certificate-its-own)'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      const [only] = both.register.certificates.of(ready.app, 'production', Date.now());
      both.register.certificates.remove(only?.id ?? '');
      return ready;
    },
  },
  'one that parses': {
    wants: ['certificate-parses', '(certificate-in-date)', '(certificate-its-own)'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      // The portal takes none that does not; an earlier version of it may have.
      const place = { id: 'old', app: ready.app, environment: 'production' } as const;
      const added = { ...place, bytes: new Uint8Array([1]), validUntil: null, addedAt: Date.now() };
      both.register.certificates.add(added, 0);
      return ready;
    },
  },
  'one that is in date': {
    wants: ['certificate-in-date', '(certificate-its-own)'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      both.production.clock.advance(101 * 366 * 86_400);
      return ready;
    },
  },
  'one of its own': {
    wants: ['certificate-its-own'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      await ready.api.certificate(ready.app, TWO.replaceAll('\n', '\r\n'));
      return ready;
    },
  },
  'a role for payments that it makes': {
    wants: ['role'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      await ready.api.production(ready.developer, { roles: ['AISP'] });
      const { access_token: accessToken } = await ready.sandbox.connect('pisp');
      assert.equal((await ready.sandbox.pay(accessToken)).status, 201);
      return ready;
    },
  },
  'credentials of its own': {
    wants: ['credentials'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      const { clients } = both.register;
      const shared = clients.of(ready.developer, 'sandbox')?.secretHash ?? '';
      clients.changeSecret(ready.production.clientId, shared, Date.now());
      return ready;
    },
  },
  'a code that was exchanged': {
    wants: ['journey'],
    arrange: async (both) => {
      const ready = await makeReady(both);
      await ready.sandbox.authorise();
      return ready;
    },
  },
  'a call that was answered': {
    wants: ['journey'],
    arrange: async (both) => {
      const ready = await makeReady(both);
      const { access_token: accessToken } = await ready.sandbox.connect();
      const signedWrongly = ready.sandbox.with({ certificate: 'another' });
      assert.equal((await signedWrongly.get('/accounts', accessToken)).status, 401);
      return ready;
    },
  },
  'a call whose answer was whole': {
    wants: ['journey'],
    arrange: async (both) => {
      const ready = await makeReady(both);
      both.sandbox.branch.plan.always('resource', { ...garbage(), name: 'garbage' });
      await completeJourney(ready.sandbox);
      return ready;
    },
  },
  'a person who decides': {
    wants: ['sandbox-sca'],
    arrange: async (both) => {
      const ready = await journeyed(both);
      assert.equal((await ready.sandbox.authorise({ sandbox_sca: true })).status, 200);
      return ready;
    },
  },
};

for (const [what, { wants, arrange }] of Object.entries(WITHOUT)) {
  test(`LIV-1: without ${what} it stays in the sandbox`, async () => {
    await using both = await startBoth();
    const { api, app } = await arrange(both);
    assert.deepEqual(await wanting({ api, app }), wants);
    const answer = await api.send('POST', `/applications/${app}/go-live`);
    const { error, rule, releasedAt } = await read<Checks & { error: string; rule: string }>(answer);
    assert.deepEqual([answer.status, error, rule, releasedAt], [409, 'not_ready', 'LIV-1', null]);
    assert.equal(both.register.inEnvironment(app, 'production', Date.now()), null);
  });
}

test('LIV-1: without what the register says it stays in the sandbox', async () => {
  await using both = await startBoth();
  const api = new PortalApi(both.production);
  const { id, credentials } = await api.developer();
  const app = await api.application(id, { certificate: ONE, redirectUrl: REDIRECT });
  await api.certificate(app, TWO, '?environment=production');
  await completeJourney(tppAt(both.sandbox, { ...credentials, app, certificate: ONE }));
  assert.deepEqual(await wanting({ api, app }), ['authority', 'register-number', 'role', 'credentials']);
  await api.production(id);
  assert.deepEqual(await wanting({ api, app }), [], 'asked at production’s own port, of the sandbox’s journal');
});

test('LIV-1: in production a redirect URL stays https', async () => {
  await using both = await startBoth();
  const { api, app } = await journeyed(both);
  await api.send('POST', `/applications/${app}/go-live`);
  const answer = await api.send('PATCH', `/applications/${app}`, { redirectUrl: null });
  assert.deepEqual([answer.status, (await read<{ rule: string }>(answer)).rule], [400, 'LIV-1']);
  assert.equal((await api.send('PATCH', `/applications/${app}`, { redirectUrl: `${REDIRECT}/2` })).status, 200);
});

async function journeyed(both: Both, application?: object): Promise<Ready> {
  const ready = await makeReady(both, application);
  await completeJourney(ready.sandbox);
  return ready;
}
