/** Pages, filters and how far back the bank tells. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../src/data/accounts.ts';
import { DAY } from '../src/data/calendar.ts';
import { accountsOf, personaNamed } from '../src/data/people.ts';
import { rowsOf } from '../src/data/transactions.ts';
import { ORIGIN, openSandbox, startStrict } from './support/sandbox.ts';
import { PSU_ADDRESS, type Tpp, read, refusal } from './support/tpp.ts';

const [EVERYDAY] = accountsOf(personaNamed('usual')) as readonly [Account];
const LIST = '/accounts/12345678/transactions';
const NOBODY = {};
const PRESENT = { 'x-user-ip': PSU_ADDRESS };

interface Page {
  Transactions: { TransactionId: string; BookingDateTime: string }[];
  Links: { Self: string; Next?: string };
}

/** Every page of a list, from a target below the base on. */
async function walk(tpp: Tpp, access: string, target: string, headers: Record<string, string>): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next: string | undefined = target; next !== undefined; ) {
    const answer: Response = await tpp.get(next, access, headers);
    assert.equal(answer.status, 200);
    const page: Page = await read<Page>(answer);
    pages.push(page);
    next = page.Links.Next?.replace(tpp.options.resourceBase, '');
  }
  return pages;
}

const ids = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ Transactions }) => Transactions.map(({ TransactionId }) => TransactionId));

test('ACC-8: a walk through the pages is the list, each row once, and counts once', async () => {
  const { tpp, clock } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const all = rowsOf(EVERYDAY, clock.now).map(({ id }) => id);
  for (let times = 0; times < 4; times += 1) {
    const pages = await walk(tpp, access, LIST, NOBODY);
    assert.equal(pages.length, Math.ceil(all.length / 50));
    assert.ok(pages.slice(0, -1).every(({ Transactions }) => Transactions.length === 50));
    assert.deepEqual(ids(pages), all);
    assert.equal(pages[0]?.Links.Self, `${ORIGIN}/v1${LIST}`);
    assert.ok(pages[0]?.Links.Next?.startsWith(`${ORIGIN}/v1${LIST}?page=`));
    assert.equal(pages.at(-1)?.Links.Next, undefined);
  }
  assert.equal(await refusal(tpp.get(LIST, access, NOBODY)), '429 too_many_requests ACC-2');
});

test('ACC-8: a page is good for an hour, for its consent and its list, with its filters or none', async () => {
  const { tpp, clock } = openSandbox({ SANDBOX_ACCESS_TOKEN_SECONDS: '86400' });
  const { access_token: access } = await tpp.connect();
  const other = await tpp.connect();
  const filters = '?fromBookingDateTime=2026-01-01&toBookingDateTime=2026-06-01';
  const { Links: { Next = '' } } = await read<Page>(await tpp.get(LIST + filters, access));
  const query = new URL(Next).search;
  const made = '400 invalid_request ACC-8';
  assert.equal((await tpp.get(LIST + query, access)).status, 200);
  assert.equal((await tpp.get(LIST + query + filters.replace('?', '&'), access)).status, 200);
  assert.equal(await refusal(tpp.get(`${LIST}${query}&fromBookingDateTime=2026-02-01`, access)), made);
  assert.equal(await refusal(tpp.get(LIST + query, other.access_token)), made);
  assert.equal(await refusal(tpp.get(`/accounts/23456789/transactions${query}`, access)), made);
  assert.equal(await refusal(tpp.get(`${LIST}?page=2`, access)), made);
  clock.now += 3_599_999;
  assert.equal((await tpp.get(LIST + query, access)).status, 200);
  clock.now += 1;
  assert.equal(await refusal(tpp.get(LIST + query, access)), made);
});

test('ACC-2, ACC-8: a made-up page continues no walk, so that it counts', async () => {
  const { tpp } = openSandbox();
  const { access_token: access } = await tpp.connect();
  for (let times = 0; times < 4; times += 1) await tpp.get(`${LIST}?page=${times}`, access, NOBODY);
  assert.equal(await refusal(tpp.get(LIST, access, NOBODY)), '429 too_many_requests ACC-2');
});

test('ACC-8: what is booked during a walk shifts none of its pages', async () => {
  const { tpp, clock } = openSandbox();
  clock.now = Date.UTC(2026, 5, 15, 23, 50);
  const { access_token: access } = await tpp.connect();
  const all = rowsOf(EVERYDAY, clock.now).map(({ id }) => id);
  const first = await read<Page>(await tpp.get(LIST, access));
  clock.now += 1_200_000;
  assert.notDeepEqual(rowsOf(EVERYDAY, clock.now).map(({ id }) => id), all);
  const rest = await walk(tpp, access, LIST + new URL(first.Links.Next ?? '').search, PRESENT);
  assert.deepEqual(ids([first, ...rest]), all);
});

