/** Accounts of banks that answer otherwise: in the other shape, in none, in pages that lead elsewhere, or not at all. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../rig/chromium.ts';
import { assertAccessible } from './accessible.ts';
import { Backdrop, type Reply, type Script, problem } from './backdrop.ts';

const ACCOUNTS = ['Everyday', 'Savings', 'Joint'];
const PARTS = ['accounts', 'balance', 'transactions', 'direct-debits', 'standing-orders'];
const CONSENT = { scope: 'aisp', state: 'active', permissions: PARTS.map((part) => `${part}:read`), renewing: false };
const LIST = '/api/accounts/1/transactions';
/** A bank of the other shape: lists in `Data`, and amounts that JavaScript would write otherwise. */
const WRAPPED: Script = {
  'GET /api/consent': () => ({ status: 200, body: CONSENT }),
  'GET /api/accounts': () => ({
    status: 200,
    body: { Data: { Account: ACCOUNTS.map((Nickname, index) => ({ AccountId: String(index + 1), Nickname })) } },
  }),
  ...Object.fromEntries(ACCOUNTS.map((_, index): [string, () => Reply] => [`GET /api/accounts/${index + 1}/balance`, () => ({
    status: 200,
    text: '{"Data":{"Balance":[{"Type":"InterimBooked","CreditDebitIndicator":"Debit","Amount":{"Amount":10.10,"Currency":"GBP"}}]}}',
  })])),
  [`GET ${LIST}`]: () => page(['2026-03-01', 0.1], `https://bank.example/v1/accounts/1/transactions?page=2`),
  [`GET ${LIST}?page=2`]: () => page(['2026-03-02', 90071992547409931234n], `/v1/accounts/1/transactions?page=3`),
  [`GET ${LIST}?page=3`]: () => page(['2026-03-03', 0.2]),
};

function page([day, amount]: [string, number | bigint], Next?: string): Reply {
  const links = JSON.stringify({ Self: 'https://bank.example/v1/accounts/1/transactions', Next });
  const row = `{"BookingDateTime":"${day}","CreditDebitIndicator":"Credit","TransactionInformation":"OF ${day}",`
    + `"Amount":{"Amount":${amount},"Currency":"GBP"}}`;
  return { status: 200, text: `{"Data":{"Transaction":[${row}]},"Links":${links}}` };
}

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function open(script: Script = {}): Promise<Backdrop> {
  const backdrop = await Backdrop.open(browser, { ...WRAPPED, ...script }, { viewport: { width: 390, height: 844 } });
  await backdrop.visitor.open();
  return backdrop;
}

test('ACC-5: a bank of the other shape is read through all of its pages, and no digit of its amounts is lost', async () => {
  const { visitor } = await open();
  const account = visitor.part('account').first();
  assert.match(await account.getByTestId('balance').innerText(), /Booked\s+\u2212£10\.10/);
  assert.deepEqual(await account.locator('.days .row-name').allInnerTexts(), ['OF 2026-03-03', 'OF 2026-03-02', 'OF 2026-03-01']);
  await account.locator('.flow-more > summary').click();
  assert.match(await account.getByTestId('flow-table').innerText(), /March 2026\s+£90,071,992,547,409,931,234\.30\s+£0\.00/);
  visitor.assertQuiet();
});

test('ACC-6: a list that goes on at another host is not followed, and the page says so', async () => {
  const { visitor, calls } = await open({
    [`GET ${LIST}`]: () => page(['2026-03-01', 1], `https://evil.example/v1/accounts/1/transactions?page=2`),
  });
  await visitor.part('account').first().getByText('goes on at another address').waitFor();
  assert.equal(calls.filter((call) => call === `GET ${LIST}`).length, 1);
  visitor.assertQuiet();
});

test('ACC-4: what the page does not understand is shown as the bank wrote it', async () => {
  const { visitor } = await open({
    'GET /api/accounts/1/balance': () => ({ status: 200, text: '{"Funds":1.50}' }),
    [`GET ${LIST}`]: () => ({ status: 200, text: '{"Transactions":[{"Weight":12.50},{"Amount":"1","Currency":"GBP"}]}' }),
    'GET /api/accounts/1/direct-debits': () => ({ status: 200, text: '[{"Odd":1.0}]' }),
  });
  const account = visitor.part('account').first();
  await account.getByText('A balance as the bank sent it').click();
  await account.getByText('"Funds": 1.50').waitFor();
  await account.getByText('A transaction as the bank sent it').click();
  await account.getByText('"Weight": 12.50').waitFor();
  await account.getByTestId('direct-debits').locator('summary').click();
  await account.getByText('An entry as the bank sent it').click();
  await account.getByText('"Odd": 1.0').waitFor();
  await assertAccessible(visitor, 'not understood');
  visitor.assertQuiet();
});

test('ERR-3: a bank that is away is told once, and trying again reads all that is missing', async () => {
  const away = (): Reply => problem(502, 'gateway_unreachable');
  const missing = [LIST, ...ACCOUNTS.map((_, index) => `/api/accounts/${index + 1}/balance`)];
  const backdrop = await open(Object.fromEntries(missing.map((path) => [`GET ${path}`, away])));
  const { visitor } = backdrop;
  const notices = visitor.page.locator('#accounts .notice');
  assert.equal(await notices.count(), 1);
  assert.equal(await visitor.page.locator('#accounts [data-same]').count(), missing.length - 1);
  await assertAccessible(visitor, 'the bank is away');
  for (const path of missing) backdrop.answer(`GET ${path}`, () => WRAPPED[`GET ${path}`]?.(undefined));
  await notices.getByRole('button', { name: 'Try again' }).click();
  await visitor.settled();
  assert.equal(await notices.count(), 0);
  assert.equal(await visitor.page.locator('#accounts [data-same]').count(), 0);
  assert.equal(await visitor.part('account').first().locator('.days li').count(), 3);
  visitor.assertQuiet(...missing.map((path) => ({ path, status: 502 })));
});

test('ERR-3: a list that breaks off keeps what was read, and reads on from there', async () => {
  const backdrop = await open({ [`GET ${LIST}?page=2`]: () => problem(502, 'gateway_bad_answer') });
  const { visitor } = backdrop;
  const history = visitor.part('account').first().getByTestId('transactions');
  assert.equal(await history.locator('.days li').count(), 1);
  assert.match(await history.getByTestId('flow').innerText(), /as far as the list has been read/);
  backdrop.answer(`GET ${LIST}?page=2`, () => WRAPPED[`GET ${LIST}?page=2`]?.(undefined));
  await history.getByRole('button', { name: 'Try again' }).click();
  await visitor.settled();
  assert.equal(await history.locator('.days li').count(), 3);
  assert.equal(backdrop.calls.filter((call) => call === `GET ${LIST}`).length, 4, 'the first page is not read again');
  visitor.assertQuiet({ path: `${LIST}?page=2`, status: 502 });
});
