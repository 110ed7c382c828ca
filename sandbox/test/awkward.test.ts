import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AWKWARD_ID } from '../src/data/awkward.ts';
import { RESOURCES } from '../src/data/resources.ts';
import { SHAPES } from '../src/data/shape.ts';
import { openSandbox } from './support/sandbox.ts';
import { read } from './support/tpp.ts';

test('ACC-4: one account has JSON that no parser and serialiser leaves as it is, everywhere', async () => {
  for (const shape of SHAPES) {
    const { tpp } = openSandbox({ SANDBOX_SHAPE: shape, SANDBOX_AWKWARD: 'true' });
    const { access_token: access } = await tpp.connect();
    const paths = ['', `/${AWKWARD_ID}`, ...RESOURCES.map((name) => `/${AWKWARD_ID}/${name}`)];
    for (const path of paths) {
      const text = await (await tpp.get(`/accounts${path}`, access)).text();
      for (const part of [':10.10,', ':1E400,', ':12345678901234567890,', '\\u0000']) {
        assert.ok(text.includes(part), `${part} in ${text}`);
      }
      assert.notEqual(JSON.stringify(JSON.parse(text)), text);
      assert.equal(await (await tpp.get(`/accounts${path}`, access)).text(), text);
    }
  }
});

test('ACC-4: that account is listed where the setting says so, and can be read in any case', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const { Accounts: list } = await read<{ Accounts: { AccountId: string }[] }>(await tpp.get('/accounts', access));
  assert.ok(list.every(({ AccountId }) => AccountId !== AWKWARD_ID));
  assert.equal((await tpp.get(`/accounts/${AWKWARD_ID}/balance`, access)).status, 200);
});
