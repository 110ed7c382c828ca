/** A client that nobody here wrote, against the sandbox gateway: oauth4webapi asks for tokens, jose signs. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompactSign } from 'jose';
import * as oauth from 'oauth4webapi';
import { ASPSP, type Sandbox, startSandbox } from 'tell-connect-sandbox/node';

const REDIRECT_URL = 'https://tpp.example/back';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nVGhpc0lzTm9SZWFsQ2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
/** oauth4webapi percent-encodes what is neither a letter nor a digit (RFC 6749, 2.3.1); BAS-1 does not. */
const PLAIN = { clientId: 'client1', clientSecret: 'secret1' };
const HYPHENATED = { clientId: 'client-1', clientSecret: 'secret1' };

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ ...PLAIN, applications: applications(CERTIFICATE) });
});
after(() => sandbox?.close());

function applications(certificate: string) {
  return [{ app: 'app-1', certificate, redirectUrl: REDIRECT_URL }];
}

interface Provider {
  bank: Sandbox;
  client: typeof PLAIN;
  certificate?: string;
}

type TokenRequest = oauth.CustomFetchOptions<'POST', URLSearchParams>;

/** What a provider makes of the two libraries. */
function providerOf({ bank, client, certificate = CERTIFICATE }: Provider) {
  const server: oauth.AuthorizationServer = { issuer: bank.url, token_endpoint: `${bank.authBase}/access-token` };
  const known: oauth.Client = { client_id: client.clientId };
  const basic = oauth.ClientSecretBasic(client.clientSecret);
  const sign = (path: string, payload: string) => signed(certificate, path, payload);
  const options = {
    [oauth.allowInsecureRequests]: true,
    /** JWS-6: the form's fields, as a JSON object. */
    [oauth.customFetch]: async (url: string, { body, headers, ...init }: TokenRequest) => {
      const payload = JSON.stringify(Object.fromEntries(body));
      const signature = await sign('/access-token', payload);
      return fetch(url, { ...init, body, headers: { ...headers, 'x-jws-signature': signature } });
    },
  };
  const notes: string[] = [];
  return {
    /** What the gateway has noted of each exchange. */
    notes,
    /** A code of a person who has accepted: what tell.connect has in place of an authorisation request. */
    async code(): Promise<string> {
      const body = JSON.stringify({ aspsp: ASPSP, uuid: crypto.randomUUID(), scope: 'aisp' });
      const authorization = `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}`;
      const signature = await sign('/authorise', body);
      const headers = { authorization, 'content-type': 'application/json', 'x-jws-signature': signature };
      const answer = await fetch(`${bank.authBase}/authorise`, { method: 'POST', headers, body });
      const { location } = (await answer.json()) as { location: string };
      return new URL(await bank.accept(location)).searchParams.get('authorisation_code') ?? '';
    },
    /** It sends `redirect_uri` and `code_verifier` too, as OAuth has it. */
    async exchange(code: string): Promise<oauth.TokenEndpointResponse> {
      const back = oauth.validateAuthResponse(server, known, new URLSearchParams({ code }), oauth.expectNoState);
      const verifier = oauth.generateRandomCodeVerifier();
      const asked = oauth.authorizationCodeGrantRequest(server, known, basic, back, REDIRECT_URL, verifier, options);
      const answer = await asked;
      notes.push(answer.headers.get('x-sandbox-note') ?? '');
      return oauth.processAuthorizationCodeResponse(server, known, answer);
    },
    async refresh(token = ''): Promise<oauth.TokenEndpointResponse> {
      const answer = await oauth.refreshTokenGrantRequest(server, known, basic, token, options);
      return oauth.processRefreshTokenResponse(server, known, answer);
    },
    async accounts(accessToken: string): Promise<Response> {
      const headers = new Headers({ 'x-jws-signature': await sign('/accounts', '{}'), 'x-user-ip': '203.0.113.1' });
      const url = new URL(`${bank.resourceBase}/accounts`);
      const insecure = { [oauth.allowInsecureRequests]: true };
      return oauth.protectedResourceRequest(accessToken, 'GET', url, headers, null, insecure);
    },
  };
}

