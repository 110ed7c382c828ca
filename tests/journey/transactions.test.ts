/** What stands inside an account: its history by day, searched and added up, and what it pays by itself. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { accountsOf, personaNamed } from '../../sandbox/src/data/people.ts';
import { PERSONA_NAMES, type PersonaName } from '../../sandbox/src/data/persona.ts';
import { rowsOf } from '../../sandbox/src/data/transactions.ts';
import { AXE, assertAccessible } from './accessible.ts';
import { focused, tabTo } from './keyboard.ts';
import { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const STEP = 50;

let stage: Stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** Connects as one of the bank's people. */
async function connectAs(visitor: Visitor, persona: PersonaName): Promise<void> {
  await visitor.open();
  await visitor.leaveForTheBank();
  await visitor.page.goto(`${visitor.page.url()}?persona=${persona}`);
  await visitor.decide('Accept');
  await visitor.outcome('connected');
  await visitor.settled();
}

/** What the bank has of somebody's first account, the newest first. */
function rowsOfFirst(persona: PersonaName) {
  const [account] = accountsOf(personaNamed(persona));
  assert.ok(account);
  return rowsOf(account, Date.now());
}

const first = (visitor: Visitor): Locator => visitor.part('account').first();
const rows = (visitor: Visitor): Locator => first(visitor).locator('.days li');
const pounds = (minor: number): string => {
  const [whole, pence] = [Math.floor(minor / 100), String(minor % 100).padStart(2, '0')];
  return `£${whole.toLocaleString('en-GB')}.${pence}`;
};

test('ACC-4: the months’ table holds what the bank’s own data add up to', async () => {
  const visitor = await stage.visitor();
  await connectAs(visitor, 'busy');
  const sums = new Map<string, { in: number; out: number }>();
  for (const { status, bookedAt, entry } of rowsOfFirst('busy')) {
    if (status !== 'Booked') continue;
    const month = sums.get(bookedAt.slice(0, 7)) ?? { in: 0, out: 0 };
    if (entry.minor > 0) month.in += entry.minor;
    else month.out -= entry.minor;
    sums.set(bookedAt.slice(0, 7), month);
  }
  // The list is longer than what is read in one go.
  const older = first(visitor).getByRole('button', { name: 'Read older transactions of Everyday account' });
  for (;;) {
    if (await older.count() === 0) break;
    await older.click();
    await visitor.settled();
  }
  const table = first(visitor).getByTestId('flow-table');
  await first(visitor).locator('.flow-more > summary').click();
  const shown = await table.locator('tbody tr').evaluateAll((lines) =>
    lines.map((line) => [line.getAttribute('data-month'), ...Array.from(line.querySelectorAll('td'), (cell) => cell.textContent)]));
  const expected = [...sums].sort(([a], [b]) => (a < b ? 1 : -1)).map(([month, { in: came, out }]) => [month, pounds(came), pounds(out)]);
  assert.ok(expected.length >= 13);
  assert.deepEqual(shown, expected);
  const drawn = await first(visitor).getByTestId('flow').getByRole('img').getAttribute('aria-label');
  assert.match(drawn ?? '', /^Money in and out of Everyday account in GBP, by month: 12 months; most in in \w+ 20\d\d, £/);
  visitor.assertQuiet();
});

test('page: transactions stand by day, fifty at a time, and the reader goes on where the new ones begin', async () => {
  const visitor = await stage.visitor();
  await connectAs(visitor, 'usual');
  const all = rowsOfFirst('usual');
  assert.equal(await rows(visitor).count(), STEP);
  assert.equal(await visitor.part('count').first().innerText(), `50 of ${all.length} transactions`);
  const days = await first(visitor).locator('[data-day]').evaluateAll((groups) =>
    groups.map((group) => [group.getAttribute('data-day'), group.querySelectorAll('li').length]));
  const pending = all.filter(({ status }) => status === 'Pending');
  const expected = new Map<string, number>(pending.length === 0 ? [] : [['pending', pending.length]]);
  for (const { bookedAt } of all.filter(({ status }) => status === 'Booked').slice(0, STEP - pending.length)) {
    const day = bookedAt.slice(0, 10);
    expected.set(day, (expected.get(day) ?? 0) + 1);
  }
  assert.deepEqual(days, [...expected]);

  await first(visitor).getByTestId('more').click();
  assert.equal(await rows(visitor).count(), 2 * STEP);
  const place = await visitor.page.evaluate(() =>
    [...document.querySelectorAll('.days li')].findIndex((item) => item === document.activeElement));
  assert.equal(place, STEP);
  visitor.assertQuiet();
});