test('ACC-8, ACC-5: the size of pages and the shape are settings, and every list comes in pages', async () => {
  await using open = await startStrict({ shape: 'obie' });
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  sandbox.pageSize = 2;
  interface Answer {
    Data: { Account: object[] };
    Links: { Self: string; Next?: string };
    Meta: { TotalPages: number };
  }
  const { Data, Links, Meta } = await read<Answer>(await tpp.get('/accounts', access));
  assert.deepEqual([Data.Account.length, Meta.TotalPages], [2, 2]);
  const next = Links.Next?.replace(sandbox.resourceBase, '') ?? '';
  const last = await read<Answer>(await tpp.get(next, access));
  assert.deepEqual([last.Data.Account.length, last.Links.Next], [1, undefined]);
  assert.equal(last.Links.Self, sandbox.resourceBase + next);
  assert.deepEqual(sandbox.violations, []);
});

test('ACC-3: filters take a date or a time, both ends included, and refuse what is neither', async () => {
  const { tpp, clock } = openSandbox();
  const { access_token: access } = await tpp.connect();
  const times = rowsOf(EVERYDAY, clock.now).map(({ bookedAt }) => bookedAt);
  const count = async (query: string) => ids(await walk(tpp, access, LIST + query, PRESENT)).length;
  const [first = '', last = ''] = [times.at(40), times.at(10)];
  const within = times.filter((time) => time >= first && time <= last).length;
  assert.equal(await count(`?fromBookingDateTime=${first}&toBookingDateTime=${last}`), within);
  const offset = `${new Date(Date.parse(first) + 3_600_000).toISOString().slice(0, 19)}+01:00`;
  assert.equal(await count(`?fromBookingDateTime=${offset}&toBookingDateTime=${last.slice(0, -1)}`), within);
  const day = last.slice(0, 10);
  const onTheDay = times.filter((time) => time.startsWith(day)).length;
  assert.equal(await count(`?fromBookingDateTime=${day}&toBookingDateTime=${day}`), onTheDay);
  assert.equal(await count('?toBookingDateTime=2020-01-01'), 0);
  const wrong = ['=', '=today', '=2026-13-01', '=2026-06-01&fromBookingDateTime=2026-06-02', '=06/01/2026',
    '=2026-06-02&toBookingDateTime=2026-06-01'];
  for (const query of wrong) {
    const answer = tpp.get(`${LIST}?fromBookingDateTime${query}`, access);
    assert.equal(await refusal(answer), '400 invalid_request ACC-3', query);
  }
});

test('ACC-3: all history in the five minutes after the exchange, then ninety days', async () => {
  const { tpp, clock } = openSandbox();
  const { access_token: access, refresh_token: refresh } = await tpp.connect();
  const oldest = async (query = '') => (await walk(tpp, access, LIST + query, PRESENT)).at(-1)?.Transactions.at(-1);
  clock.now += 299_999;
  assert.ok(Date.parse((await oldest())?.BookingDateTime ?? '') < clock.now - 365 * DAY);
  assert.equal((await tpp.get(`${LIST}?fromBookingDateTime=2020-01-01`, access)).status, 200);
  const begun = await read<Page>(await tpp.get(LIST, access));
  clock.now += 1;
  // A refresh is no new consent.
  await tpp.refresh(refresh);
  const limit = new Date(clock.now - 90 * DAY).toISOString().slice(0, 10);
  assert.ok(((await oldest())?.BookingDateTime ?? '') >= limit);
  assert.equal((await tpp.get(`${LIST}?fromBookingDateTime=${limit}`, access)).status, 200);
  const before = new Date(Date.parse(limit) - 1).toISOString();
  for (const from of [before, before.slice(0, 10)]) {
    const answer = await tpp.get(`${LIST}?fromBookingDateTime=${from}`, access);
    assert.equal(answer.status, 403);
    const { error_description: said } = await read<{ error_description: string }>(answer);
    assert.match(said, new RegExp(`90 days.*${limit}`));
  }
  const rest = await walk(tpp, access, LIST + new URL(begun.Links.Next ?? '').search, PRESENT);
  const last = rest.at(-1)?.Transactions.at(-1)?.BookingDateTime ?? '';
  assert.ok(Date.parse(last) < clock.now - 365 * DAY, 'a walk that has begun in time goes on to its end');
});
