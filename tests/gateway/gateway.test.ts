/** The strict gateway finds each planted mistake, by its rule, so that its silence about the worker means something. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { POCKIT, startGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import {
  APP, authorise, base64url, CERTIFICATE, CLIENT, exchange, jwsHeader, refresh, resource, sign, token, UUID,
  type Plant, type Reply,
} from './tpp.ts';

const OPTIONS: GatewayOptions = {
  ...CLIENT,
  applications: [{ app: APP, certificate: CERTIFICATE, redirectUrl: 'http://localhost:1/api/callback?own=1' }],
};

let gateway: Gateway;
before(async () => {
  gateway = await startGateway(OPTIONS);
});
after(() => gateway.close());
afterEach(() => {
  gateway.violations.length = 0;
});

interface Tokens { access_token: string; refresh_token: string; expires_in: number }

async function connect(at: Gateway): Promise<Tokens> {
  const { location } = JSON.parse((await authorise(at)).body) as { location: string };
  const code = new URL(at.accept(location)).searchParams.get('authorisation_code') ?? '';
  return JSON.parse((await exchange(at, code)).body) as Tokens;
}

/** The call was refused with the status, and for this one rule alone. */
async function caught(rule: string, status: number, call: Promise<Reply>, at: Gateway = gateway): Promise<void> {
  assert.equal((await call).status, status);
  const rules = new Set(at.violations.map((violation) => violation.rule));
  assert.deepEqual([...rules], [rule], JSON.stringify(at.violations.map(({ message }) => message)));
  at.violations.length = 0;
}

const header = (text: string): Plant => (draft) => { draft.header = text; };
const encoding = (change: (jws: string) => string): Plant => (draft) => {
  draft.token = (...parts) => change(sign(...parts));
};
const replaceHeader = (name: string, value: string): Plant => (draft) => {
  draft.headers = [...draft.headers.filter(([candidate]) => candidate !== name), [name, value]];
};
const addHeader = (name: string, value: string): Plant => (draft) => { draft.headers.push([name, value]); };
const body = (text: string): Plant => (draft) => {
  draft.body = Buffer.from(text);
  draft.payload = text;
};

test('AUT-1, TOK-1, REF-1, ACC-1: a caller that keeps the rules meets no violation', async () => {
  const first = await connect(gateway);
  const again = JSON.parse((await refresh(gateway, first.refresh_token)).body) as Tokens;
  const answer = await resource(gateway, '/accounts/12345678/balance?page=1', again.access_token);
  assert.equal(answer.status, 200);
  assert.match(answer.body, /1\.10,.*12345678901234567890/);
  assert.equal((await authorise(gateway, undefined, { sandbox_sca: true })).status, 201);
  assert.deepEqual(gateway.violations, []);
});

