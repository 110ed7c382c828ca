import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBasic } from '../src/check/basic.ts';
import type { Client } from '../src/directory.ts';
import { Refusal } from '../src/refusal.ts';

const CLIENT: Client = {
  clientId: 'sample/tpp',
  developer: null,
  roles: null,
  matches: async (secret) => secret === '123£',
};
const find = (clientId: string): Client | undefined => (clientId === CLIENT.clientId ? CLIENT : undefined);

function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

async function refusal(authorization: string | null, strict = false): Promise<string> {
  try {
    await checkBasic(authorization, find, { strict });
    return 'taken';
  } catch (error) {
    assert.ok(error instanceof Refusal);
    assert.equal(error.status, 401);
    assert.equal(error.rule, 'BAS-1');
    assert.match(error.headers['www-authenticate'] ?? '', /^Basic /);
    assert.doesNotMatch(error.message, /123/);
    return error.message;
  }
}

test('BAS-1: base64 of client_id, colon and client_secret in UTF-8 is taken', async () => {
  assert.equal(await refusal(`Basic ${encode('sample/tpp:123£')}`), 'taken');
  assert.equal(await refusal(`basic ${encode('sample/tpp:123£')}`), 'taken');
});

test('BAS-1: anything else is refused by name', async () => {
  assert.match(await refusal(null), /no Authorization/);
  assert.match(await refusal('Bearer abc'), /not of the form/);
  assert.match(await refusal('Basic a b'), /not of the form/);
  assert.match(await refusal('Basic %%%'), /not base64/);
  assert.match(await refusal(`Basic ${encode('sample/tpp:123£').replace(/=+$/, '')}`), /not base64/);
  assert.match(await refusal(`Basic ${encode('sample/tpp:>>>???').replaceAll('/', '_')}`), /not base64/);
  assert.match(await refusal(`Basic ${btoa('sample/tpp:123£')}`), /not base64 of UTF-8/);
  assert.match(await refusal(`Basic ${encode('sample/tpp')}`), /no colon/);
  assert.match(await refusal(`Basic ${encode('other:123£')}`), /client_id is not/);
  assert.match(await refusal(`Basic ${encode('sample/tpp:123£\n')}`), /client_secret is not/);
});

test('BAS-1: the scheme is taken in any case, but in one when order and spelling count', async () => {
  assert.equal(await refusal(`Basic ${encode('sample/tpp:123£')}`, true), 'taken');
  assert.match(await refusal(`basic ${encode('sample/tpp:123£')}`, true), /not of the form/);
});

test('BAS-1: the two usual misreadings are told apart', async () => {
  assert.match(await refusal(`Basic ${encode('sample/tpp:client:123£')}`), /the guide slipped/);
  assert.match(await refusal(`Basic ${encode('sample%2Ftpp:123%C2%A3')}`), /form-encoded/);
});
