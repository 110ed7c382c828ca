/** The control room and the viewer as a browser without scripts uses them: pages, forms, and the page again. */

import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { KINDS } from '../src/fault-kinds.ts';
import { SCENARIOS } from '../src/scenarios.ts';
import { Control } from './support/control.ts';
import { startStrict } from './support/sandbox.ts';
import type { Tokens } from './support/tpp.ts';

async function page(control: Control, path: string): Promise<string> {
  const answer = await control.get(path);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  return answer.text();
}

test('control: each button of the clock sets it, and the page comes again', async () => {
  await using open = await startStrict();
  const { sandbox } = open;
  const control = new Control(sandbox);
  const back = await control.press('clock', { do: 'day' });
  assert.deepEqual([back.status, back.headers.get('location')], [303, '/control?done=clock#clock']);
  const told = await page(control, '/control?done=clock');
  assert.match(told, /The clock is set\.[^]*1 day ahead of the true time, and\s+runs/);
  for (const [button, offset] of [['hour', 90_000], ['quarter', 90_000 + 90 * 86_400]] as const) {
    await control.press('clock', { do: button });
    assert.equal(sandbox.clock.offsetSeconds, offset);
  }
  await control.press('clock', { do: 'stop' });
  assert.match(await page(control, '/control'), /and\s+stands/);
  await control.press('clock', { set: '2027-02-03T04:05:06' });
  assert.match(await page(control, '/control'), /3 Feb 2027, 04:05:06 UTC/);
  await control.press('clock', { do: 'run' });
  assert.equal(sandbox.clock.isStopped, false);
  await control.press('clock', { do: 'reset' });
  assert.equal(sandbox.clock.offsetSeconds, 0);
  const wrong = await control.press('clock', { set: 'noon' });
  assert.equal(wrong.status, 400);
  assert.match(await wrong.text(), /Nothing was changed/);
});

test('control: scenarios and rules of one’s own are begun, listed with what is left, and removed', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  assert.match(await page(control, '/control'), /No call will meet a fault/);
  for (const name of Object.keys(SCENARIOS)) assert.equal((await control.press('scenario', { name })).status, 303);
  const listed = await page(control, '/control');
  for (const name of Object.keys(SCENARIOS)) assert.ok(listed.includes(`<code>${name}`), name);
  assert.equal((await control.press('clear', {})).status, 303);
  const empty = { endpoint: '', path: '', consent: '', status: '', retryAfter: '', milliseconds: '' };
  const form = { ...empty, times: '', skip: '', percent: '', seed: '', minutes: '' };
  const which = { endpoint: 'authorise', times: '2', minutes: '5', percent: '100' };
  const filled = { ...form, ...which, kind: 'status', status: '503' };
  assert.equal((await control.press('rule', filled)).status, 303);
  assert.equal((await tpp.authorise()).status, 503);
  const [rule] = sandbox.faults.rules(Date.now());
  assert.deepEqual([rule?.remaining, rule?.fault['status'], rule?.probability], [1, 503, 1]);
  assert.match(await page(control, '/control'), /1 more time, 100 % by seed 1, until [^]*met 1 so far/);
  assert.equal((await control.press('remove', { id: rule?.id ?? '' })).status, 303);
  assert.deepEqual(sandbox.faults.rules(Date.now()), []);
  for (const wrong of [{ ...form, kind: 'delay' }, { ...form, kind: '' }, { ...filled, times: '<b>' }]) {
    const answer = await control.press('rule', wrong);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /role="alert"[^]*<code>(fault\.milliseconds|fault\.kind|times)<\/code>/);
  }
  for (const kind of Object.keys(KINDS)) {
    const answer = await control.press('rule', { ...form, kind, status: '500', milliseconds: '1', retryAfter: '9' });
    assert.equal(answer.status, 303, kind);
  }
  assert.equal(sandbox.faults.rules(Date.now()).length, Object.keys(KINDS).length);
});

