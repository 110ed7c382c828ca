/** What the page does when the gateway is away, and what outlives a stop of both servers. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { assertNoneIn } from '../rig/leaks.ts';
import { Stage } from './stage.ts';

const RETRY = { name: 'Try again' } as const;

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());
afterEach(() => stage.regain());

test('ERR-2, ERR-3: while the gateway is down the page says what to do; trying again works afterwards', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await stage.lose();
  await visitor.part('connect').click();
  assert.match(await visitor.outcome('gateway_unreachable'), /cannot be reached.*try again/is);
  assert.ok(await visitor.part('connect').isEnabled());
  visitor.assertQuiet({ path: '/api/authorise', status: 502 });

  await stage.regain();
  await visitor.page.getByRole('button', RETRY).click();
  await visitor.page.waitForURL(/\/v1\/authorise\//);
  await visitor.decide('Accept');
  await visitor.outcome('connected');
});

test('ERR-3: a connected page whose gateway is away keeps its consent, and reads on once it is back', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  await stage.lose();
  await visitor.open();
  const told = visitor.page.locator('#accounts [data-code="gateway_unreachable"]');
  await told.waitFor();
  assert.equal(await visitor.consentState(), 'active');
  visitor.assertQuiet({ path: '/api/accounts', status: 502 });

  await stage.regain();
  await told.getByRole('button', RETRY).click();
  await visitor.settled();
  assert.equal(await visitor.part('account').count(), 3);
});

test('TOK-2, ERR-3: a gateway that is away when the bank sends the browser back costs nothing', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  const callback = await visitor.acceptAndStay();
  await stage.lose();
  await visitor.page.goto(callback);
  await visitor.outcome('gateway_unreachable');
  assert.equal(await visitor.part('account').count(), 0);

  await stage.regain();
  await visitor.page.goto(callback);
  await visitor.outcome('connected');
  await visitor.settled();
  assert.equal(await visitor.part('account').count(), 3);
});

test('TOK-5: after both servers were stopped and started again, the consent is still there', async () => {
  const visitor = await stage.visitor();
  await visitor.connect();
  const exchanges = stage.back.count('POST /v1/access-token');
  // The page may still be asking for the journey: a request cut off by the stop would be a complaint of its own.
  await visitor.page.waitForLoadState('networkidle');
  await visitor.page.goto('about:blank');
  await stage.stop();
  await stage.start();
  await visitor.open();
  assert.equal(await visitor.part('account').count(), 3);
  assert.equal(await visitor.consentState(), 'active');
  assert.equal(stage.back.count('POST /v1/access-token'), exchanges, 'the token it had is still good');
  visitor.assertQuiet();
});

test('RED-3: an authorisation that was under way during the stop can be finished', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  await stage.stop();
  await stage.start();
  await visitor.decide('Accept');
  await visitor.outcome('connected');
});

test('ERR-2: none of this has shown a browser a secret', async () => {
  assertNoneIn('what the browsers saw', stage.front.heard(), stage.secrets());
});