describe('the signature', () => {
  test('JWS-1: a missing or repeated token, another alg, padding and standard base64 are caught', async () => {
    await caught('JWS-1', 401, authorise(gateway, (draft) => { draft.token = () => ''; }));
    await caught('JWS-1', 401, authorise(gateway, addHeader('x-jws-signature', 'a.b.c')));
    await caught('JWS-1', 401, authorise(gateway, header(jwsHeader('/authorise', { alg: 'hs256' }))));
    await caught('JWS-1', 401, authorise(gateway, encoding((jws) => `${jws}=`)));
    const standard: Plant = (draft) => {
      draft.payload = draft.body.toString();
      draft.token = (head, payload, key) => {
        const [h = '', p = ''] = [head, payload].map(base64url);
        return sign(head, payload, key).replace(`${h}.${p}`, `${h}.${p.replaceAll('-', '+').replaceAll('_', '/')}`);
      };
    };
    const rules = await rulesOf(authorise(gateway, standard, { uuid: '????>>>>' }));
    assert.ok(rules.has('JWS-1'));
  });

  test('JWS-2: members out of order, missing, added, another typ and an unknown app are caught', async () => {
    const iat = Math.floor(Date.now() / 1000);
    const swapped = JSON.stringify({ typ: 'JWT', alg: 'HS256', app: APP, path: '/authorise', iat });
    await caught('JWS-2', 401, authorise(gateway, header(swapped)));
    await caught('JWS-2', 401, authorise(gateway, header(jwsHeader('/authorise', { kid: '1' }))));
    await caught('JWS-2', 401, authorise(gateway, header(jwsHeader('/authorise', { typ: undefined }))));
    await caught('JWS-2', 401, authorise(gateway, header(jwsHeader('/authorise', { typ: 'jwt' }))));
    await caught('JWS-2', 401, authorise(gateway, header(jwsHeader('/authorise', { app: 'other' }))));
    await caught('JWS-2', 401, authorise(gateway, header('[1]')));
  });

  test('JWS-3: a version, a host, a query or a missing slash in the path is caught', async () => {
    const paths = ['/v1/authorise', `${gateway.authBase}/authorise`, '/authorise?a=1', 'authorise', '/authorise/'];
    for (const path of paths) {
      await caught('JWS-3', 401, authorise(gateway, header(jwsHeader(path))));
    }
    const { access_token: accessToken } = await connect(gateway);
    const withQuery = header(jwsHeader('/accounts?page=1'));
    await caught('JWS-3', 401, resource(gateway, '/accounts?page=1', accessToken, withQuery));
  });

  test('JWS-4: an iat that is no whole number of seconds, or far from now, is caught', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const iat of [now + 0.5, String(now), now * 1000, 0, now - 3600, null]) {
      await caught('JWS-4', 401, authorise(gateway, header(jwsHeader('/authorise', { iat }))));
    }
    const exponent = jwsHeader('/authorise').replace(/"iat":(\d+)/, '"iat":$1e0');
    await caught('JWS-4', 401, authorise(gateway, header(exponent)));
  });

  test('JWS-5: a body that was serialised again after signing is caught', async () => {
    await caught('JWS-5', 401, authorise(gateway, (draft) => {
      draft.body = Buffer.from(draft.payload.replaceAll(',', ', '));
    }));
  });

  test('JWS-6: form fields in another order, as numbers, or as the form itself are caught', async () => {
    const { refresh_token: refreshToken } = await connect(gateway);
    const payloads = [
      JSON.stringify({ refresh_token: refreshToken, grant_type: 'refresh_token' }),
      JSON.stringify({ grant_type: 'refresh_token', refresh_token: 1 }),
      JSON.stringify({ grant_type: 'refresh_token' }),
      `grant_type=refresh_token&refresh_token=${refreshToken}`,
    ];
    for (const payload of payloads) {
      await caught('JWS-6', 401, refresh(gateway, refreshToken, (draft) => { draft.payload = payload; }));
    }
  });

  test('JWS-7: any payload but {} is caught where there is no body', async () => {
    const { access_token: accessToken } = await connect(gateway);
    for (const payload of ['', '{ }', 'null', '{"a":1}']) {
      await caught('JWS-7', 401, resource(gateway, '/accounts', accessToken, (draft) => { draft.payload = payload; }));
    }
  });

  test('JWS-8: a key that is trimmed, re-wrapped or another is caught', async () => {
    const text = CERTIFICATE.toString();
    for (const key of [text.trim(), text.replaceAll('\r\n', '\n'), 'TUlJQg==', 'other']) {
      await caught('JWS-8', 401, authorise(gateway, (draft) => { draft.key = Buffer.from(key); }));
    }
  });

  test('JWS-9: parts, crit, b64, repeated members, loose trailing bits and whitespace are caught', async () => {
    const { access_token: accessToken } = await connect(gateway);
    const accounts = (plant: Plant): Promise<Reply> => resource(gateway, '/accounts', accessToken, plant);
    await caught('JWS-9', 401, accounts(encoding((jws) => `${jws}.e30`)));
    await caught('JWS-9', 401, accounts(encoding((jws) => jws.replace(/\.[^.]*$/, ''))));
    assert.ok((await rulesOf(accounts(header(jwsHeader('/accounts', { crit: ['b64'] }))))).has('JWS-9'));
    assert.ok((await rulesOf(accounts(header(jwsHeader('/accounts', { b64: false }))))).has('JWS-9'));
    const twice = jwsHeader('/accounts').replace('"alg":"HS256"', '"alg":"none","alg":"HS256"');
    assert.ok((await rulesOf(accounts(header(twice)))).has('JWS-9'));
    // `e30` is {} with two spare bits at zero; `e31` decodes alike with one of them set.
    const loose: Plant = (draft) => {
      draft.token = (head, payload, key) => sign(head, payload, key).replace('.e30.', '.e31.');
    };
    assert.ok((await rulesOf(accounts(loose))).has('JWS-9'));
    assert.ok((await rulesOf(accounts(encoding((jws) => jws.replace('.', '. '))))).has('JWS-9'));
  });
});

async function rulesOf(call: Promise<Reply>): Promise<Set<string>> {
  const { status } = await call;
  assert.ok(status >= 400, `answered ${status}`);
  return new Set(gateway.violations.splice(0).map(({ rule }) => rule));
}

