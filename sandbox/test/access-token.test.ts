import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONSENT_LIFE, lifetimesOf } from '../src/life.ts';
import { openSandbox, startStrict } from './support/sandbox.ts';
import { type Tokens, read, refusal } from './support/tpp.ts';

const DAY = 86_400_000;
const CODE_LIFE = lifetimesOf('sandbox').codeSeconds * 1000;

async function code(tpp: ReturnType<typeof openSandbox>['tpp']): Promise<string> {
  const { location } = await read<{ location: string }>(await tpp.authorise());
  return (await tpp.decide(location, 'accept')).get('authorisation_code') ?? '';
}

function exchange(tpp: ReturnType<typeof openSandbox>['tpp'], secret: string): Promise<Response> {
  return tpp.token({ grant_type: 'authorization_code', code: secret });
}

test('TOK-1, TOK-3, TOK-4: a code gives tokens in the guide’s form', async () => {
  const { tpp } = openSandbox();
  const { access_token, refresh_token, token_type, expires_in, scope } = await tpp.connect();
  assert.match(access_token, /^[\w-]{43}$/);
  assert.match(refresh_token, /^[\w-]{43}$/);
  assert.equal(token_type, 'Bearer');
  assert.equal(expires_in, 3600);
  assert.equal(scope, 'balance:read,product:read,accounts:read,beneficiaries:read');
});

test('TOK-1: a code works once', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(exchange(tpp, (await tpp.connect()).code)), '400 invalid_grant TOK-1');
});

test('TOK-2, ENV-2: a code works for 10 minutes', async () => {
  const { tpp, clock } = openSandbox();
  const [inTime, tooLate] = [await code(tpp), await code(tpp)];
  clock.now += CODE_LIFE - 1;
  assert.equal((await exchange(tpp, inTime)).status, 200);
  clock.now += 1;
  assert.equal(await refusal(exchange(tpp, tooLate)), '400 invalid_grant TOK-2');
});

test('TOK-1: a code of another application, or that nobody issued, is refused', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(exchange(tpp.with({ app: 'app-two' }), await code(tpp))), '400 invalid_grant TOK-1');
  assert.equal(await refusal(exchange(tpp, 'made-up')), '400 invalid_grant TOK-1');
});

test('REF-1: a refresh token is replaced at each use, and a spent one is refused', async () => {
  const { tpp } = openSandbox();
  const first = await tpp.connect();
  const second = await read<Tokens>(await tpp.refresh(first.refresh_token));
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(await refusal(tpp.refresh(first.refresh_token)), '400 invalid_grant REF-1');
  assert.equal((await tpp.refresh(second.refresh_token)).status, 200);
  for (const { access_token } of [first, second]) assert.equal((await tpp.get('/accounts', access_token)).status, 200);
});

test('REF-1: nothing lives beyond the 90 days of the consent', async () => {
  const { tpp, clock } = openSandbox();
  const first = await tpp.connect();
  clock.now += CONSENT_LIFE - 60_000;
  const last = await read<Tokens>(await tpp.refresh(first.refresh_token));
  assert.equal(last.expires_in, 60);
  clock.now += 60_000;
  assert.equal(await refusal(tpp.refresh(last.refresh_token)), '400 invalid_grant REF-1');
  assert.equal(await refusal(tpp.get('/accounts', last.access_token)), '401 invalid_token ACC-1');
});

test('TOK-1, REF-1: the fields are those of the grant and no other', async () => {
  const { tpp } = openSandbox();
  const grant_type = 'authorization_code';
  assert.equal(await refusal(tpp.token({})), '400 invalid_request TOK-1');
  assert.equal(await refusal(tpp.token({ grant_type: 'password' })), '400 unsupported_grant_type TOK-1');
  assert.equal(await refusal(tpp.token({ grant_type })), '400 invalid_request TOK-1');
  assert.equal(await refusal(tpp.token({ grant_type, code: '' })), '400 invalid_request TOK-1');
  assert.equal(await refusal(tpp.token({ grant_type, code: 'x', username: 'y' })), '400 invalid_request TOK-1');
  assert.equal(await refusal(tpp.token({ grant_type: 'refresh_token', code: 'x' })), '400 invalid_request REF-1');
  const beside = { grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'y' };
  assert.equal(await refusal(tpp.token(beside)), '400 invalid_request REF-1');
});

