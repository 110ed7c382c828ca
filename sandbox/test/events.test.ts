/** Readers of the journal's stream: each that goes away, and each that does not read, is left. */

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { eventStream } from '../src/journal/events.ts';
import { type Entry, Journal } from '../src/journal/journal.ts';
import { sqlOf } from '../src/node/sql.ts';

const ENTRY: Omit<Entry, 'id'> = {
  ...{ at: 0, trueAt: 0, milliseconds: 1, method: 'GET', target: '/v1/accounts', endpoint: 'resource', status: 200 },
  ...{ intentId: null, app: null, headers: [], body: '', jws: null, answer: '', refusal: null, notes: [], fault: null },
};

function begin() {
  const journal = new Journal(sqlOf(new DatabaseSync(':memory:')));
  const abort = new AbortController();
  const stream = eventStream(journal, {}, abort.signal);
  assert.equal(journal.listeners, 1);
  return { journal, abort, stream };
}

test('calls: a reader that cancels, or whose connection goes, is heard of no more', async () => {
  const cancelled = begin();
  await cancelled.stream.cancel();
  const aborted = begin();
  aborted.abort.abort();
  for (const { journal } of [cancelled, aborted]) {
    assert.equal(journal.listeners, 0);
    journal.add(ENTRY);
  }
  const reader = aborted.stream.getReader();
  assert.equal((await reader.read()).done, false);
  assert.equal((await reader.read()).done, true);
});

test('calls: a reader that does not read is left after so many, and no call is held up', () => {
  const { journal } = begin();
  for (let count = 0; count < 600; count += 1) journal.add(ENTRY);
  assert.equal(journal.listeners, 0);
  assert.equal(journal.query({ limit: 500 }).length, 500);
});

test('calls: a reader that has missed more than fits at once is left after it, to come again', () => {
  const { journal, abort } = begin();
  abort.abort();
  for (let count = 0; count < 501; count += 1) journal.add(ENTRY);
  eventStream(journal, { after: 0 }, new AbortController().signal);
  assert.equal(journal.listeners, 0);
});

test('calls: the journal holds the last five thousand', () => {
  const journal = new Journal(sqlOf(new DatabaseSync(':memory:')));
  for (let count = 0; count < 5_010; count += 1) journal.add(ENTRY);
  assert.equal(journal.query({ fromOldest: true, limit: 1 })[0]?.id, 11);
  assert.equal(journal.find(10), null);
});