function signed(certificate: string, path: string, payload: string): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', typ: 'JWT', app: 'app-1', path, iat };
  const encoder = new TextEncoder();
  return new CompactSign(encoder.encode(payload)).setProtectedHeader(header).sign(encoder.encode(certificate));
}

/** The refusal that oauth4webapi hands on: by its `error`, or by its challenge where it has one. */
async function refusal(asked: Promise<unknown>): Promise<Record<'error' | 'rule' | 'reading', string>> {
  const thrown: unknown = await asked.then(() => assert.fail('it is answered'), (error: unknown) => error);
  if (thrown instanceof oauth.ResponseBodyError) return thrown.cause as never;
  assert.ok(thrown instanceof oauth.WWWAuthenticateChallengeError, String(thrown));
  return (await thrown.response.json()) as never;
}

test('TOK-1, REF-1, BAS-1: oauth4webapi exchanges a code, refreshes, and reads accounts', async () => {
  const provider = providerOf({ bank: sandbox, client: PLAIN });
  const first = await provider.exchange(await provider.code());
  assert.deepEqual([first.token_type, first.expires_in], ['bearer', 3600]);
  assert.match(provider.notes.join(), /^Ignored in the form: redirect_uri, code_verifier\./);
  const second = await provider.refresh(first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await provider.accounts(second.access_token)).status, 200);
  assert.deepEqual(sandbox.violations, []);
});

test('TOK-1, REF-1: it reads what the gateway says of a spent code and a spent refresh token', async () => {
  const provider = providerOf({ bank: sandbox, client: PLAIN });
  const code = await provider.code();
  const { refresh_token: spent } = await provider.exchange(code);
  await provider.refresh(spent);
  const refused = await Promise.all([provider.exchange(code), provider.refresh(spent)].map(refusal));
  assert.deepEqual(refused.map(({ error, rule }) => [error, rule]), [
    ['invalid_grant', 'TOK-1'],
    ['invalid_grant', 'REF-1'],
  ]);
});

test('BAS-1: a hyphen in a client id comes percent-encoded: the gateway names that, or is set to take it', async () => {
  const options = { ...HYPHENATED, applications: applications(CERTIFICATE) };
  await using usual = await startSandbox(options);
  const { error, rule, reading } = await refusal(providerOf({ bank: usual, client: HYPHENATED }).exchange('x'));
  assert.deepEqual([error, rule, reading], ['invalid_client', 'BAS-1', 'form-encoded']);
  await using other = await startSandbox({ ...options, readings: { basic: 'form-encoded' } });
  const provider = providerOf({ bank: other, client: HYPHENATED });
  assert.equal((await refusal(provider.exchange('x'))).error, 'invalid_grant');
});

test('TOK-1: a strict gateway refuses the charset that it names with the form', async () => {
  await using bank = await startSandbox({ ...PLAIN, applications: applications(CERTIFICATE), strict: true });
  const { error, rule } = await refusal(providerOf({ bank, client: PLAIN }).exchange('x'));
  assert.deepEqual([error, rule], ['unsupported_media_type', 'TOK-1']);
});

test('JWS-8: jose signs with a key as short as a certificate may be, and another key is refused', async () => {
  await using bank = await startSandbox({ ...PLAIN, applications: applications('c') });
  const short = providerOf({ bank, client: PLAIN, certificate: 'c' });
  assert.equal((await short.exchange(await short.code())).expires_in, 3600);
  const other = providerOf({ bank, client: PLAIN, certificate: 'd' });
  const { error, rule } = await refusal(other.exchange('x'));
  assert.deepEqual([error, rule], ['invalid_signature', 'JWS-8']);
});