const CUSTOMARY = { redirect_uri: 'https://a.example/', code_verifier: 'v', client_id: 'c', scope: 's', resource: 'r' };

test('TOK-1, REF-1: what OAuth clients send along is signed, ignored, and noted', async () => {
  const { tpp } = openSandbox();
  const first = await tpp.token({ grant_type: 'authorization_code', code: await code(tpp), ...CUSTOMARY });
  const note = first.headers.get('x-sandbox-note') ?? '';
  for (const name of Object.keys(CUSTOMARY)) assert.ok(note.includes(name), note);
  const { refresh_token } = await read<Tokens>(first);
  const second = await tpp.token({ grant_type: 'refresh_token', refresh_token, scope: 's' });
  assert.equal(second.status, 200);
  assert.match(second.headers.get('x-sandbox-note') ?? '', /^Ignored in the form: scope\. .*this field/);
  const third = await tpp.refresh((await read<Tokens>(second)).refresh_token);
  assert.equal(third.headers.get('x-sandbox-note'), null);
  // The payload holds them too, like any other field of the form (JWS-6).
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: tpp.basic() };
  const grant = { grant_type: 'refresh_token', refresh_token: (await read<Tokens>(third)).refresh_token };
  const body = new URLSearchParams({ ...grant, scope: 's' }).toString();
  const unsigned = tpp.post('/access-token', body, form, JSON.stringify(grant));
  assert.equal(await refusal(unsigned), '401 invalid_signature JWS-6');
});

test('TOK-1: where order and spelling count, no further field is ignored; else the record has a note', async () => {
  const fields = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a.example/' };
  await using strict = await startStrict();
  assert.equal(await refusal(strict.tpp.token(fields)), '400 invalid_request TOK-1');
  await using open = await startStrict({ strict: false });
  assert.equal(await refusal(open.tpp.token(fields)), '400 invalid_grant TOK-1');
  assert.deepEqual(open.sandbox.notes.map(({ request }) => request.endpoint), ['exchange']);
  assert.match(open.sandbox.notes[0]?.message ?? '', /redirect_uri/);
});

test('BAS-1, JWS-6, TOK-1: credentials, signature and media type are asked for', async () => {
  const { tpp } = openSandbox();
  assert.equal(await refusal(exchange(tpp.with({ clientId: 'x' }), 'x')), '401 invalid_client BAS-1');
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: tpp.basic() };
  const body = 'grant_type=refresh_token&refresh_token=x';
  assert.equal(await refusal(tpp.post('/access-token', body, form)), '401 invalid_signature JWS-6');
  const json = { ...form, 'content-type': 'application/json' };
  assert.equal(await refusal(tpp.post('/access-token', '{}', json)), '415 unsupported_media_type TOK-1');
});

test('TOK-3: the lifetime of access tokens can be set', async () => {
  const { tpp, clock } = openSandbox({ SANDBOX_ACCESS_TOKEN_SECONDS: '2' });
  const { access_token, expires_in } = await tpp.connect();
  assert.equal(expires_in, 2);
  clock.now += 1999;
  assert.equal((await tpp.get('/accounts', access_token)).status, 200);
  clock.now += 1;
  assert.equal(await refusal(tpp.get('/accounts', access_token)), '401 invalid_token ACC-1');
});

test('ERR-2: the books hold no code and no token, and no refusal repeats one', async () => {
  const { tpp, database } = openSandbox();
  const { code: spent, access_token: access, refresh_token: refresh } = await tpp.connect();
  const tables = ['intent', 'token', 'unattended', 'payment'];
  const books = JSON.stringify(tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all()));
  const answers = [exchange(tpp, spent), exchange(tpp, refresh), tpp.refresh(access), tpp.get('/accounts', refresh)];
  const said = (await Promise.all(answers.map(async (answer) => (await answer).text()))).join();
  for (const secret of [spent, access, refresh]) assert.ok(!books.includes(secret) && !said.includes(secret));
});

test('REF-1: the books forget what has ended', async () => {
  const { tpp, clock, database } = openSandbox();
  await tpp.connect();
  clock.now += CONSENT_LIFE + 2 * DAY;
  await tpp.authorise();
  const count = (table: string) => database.prepare(`SELECT * FROM ${table}`).all().length;
  assert.deepEqual([count('intent'), count('token')], [1, 0]);
});
