import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, readFields } from '../../src/payment/checks.ts';
import { type Store, createDraft } from '../../src/payment/draft.ts';
import { EXAMPLE } from '../../src/payment/outcomes.ts';

function memory(): Store & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

function counting(): () => string {
  let made = 0;
  return () => `order-${++made}`;
}

function paymentOf(amount: string) {
  const read = readFields({ ...EXAMPLE, amount });
  assert.ok('payment' in read);
  return read.payment;
}

test('page: a payment that is tried again, or after a reload, is the same order; another payment is another', () => {
  const store = memory();
  const newKey = counting();
  const draft = createDraft(store, newKey);
  draft.write({ ...EXAMPLE, amount: '10' });
  const first = draft.orderOf(paymentOf('10.00'));
  assert.equal(draft.orderOf(paymentOf('10')), first);
  const reloaded = createDraft(store, newKey);
  assert.deepEqual(reloaded.fields, { ...EXAMPLE, amount: '10' });
  assert.equal(reloaded.orderOf(paymentOf('10.00')), first);
  assert.notEqual(reloaded.orderOf(paymentOf('10.01')), first);
});

test('page: a new payment, if only of the same details, is a new order', () => {
  const store = memory();
  const newKey = counting();
  const draft = createDraft(store, newKey);
  const first = draft.orderOf(paymentOf('10.00'));
  draft.clear();
  assert.equal(store.texts.size, 0);
  assert.deepEqual(draft.fields, EMPTY);
  assert.notEqual(draft.orderOf(paymentOf('10.00')), first);
});

test('page: what is stored and no draft is an empty one', () => {
  const odd = '{"fields":{"name":5,"scheme":"x"},"order":{"key":1}}';
  for (const text of ['', '{', 'null', '[]', '5', '{"fields":5}', odd]) {
    const store = memory();
    store.texts.set('tell-payment', text);
    const draft = createDraft(store, counting());
    assert.deepEqual(draft.fields, EMPTY, text);
    assert.equal(draft.orderOf(paymentOf('1.00')), 'order-1', text);
  }
});

test('page: where nothing can be stored, the draft lives as long as the page', () => {
  const refuse = (): never => {
    throw new DOMException('no', 'SecurityError');
  };
  const draft = createDraft({ getItem: refuse, setItem: refuse, removeItem: refuse }, counting());
  draft.write({ ...EXAMPLE, amount: '10' });
  assert.equal(draft.fields.name, EXAMPLE.name);
  assert.equal(draft.orderOf(paymentOf('10')), draft.orderOf(paymentOf('10')));
  draft.clear();
});