test('page: a search and the filters find what the bank has, and tell how much it comes to', async () => {
  const visitor = await stage.visitor();
  await connectAs(visitor, 'usual');
  const all = rowsOfFirst('usual');
  const count = visitor.part('count').first();
  const search = first(visitor).getByTestId('search');

  const coffees = all.filter(({ entry }) => entry.habit.merchant?.name === 'Copperpot Coffee');
  const spent = coffees.reduce((sum, { entry }) => sum - entry.minor, 0);
  await search.fill('COPPERPOT');
  assert.equal(await count.innerText(), `${coffees.length} of ${all.length} transactions: £0.00 in, ${pounds(spent)} out`);
  assert.equal(await rows(visitor).count(), Math.min(coffees.length, STEP));

  await search.fill(pounds(-(coffees[0]?.entry.minor ?? 0)));
  assert.match(await rows(visitor).first().innerText(), /Copperpot Coffee/);

  await search.fill('');
  await first(visitor).getByTestId('filters').locator('summary').click();
  await first(visitor).getByLabel('Direction').selectOption('Money in');
  const incomes = all.filter(({ entry }) => entry.minor > 0);
  assert.match(await count.innerText(), new RegExp(`^${incomes.length} of `));
  const day = incomes.at(-1)?.bookedAt.slice(0, 10) ?? '';
  await first(visitor).getByLabel('To', { exact: true }).fill(day);
  assert.match(await count.innerText(), new RegExp(`^${incomes.filter(({ bookedAt }) => bookedAt.slice(0, 10) <= day).length} of `));
  assert.match(await first(visitor).getByTestId('filters').locator('summary').innerText(), /2 set/);

  await first(visitor).getByRole('button', { name: 'Clear the search of Everyday account' }).click();
  assert.equal(await count.innerText(), `50 of ${all.length} transactions`);
  await first(visitor).getByLabel('State').selectOption('Pending');
  const pending = all.filter(({ status }) => status === 'Pending');
  assert.match(await count.innerText(), new RegExp(`^${pending.length} of `));
  await search.fill('nothing is called this');
  assert.match(await first(visitor).locator('.days').innerText(), /None/);
  visitor.assertQuiet();
});

test('page: a long list is read some pages at a time, and what was read can be searched', async () => {
  const visitor = await stage.visitor();
  await connectAs(visitor, 'heavy');
  const count = visitor.part('count').first();
  const pages = () => stage.back.count('GET /v1/accounts/45123123/transactions');
  const asked = pages();
  assert.equal(await count.innerText(), '50 of 1,000 transactions read so far');
  await first(visitor).getByRole('button', { name: 'Read older transactions of Everyday account' }).click();
  await visitor.settled();
  assert.equal(await count.innerText(), '50 of 2,000 transactions read so far');
  assert.equal(pages() - asked, 20);
  await first(visitor).getByTestId('search').fill('bypass fuels');
  const fuel = rowsOfFirst('heavy').slice(0, 2000).filter(({ entry }) => entry.habit.merchant?.name === 'Bypass Fuels');
  assert.match(await count.innerText(), new RegExp(`^${fuel.length} of 2,000 transactions read so far: £0.00 in, £`));
  visitor.assertQuiet();
});

PERSONA_NAMES.forEach((persona, index) => {
  const [viewport, colorScheme] = [index % 2 === 0 ? PHONE : DESK, index % 3 === 0 ? 'light' as const : 'dark' as const];
  test(`access: everything open in the accounts of the person “${persona}”`, async () => {
    const visitor = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' });
    await visitor.context.addInitScript({ path: AXE });
    await connectAs(visitor, persona);
    const accounts = visitor.part('account');
    assert.equal(await accounts.count(), personaNamed(persona).holdings.length);
    await openAll(visitor);
    assert.equal(await visitor.page.locator('#accounts .notice, #accounts .raw').count(), 0);
    await assertNamed(visitor);
    await assertAccessible(visitor, persona);
    visitor.assertQuiet();
  });
});

test('page: an account with nothing in it says so', async () => {
  const visitor = await stage.visitor();
  await connectAs(visitor, 'empty');
  assert.match(await first(visitor).getByTestId('transactions').innerText(), /No transactions/);
  assert.equal(await first(visitor).getByTestId('flow').count(), 0);
  await first(visitor).getByTestId('standing-orders').locator('summary').click();
  await first(visitor).getByText('There are no standing orders from this account.').waitFor();
  visitor.assertQuiet();
});

