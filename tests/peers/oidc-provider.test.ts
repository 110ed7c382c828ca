/** A server that nobody here wrote, as a second opinion of our token client: npm's oidc-provider answers it. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { after, before, mock, test } from 'node:test';
import Provider, { type ClientMetadata } from 'oidc-provider';
import { type SignedRequest, Tpp, type TppOptions } from 'tell-connect/edge';
import { TellConnectError } from 'tell-connect';
import { freePort } from '../rig/port.ts';

const REDIRECT_URI = 'https://tpp.example/back';
/** RFC 6749, A.2, has visible ASCII and spaces alone. */
const SPECIAL = 's3cret:%41 +&=/-_';
const CLIENTS = [
  { client_id: 'client-1', client_secret: 'secret-1' },
  { client_id: 'client-2', client_secret: SPECIAL },
];

let issuer: string;
let server: Server;
before(async () => {
  // It warns of each setting that a test has no use for.
  for (const name of ['info', 'warn'] as const) mock.method(console, name, () => undefined);
  const port = await freePort();
  issuer = `http://127.0.0.1:${port}`;
  server = providerAt(issuer).listen(port, '127.0.0.1');
  await once(server, 'listening');
});
after(() => {
  server?.closeAllConnections();
  server?.close();
});

function providerAt(url: string): Provider {
  const metadata: Partial<ClientMetadata> = {
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [REDIRECT_URI],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
  return new Provider(url, {
    clients: CLIENTS.map((client) => ({ ...metadata, ...client })),
    cookies: { keys: ['a key of this test'] },
    issueRefreshToken: () => true,
    pkce: { required: () => false },
    rotateRefreshToken: true,
    routes: { token: '/v1/access-token' },
    scopes: ['accounts', 'balance'],
  });
}

function tppOf(index: 0 | 1, profile: TppOptions['profile'] = null): Tpp {
  const { client_id: clientId, client_secret: clientSecret } = CLIENTS[index]!;
  return new Tpp({
    environment: 'sandbox', app: 'app-1', certificate: 'the certificate\n', clientId, clientSecret, profile,
    aspsp: '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac', authBaseUrl: `${issuer}/v1`, resourceBaseUrl: `${issuer}/v1`,
  });
}

/** As a person: follows every redirect, signs in and consents, until the browser is sent back with a code. */
async function newCode(clientId: string): Promise<string> {
  const jar = new Map<string, string>();
  const asked = { client_id: clientId, redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'accounts balance' };
  let url = `${issuer}/auth?${new URLSearchParams(asked)}`;
  for (let steps = 0; !url.startsWith(REDIRECT_URI); steps += 1) {
    assert.ok(steps < 12, `nobody is sent back from ${url}`);
    let answer = await visit(url, jar);
    if (answer.status === 200) {
      const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(await answer.text()) ?? [];
      answer = await visit(url, jar, new URLSearchParams({ prompt, login: 'robin', password: 'any' }));
    }
    url = new URL(answer.headers.get('location') ?? assert.fail(`${answer.status} at ${url}`), issuer).href;
  }
  return new URL(url).searchParams.get('code') ?? '';
}

async function visit(url: string, jar: Map<string, string>, body?: URLSearchParams): Promise<Response> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const form = body === undefined ? {} : { method: 'POST', body };
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie }, ...form });
  for (const set of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    jar.set(name, value);
  }
  return answer;
}

async function sent(tpp: Tpp, request: SignedRequest) {
  const answer = await fetch(request.url, request);
  return tpp.readToken(answer.status, await answer.text(), Math.floor(Date.now() / 1000));
}

/** What our client makes of a refusal. */
async function refused(asked: Promise<unknown>): Promise<unknown[]> {
  const thrown: unknown = await asked.then(() => assert.fail('it is answered'), (error: unknown) => error);
  assert.ok(thrown instanceof TellConnectError, String(thrown));
  return [thrown.code, thrown.gateway?.status, thrown.gateway?.error];
}

test('TOK-1, TOK-3, TOK-4: it takes our exchange for an OAuth client’s, and our client reads its answer', async () => {
  using tpp = tppOf(0);
  const tokens = await sent(tpp, tpp.exchange(await newCode('client-1')));
  assert.deepEqual([tokens.tokenType, tokens.expiresIn], ['Bearer', 3600]);
  assert.deepEqual(tokens.scope.toSorted(), ['accounts', 'balance']);
  assert.match(tokens.accessToken, /^[\w-]{43}$/);
  assert.match(tokens.refreshToken ?? '', /^[\w-]{43}$/);
});

test('REF-1: it replaces the refresh token at each use, and our client keeps up with it', async () => {
  using tpp = tppOf(0);
  const seen = new Set<string>();
  let { refreshToken: token = '' } = await sent(tpp, tpp.exchange(await newCode('client-1')));
  for (let times = 0; times < 3; times += 1) {
    assert.ok(!seen.has(token));
    seen.add(token);
    ({ refreshToken: token = '' } = await sent(tpp, tpp.refresh(token)));
  }
});

test('REF-1, REF-3, TOK-1: our client reads its invalid_grant for a spent token or code', async () => {
  using tpp = tppOf(0);
  const code = await newCode('client-1');
  const { refreshToken: spent = '' } = await sent(tpp, tpp.exchange(code));
  const { refreshToken: latest = '' } = await sent(tpp, tpp.refresh(spent));
  const invalid = ['gateway_refused', 400, 'invalid_grant'];
  assert.deepEqual(await refused(sent(tpp, tpp.refresh(spent))), invalid);
  // It takes a token that comes twice for a stolen one, and ends the whole grant: a refresh that is lost costs it.
  assert.deepEqual(await refused(sent(tpp, tpp.refresh(latest))), invalid);
  assert.deepEqual(await refused(sent(tpp, tpp.exchange(code))), invalid);
});

test('BAS-1: a secret with special characters is form-encoded for a server that follows RFC 6749 there', async () => {
  const code = await newCode('client-2');
  using plain = tppOf(1);
  assert.deepEqual(await refused(sent(plain, plain.exchange(code))), ['gateway_refused', 401, 'invalid_client']);
  using encoded = tppOf(1, { basic: 'form-encoded' });
  assert.equal((await sent(encoded, encoded.exchange(code))).tokenType, 'Bearer');
});

test('TOK-1: another client’s code is refused', async () => {
  using tpp = tppOf(0);
  const answer = refused(sent(tpp, tpp.exchange(await newCode('client-2'))));
  assert.deepEqual(await answer, ['gateway_refused', 400, 'invalid_grant']);
});
