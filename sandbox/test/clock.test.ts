/** The bank's clock: set ahead and back, stopped and run, kept. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Clock } from '../src/clock.ts';
import { keepClock } from '../src/kept-clock.ts';
import { KeptValues } from '../src/kept.ts';
import { sqlOf } from '../src/node/sql.ts';
import { Control } from './support/control.ts';
import { startStrict } from './support/sandbox.ts';
import { refusal } from './support/tpp.ts';

const NOON = Date.UTC(2026, 10, 29, 12);
const HOUR = 3_600_000;

interface Shown {
  now: string;
  offsetSeconds: number;
  stopped: boolean;
}

test('clock: it stands while it is stopped, is set while it stands, and goes on from there', () => {
  const clock = new Clock(60);
  clock.stop(NOON);
  assert.equal(clock.at(NOON + HOUR), NOON + 60_000);
  clock.advance(10);
  assert.equal(clock.at(NOON + 2 * HOUR), NOON + 70_000);
  clock.run(NOON + HOUR);
  assert.equal(clock.at(NOON + HOUR + 5), NOON + 70_005);
  clock.set(NOON, NOON + 3 * HOUR);
  assert.equal(clock.at(NOON + 3 * HOUR + 1), NOON + 1);
  clock.reset();
  assert.deepEqual([clock.at(NOON), clock.isStopped, clock.offsetSeconds], [NOON, false, 0]);
});

test('clock: how it is set is kept, until the settings say something else', () => {
  const kept = new KeptValues(sqlOf(new DatabaseSync(':memory:')));
  const begun = (offset: number): Clock => {
    const clock = new Clock(offset);
    keepClock(clock, kept);
    return clock;
  };
  begun(5).advance(90);
  assert.equal(begun(5).offsetSeconds, 95);
  begun(5).stop(NOON);
  assert.equal(begun(5).at(NOON + HOUR), NOON + 95_000);
  assert.deepEqual([begun(6).offsetSeconds, begun(6).isStopped], [6, false]);
});

test('TOK-3, TOK-2: set over HTTP, the codes and tokens of the bank age by it', async () => {
  await using open = await startStrict();
  const { sandbox, tpp } = open;
  const control = new Control(sandbox);
  const { access_token: access, code } = await tpp.connect();
  const set = async (asked: object): Promise<Shown> => (await control.post('/clock', asked)).json() as Promise<Shown>;
  const stopped = await set({ stop: true });
  assert.equal(stopped.stopped, true);
  await set({ advance: 3599 });
  assert.equal((await tpp.get('/accounts', access)).status, 200);
  const ahead = await set({ advance: 1 });
  assert.equal(Date.parse(ahead.now) - Date.parse(stopped.now), HOUR);
  assert.equal(await refusal(tpp.get('/accounts', access)), '401 invalid_token ACC-1');
  assert.deepEqual(await control.json<Shown>('/clock').then(({ now }) => now), ahead.now);
  assert.equal((await set({ run: true })).stopped, false);
  assert.equal((await set({ set: '2027-01-01T00:00:00Z' })).now.slice(0, 16), '2027-01-01T00:00');
  assert.equal((await set({ reset: true })).offsetSeconds, 0);
  assert.equal(await refusal(tpp.token({ grant_type: 'authorization_code', code })), '400 invalid_grant TOK-1');
});

test('CFG-4: a clock that cannot be set so is refused by the member, and stays', async () => {
  await using open = await startStrict();
  const control = new Control(open.sandbox);
  const wrong: [asked: object, member: string][] = [
    [{}, 'clock'],
    [{ back: 1 }, 'back'],
    [{ advance: '3600' }, 'advance'],
    [{ advance: 1e12 }, 'advance'],
    [{ set: '1 January' }, 'set'],
    [{ set: '2019-12-31T00:00:00Z' }, 'set'],
    [{ stop: 'yes' }, 'stop'],
    [{ stop: true, run: true }, 'run'],
  ];
  for (const [asked, member] of wrong) {
    const answer = await control.post('/clock', asked);
    const { problems } = (await answer.json()) as { problems: { member: string }[] };
    assert.equal(answer.status, 400, JSON.stringify(asked));
    assert.deepEqual(problems.map((problem) => problem.member), [member]);
  }
  assert.equal((await control.json<Shown>('/clock')).offsetSeconds, 0);
});
