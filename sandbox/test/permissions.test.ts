import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RESOURCES } from '../src/data/resources.ts';
import { PERMISSIONS, permissionFor } from '../src/permissions.ts';
import { newCode, openSandbox, startStrict } from './support/sandbox.ts';
import { type Tokens, read, refusal } from './support/tpp.ts';

const PATHS = ['/accounts', '/accounts/12345678', ...RESOURCES.map((name) => `/accounts/12345678/${name}`)];

test('ACC-3: a consent that was not narrowed names the guide’s four permissions and permits all', async () => {
  const { tpp } = openSandbox();
  const { access_token: access, scope } = await tpp.connect();
  assert.equal(scope, 'balance:read,product:read,accounts:read,beneficiaries:read');
  for (const path of PATHS) assert.equal((await tpp.get(path, access)).status, 200, path);
});

test('ACC-3: a narrowed consent permits what it names, and each refusal names what it lacks', async () => {
  for (const missing of PERMISSIONS) {
    const { tpp } = openSandbox();
    const others = PERMISSIONS.filter((permission) => permission !== missing);
    const narrowed = await tpp.connectWith({}, `accept&permissions=${others}`);
    const { access_token: access, refresh_token: refresh, scope } = narrowed;
    assert.equal(scope, others.join(','));
    assert.equal((await read<Tokens>(await tpp.refresh(refresh))).scope, scope);
    for (const path of PATHS) {
      const answer = await tpp.get(path, access);
      const needed = permissionFor(path.split('/')[3]);
      assert.equal(answer.status, needed === missing ? 403 : 200, `${path} without ${missing}`);
      if (answer.status === 403) {
        const { error, error_description: said } = await read<Record<string, string>>(answer);
        assert.equal(error, 'insufficient_scope');
        assert.ok(said?.includes(`"${missing}"`), said);
      }
    }
  }
});

test('ACC-3: the boxes of the consent page narrow it; all of them, and a form without them, do not', async () => {
  const { tpp, send } = openSandbox();
  const { location } = await read<{ location: string }>(await tpp.authorise());
  const page = await (await send(new Request(location))).text();
  for (const permission of PERMISSIONS) assert.ok(page.includes(`name="${permission}" checked`), permission);
  const two = await tpp.connectWith({}, 'accept&permissions=boxes&accounts%3Aread=on&balance%3Aread=on');
  assert.equal(two.scope, 'accounts:read,balance:read');
  assert.equal(await refusal(tpp.get('/accounts/12345678/product', two.access_token)), '403 insufficient_scope ACC-3');
  const all = PERMISSIONS.map((permission) => `${encodeURIComponent(permission)}=on`).join('&');
  const every = await tpp.connectWith({}, `accept&permissions=boxes&${all}`);
  assert.equal(every.scope, 'balance:read,product:read,accounts:read,beneficiaries:read');
  for (const wrong of ['boxes', 'accounts:write', '']) {
    const again = await read<{ location: string }>(await tpp.authorise());
    const pressed = tpp.press(again.location, `accept&permissions=${wrong}`);
    assert.equal(await refusal(pressed), '400 invalid_request AUT-4', wrong);
  }
});

test('ACC-3: a person in a test chooses permissions, and a TPP that asks for more breaks no rule', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { location } = await read<{ location: string }>(await tpp.authorise());
  const back = new URL(await sandbox.accept(location, undefined, ['transactions:read']));
  const code = back.searchParams.get('authorisation_code') ?? '';
  const { access_token: access } = await read<Tokens>(await tpp.token({ grant_type: 'authorization_code', code }));
  assert.equal((await tpp.get('/accounts', access)).status, 403);
  assert.equal((await tpp.get('/accounts/12345678/transactions', access)).status, 200);
  assert.deepEqual(sandbox.violations, []);
  assert.match(await newCode(sandbox, tpp), /^[0-9a-f-]{36}$/);
});
