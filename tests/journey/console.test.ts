/** The developer's console in Chromium: why a call failed, what came back, how long it took, and what can be done with it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { schemesOn } from '../rig/schemes.ts';
import { AXE, assertAccessible } from './accessible.ts';
import { tabTo } from './keyboard.ts';
import { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const REFUSED = 'This application may not read balances today.';

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const sandbox = (): string => `http://localhost:${stage.back.port}`;

/** The next calls of that path are refused with a reason and a rule. */
async function refuse(path: string, times = 1): Promise<void> {
  const body = JSON.stringify({ error: 'invalid_scope', error_description: REFUSED, rule: 'ACC-3' });
  const reply = await fetch(`${sandbox()}/__sandbox/faults`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, times, fault: { kind: 'status', status: 403, body } }),
  });
  assert.equal(reply.status, 201, await reply.text());
}

const status = (visitor: Visitor): Locator => visitor.part('journey-status');
const shown = (visitor: Visitor): Locator => visitor.part('journey-step').filter({ visible: true });
const step = (visitor: Visitor, name: string): Locator => shown(visitor).filter({ hasText: name }).first();

/** Connected, and every call of it shown. */
async function connected(options = {}): Promise<Visitor> {
  const visitor = await stage.visitor({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  await visitor.connect();
  await allShown(visitor);
  return visitor;
}

async function allShown(visitor: Visitor): Promise<void> {
  const { length } = await visitor.steps();
  await shown(visitor).nth(length - 1).waitFor();
}

async function openStep(visitor: Visitor, name: string): Promise<Locator> {
  const found = step(visitor, name);
  await found.locator('summary').first().click();
  return found;
}

test('ERR-1: a call that failed says why in the list: the gateway’s words, the rule, our code and advice', async () => {
  await refuse('/accounts/*/balance', 3);
  const visitor = await connected();
  const reason = visitor.part('journey-reason').first();
  const told = await reason.innerText();
  assert.match(told, new RegExp(REFUSED));
  assert.match(told, /ACC-3/);
  assert.match(told, /gateway_refused: .+\./);
  assert.equal(await reason.locator('xpath=ancestor::details').count(), 0, 'without opening anything');
  const [rules] = await Promise.all([visitor.context.waitForEvent('page'), reason.getByRole('link', { name: 'ACC-3' }).click()]);
  const cell = rules.locator('td:target');
  await cell.waitFor();
  assert.equal(await cell.innerText(), 'ACC-3');
});

test('ACC-4: the answer of a read is laid out, or shown as it came; the tab remembers which', async () => {
  const visitor = await connected();
  let read = await openStep(visitor, 'Read accounts');
  const laidOut = await read.getByRole('group', { name: 'Answer, laid out' }).innerText();
  assert.match(laidOut, /^\{\n  "/);
  assert.equal(await read.getByRole('group', { name: 'Payload, as signed' }).count(), 0);
  await visitor.page.getByRole('switch', { name: 'As signed' }).check();
  const came = await read.getByRole('group', { name: 'Answer, as it came' }).innerText();
  assert.ok(stage.back.heard().includes(`\n\n${came}`), 'to the byte');
  assert.equal(await read.getByRole('group', { name: 'Payload, as signed' }).innerText(), '{}');
  assert.equal(await read.getByRole('group', { name: 'Payload, laid out' }).count(), 0, 'one of the two');
  await visitor.page.reload();
  await allShown(visitor);
  assert.ok(await visitor.page.getByRole('switch', { name: 'As signed' }).isChecked());
  read = await openStep(visitor, 'Exchange the code');
  assert.match(await read.getByRole('group', { name: 'Header, as signed' }).innerText(), /^\{"alg":"HS256",/);
});

test('page: each call that was answered has its duration and a bar', async () => {
  const visitor = await connected();
  for (const line of await shown(visitor).all()) {
    const isRedirect = await line.getAttribute('data-call') === 'redirect';
    assert.match(await line.locator('.step-ms').innerText(), isRedirect ? /^$/ : /^(\d+ ms|\d+\.\d\d s)$/);
    assert.equal(await line.locator('.step-span svg').count(), isRedirect ? 0 : 1);
  }
});

test('page: calls are found by text, kind and failure, which is announced; cleared ones stay away in this tab', async () => {
  await refuse('/accounts/*/balance');
  const visitor = await connected();
  const { page } = visitor;
  const all = await shown(visitor).count();
  assert.equal(await status(visitor).innerText(), `${all} calls, 1 failed`);
  assert.equal(await status(visitor).getAttribute('role'), 'status');
  await page.getByLabel('Find').fill(REFUSED.slice(5, 20).toUpperCase());
  assert.equal(await status(visitor).innerText(), `1 call, 1 failed, ${all - 1} hidden`);
  await page.getByLabel('Find').fill('');
  await page.getByLabel('Kind').selectOption('exchange');
  assert.deepEqual(await Promise.all((await shown(visitor).all()).map((line) => line.getAttribute('data-call'))), ['exchange']);
  await page.getByLabel('Failed only').check();
  await page.getByText('No call matches.').waitFor();
  await page.getByLabel('Kind').selectOption('');
  assert.equal(await shown(visitor).count(), 1);
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  assert.equal(await shown(visitor).count(), all);
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await shown(visitor).count(), 0);
  await page.getByText('Cleared.').waitFor();
  const answered = page.waitForResponse(/\/api\/accounts\/[^/]+\/balance/);
  await page.reload();
  await answered;
  await visitor.settled();
  await shown(visitor).first().waitFor();
  assert.ok(!(await Promise.all((await shown(visitor).all()).map((line) => line.getAttribute('data-call')))).includes('authorise'));
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await step(visitor, 'Authorise').waitFor();
});

test('ERR-2: a call is copied as curl, fetch and JSON, with a variable for each secret', async () => {
  const visitor = await connected();
  const exchange = await openStep(visitor, 'Exchange the code');
  const copied = async (what: string): Promise<string> => {
    await exchange.getByRole('button', { name: `Copy as ${what}` }).click();
    await visitor.page.getByText(`Copied as ${what}.`).waitFor();
    return visitor.page.evaluate(() => navigator.clipboard.readText());
  };
  const curl = await copied('curl');
  assert.match(curl, /^curl --request POST 'http:\/\/localhost:\d+\/v1\/access-token' \\\n/);
  assert.match(curl, /--user "\$TELL_CLIENT_ID:\$TELL_CLIENT_SECRET"/);
  assert.match(curl, /--data-raw 'grant_type=authorization_code&code='"\$TELL_CODE"$/);
  assert.match(await copied('fetch'), /^const response = await fetch\("http.*process\.env\.TELL_CODE,\n\}\);$/s);
  assert.equal((JSON.parse(await copied('JSON')) as { call: string }).call, 'exchange');
  visitor.assertQuiet();
});

test('CON-1: the diagram has the state lit that the consent is in, in words too, for accounts and for a payment', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  // A first view is calm: the panel begins closed.
  await visitor.part('panel-toggle').click();
  const state = visitor.part('journey-state');
  await state.locator('summary').first().click();
  const drawn = (): Promise<string | null> => state.locator('svg').getAttribute('data-state');
  assert.equal(await drawn(), '[*]');
  await visitor.leaveForTheBank();
  await visitor.decide('Accept');
  await allShown(visitor);
  assert.match(await state.innerText(), /^The consent active/);
  await state.locator('summary').first().click();
  assert.equal(await drawn(), 'active');
  assert.equal(await state.locator('.state-on text').textContent(), 'active');
  assert.match(await state.locator('svg').getAttribute('aria-label') ?? '', /Now: active\.$/);
  assert.match(await state.innerText(), /The tokens are good, as far as anyone knows\..*refreshing: access token old, or refused/s);
  await visitor.part('way-payment').click();
  await state.getByText('The payment’s consent').waitFor();
  assert.equal(await drawn(), '[*]', 'a payment has a consent of its own');
});

test('page: links lead to the rules, and to clock, faults and calls of the sandbox, of this consent', async () => {
  const visitor = await connected();
  const links = visitor.page.getByRole('navigation', { name: 'More for developers' });
  const href = async (name: string): Promise<string> => await links.getByRole('link', { name }).getAttribute('href') ?? '';
  const { body } = await visitor.ask('/api/journey');
  const intent = /\\"intent-id\\":\\"([^"\\]+)/.exec(JSON.stringify(body))?.[1];
  assert.equal(await href('Set a fault'), `${sandbox()}/control?consent=${intent}#rule`);
  assert.equal(await href('The bank’s side of it'), `${sandbox()}/viewer?intent=${intent}`);
  const followed = await visitor.context.newPage();
  await followed.goto(await href('Set a fault'));
  assert.equal(await followed.getByLabel('Consent (intent-id)').inputValue(), intent);
  for (const name of ['Turn the bank’s clock', 'Portal', 'The bank’s side of it']) {
    assert.equal((await followed.goto(await href(name)))?.status(), 200, name);
  }
  for (const name of ['Rules', 'This console', 'Read me']) {
    assert.equal((await followed.goto(stage.address + await href(name)))?.status(), 200, name);
    await followed.getByRole('heading', { level: 1 }).waitFor();
  }
});

test('page: the console is loaded where it is seen, and by keyboard one goes from call to call', async () => {
  const visitor = await connected();
  await tabTo(visitor, 'Clear');
  await visitor.page.keyboard.press('Tab');
  const isOn = (at: number): Promise<boolean> =>
    shown(visitor).nth(at).locator('summary').first().evaluate((line) => line === document.activeElement);
  assert.ok(await isOn(0));
  await visitor.page.keyboard.press('ArrowDown');
  assert.ok(await isOn(1));
  await visitor.page.keyboard.press('Enter');
  assert.ok(await shown(visitor).nth(1).evaluate((line) => (line as HTMLDetailsElement).open));
  await visitor.page.keyboard.press('Home');
  assert.ok(await isOn(0));
});

for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
  for (const colorScheme of schemesOn(viewport)) {
    test(`access: the open console, ${viewport.width} wide, ${colorScheme}`, async () => {
      await refuse('/accounts/*/balance');
      const visitor = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' });
      await visitor.context.addInitScript({ path: AXE });
      await visitor.connect();
      // On a phone the panel begins closed.
      const toggle = visitor.page.locator('#panel-toggle');
      if (await toggle.getAttribute('aria-expanded') === 'false') await toggle.click();
      await allShown(visitor);
      await visitor.part('journey-state').locator('summary').first().click();
      await openStep(visitor, 'Read balance');
      await openStep(visitor, 'Authorise');
      await assertAccessible(visitor, 'open');
      const folder = process.env['SCREENSHOTS'];
      if (folder === undefined) return;
      await visitor.page.screenshot({ path: `${folder}/console-${viewport.width}-${colorScheme}.png`, fullPage: true, animations: 'disabled' });
      await visitor.page.getByLabel('Failed only').check();
      await visitor.part('journey').screenshot({ path: `${folder}/failed-${viewport.width}-${colorScheme}.png`, animations: 'disabled' });
      const rules = await visitor.context.newPage();
      await rules.goto(`${stage.address}/docs/protocol.html#ACC-3`);
      await assertAccessible({ page: rules }, 'rules');
      await rules.screenshot({ path: `${folder}/rules-${viewport.width}-${colorScheme}.png` });
    });
  }
}
