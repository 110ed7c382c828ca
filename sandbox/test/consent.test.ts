import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORIGIN, openSandbox } from './support/sandbox.ts';
import { UUID, read, refusal } from './support/tpp.ts';

async function openIntent(changes: object = {}) {
  const sandbox = openSandbox();
  const intent = await read<Record<string, string>>(await sandbox.tpp.authorise(changes));
  const location = intent['location'] ?? '';
  const visit = (init: RequestInit = {}) => sandbox.send(new Request(location, { redirect: 'manual', ...init }));
  return { ...sandbox, intentId: intent['intent-id'], location, visit };
}

test('RED-1: accepting sends the PSU back with intent, uuid and a code', async () => {
  const { tpp, location, intentId } = await openIntent();
  const response = await tpp.press(location, 'accept');
  assert.equal(response.status, 303);
  const back = new URL(response.headers.get('location') ?? '');
  assert.equal(back.origin + back.pathname, 'http://localhost:8787/api/callback');
  assert.deepEqual([...back.searchParams.keys()], ['intent-id', 'uuid', 'authorisation_code']);
  assert.equal(back.searchParams.get('intent-id'), intentId);
  assert.equal(back.searchParams.get('uuid'), UUID);
  assert.match(back.searchParams.get('authorisation_code') ?? '', /^[0-9a-f-]{36}$/);
});

test('RED-2: declining sends the PSU back with the code null', async () => {
  const { tpp, location } = await openIntent();
  assert.equal((await tpp.decide(location, 'decline')).get('authorisation_code'), 'null');
});

test('RED-1: each application has its own redirect URL, with a query of its own', async () => {
  const { tpp } = openSandbox();
  const { location } = await read<{ location: string }>(await tpp.with({ app: 'app-two' }).authorise());
  const response = await tpp.press(location, 'decline');
  assert.match(response.headers.get('location') ?? '', /^https:\/\/two\.example\/back\?own=a%20b&intent-id=/);
});

test('ENV-4: with sandbox_sca a visit is taken as acceptance; a HEAD or a prefetch is no visit', async () => {
  const { visit } = await openIntent({ sandbox_sca: true });
  assert.equal((await visit({ method: 'HEAD' })).status, 200);
  assert.equal((await visit({ headers: { 'sec-purpose': 'prefetch;prerender' } })).status, 200);
  const response = await visit();
  assert.equal(response.status, 303);
  assert.match(response.headers.get('location') ?? '', /authorisation_code=[0-9a-f-]{36}$/);
});

test('RED-4: an intent is decided once, and a second visit says so', async () => {
  const { tpp, location, visit } = await openIntent();
  assert.match(await (await visit()).text(), /Share your account information\?/);
  await tpp.decide(location, 'decline');
  const second = await tpp.press(location, 'accept');
  assert.equal(second.status, 409);
  assert.equal(second.headers.get('location'), null);
  assert.match(await (await visit()).text(), /You have declined this request/);
});

test('REV-1: a consent that the PSU withdraws ends its tokens', async () => {
  const { tpp } = openSandbox();
  const { location, access_token: access, refresh_token: refresh } = await tpp.connect();
  assert.equal((await tpp.get('/accounts', access)).status, 200);
  assert.match(await (await tpp.press(location, 'withdraw')).text(), /You have withdrawn this consent/);
  assert.equal(await refusal(tpp.get('/accounts', access)), '401 invalid_token ACC-1');
  assert.equal(await refusal(tpp.refresh(refresh)), '400 invalid_grant REF-1');
});

test('AUT-4: only the page itself can press its buttons', async () => {
  const { tpp, location, visit } = await openIntent();
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    assert.equal(await refusal(tpp.press(location, 'accept', headers)), '403 forbidden AUT-4');
  }
  assert.equal(await refusal(tpp.press(location, 'shrug')), '400 invalid_request AUT-4');
  assert.match(await (await visit()).text(), /Share your account information\?/);
  assert.equal((await tpp.press(location, 'accept', { 'sec-fetch-site': 'same-origin' })).status, 303);
});

test('AUT-4: an unknown intent is told in a page, with 404', async () => {
  const { send } = openSandbox();
  const response = await send(new Request(`${ORIGIN}/v1/authorise/${UUID}`));
  assert.equal(response.status, 404);
  assert.match(await response.text(), /There is no such request/);
});

test('AUT-4: the pages bring a policy that allows no script, and the redirect after the form', async () => {
  const { visit, send } = await openIntent();
  const page = await visit();
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /form-action 'self' http:\/\/localhost:8787;/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.equal(page.headers.get('referrer-policy'), 'same-origin');
  const html = await page.text();
  assert.doesNotMatch(html, /<script|<style| style=| on[a-z]+=/);
  assert.match(html, /This is a sandbox\./);
  for (const path of ['/', '/sandbox.css']) assert.equal((await send(new Request(ORIGIN + path))).status, 200);
});

test('AUT-4: an application with markup in its name is shown as text', async () => {
  const app = '<b>"app"&</b>';
  const list = JSON.stringify([{ app, certificate: 'c', redirectUrl: 'https://app.example/' }]);
  const { tpp, send } = openSandbox({ SANDBOX_APPLICATIONS: list });
  const { location } = await read<{ location: string }>(await tpp.with({ app, certificate: 'c' }).authorise());
  const html = await (await send(new Request(location))).text();
  assert.match(html, /&lt;b&gt;&quot;app&quot;&amp;&lt;\/b&gt;/);
});
