import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frequencyInWords } from '../../src/account/frequency.ts';

test('page: how often a payment is made is told in words', () => {
  for (const [written, words] of [
    ['EvryDay', 'Every day'],
    ['EvryWorkgDay', 'Every working day'],
    ['IntrvlDay:15', 'Every 15 days'],
    ['IntrvlWkDay:01:03', 'On Wednesday, every week'],
    ['IntrvlWkDay:02:05', 'On Friday, every 2 weeks'],
    ['WkInMnthDay:02:03', 'On Wednesday of the 2nd week of every month'],
    ['IntrvlMnthDay:01:01', 'On the 1st of every month'],
    ['IntrvlMnthDay:01:-01', 'On the last day of every month'],
    ['IntrvlMnthDay:06:15', 'On the 15th, every 6 months'],
    ['IntrvlMnthDay:03:22', 'On the 22nd, every 3 months'],
    ['IntrvlMnthDay:01:11', 'On the 11th of every month'],
    ['QtrDay:ENGLISH', 'On each quarter day'],
    ['UK.OBIE.Monthly', 'Every month'],
    ['MNTH', 'Every month'],
    ['UK.OBIE.HalfYearly', 'Every six months'],
    ['UK.OBIE.NotKnown', undefined],
  ] as const) assert.equal(frequencyInWords(written), words, written);
});

test('ACC-4: a frequency that is not known is told as the bank wrote it', () => {
  for (const written of ['Whenever', 'IntrvlMnthDay:00:00', 'IntrvlWkDay:01:09', 'IntrvlDay:00', 'IntrvlMnthDay:01', 'every 3rd moon']) {
    assert.equal(frequencyInWords(written), written);
  }
  assert.equal(frequencyInWords('BlueMoon'), 'Blue moon');
  assert.equal(frequencyInWords('constructor'), 'Constructor');
});
