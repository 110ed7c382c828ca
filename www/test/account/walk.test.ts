import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf, walk } from '../../src/account/walk.ts';

const PATH = '/accounts/1/transactions';
const page = (Next?: string, Self?: string): string => JSON.stringify({ Transactions: [], Links: { Self, Next } });

test('ACC-6: of a link to the next page its query alone is taken, whatever stands before', () => {
  for (const link of [`https://bank.example/v1${PATH}?page=2`, `/bank/v3${PATH}?page=2`, `${PATH}?page=2`]) {
    assert.deepEqual(nextOf(page(link), PATH), { query: '?page=2' }, link);
  }
  assert.equal(nextOf(page(), PATH), undefined);
});

test('ACC-6: a link to another host, another account or another list is not followed', () => {
  const self = `https://bank.example/v1${PATH}`;
  assert.deepEqual(nextOf(page(`https://bank.example/v1${PATH}?page=2`, self), PATH), { query: '?page=2' });
  assert.deepEqual(nextOf(page(`${PATH}?page=2`, self), PATH), { query: '?page=2' });
  for (const link of [
    `https://evil.example/v1${PATH}?page=2`,
    `http://bank.example/v1${PATH}?page=2`,
    'https://bank.example/v1/accounts/2/transactions?page=2',
    'https://bank.example/v1/accounts/1/balance?page=2',
    `https://bank.example/v1${PATH}`,
  ]) assert.equal(nextOf(page(link, self), PATH), 'elsewhere', link);
});

test('page: a list is walked to its end, and a bank that sends back to a page that was read ends it', async () => {
  const pages: Record<string, string> = { '': page(`${PATH}?page=2`), '?page=2': page(`${PATH}?page=3`), '?page=3': page(`${PATH}?page=2`) };
  const asked: string[] = [];
  const read = (query: string): Promise<string> => {
    asked.push(query);
    return Promise.resolve(pages[query] ?? page());
  };
  const nexts = [];
  for await (const { next } of walk(read, PATH)) nexts.push(next);
  assert.deepEqual(asked, ['', '?page=2', '?page=3']);
  assert.deepEqual(nexts, [{ query: '?page=2' }, { query: '?page=3' }, undefined]);
});
