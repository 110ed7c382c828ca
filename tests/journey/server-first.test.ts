/** What the server says is shown, whatever the address says; tabs agree, and what is lost is told. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { ADDRESS, type Backdrop, problem } from './backdrop.ts';
import { look } from './looks.ts';
import { NONE, type PageState, STATES, active, consent } from './states.ts';
import { toBank } from './payer.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const stateNamed = (name: string): PageState => {
  const state = STATES.find((each) => each.name === name);
  assert.ok(state, name);
  return state;
};
const at = (name: string, changes: Partial<PageState> = {}): Promise<Backdrop> =>
  look(browser, { ...stateNamed(name), ...changes });
/** The codes of what is told above all else. */
const told = ({ visitor }: Backdrop): Promise<Array<string | null>> =>
  visitor.part('outcome').evaluateAll((notices) => notices.map((each) => each.getAttribute('data-code')));

test('RED-2: an outcome in the address that the server contradicts is told by nobody', async () => {
  const cases: Array<[state: string, hash: string, codes: string[]]> = [
    ['first', '#connected', []],
    ['first', '#declined', []],
    ['requested', '#connected', ['requested']],
    ['requested', '#declined', ['requested']],
    ['declined', '#connected', ['declined']],
    ['revoked', '#error=gateway_timeout', ['revoked']],
    ['connected', '#error=gateway_timeout', []],
    ['connected', '#declined', []],
  ];
  for (const [name, hash, codes] of cases) {
    const backdrop = await at(name, { hash });
    assert.deepEqual(await told(backdrop), codes, `${name} ${hash}`);
    assert.equal(new URL(backdrop.visitor.page.url()).hash, '', `${name} ${hash}`);
    await backdrop.visitor.context.close();
  }
});

test('RED-2: an outcome that fits what the server says is told in its words', async () => {
  const cases: Array<[state: string, hash: string, code: string]> = [
    ['connected', '#connected', 'connected'],
    ['requested', '#error=gateway_timeout', 'gateway_timeout'],
    ['first', '#error=redirect_mismatch', 'redirect_mismatch'],
    ['renewing', '#declined', 'declined'],
    ['renewing', '#error=code_expired', 'code_expired'],
  ];
  for (const [name, hash, code] of cases) {
    const backdrop = await at(name, { hash });
    assert.deepEqual(await told(backdrop), [code], `${name} ${hash}`);
    if (name === 'renewing') {
      assert.match(await backdrop.visitor.outcome(code), /stays in force until 9 December 2026/);
      assert.equal(await backdrop.visitor.part('account').count(), 3, 'it is still read');
    }
    await backdrop.visitor.context.close();
  }
});

test('TOK-4: what was granted is shown, and no more', async () => {
  const { visitor } = await at('permissions-fewer');
  assert.deepEqual(await visitor.page.locator('.permissions li').allInnerTexts(), ['Account names and numbers', 'Balances']);
  const none = await at('connected', { script: { ...stateNamed('connected').script, 'GET /api/consent': active({ permissions: [] }) } });
  assert.match(await none.visitor.page.locator('#consent').innerText(), /may read at Pockit\s+Nothing/);
});

test('CFG-1: the bank and the application are named; without names the words still stand', async () => {
  const { visitor } = await at('first');
  assert.equal(await visitor.part('connect').innerText(), 'Connect Pockit');
  assert.match(await visitor.page.locator('#connect-section').innerText(), /Pockit’s own page.*what Ledgerly may see/s);
  const unnamed = await at('first-unnamed');
  assert.equal(await unnamed.visitor.part('connect').innerText(), 'Connect your bank');
  assert.match(await unnamed.visitor.page.locator('#connect-section').innerText(), /your bank’s own page.*what this page may see/s);
  const review = await at('payment-review');
  assert.equal(await review.visitor.part('payment-continue').innerText(), 'Continue to Pockit');
});

test('CON-1: a renewal is offered for the last 15 days, and a renewed permission is told as such', async () => {
  for (const [expiresAt, offer] of [
    ['2026-12-14T12:14:06.000Z', undefined], ['2026-12-14T12:14:05.000Z', /ends in 15 days/],
    ['2026-11-30T12:00:00.000Z', /ends in 1 day\./], ['2026-11-29T12:14:05.000Z', /less than a day/],
  ] as const) {
    const backdrop = await at('renew-due', { script: { ...stateNamed('renew-due').script, 'GET /api/consent': active({ expiresAt }) } });
    const { visitor } = backdrop;
    assert.equal(await visitor.part('renew').count(), offer === undefined ? 0 : 1, expiresAt);
    if (offer !== undefined) assert.match(await visitor.page.locator('#renewal').innerText(), offer);
    await visitor.context.close();
  }
  const backdrop = await at('renew-due', { script: { ...stateNamed('renew-due').script, 'POST /api/authorise': toBank } });
  const { visitor } = backdrop;
  await visitor.part('renew').click();
  await visitor.page.waitForURL('http://bank.localhost/**');
  backdrop.answer('GET /api/consent', active());
  await visitor.page.goto(`${ADDRESS}/#connected`);
  assert.match(await visitor.outcome('renewed'), /renewed/);
});

