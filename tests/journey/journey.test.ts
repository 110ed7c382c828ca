/** The consent journey as a person makes it: in Chromium, through the bank's own page and back. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ACCOUNT_ID, RESOURCES } from '../rig/answers.ts';
import { assertNoneIn } from '../rig/leaks.ts';
import { Stage } from './stage.ts';

const EXCHANGE = 'POST /v1/access-token';

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

test('RED-1, TOK-1, ACC-3: connect, accept at the bank, and see accounts with balances and transactions', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  assert.equal(await visitor.part('account').count(), 0);
  await visitor.leaveForTheBank();
  assert.equal(await visitor.page.getByRole('heading', { level: 1 }).innerText(), 'Share your account information?');
  await visitor.decide('Accept');
  assert.match(await visitor.outcome('connected'), /connected/i);
  assert.equal(new URL(visitor.page.url()).hash, '', 'a reload does not tell the outcome again');

  const accounts = visitor.part('account');
  assert.equal(await accounts.count(), 3);
  for (const account of await accounts.all()) {
    assert.match(await account.getByTestId('balance').innerText(), /£[\d,]+\.\d\d/);
  }
  const transactions = accounts.first().getByTestId('transactions').getByRole('listitem');
  assert.ok(await transactions.count() >= 5);
  assert.match(await transactions.first().innerText(), /\d\.\d\d/);
  assert.equal(await visitor.consentState(), 'active');
  visitor.assertQuiet();
});

test('ACC-3, ACC-4: a page gets each resource byte for byte as the gateway sent it', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  const paths = Object.keys(RESOURCES).map((path) => path.replace(ACCOUNT_ID, '90000001'));
  for (const path of paths) {
    const got = await visitor.page.evaluate(async (url) => await (await fetch(url)).text(), `/api${path}`);
    assert.ok(stage.back.heard().includes(`\n\n${got}`), path);
    if (path === '/accounts') continue;
    for (const written of ['10.10', '1E400', '12345678901234567890', '\\u0000']) assert.ok(got.includes(written), `${path}: ${written}`);
  }
});

test('JWS-2: the journey panel shows each step, and what was signed of it', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  await visitor.settled();
  const kept = await visitor.steps();
  assert.deepEqual(kept.slice(0, 4), ['authorise', 'redirect', 'exchange', 'resource']);
  const steps = visitor.part('journey-step');
  await steps.nth(kept.length - 1).waitFor();
  const shown = await steps.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-call')));
  assert.deepEqual(shown, kept);
  const exchange = visitor.page.locator('[data-call="exchange"]');
  await exchange.locator('summary').click();
  await visitor.page.getByRole('switch', { name: 'As signed' }).check();
  const signed = await exchange.getByRole('group', { name: 'Header, as signed' }).innerText();
  assert.match(signed, /^\{"alg":"HS256","typ":"JWT","app":"[^"]+","path":"\/access-token","iat":\d+\}$/);
  assert.match(await exchange.innerText(), /"grant_type"/);
  visitor.assertQuiet();
});

test('JWS-1, AUT-1: the signing box shapes a request in the browser’s own wasm', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  const box = visitor.part('signing-input');
  await box.waitFor();
  await visitor.page.getByLabel('Application id').fill('tested "app"');
  const [header = '', payload = ''] = (await box.innerText()).split('.').map(decoded);
  assert.match(header, /^\{"alg":"HS256","typ":"JWT","app":"tested \\"app\\"","path":"\/authorise","iat":\d+\}$/);
  assert.match(payload, /^\{"aspsp":"[^"]+","uuid":"[0-9a-f-]{36}","scope":"aisp","sandbox_sca":false\}$/);

  await visitor.page.getByLabel('Paste an x-jws-signature').fill('not a token');
  await visitor.page.getByText('jws_malformed').waitFor();
  visitor.assertQuiet();
});

test('RED-2: a person who declines is told so in plain words, and nothing is exchanged', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const exchanges = stage.back.count(EXCHANGE);
  await visitor.decide('Decline');
  assert.match(await visitor.outcome('declined'), /did not connect.*Nothing has been shared/s);
  assert.equal(await visitor.part('account').count(), 0);
  assert.equal(await visitor.consentState(), 'declined');
  assert.equal(stage.back.count(EXCHANGE), exchanges);
  visitor.assertQuiet();
  // The way back is open.
  await visitor.leaveForTheBank();
  await visitor.decide('Accept');
  await visitor.outcome('connected');
});

test('RED-3: the bank’s answer opened in another browser is refused, and nothing is exchanged', async () => {
  const visitor = await stage.visitor();
  const stranger = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const callback = await visitor.acceptAndStay();
  const exchanges = stage.back.count(EXCHANGE);

  await stranger.page.goto(callback);
  assert.match(await stranger.outcome('redirect_mismatch'), /does not belong to this browser/);
  assert.equal(await stranger.consentState(), 'consent_not_found');
  assert.equal(stage.back.count(EXCHANGE), exchanges);
  stranger.assertQuiet();

  // It cost the one who was asked nothing.
  await visitor.page.goto(callback);
  await visitor.outcome('connected');
  assert.equal(stage.back.count(EXCHANGE), exchanges + 1);
});

test('RED-3: a browser with a consent of its own takes no other’s answer', async () => {
  const visitor = await stage.visitor();
  const other = await stage.visitor();
  await other.connect();
  await visitor.open();
  await visitor.leaveForTheBank();
  const callback = await visitor.acceptAndStay();
  const exchanges = stage.back.count(EXCHANGE);
  await other.page.goto(callback);
  await other.settled();
  assert.equal(await other.part('outcome').count(), 0, 'nothing has become of what it has');
  assert.equal(await other.consentState(), 'active');
  assert.equal(stage.back.count(EXCHANGE), exchanges);
});

test('RED-4: a repeated callback shows the same outcome, and the code is spent once', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const callback = await visitor.acceptAndStay();
  const exchanges = stage.back.count(EXCHANGE);
  for (let time = 0; time < 3; time += 1) {
    await visitor.page.goto(callback);
    await visitor.outcome('connected');
    assert.equal(await visitor.consentState(), 'active');
  }
  assert.equal(stage.back.count(EXCHANGE), exchanges + 1);
  visitor.assertQuiet();
});

test('RED-4: a repeated callback after a decline shows the decline again', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const returned = visitor.page.waitForRequest(/\/api\/callback\?/);
  await visitor.decide('Decline');
  const callback = (await returned).url();
  await visitor.page.goto(callback);
  await visitor.outcome('declined');
  visitor.assertQuiet();
});

test('ERR-2: a callback that was tampered with is told as such, and never as a page that broke', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const callback = new URL(await visitor.acceptAndStay());
  const exchanges = stage.back.count(EXCHANGE);
  const twice = `${callback.href}&uuid=${callback.searchParams.get('uuid')}`;
  callback.searchParams.set('authorisation_code', 'with a space');
  for (const [url, code] of [[twice, 'redirect_parameter_repeated'], [callback.href, 'redirect_parameter_invalid']]) {
    await visitor.page.goto(url ?? '');
    await visitor.outcome(code ?? '');
  }
  assert.equal(stage.back.count(EXCHANGE), exchanges);
  visitor.assertQuiet();
});

test('REV-1: disconnecting asks first, ends the access, and leaves nothing to go back to', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  await visitor.part('disconnect').click();
  await visitor.page.getByRole('button', { name: 'Stay connected' }).click();
  assert.equal(await visitor.consentState(), 'active');
  await visitor.part('disconnect').click();
  await visitor.part('disconnect-confirm').click();
  await visitor.outcome('disconnected');
  assert.equal(await visitor.part('account').count(), 0);
  assert.equal(await visitor.consentState(), 'consent_not_found');
  assert.deepEqual((await visitor.context.cookies()).map(({ name }) => name), []);
  await visitor.page.reload();
  await visitor.settled();
  await visitor.part('connect').waitFor();
  visitor.assertQuiet();
});

test('ERR-2: no browser has seen the client secret, the certificate, the vault key or any token', async () => {
  assert.ok(stage.tokens().length >= 10, `${stage.tokens().length} tokens were issued`);
  const heard = stage.front.heard();
  for (const text of ['"steps":', '"AccountId":', '"location":', 'intent-id=', '__Host-tell-aisp=', '<h1']) {
    assert.ok(heard.includes(text), `what was sent to the browsers was listened to, and had no ${text}`);
  }
  assertNoneIn('what the browsers saw', heard, stage.secrets());
  // Whole lines are kept out of a failure's message: it would tell what it found.
  assert.equal(heard.match(/^authorization:/gim)?.length ?? 0, 0, 'a header Authorization');
  const unmasked = heard.matchAll(/(?:access|refresh)_token\\*"\s*:\s*\\*"(?!\*\*\*\\*")/g);
  assert.equal([...unmasked].length, 0, 'a token shown in JSON');
});

const decoded = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
