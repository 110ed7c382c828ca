import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOutJson, parseBankJson } from '../src/json.ts';

const laidOut = (text: string) => layOutJson(text)?.map((piece) => piece.text).join('');

test('ACC-4: laying JSON out changes white space alone', () => {
  const text = '{"n":12.50,"big":12345678901234567890,"e":1E+2,"twice":1,"twice":2,"s":"a\\"b, {c}: [\\u00e9]"}';
  const out = laidOut(text) ?? '';
  for (const token of ['12.50', '12345678901234567890', '1E+2', '"twice": 1', '"twice": 2']) {
    assert.ok(out.includes(token), token);
  }
  assert.ok(out.includes('"a\\"b, {c}: [\\u00e9]"'));
});

test('ACC-4: laid-out JSON reads as usual', () => {
  const values = [{ a: [1, { b: null }], c: {}, d: [], e: [[]], f: 'x' }, [], {}, 'text', 0, true, null, [[1], [2]]];
  for (const value of values) {
    assert.equal(laidOut(JSON.stringify(value)), JSON.stringify(value, null, 2));
    assert.equal(laidOut(JSON.stringify(value, null, '\t')), JSON.stringify(value, null, 2));
  }
});

test('ACC-4: keys, strings, numbers and literals are told apart', () => {
  const kinds = layOutJson('{"k":"v","n":-1,"t":true}')?.filter(({ kind }) => kind !== 'mark');
  assert.deepEqual(kinds?.map(({ kind, text }) => `${kind} ${text}`), [
    'key "k"',
    'string "v"',
    'key "n"',
    'number -1',
    'key "t"',
    'literal true',
  ]);
});

test('ERR-1: what is no JSON is not laid out', () => {
  for (const text of ['', 'grant_type=refresh_token', '<html>', '{"a":}', '{"a":1} x', '['.repeat(200_000)]) {
    assert.equal(layOutJson(text), undefined);
  }
});

test('ACC-4: a number that JavaScript would write otherwise keeps its digits', () => {
  assert.deepEqual(parseBankJson('{"a":12.50,"b":12345678901234567890,"c":3,"d":-0.5}'), {
    a: '12.50',
    b: '12345678901234567890',
    c: 3,
    d: -0.5,
  });
});