test('SES-1: a connection that this browser has lost is told, and one that was ended here is not', async () => {
  const backdrop = await at('connected');
  const { visitor } = backdrop;
  backdrop.answer('GET /api/consent', NONE);
  await visitor.page.reload();
  assert.match(await visitor.outcome('session_lost'), /no longer here.*Connect again/s);
  assert.equal(await visitor.part('connect').innerText(), 'Connect Pockit');

  backdrop.answer('GET /api/consent', active());
  backdrop.answer('DELETE /api/consent', () => ({ status: 204 }));
  await visitor.page.reload();
  await visitor.part('disconnect').click();
  await visitor.part('disconnect-confirm').click();
  await visitor.outcome('disconnected');
  backdrop.answer('GET /api/consent', NONE);
  await visitor.page.reload();
  await visitor.settled();
  assert.deepEqual(await told(backdrop), []);
  await visitor.context.close();

  // Its time is over: nothing was lost.
  const late = await at('session-lost', { storage: { 'tell-connected-until': '2026-11-29T12:14:04.000Z' } });
  assert.deepEqual(await told(late), []);
});

test('SES-1: other tabs follow when one connects, renews or disconnects', async () => {
  const backdrop = await at('first', { script: { ...stateNamed('connected').script, 'GET /api/consent': NONE } });
  const { visitor } = backdrop;
  const other = await visitor.context.newPage();
  await other.clock.setFixedTime('2026-11-29T12:14:05Z');
  backdrop.answer('GET /api/consent', active());
  await other.goto(`${ADDRESS}/#connected`);
  assert.match(await visitor.outcome('connected'), /another tab/);
  await visitor.part('account').first().waitFor();

  backdrop.answer('GET /api/consent', active({ grantedAt: '2026-11-29T12:00:00.000Z' }));
  await other.goto('about:blank');
  await other.goto(`${ADDRESS}/#connected`);
  await visitor.page.locator('#consent').getByText('29 November 2026').waitFor();

  backdrop.answer('DELETE /api/consent', () => ({ status: 204 }));
  await other.getByTestId('disconnect').click();
  backdrop.answer('GET /api/consent', NONE);
  await other.getByTestId('disconnect-confirm').click();
  assert.match(await visitor.outcome('disconnected'), /another tab/);
  assert.equal(await visitor.part('account').count(), 0);
});

test('ERR-2: an outage is told once, and trying again asks for all that it kept away', async () => {
  const backdrop = await at('outage');
  const { visitor } = backdrop;
  const notices = visitor.page.locator('#accounts [data-code="gateway_unreachable"]');
  assert.equal(await notices.count(), 1);
  assert.ok(await visitor.page.locator('#accounts [data-same]').count() >= 2);
  for (const [call, reply] of Object.entries(stateNamed('connected').script)) backdrop.answer(call, reply);
  await notices.getByRole('button', { name: 'Try again' }).click();
  await visitor.settled();
  assert.equal(await notices.count(), 0);
  assert.equal(await visitor.page.locator('#accounts [data-same]').count(), 0);
  assert.match(await visitor.part('balance').last().innerText(), /£342\.80/);
});

test('REV-1: where trying again would fail again, connecting is what is offered', async () => {
  const script = stateNamed('connected').script;
  const backdrop = await at('connected', {
    script: { ...script, 'POST /api/authorise': toBank, 'GET /api/accounts': () => problem(403, 'permission_missing') },
  });
  const { visitor } = backdrop;
  const missing = visitor.page.locator('#accounts [data-code="permission_missing"]');
  assert.equal(await missing.getByRole('button', { name: 'Try again' }).count(), 0);
  await missing.getByRole('button', { name: 'Connect again' }).click();
  await visitor.page.waitForURL('http://bank.localhost/**');
});

test('page: the developer’s panel is open on a desk, closed on a phone, and stays as it was left', async () => {
  for (const [width, open] of [[1280, true], [390, false]] as const) {
    const { visitor } = await look(browser, { ...stateNamed('connected'), storage: { 'tell-panel': 'none' } }, { viewport: { width, height: 800 } });
    const panel = visitor.part('journey');
    const toggle = visitor.part('panel-toggle');
    await toggle.waitFor();
    assert.equal(await panel.isVisible(), false, `${width} px, a first view`);
    await visitor.page.reload();
    await toggle.waitFor();
    assert.equal(await panel.isVisible(), open, `${width} px`);
    await toggle.click();
    assert.equal(await panel.isVisible(), !open, `${width} px`);
    await visitor.page.reload();
    await toggle.waitFor();
    assert.equal(await panel.isVisible(), !open, `${width} px, remembered`);
    assert.equal(await toggle.getAttribute('aria-expanded'), String(!open));
    await visitor.context.close();
  }
  const { visitor } = await look(browser, { ...stateNamed('first'), script: { 'GET /api/consent': () => ({ status: 200, body: { state: 'none', environment: 'production' } }) } });
  assert.equal(await visitor.part('panel-toggle').isVisible(), false, 'outside of the sandbox there is none');
  visitor.assertQuiet();
});

test('page: loaded again, what is there already does not move', async () => {
  for (const [name, panel] of [['first', 'open'], ['connected', 'open'], ['connected', 'closed'], ['revoked', 'closed']] as const) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
      const { visitor } = await look(browser, { ...stateNamed(name), storage: { 'tell-panel': panel } }, { viewport });
      await visitor.context.addInitScript(() => {
        const sum = { shift: 0 };
        Object.assign(globalThis, { layout: sum });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum.shift += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await visitor.page.reload();
      await visitor.settled();
      const shift = await visitor.page.evaluate(() => (globalThis as unknown as { layout: { shift: number } }).layout.shift);
      assert.ok(shift < 0.1, `${name}, panel ${panel}, ${viewport.width} px: ${shift}`);
      if (process.env['PRINT']) console.log(name, panel, viewport.width, shift);
      await visitor.context.close();
    }
  }
});

test('REV-1: a consent that waits for its bank says so, and is followed to its end', async () => {
  const backdrop = await at('requested');
  backdrop.answer('GET /api/consent', consent('code_expired'));
  await backdrop.visitor.page.reload();
  await backdrop.visitor.outcome('code_expired');
});