describe('the calls', () => {
  const authorization = (value: string): Plant => replaceHeader('authorization', value);
  const basic = (text: string): Plant => authorization(`Basic ${Buffer.from(text).toString('base64')}`);

  test('BAS-1: another secret, form encoding, the guide\'s slip, base64url and another case are caught', async () => {
    const { clientId, clientSecret } = CLIENT;
    const right = Buffer.from(`${clientId}:${clientSecret}`);
    await caught('BAS-1', 401, authorise(gateway, basic(`${clientId}:wrong`)));
    await caught('BAS-1', 401, authorise(gateway, basic(`${clientId}:client:${clientSecret}`)));
    await caught('BAS-1', 401, authorise(gateway, basic(`${clientId}:${encodeURIComponent(clientSecret)}`)));
    await caught('BAS-1', 401, exchange(gateway, 'c', authorization(`Basic ${right.toString('base64url')}`)));
    await caught('BAS-1', 401, authorise(gateway, authorization(`basic ${right.toString('base64')}`)));
    await caught('BAS-1', 401, authorise(gateway, (draft) => { draft.headers.pop(); }));
  });

  test('AUT-1: another method, content type, query, member or order is caught', async () => {
    await caught('AUT-1', 405, authorise(gateway, (draft) => { draft.method = 'PUT'; }));
    await caught('AUT-1', 415, authorise(gateway, replaceHeader('content-type', 'text/plain')));
    await caught('AUT-1', 400, authorise(gateway, (draft) => { draft.url += '?a=1'; }));
    await caught('AUT-1', 400, authorise(gateway, undefined, { state: 'x' }));
    await caught('AUT-1', 400, authorise(gateway, body(`{"uuid":"${UUID}","aspsp":"${POCKIT}","scope":"aisp"}`)));
  });

  test('AUT-2: a uuid that is no UUIDv4 is caught', async () => {
    for (const uuid of ['c0fd407d-134b-1091-8e04-ab49a98db217', 'c0fd407d134b40918e04ab49a98db217', '', 4]) {
      await caught('AUT-2', 400, authorise(gateway, undefined, { uuid }));
    }
  });

  test('AUT-3: a scope but aisp and pisp is caught', async () => {
    await caught('AUT-3', 400, authorise(gateway, undefined, { scope: 'AISP' }));
  });

  test('CFG-2: another bank\'s aspsp is caught', async () => {
    await caught('CFG-2', 400, authorise(gateway, undefined, { aspsp: UUID }));
  });

  test('ENV-3, ENV-4: a repeated uuid and any sandbox_sca are caught in production, a "true" in sandbox', async () => {
    await caught('ENV-4', 400, authorise(gateway, undefined, { sandbox_sca: 'true' }));
    const production = await startGateway({ ...OPTIONS, environment: 'production' });
    try {
      await caught('ENV-4', 400, authorise(production, undefined, { sandbox_sca: false }), production);
      assert.equal((await authorise(production)).status, 201);
      await caught('ENV-3', 400, authorise(production), production);
    } finally {
      await production.close();
    }
  });

  test('TOK-1: another content type, grant or field is caught', async () => {
    await caught('TOK-1', 415, exchange(gateway, 'c', replaceHeader('content-type', 'application/json')));
    await caught('TOK-1', 400, token(gateway, { grant_type: 'authorization_code', code: 'c', redirect_uri: 'x' }));
    await caught('TOK-1', 400, token(gateway, { code: 'c', grant_type: 'authorization_code' }));
    await caught('TOK-1', 400, token(gateway, { grant_type: 'client_credentials', code: 'c' }));
  });

  test('REF-1: another field beside the refresh token is caught', async () => {
    await caught('REF-1', 400, token(gateway, { grant_type: 'refresh_token', refresh_token: 'r', scope: 'aisp' }));
  });

  test('ACC-1: a missing token and an x-user-ip that is private, loopback or malformed are caught', async () => {
    const { access_token: accessToken } = await connect(gateway);
    await caught('ACC-1', 401, resource(gateway, '/accounts', accessToken, authorization(accessToken)));
    const addresses = ['127.0.0.1', '10.1.2.3', '192.168.0.9', '100.64.0.1', '::1', 'fd00::1', '::ffff:10.0.0.1',
      '203.0.113.1, 203.0.113.2', '203.0.113.1:443', '203.0.113.01', 'unknown', ''];
    for (const address of addresses) {
      await caught('ACC-1', 400, resource(gateway, '/accounts', accessToken, replaceHeader('x-user-ip', address)));
    }
    const open = await resource(gateway, '/accounts', accessToken, replaceHeader('x-user-ip', '2001:db8::1'));
    assert.equal(open.status, 200);
  });

  test('ACC-2: a fifth request in 24 hours without the PSU is caught', async () => {
    const { access_token: accessToken } = await connect(gateway);
    const alone: Plant = (draft) => { draft.headers = draft.headers.filter(([name]) => name !== 'x-user-ip'); };
    for (let count = 0; count < 4; count += 1) {
      assert.equal((await resource(gateway, '/accounts', accessToken, alone)).status, 200);
    }
    await caught('ACC-2', 429, resource(gateway, '/accounts', accessToken, alone));
  });

  test('ENV-1: a call outside both bases is caught', async () => {
    await caught('ENV-1', 404, authorise(gateway, (draft) => { draft.url = `${gateway.url}/authorise`; }));
  });
});
