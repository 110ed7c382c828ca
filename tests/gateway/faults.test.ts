/** The bank behind the gateway keeps its state as the guide says, and every fault does what its name promises. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import * as faults from './faults.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { APP, authorise, CERTIFICATE, CLIENT, exchange, refresh, resource, type Reply } from './tpp.ts';

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway({
    ...CLIENT,
    applications: [{ app: APP, certificate: CERTIFICATE, redirectUrl: 'http://localhost:1/api/callback?own=1' }],
  });
});
afterEach(() => gateway.close());

interface Tokens { access_token: string; refresh_token?: string; expires_in: number }
const tokens = (reply: Reply): Tokens => JSON.parse(reply.body) as Tokens;

async function locate(): Promise<string> {
  return (JSON.parse((await authorise(gateway)).body) as { location: string }).location;
}

async function newCode(): Promise<string> {
  return new URL(gateway.accept(await locate())).searchParams.get('authorisation_code') ?? '';
}

async function connect(): Promise<Required<Tokens>> {
  return tokens(await exchange(gateway, await newCode())) as Required<Tokens>;
}

describe('the bank', () => {
  test('RED-1, RED-2: accept gives a code, decline gives null, and the first decision stands', async () => {
    const location = await locate();
    const declined = new URL(gateway.decline(location));
    assert.equal(declined.searchParams.get('authorisation_code'), 'null');
    assert.equal(declined.searchParams.get('own'), '1');
    assert.equal(gateway.accept(location), declined.href);
    assert.notEqual(await newCode(), 'null');
  });

  test('ENV-2: a code works once and not after its lifetime', async () => {
    const code = await newCode();
    assert.equal((await exchange(gateway, code)).status, 200);
    assert.equal((await exchange(gateway, code)).status, 400);
    const old = await newCode();
    gateway.advance(600);
    assert.match((await exchange(gateway, old)).body, /invalid_grant/);
  });

  test('REF-1: a refresh token is spent by its use; with grace the same answer comes again', async () => {
    const { refresh_token: first } = await connect();
    const answer = await refresh(gateway, first);
    assert.equal((await refresh(gateway, first)).status, 400);
    gateway.lifetimes.rotation = 'grace';
    assert.equal((await refresh(gateway, first)).body, answer.body);
    gateway.advance(61);
    assert.equal((await refresh(gateway, first)).status, 400);
  });

  test('REF-2: two refreshes of one consent at once are caught', async () => {
    const { refresh_token: refreshToken } = await connect();
    const held = gateway.next('refresh', faults.hold());
    const first = refresh(gateway, refreshToken);
    await held.reached;
    await refresh(gateway, refreshToken);
    held.release();
    await first;
    assert.deepEqual(gateway.violations.map(({ rule }) => rule), ['REF-2']);
    await refresh(gateway, refreshToken);
    assert.equal(gateway.violations.length, 1);
  });

  test('REV-1: after its lifetime, or revoked, a token opens nothing', async () => {
    const { access_token: accessToken, refresh_token: refreshToken } = await connect();
    gateway.advance(3600);
    assert.equal((await resource(gateway, '/accounts', accessToken)).status, 401);
    const fresh = tokens(await refresh(gateway, refreshToken)) as Required<Tokens>;
    assert.equal((await resource(gateway, '/accounts', fresh.access_token)).status, 200);
    gateway.revoke();
    assert.equal((await resource(gateway, '/accounts', fresh.access_token)).status, 401);
    assert.equal((await refresh(gateway, fresh.refresh_token)).status, 400);
  });
});

describe('the faults', () => {
  test('REF-3: a lost request changes nothing, a lost answer does', async () => {
    gateway.next('exchange', faults.lostRequest());
    gateway.next('exchange', faults.lostAnswer());
    const code = await newCode();
    await assert.rejects(exchange(gateway, code));
    assert.equal(gateway.bank.consents.length, 0);
    await assert.rejects(exchange(gateway, code));
    assert.equal(gateway.bank.consents.length, 1);
    assert.equal((await exchange(gateway, code)).status, 400);
    assert.equal(gateway.count('exchange'), 3);
  });

  test('REF-2: a held request is processed on release, or has been when it is held after', async () => {
    const before = gateway.next('exchange', faults.hold());
    const after = gateway.next('exchange', faults.hold('after'));
    const calls = [];
    for (const [held, consents] of [[before, 0], [after, 1]] as const) {
      calls.push(exchange(gateway, await newCode()));
      await held.reached;
      assert.equal(gateway.bank.consents.length, consents);
    }
    before.release();
    after.release();
    assert.deepEqual((await Promise.all(calls)).map(({ status }) => status), [200, 200]);
  });

  test('ERR-1: statuses, HTML, garbage and a refusal come in place of processing', async () => {
    const { refresh_token: refreshToken } = await connect();
    gateway.next('refresh', faults.status(503, '7'));
    gateway.next('refresh', faults.html());
    gateway.next('refresh', faults.garbage());
    gateway.next('refresh', faults.invalidGrant());
    const busy = await refresh(gateway, refreshToken);
    assert.deepEqual([busy.status, busy.headers['retry-after']], [503, '7']);
    assert.match((await refresh(gateway, refreshToken)).body, /<!doctype html>/);
    const { body: garbled } = await refresh(gateway, refreshToken);
    assert.throws(() => JSON.parse(garbled), SyntaxError);
    assert.match((await refresh(gateway, refreshToken)).body, /invalid_grant/);
    assert.equal((await refresh(gateway, refreshToken)).status, 200);
  });

  test('ERR-3: a truncated answer breaks off and a dripping one arrives whole', async () => {
    const { refresh_token: refreshToken, access_token: accessToken } = await connect();
    gateway.next('resource', faults.truncated());
    await assert.rejects(resource(gateway, '/accounts', accessToken));
    gateway.next('refresh', faults.drip(1));
    assert.ok(tokens(await refresh(gateway, refreshToken)).access_token);
  });

  test('TOK-5, AUT-4: members can be added, left out and replaced', async () => {
    gateway.next('authorise', faults.location('https://evil.example/'));
    assert.match(await locate(), /evil/);
    const { refresh_token: refreshToken } = await connect();
    gateway.next('refresh', faults.withoutRefreshToken());
    assert.equal(tokens(await refresh(gateway, refreshToken)).refresh_token, undefined);
    gateway.next('refresh', faults.unknownMembers());
    assert.match((await refresh(gateway, refreshToken)).body, /x-new/);
  });

  test('ERR-3: a standing fault lasts until it is cleared', async () => {
    gateway.always('authorise', faults.status(500));
    assert.deepEqual([(await authorise(gateway)).status, (await authorise(gateway)).status], [500, 500]);
    gateway.clearFaults();
    assert.equal((await authorise(gateway)).status, 201);
  });
});
