/** The journal over HTTP: searched, heard as it grows, and given as a line for a shell. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Control } from './support/control.ts';
import { Events } from './support/events.ts';
import { CERTIFICATE, VARIABLES, newCode, startStrict } from './support/sandbox.ts';
import { PAYMENT, type Tokens, read } from './support/tpp.ts';

interface Told {
  id: number;
  endpoint: string;
  status: number;
  verdict: string;
  target: string;
  intentId: string | null;
  answer: string;
  fault: string | null;
  refusal: { rule: string } | null;
}

const asked = async (control: Control, query = ''): Promise<Told[]> =>
  (await control.json<{ calls: Told[] }>(`/calls${query}`)).calls;

test('calls: they are found by endpoint, consent, application, verdict and rule, and paged by id', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const { access_token: access } = await tpp.connect();
  const intentId = sandbox.issued[0]?.intentId ?? '';
  await tpp.get('/accounts', access);
  await tpp.get('/accounts', access, { 'x-user-ip': '10.0.0.1' });
  sandbox.faults.add({ fault: { kind: 'status', status: 503 }, times: 1 });
  await tpp.get('/accounts', access);
  const endpoints = async (query: string): Promise<string[]> =>
    (await asked(control, query)).map(({ endpoint, status }) => `${endpoint} ${status}`);
  const all = ['resource 503', 'resource 400', 'resource 200', 'exchange 200', 'authorise 200'];
  assert.deepEqual(await endpoints(''), all);
  assert.deepEqual(await endpoints(`?intent=${intentId}`), all);
  assert.deepEqual(await endpoints('?app=app-one&limit=2'), all.slice(0, 2));
  assert.deepEqual(await endpoints('?app=app-two'), []);
  assert.deepEqual(await endpoints('?endpoint=exchange'), ['exchange 200']);
  assert.deepEqual(await endpoints('?verdict=refused'), ['resource 400']);
  assert.deepEqual(await endpoints('?verdict=failed'), ['resource 503']);
  assert.deepEqual(await endpoints('?verdict=fault'), ['resource 503']);
  assert.deepEqual(await endpoints('?verdict=answered&endpoint=resource'), ['resource 200']);
  assert.deepEqual(await endpoints('?rule=ACC-1'), ['resource 400']);
  const [newest] = await asked(control);
  assert.match(newest?.verdict ?? '', /^failed; fault: status 503/);
  assert.equal(newest?.answer, 'status 503');
  assert.deepEqual(await endpoints(`?before=${newest?.id}`), all.slice(1));
  assert.deepEqual(await endpoints(`?after=${Number(newest?.id) - 1}&endpoint=`), all.slice(0, 1));
  for (const query of ['?limit=0', '?after=x', '?verdict=bad', '?endpoint=reads', '?intend=1']) {
    assert.equal((await control.get(`/__sandbox/calls${query}`)).status, 400, query);
  }
  assert.deepEqual(await control.json(`/calls/${newest?.id}`), newest);
  assert.equal((await control.get('/__sandbox/calls/999')).status, 404);
  assert.equal((await control.delete('/calls')).status, 204);
  assert.deepEqual(await asked(control), []);
});

test('REF-3: a call that is not processed is not said to be refused for what the bank never looked at', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const { refresh_token: refresh } = await tpp.connect();
  const intentId = sandbox.issued[0]?.intentId;
  for (const fault of ['garbage', 'drop-before', 'drop-after']) {
    sandbox.faults.add({ fault, times: 1 });
    await tpp.refresh(refresh).catch(() => undefined);
    const [call] = await asked(control);
    assert.deepEqual([call?.refusal, call?.intentId], [null, intentId], fault);
    assert.match(call?.fault ?? '', new RegExp(fault));
  }
});

test('calls: they are heard as they come, and from the last one that was heard', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const url = `${sandbox.url}/__sandbox/events`;
  await tpp.authorise();
  const live = await Events.open(`${url}?app=app-one&endpoint=authorise`);
  const { access_token: access } = await tpp.connect();
  await newCode(sandbox, tpp);
  await tpp.get('/accounts', access);
  const heard = await live.next<Told>(2);
  assert.deepEqual(heard.map(({ data }) => data.endpoint), ['authorise', 'authorise'], 'and none that came before');
  assert.ok(heard.every(({ id, data }) => id === String(data.id) && data.verdict === 'answered'));
  await live.close();
  const missed = await Events.open(url, heard[0]?.id);
  const rest = await missed.next<Told>(3);
  assert.deepEqual(rest.map(({ data }) => data.endpoint), ['exchange', 'authorise', 'resource']);
  await tpp.authorise();
  assert.equal((await missed.next<Told>(1))[0]?.data.endpoint, 'authorise', 'it goes on');
  await missed.close();
});

test('calls: a reader that has missed more than fits at once has it all when it comes again', async () => {
  await using open = await startStrict();
  const { sandbox } = open;
  const wanted = 600;
  for (let sent = 0; sent < wanted; sent += 1) await fetch(`${sandbox.authBase}/nowhere`);
  let last = '0';
  let count = 0;
  for (let times = 0; times < 2; times += 1) {
    const events = await Events.open(`${sandbox.url}/__sandbox/events`, last);
    const heard = await events.next<Told>(times === 0 ? 500 : wanted - 500);
    assert.deepEqual(heard.map(({ data }) => data.id), heard.map((_, index) => Number(last) + 1 + index));
    count += heard.length;
    last = heard.at(-1)?.id ?? '';
    await events.close();
  }
  assert.equal(count, wanted);
});

test('JWS-5, JWS-6: each call is given as a line for a shell, which does it again', async () => {
  await using open = await startStrict({ strict: false });
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const again = await tpp.connect();
  const code = await newCode(sandbox, tpp);
  const { access_token: access, refresh_token: refresh } = again;
  const { access_token: paying } = await tpp.connect('pisp');
  await tpp.authorise({ uuid: '6f2b4c3e-9d1a-4e7b-8c5f-0a1b2c3d4e5f' });
  await tpp.pay(paying, { ...PAYMENT, BeneficiaryName: "O'Hara & Sons $1" });
  await tpp.get('/accounts/12345678/balance?since=1', access);
  const [balance, payment, authorise] = await asked(control);
  const [exchange] = await asked(control, '?endpoint=exchange');
  const line = async (call: Told | undefined): Promise<string> =>
    (await control.get(`/__sandbox/calls/${call?.id}/curl`)).text();
  const shell = { ACCESS_TOKEN: access, CODE: code, REFRESH_TOKEN: refresh };
  assert.match(await run(await line(balance), shell), /"Amount"/);
  assert.match(await run(await line(authorise), shell), /"intent-id"/);
  assert.match(await run(await line(exchange), shell), /"access_token"/);
  const { access_token: second } = await tpp.connect('pisp');
  assert.match(await run(await line(payment), { ...shell, ACCESS_TOKEN: second }), /"PaymentId"/);
  assert.match(sandbox.payments.at(-1)?.body ?? '', /O'Hara & Sons \$1/);
  const refreshed = await read<Tokens>(await tpp.refresh(refresh));
  const [refreshing] = await asked(control, '?endpoint=refresh');
  const written = await line(refreshing);
  assert.match(written, /\$REFRESH_TOKEN/);
  assert.match(await run(written, { REFRESH_TOKEN: refreshed.refresh_token }), /"refresh_token"/);
  assert.deepEqual(sandbox.violations, []);
});

const SIGN = `
b64u() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
sign() { # path payload
  header=$(printf '{"alg":"HS256","typ":"JWT","app":"%s","path":"%s","iat":%s}' "$APP" "$1" "$(date +%s)" | b64u)
  input="$header.$(printf '%s' "$2" | b64u)"
  key=$(printf '%s\\n' "$CERTIFICATE" | od -An -v -tx1 | tr -d ' \\n')
  mac=$(printf '%s' "$input" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | b64u)
  printf '%s.%s' "$input" "$mac"
}
`;

/** The line in a shell that has the README's function. */
async function run(line: string, secrets: Record<string, string>): Promise<string> {
  const { SANDBOX_CLIENT_ID: id, SANDBOX_CLIENT_SECRET: secret } = VARIABLES;
  const own = { APP: 'app-one', CERTIFICATE: CERTIFICATE.trimEnd(), CLIENT_ID: id, CLIENT_SECRET: secret };
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', ...own, ...secrets };
  const { stdout } = await promisify(execFile)('bash', ['-c', SIGN + line], { env });
  return stdout;
}
