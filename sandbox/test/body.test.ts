import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BODY_LIMIT, readBody, readForm, readObject } from '../src/check/body.ts';
import { duplicateMember } from '../src/check/json.ts';
import { Refusal } from '../src/refusal.ts';

const JSON_TYPE = 'application/json';
const RULE = { rule: 'AUT-1' };

function request(body: string | Uint8Array, type?: string): Request {
  const headers = type === undefined ? {} : { 'content-type': type };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return new Request('http://localhost/', { method: 'POST', headers, body: bytes });
}

function isRefusal(status: number): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.status === status;
}

function textBody(text: string) {
  return { text, bytes: new TextEncoder().encode(text) };
}

test('AUT-1: a body of the media type asked for is read to the byte, parameters and case aside', async () => {
  const { text, bytes } = await readBody(request('{"a":"ö"}', 'Application/JSON; charset=utf-8'), JSON_TYPE, RULE);
  assert.equal(text, '{"a":"ö"}');
  assert.equal(bytes.length, 10);
});

test('AUT-1, TOK-1: another media type or none is refused with 415', async () => {
  await assert.rejects(readBody(request('{}', 'text/plain'), JSON_TYPE, RULE), isRefusal(415));
  await assert.rejects(readBody(request(new Uint8Array([123, 125])), JSON_TYPE, RULE), isRefusal(415));
});

test('AUT-1: a parameter of the media type is refused when order and spelling count', async () => {
  const strict = { rule: 'AUT-1', strict: true };
  assert.equal((await readBody(request('{}', JSON_TYPE), JSON_TYPE, strict)).text, '{}');
  await assert.rejects(readBody(request('{}', `${JSON_TYPE}; charset=utf-8`), JSON_TYPE, strict), isRefusal(415));
});

test('AUT-1: a body over the limit is refused with 413, one at the limit is read', async () => {
  const largest = await readBody(request(new Uint8Array(BODY_LIMIT).fill(32), JSON_TYPE), JSON_TYPE, RULE);
  assert.equal(largest.bytes.length, BODY_LIMIT);
  const tooLarge = request(new Uint8Array(BODY_LIMIT + 1).fill(32), JSON_TYPE);
  await assert.rejects(readBody(tooLarge, JSON_TYPE, RULE), isRefusal(413));
});

test('AUT-1: what is no UTF-8 or no JSON object is refused', async () => {
  await assert.rejects(readBody(request(new Uint8Array([0xff]), JSON_TYPE), JSON_TYPE, RULE), isRefusal(400));
  for (const text of ['', '[]', 'null', '"a"', '{', '\ufeff{}']) {
    assert.throws(() => readObject(textBody(text), 'AUT-1'), isRefusal(400));
  }
});

test('TOK-1: a form gives each field once, decoded', () => {
  const fields = readForm(textBody('grant_type=authorization_code&code=a%2Bb+c'), 'TOK-1');
  assert.deepEqual([...fields], [['grant_type', 'authorization_code'], ['code', 'a+b c']]);
  assert.throws(() => readForm(textBody('code=1&code=2'), 'TOK-1'), isRefusal(400));
  assert.throws(() => readForm(textBody('code=50%'), 'TOK-1'), isRefusal(400));
});

test('JWS-9: a member that the outermost object has twice is found, however it is written', () => {
  assert.equal(duplicateMember('{"a":1,"b":{"a":1},"c":["a","a"]}'), undefined);
  assert.equal(duplicateMember('{"a":"{\\"b\\":1}","b":"a"}'), undefined);
  assert.equal(duplicateMember('{"a":1,"\\u0061":2}'), 'a');
  assert.equal(duplicateMember('{"x":[{"a":1}],"y":2,"x" : 3}'), 'x');
});