test('ACC-3: what was not granted is not shown and not asked for', async () => {
  const visitor = await stage.visitor();
  await visitor.open();
  await visitor.leaveForTheBank();
  for (const box of await visitor.page.getByRole('checkbox').all()) {
    if (!['accounts:read', 'standing-orders:read'].includes(await box.getAttribute('name') ?? '')) await box.uncheck();
  }
  const [balances, lists] = [stage.back.count('GET /v1/accounts/12345678/balance'), stage.back.count('GET /v1/accounts/12345678/transactions')];
  await visitor.decide('Accept');
  await visitor.outcome('connected');
  await visitor.settled();
  assert.deepEqual(await first(visitor).locator('.fold').evaluateAll((folds) => folds.map((fold) => fold.getAttribute('data-testid'))),
    ['standing-orders']);
  await first(visitor).getByTestId('standing-orders').locator('summary').click();
  assert.match(await first(visitor).getByTestId('standing-orders').getByRole('listitem').first().innerText(), /Shared bills\s+£950\.00\s+On the 1st of every month/);
  assert.equal(stage.back.count('GET /v1/accounts/12345678/balance'), balances);
  assert.equal(stage.back.count('GET /v1/accounts/12345678/transactions'), lists);
  visitor.assertQuiet();
});

test('access: the history by keyboard alone', async () => {
  const visitor = await stage.visitor();
  const { page } = visitor;
  await connectAs(visitor, 'usual');
  await tabTo(visitor, 'Transactions of Everyday account');
  await tabTo(visitor, 'Each month as a table of Everyday account');
  await page.keyboard.press('Enter');
  await first(visitor).getByTestId('flow-table').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('lantern');
  assert.match(await rows(visitor).first().innerText(), /The Lantern Cinema/);
  await tabTo(visitor, 'Filters of Everyday account');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.match(await visitor.part('count').first().innerText(), /^0 of /, 'no money comes in from a cinema');
  await tabTo(visitor, 'Clear the search of Everyday account');
  await page.keyboard.press('Enter');
  await tabTo(visitor, 'Show 50 more of Everyday account');
  await page.keyboard.press('Enter');
  assert.equal(await rows(visitor).count(), 2 * STEP);
  await tabTo(visitor, 'Direct debits of Everyday account');
  await page.keyboard.press('Enter');
  await first(visitor).getByTestId('direct-debits').getByRole('listitem').first().waitFor();
  assert.match(await first(visitor).getByTestId('direct-debits').innerText(), /Larkspur Mobile\s+Next on 14 /);
  assert.equal(await focused(visitor), 'Direct debits of Everyday account');
  visitor.assertQuiet();
});

for (const [device, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`page: nothing jumps while the accounts are read on a ${device}`, async () => {
    const visitor = await stage.visitor({ viewport });
    await connectAs(visitor, 'usual');
    await visitor.context.addInitScript(() => {
      const own = Object.assign(globalThis, { shifted: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as Array<{ value: number; sources: Array<{ node: Node | null }> }>) {
          const isWithin = entry.sources.some(({ node }) => document.getElementById('accounts-section')?.contains(node));
          if (isWithin) own.shifted += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await visitor.page.reload();
    await visitor.part('account').first().waitFor();
    await visitor.settled();
    const shifted = await visitor.page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted);
    assert.ok(shifted < 0.1, `${shifted}`);
  });
}

/** Opens each part of each account, and waits for what is in it. */
async function openAll(visitor: Visitor): Promise<void> {
  const open = (): Promise<void> => visitor.page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('#accounts details')) details.open = true;
  });
  await open();
  // A part that was opened asks for what is in it a moment later.
  await visitor.page.waitForFunction(() => document.querySelector('#accounts .fold-body:empty') === null);
  await visitor.settled();
  await open();
}

/** Each control within the accounts is named by its account, and no two have one name. */
async function assertNamed(visitor: Visitor): Promise<void> {
  const names = await visitor.page.locator('#accounts article').evaluateAll((articles) => articles.flatMap((article) => {
    const label = article.getAttribute('aria-label') ?? '';
    const controls = [...article.querySelectorAll('summary, button')].filter((control) => control.checkVisibility());
    return controls.map((control) => ({ label, text: control.textContent ?? '', height: control.getBoundingClientRect().height }));
  }));
  assert.ok(names.length > 0);
  for (const { label, text, height } of names) {
    assert.ok(text.endsWith(` of ${label}`), `“${text}” of ${label}`);
    assert.ok(height >= 44, `“${text}” is ${height} px high`);
  }
  assert.equal(new Set(names.map(({ text }) => text)).size, names.length);
}
