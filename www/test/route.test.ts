import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, viewOf } from '../src/route.ts';

test('page: the address names a view, and a part of the page or an outcome names none', () => {
  assert.equal(viewOf(''), 'accounts');
  assert.equal(viewOf('#pay'), 'payment');
  assert.equal(viewOf('#pay/review'), 'payment');
  assert.equal(viewOf('#statistics'), 'statistics');
  for (const hash of ['#journey', '#main', '#connected', '#declined', '#error=busy', '#payment', '#pay/x']) {
    assert.equal(viewOf(hash), undefined, hash);
  }
});

test('page: an outcome is taken out of the address, and the view stays in it', () => {
  assert.equal(addressOf('payment', { kind: 'connected' }, '#connected'), '#pay');
  assert.equal(addressOf('accounts', { kind: 'declined' }, '#declined'), '');
  assert.equal(addressOf('payment', undefined, '#journey'), '#journey');
  assert.equal(addressOf('payment', undefined, '#pay/review'), '#pay/review');
});
