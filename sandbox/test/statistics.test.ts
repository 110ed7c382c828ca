/** STA-1 at the bank: each call is counted once, by its day and kind, with what became of it. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DAY, dayNumber } from '../src/data/calendar.ts';
import * as faults from '../src/faults.ts';
import type { Sandbox } from '../src/node.ts';
import { sqlOf } from '../src/node/sql.ts';
import { csvOf, quarterNamed, quarterOf, quartersBetween, reportOf } from '../src/statistics.ts';
import { TallyBooks } from '../src/tally.ts';
import { ORIGIN, openSandbox, startStrict } from './support/sandbox.ts';
import { PAYMENT, refusal } from './support/tpp.ts';

/** Requests and failures of each kind, such as `AISP 3/1`, on a day. */
function counted({ days }: ReturnType<Sandbox['statistics']>, date: string): string[] {
  const day = days.find((one) => one.date === date) ?? assert.fail(`no ${date}`);
  return (['AISP', 'PISP', 'CBPII'] as const).map((kind) => `${kind} ${day[kind].requests}/${day[kind].failures}`);
}

const dateOf = (sandbox: Sandbox): string => new Date(sandbox.clock.at(Date.now())).toISOString().slice(0, 10);

test('STA-1: every call counts for its consent’s kind, and a confirmation of funds for its own', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const access = await tpp.connect();
  await tpp.get('/accounts', access.access_token);
  await tpp.get('/accounts/12345678/balance', access.access_token, {});
  await tpp.get('/accounts/0', access.access_token);
  await tpp.refresh(access.refresh_token);
  const paying = await tpp.connect('pisp');
  await tpp.pay(paying.access_token, PAYMENT);
  await tpp.get('/payment-funds-confirmation', paying.access_token);
  // What is asked with the other consent is still that consent's call.
  await tpp.get('/accounts', paying.access_token);
  assert.deepEqual(counted(sandbox.statistics(), dateOf(sandbox)), ['AISP 6/0', 'PISP 4/0', 'CBPII 1/0']);
  assert.deepEqual(sandbox.statistics().other, { requests: 0, failures: 0 });
  const { AISP, CBPII } = sandbox.statistics().summary;
  assert.deepEqual([AISP.uptime, AISP.errorRate], ['100.00%', '0.00%']);
  assert.match(CBPII.averageRequestTime, /^\d+\.\d\d ms$/);
  assert.ok(AISP.milliseconds > 0);
  sandbox.violations.splice(0);
});

test('STA-1: a status of 500 and more, a dropped and a broken answer are failures; a refusal is none', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access } = await tpp.connect();
  const ask = () => tpp.get('/accounts', access).then((answer) => answer.text());
  const date = dateOf(sandbox);
  const failing = [faults.status(503), faults.lostRequest(), faults.lostAnswer(), faults.truncated()];
  for (const [index, fault] of failing.entries()) {
    sandbox.faults.next('resource', fault);
    await ask().catch(() => undefined);
    assert.equal(counted(sandbox.statistics(), date)[0], `AISP ${3 + index}/${1 + index}`);
  }
  for (const fault of [faults.status(429), faults.html(), faults.garbage(), faults.drip(1)]) {
    sandbox.faults.next('resource', fault);
    await ask();
  }
  assert.equal(counted(sandbox.statistics(), date)[0], 'AISP 10/4');
  sandbox.faults.next('payment', faults.lostAnswer());
  const paying = await tpp.connect('pisp');
  await tpp.pay(paying.access_token).catch(() => undefined);
  assert.equal(counted(sandbox.statistics(), date)[1], 'PISP 3/1');
  sandbox.faults.next('authorise', faults.status(500));
  await tpp.authorise({ scope: 'pisp' });
  assert.equal(counted(sandbox.statistics(), date)[1], 'PISP 4/2');
  assert.equal(sandbox.statistics().summary.AISP.errorRate, '40.00%');
});

test('STA-1: a call counts on its day by the bank’s clock; a person’s visit and a page count nowhere', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const { access_token: access, location } = await tpp.connect();
  const first = dateOf(sandbox);
  const quarter = quarterOf(dayNumber(sandbox.clock.at(Date.now()))).name;
  for (const page of [location, `${sandbox.url}/`, `${sandbox.url}/statistics`]) await fetch(page);
  assert.deepEqual(counted(sandbox.statistics(), first), ['AISP 2/0', 'PISP 0/0', 'CBPII 0/0']);
  sandbox.clock.advance(100 * 86_400);
  await tpp.get('/accounts', access);
  assert.deepEqual(counted(sandbox.statistics(), dateOf(sandbox)), ['AISP 1/0', 'PISP 0/0', 'CBPII 0/0']);
  assert.deepEqual(counted(sandbox.statistics(quarter), first), ['AISP 2/0', 'PISP 0/0', 'CBPII 0/0']);
  await tpp.token({ grant_type: 'authorization_code', code: 'made-up' });
  assert.deepEqual(sandbox.statistics().other, { requests: 1, failures: 0 });
  sandbox.violations.splice(0);
});

