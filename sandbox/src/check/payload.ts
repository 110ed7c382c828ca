/** JWS-5 to JWS-7: what was signed against what was sent. */

import { bytesOfBase64, sameBytes, textOf } from '../explain/bytes.ts';
import { namesOf, shapeOf } from '../explain/shape.ts';
import type { Readings } from '../readings.ts';
import { duplicateMember, isObject, memberNames, parseObject } from './json.ts';
import { badToken } from './token.ts';

/** What the payload has to be, by the kind of body that the call has. */
export type Payload =
  | { kind: 'json'; bytes: Uint8Array }
  | { kind: 'form'; fields: ReadonlyMap<string, string> }
  | { kind: 'none' };

export interface PayloadOptions {
  strict: boolean;
  emptyPayload: Readings['emptyPayload'];
}

export function checkPayload(found: Uint8Array, expected: Payload, { strict, emptyPayload }: PayloadOptions): void {
  switch (expected.kind) {
    case 'json':
      return checkJson(found, expected.bytes);
    case 'form':
      return checkForm(found, expected.fields, strict);
    case 'none':
      return checkEmpty(found, emptyPayload);
  }
}

function checkJson(found: Uint8Array, body: Uint8Array): void {
  if (sameBytes(found, body)) return;
  const { reading, words } = jsonReading(found, body);
  const parted = found.findIndex((byte, index) => byte !== body[index]);
  const where = parted < 0 ? Math.min(found.length, body.length) : parted;
  const description = `The payload is ${words}: serialise once, and sign and send those same bytes.`;
  const came = `${found.length} bytes${found.length === 0 ? '' : `, the same up to byte ${where}`}`;
  throw badToken('JWS-5', description, { expected: `the ${body.length} bytes of the body`, came, reading });
}

function jsonReading(found: Uint8Array, body: Uint8Array): { reading: string; words: string } {
  const [signed, sent] = [textOf(found), textOf(body)];
  if (signed === undefined || sent === undefined) return { reading: 'other-payload', words: 'not the body' };
  if (signed === '') return { reading: 'empty-payload', words: 'empty, but the call has a body' };
  if (signed.trim() === sent.trim()) {
    return { reading: 'trimmed-payload', words: 'the body but for white space or a line end around it' };
  }
  const decoded = bytesOfBase64(signed);
  if (decoded !== undefined && sameBytes(decoded, body)) {
    return { reading: 'double-encoded-payload', words: 'the body, encoded twice' };
  }
  const isQuoted = parseJson(signed) === sent;
  if (isQuoted) return { reading: 'quoted-payload', words: 'the body as a JSON string, serialised twice' };
  const [left, right] = [parseJson(signed), parseJson(sent)];
  if (left !== undefined && right !== undefined && sameValue(left, right)) {
    return { reading: 're-serialised-payload', words: 'the body, serialised again in another way' };
  }
  return { reading: 'other-payload', words: signed === '{}' ? '"{}", but the call has a body' : 'not the body' };
}

function checkForm(found: Uint8Array, fields: ReadonlyMap<string, string>, ordered: boolean): void {
  const problem = formProblem(found, fields, ordered);
  if (problem === undefined) return;
  const { reading, words } = problem;
  const description = `The payload is not the form as a JSON object: a string for each field, in order. ${words}`;
  const text = textOf(found);
  const object = text === undefined ? undefined : parseObject(text);
  const names = text === undefined || object === undefined ? undefined : namesOf(memberNames(text));
  const came = names === undefined ? shapeOf(text ?? '') : `a JSON object of ${names}`;
  throw badToken('JWS-6', description, { expected: `a JSON object of ${namesOf(fields.keys())}`, came, reading });
}

type Problem = { reading: string; words: string };

function formProblem(found: Uint8Array, fields: ReadonlyMap<string, string>, ordered: boolean): Problem | undefined {
  const text = textOf(found);
  const object = text === undefined ? undefined : parseObject(text);
  if (text === undefined || object === undefined) return { ...unreadForm(text ?? '', fields) };
  const twice = duplicateMember(text);
  if (twice !== undefined) return { reading: 'other-payload', words: 'It has a member twice.' };
  const missing = [...fields.keys()].find((name) => !Object.hasOwn(object, name));
  if (missing !== undefined) return { reading: 'other-payload', words: `It lacks ${JSON.stringify(missing)}.` };
  const extra = Object.keys(object).find((name) => !fields.has(name));
  if (extra !== undefined) return { reading: 'other-payload', words: 'It has a member that the form lacks.' };
  for (const [name, value] of fields) {
    const signed = object[name];
    if (signed === value) continue;
    if (String(signed) === value) return { reading: 'unquoted-value', words: `${name} is no string in it.` };
    const isEncoded = typeof signed === 'string' && new URLSearchParams(`v=${signed}`).get('v') === value;
    if (isEncoded) return { reading: 'encoded-value', words: `${name} is percent-encoded in it; sign it decoded.` };
    return { reading: 'other-payload', words: `${name} is another text in it.` };
  }
  if (!ordered || memberNames(text).join() === [...fields.keys()].join()) return undefined;
  return { reading: 'reordered-payload', words: 'The order is another.' };
}

function unreadForm(text: string, fields: ReadonlyMap<string, string>): Problem {
  if (text === '') return { reading: 'empty-payload', words: 'It is empty.' };
  const pairs = new URLSearchParams(text);
  if ([...fields.keys()].every((name) => pairs.has(name))) {
    return { reading: 'form-payload', words: 'It is the form as it was sent; write it as a JSON object.' };
  }
  return { reading: 'other-payload', words: 'It is no JSON object.' };
}

function checkEmpty(found: Uint8Array, reading: Readings['emptyPayload']): void {
  const text = textOf(found);
  if (text === (reading === 'object' ? '{}' : '')) return;
  const expected = reading === 'object' ? '"{}"' : 'no bytes at all, as this gateway is set';
  const kind = text === '' ? 'empty-payload' : text === '{}' ? 'object-payload' : 'other-payload';
  const came = text === '{}' ? '"{}"' : shapeOf(text ?? '');
  const description = `The call has no body, so the payload must be ${reading === 'object' ? '"{}"' : 'empty'}.`;
  throw badToken('JWS-7', description, { expected, came, reading: kind });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same JSON value, whatever the order of its members. */
function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}