test('REV-1: access tokens are dropped and consents withdrawn at a click, or over HTTP', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const first = await tpp.connect();
  assert.match(await page(control, '/control'), /aisp, app-one: accepted/);
  await control.press('consents', { do: 'drop' });
  assert.equal((await tpp.get('/accounts', first.access_token)).status, 401);
  assert.equal((await tpp.refresh(first.refresh_token)).status, 200);
  await control.press('consents', { do: 'withdraw' });
  assert.match(await page(control, '/control'), /app-one: withdrawn/);
  assert.equal((await control.press('consents', {})).status, 400);
  const [second, third] = [await tpp.connect(), await tpp.connect()];
  const { consents } = await control.json<{ consents: { id: string; state: string }[] }>('/consents');
  assert.deepEqual(consents.map(({ state }) => state), ['accepted', 'accepted', 'withdrawn']);
  assert.equal((await control.delete(`/consents/${consents[0]?.id}`)).status, 204);
  const status = async ({ access_token: access }: Tokens) => (await tpp.get('/accounts', access)).status;
  const statuses = (): Promise<number[]> => Promise.all([second, third].map(status));
  assert.deepEqual(await statuses(), [200, 401]);
  assert.equal((await control.delete('/consents/nobody')).status, 404);
  assert.equal((await control.delete('/access-tokens')).status, 204);
  assert.deepEqual(await statuses(), [401, 401]);
  assert.equal((await control.delete('/consents')).status, 204);
  assert.equal((await tpp.refresh(second.refresh_token)).status, 400);
});

test('viewer: it lists the newest calls, filtered, and shows one with its signature, reason and line', async () => {
  await using open = await startStrict();
  const { tpp, sandbox } = open;
  const control = new Control(sandbox);
  assert.match(await page(control, '/viewer'), /No call yet/);
  await tpp.authorise();
  await tpp.with({ certificate: 'another' }).authorise({ aspsp: '<script>alert(1)</script>' });
  const list = await page(control, '/viewer?endpoint=authorise');
  assert.ok(list.indexOf('refused by JWS-8') < list.indexOf('answered · '), 'the newest first');
  assert.ok(!(await page(control, '/viewer?verdict=answered')).includes('refused by'));
  const answer = await control.get('/viewer/2');
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'.*script-src 'self'; connect-src 'self'/);
  const one = await answer.text();
  assert.match(one, /<strong>JWS-8<\/strong>, <code>invalid_signature<\/code>/);
  assert.match(one, /&quot;alg&quot;: &quot;HS256&quot;,\s+&quot;typ&quot;/);
  assert.match(one, /\$CLIENT_ID:\$CLIENT_SECRET[^]*\$\(sign \/authorise/);
  assert.ok(!one.includes('<script>alert'));
  assert.equal((await control.get('/viewer/9')).status, 404);
  const script = await control.get('/scripts/viewer.js');
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
});

const PATHS = [
  ...['/control', '/viewer', '/viewer/1', '/scripts/viewer.js', '/__sandbox/calls', '/__sandbox/calls/1/curl'],
  ...['/__sandbox/clock', '/__sandbox/faults', '/__sandbox/faults/known', '/__sandbox/scenarios'],
  ...['/__sandbox/consents', '/__sandbox/record', '/__sandbox/events'],
];

/** The status of a GET that names the gateway by another host. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers: { host } }, (answer) => {
      resolve(answer.statusCode);
      answer.destroy();
    });
    asked.once('error', reject);
  });
}

test('ENV-1: controls answer on the loopback interface alone unless told otherwise, and can be off', async () => {
  const expected = { loopback: [200, 404], anyone: [200, 200], off: [404, 404] } as const;
  for (const [controls, [near, far]] of Object.entries(expected)) {
    await using open = await startStrict({ controls: controls as 'off' });
    const { sandbox, tpp } = open;
    await tpp.authorise();
    sandbox.faults.add({ id: 'known', fault: 'html', times: 1 });
    for (const path of PATHS) {
      assert.equal(await statusAs('127.0.0.1', sandbox.url + path), near, `${controls} ${path}`);
      assert.equal(await statusAs('bank.example', sandbox.url + path), far, `${controls} ${path}`);
    }
  }
});

test('AUT-4: no other site presses the buttons of the control room', async () => {
  await using open = await startStrict();
  const { sandbox } = open;
  for (const path of ['/control/clock', '/__sandbox/clock', '/__sandbox/faults', '/__sandbox/scenarios/flaky']) {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    const { status } = await fetch(sandbox.url + path, { method: 'POST', headers, body: '{"stop":true}' });
    assert.equal(status, 403, path);
  }
  assert.deepEqual([sandbox.clock.isStopped, sandbox.faults.rules(0)], [false, []]);
});
