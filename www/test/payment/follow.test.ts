import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/api.ts';
import type { Known } from '../../src/payment/api.ts';
import { followPayment, gapAfter, isFinal } from '../../src/payment/follow.ts';

const known = (state: string): Known => ({ state, bankStatus: undefined, reference: undefined, payment: undefined });

/** Follows through these answers; an error is one of them. Gives what was told, and each wait. */
async function through(first: string, answers: readonly (string | Error | undefined)[], stopAfter = Infinity) {
  const told: string[] = [];
  const waits: number[] = [];
  const left = [...answers];
  const stop = new AbortController();
  await followPayment(known(first), {
    ask: async () => {
      assert.ok(left.length > 0, 'asked once too often');
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer === undefined ? undefined : known(answer);
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      if (waits.length >= stopAfter) stop.abort();
    },
    onKnown: ({ state }) => void told.push(state),
    onGone: () => void told.push('gone'),
    onProblem: ({ code }) => void told.push(code),
  }, stop.signal);
  assert.equal(left.length, stopAfter === Infinity ? 0 : left.length, 'not all was asked for');
  return { told, waits };
}

test('PAY-3: a payment is followed until its state is final, and then left alone', async () => {
  const { told, waits } = await through('accepted', ['accepted', 'settled', 'credited']);
  assert.deepEqual(told, ['accepted', 'settled', 'credited']);
  assert.deepEqual(waits, [3000, 3000, 3000]);
  for (const state of ['credited', 'rejected']) assert.deepEqual((await through(state, [])).waits, [], state);
});

test('PAY-3: a late rejection is told, and what is not known is asked for on and on', async () => {
  const states = ['unknown', 'accepted', 'rejected'];
  assert.deepEqual((await through('unknown', states)).told, states);
  for (const state of ['submitting', 'unknown', 'accepted', 'settled', 'blocked', 'novel']) {
    assert.ok(!isFinal(state), state);
  }
});

test('PAY-3: the longer nothing changes the less often is asked, and never more than every 3 seconds', async () => {
  assert.deepEqual([0, 59_999, 60_000, 599_999, 600_000].map(gapAfter), [3000, 3000, 10_000, 10_000, 60_000]);
  const still = Array.from({ length: 21 }, () => 'accepted');
  const { waits } = await through('accepted', [...still, 'settled', 'credited']);
  assert.deepEqual(waits.slice(19), [3000, 10_000, 10_000, 3000]);
});

test('ERR-4: a question that fails is told and asked again, not before the time that was named', async () => {
  const { told, waits } = await through('accepted', [
    new Problem('worker_unreachable'), new Problem('too_many_requests', { retryAfter: 30 }), 'credited',
  ]);
  assert.deepEqual(told, ['worker_unreachable', 'too_many_requests', 'credited']);
  assert.deepEqual(waits, [3000, 3000, 30_000]);
});

test('page: a payment that was forgotten elsewhere, or is not looked at any more, is asked for no longer', async () => {
  assert.deepEqual((await through('accepted', [undefined])).told, ['gone']);
  const { told, waits } = await through('accepted', ['accepted', 'settled'], 2);
  assert.deepEqual([told, waits.length], [['accepted'], 2]);
});