const NOON = Date.UTC(2026, 4, 20, 12);

/** A quarter with a good minute, a bad one and a mixed one on a day of May. */
function someReport() {
  const books = new TallyBooks(sqlOf(new DatabaseSync(':memory:')));
  const call = (minute: number, failed: boolean) =>
    books.add({ kind: 'AISP', at: NOON + minute * 60_000, failed, microseconds: 1500 });
  const calls = [[0, false], [1, true], [1, true], [2, false], [2, true]] as const;
  for (const [minute, failed] of calls) call(minute, failed);
  books.add({ kind: 'PISP', at: NOON + DAY - 1, failed: true, microseconds: 500 });
  const last = dayNumber(NOON + DAY);
  const { first } = quarterOf(last);
  return { books, report: reportOf(books.days(first, last), { first, last }) };
}

test('STA-1: uptime is of minutes, the error rate of calls, and N/A where nothing was asked', () => {
  const { report } = someReport();
  assert.deepEqual([report.from, report.to, report.days.length], ['2026-04-01', '2026-05-21', 51]);
  const day = report.days.find(({ date }) => date === '2026-05-20') ?? assert.fail();
  assert.deepEqual(day.AISP, {
    ...{ requests: 5, failures: 3, milliseconds: 7.5 },
    ...{ uptime: '66.67%', averageRequestTime: '1.50 ms', errorRate: '60.00%' },
  });
  assert.deepEqual([day.CBPII.uptime, day.CBPII.averageRequestTime, day.CBPII.errorRate], ['N/A', 'N/A', 'N/A']);
  assert.equal(report.days.at(-1)?.PISP.uptime, '0.00%');
  assert.equal(report.summary.PISP.errorRate, '100.00%');
});

test('STA-1: the CSV has the guide’s columns', () => {
  const lines = csvOf(someReport().report).split('\r\n');
  assert.equal(lines[0], 'Metric,Date,AISP,PISP,CBPII');
  assert.equal(lines[1], 'Uptime,,66.67%,0.00%,N/A');
  assert.equal(lines.length, 1 + 3 * 52 + 1);
  assert.ok(lines.includes('Error Rate,2026-05-20,60.00%,N/A,N/A'));
});

test('STA-1: quarters are those of the calendar, and what is long past is forgotten', () => {
  const { books } = someReport();
  const quarter = quarterNamed('2026-Q2') ?? assert.fail();
  assert.equal(quarterOf(quarter.first).name, '2026-Q2');
  assert.equal(quarterOf(quarter.last + 1).name, '2026-Q3');
  assert.equal(quarterNamed('2026-Q5'), undefined);
  const names = quartersBetween(books.firstDay() ?? 0, quarter.last + 200).map(({ name }) => name);
  assert.deepEqual(names, ['2027-Q1', '2026-Q4', '2026-Q3', '2026-Q2']);
  books.sweep(NOON + 801 * DAY);
  assert.equal(books.firstDay(), null);
});

test('STA-1: page, JSON and CSV tell a quarter, the present one unless another is named', async () => {
  const { send } = openSandbox();
  const ask = (path: string) => send(new Request(ORIGIN + path));
  const page = await (await ask('/statistics')).text();
  assert.match(page, /<caption>Summary data<\/caption>/);
  for (const text of ['<th scope="row">4/1/2026</th>', '<th scope="row">6/15/2026</th>', 'Quarter 2 of 2026', 'N/A']) {
    assert.ok(page.includes(text), text);
  }
  assert.match(await (await ask('/')).text(), /href="\/statistics"/);
  const { from, to } = (await (await ask('/statistics.json?quarter=2025-Q4')).json()) as Record<string, string>;
  assert.deepEqual([from, to], ['2025-10-01', '2025-12-31']);
  const csv = await ask('/statistics.csv');
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
  for (const path of ['/statistics', '/statistics.json', '/statistics.csv']) {
    assert.equal(await refusal(ask(`${path}?quarter=2026`)), '400 invalid_request STA-1');
  }
});
