/** What can be said of a token without its key: JWS-1 to JWS-4, and JWS-9. Each check refuses by itself. */

import { base64url } from 'jose';
import { bytesOfBase64, textOf } from '../explain/bytes.ts';
import { characters, namesOf, shapeOf } from '../explain/shape.ts';
import { Refusal, type Told, quoted } from '../refusal.ts';
import { type JsonObject, duplicateMember, isInOrder, memberNames, parseObject } from './json.ts';

export const IAT_TOLERANCE_SECONDS = 5 * 60;

const MEMBERS = ['alg', 'typ', 'app', 'path', 'iat'];
const NAMES = ['header', 'payload', 'signature'] as const;

/** A compact JWS, taken apart. */
export interface Token {
  header: JsonObject;
  headerText: string;
  payload: Uint8Array;
  signature: Uint8Array;
  /** As they were sent. */
  parts: readonly [header: string, payload: string, signature: string];
}

export function readToken(text: string | null): Token {
  const parts = split(text);
  const [headerBytes, payload, signature] = NAMES.map((name, index) => decodePart(name, parts[index] ?? '')) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const headerText = textOf(headerBytes);
  const header = headerText === undefined ? undefined : parseObject(headerText);
  if (headerText === undefined || header === undefined) throw noObject(headerText);
  return { header, headerText, payload, signature, parts };
}

/** The same of what `readToken` refuses, as far as there is any sense in it. */
export function readLeniently(text: string): Token | undefined {
  const parts = text.trim().split('.');
  const decoded = parts.map((part) => bytesOfBase64(part.replace(/\s+/g, '')));
  const [headerBytes, payload, signature = new Uint8Array()] = decoded;
  const headerText = headerBytes && textOf(headerBytes);
  const header = headerText === undefined ? undefined : parseObject(headerText);
  if (headerText === undefined || header === undefined || payload === undefined) return undefined;
  return { header, headerText, payload, signature, parts: [parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''] };
}

function split(text: string | null): [string, string, string] {
  const expected = 'a compact JWS: header, payload and signature in base64url, with a dot between each';
  if (text === null || text === '') {
    const description = 'The request has no x-jws-signature header; sign every call, one without a body too.';
    throw badToken('JWS-1', description, { expected, came: text === null ? 'no such header' : 'an empty header' });
  }
  const parts = text.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    const description = `The signature has ${parts.length} parts between dots; a compact JWS has 3.`;
    throw badToken('JWS-1', description, { expected, came: shapeOf(text) });
  }
  return [header, payload, signature];
}

/** JWS-1, JWS-9: one text for one value, so no padding, no standard alphabet and no stray bits at the end. */
function decodePart(name: (typeof NAMES)[number], part: string): Uint8Array {
  if (part === '') {
    // A gateway may ask for it where a call has no body (JWS-7): the check of the payload says whether this one does.
    if (name === 'payload') return new Uint8Array();
    const told = { expected: 'at least one character', came: 'none' };
    throw badToken('JWS-1', `The ${name} of the signature is empty.`, told);
  }
  const told = { expected: 'canonical base64url of the exact bytes', came: characters(part.length) };
  if (/[=+/]/.test(part)) {
    const signs = ['+', '/', '='].filter((sign) => part.includes(sign)).map((sign) => `"${sign}"`);
    const came = `${characters(part.length)}, ${signs.join(' and ')} among them`;
    const reading = /[+/]/.test(part) ? 'standard-base64' : 'padded-base64url';
    const description = `The ${name} is in standard or padded base64; write base64url ("-" and "_") without "=".`;
    throw badToken('JWS-1', description, { ...told, came, reading });
  }
  try {
    const bytes = base64url.decode(part);
    if (base64url.encode(bytes) === part) return bytes;
  } catch {
    // The refusal below says it for both ways of being wrong.
  }
  const description = `The ${name} is no canonical base64url; encode the exact bytes, without spaces or line ends.`;
  throw badToken('JWS-9', description, { ...told, came: shapeOf(part) });
}

function noObject(text: string | undefined): Refusal {
  const came = text === undefined ? 'bytes that are no UTF-8' : shapeOf(text);
  return badToken('JWS-2', 'The JWS header is no JSON object in UTF-8.', { expected: 'a JSON object in UTF-8', came });
}

export function checkMembers(header: JsonObject, headerText: string, strict: boolean): void {
  const written = memberNames(headerText);
  const told = { expected: MEMBERS.join(', '), came: namesOf(written) };
  const twice = duplicateMember(headerText);
  if (twice !== undefined) throw badToken('JWS-9', `The JWS header has ${quoted(twice)} twice.`, told);
  checkWord(header, 'alg', 'HS256', 'JWS-9');
  checkWord(header, 'typ', 'JWT', 'JWS-2');
  const unknown = Object.keys(header).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    const rule = unknown === 'crit' || unknown === 'b64' ? 'JWS-9' : 'JWS-2';
    const description = `The JWS header has ${quoted(unknown)}; its members are ${MEMBERS.join(', ')}.`;
    throw badToken(rule, description, told);
  }
  const missing = MEMBERS.find((name) => !Object.hasOwn(header, name));
  if (missing !== undefined) {
    const misplaced = missing === 'iat' ? ' (here it stands in the header, not among claims)' : '';
    throw badToken('JWS-2', `The JWS header lacks ${quoted(missing)}${misplaced}.`, told);
  }
  if (strict && !isInOrder(written, MEMBERS)) {
    const description = `The members of the JWS header are out of order, which is ${MEMBERS.join(', ')}.`;
    throw badToken('JWS-2', description, told);
  }
}

function checkWord(header: JsonObject, name: string, word: string, rule: string): void {
  const found = header[name];
  if (found === word) return;
  const told = { expected: quoted(word), came: quoted(found) };
  throw badToken(rule, `The ${name} is ${quoted(found)}; it must be ${quoted(word)}.`, told);
}

/** JWS-3. `expected` has the query where this gateway has it signed. */
export function checkPath(found: unknown, expected: string): void {
  if (found === expected) return;
  const told = { expected: quoted(expected), came: quoted(found) };
  const should = `for this call it is ${quoted(expected)}`;
  if (typeof found !== 'string') throw badToken('JWS-3', `The path is no string; ${should}.`, told);
  const { reading, hint } = pathReading(found, expected);
  throw badToken('JWS-3', `The path is ${quoted(found)}; ${should}${hint}.`, { ...told, reading });
}

function pathReading(found: string, expected: string): { reading: string; hint: string } {
  const reading = 'other-path';
  if (/^[a-z]+:\/\//i.test(found)) return { reading: 'path-absolute', hint: ', without scheme and host' };
  if (/^\/?v\d+\//.test(found)) return { reading: 'path-version', hint: ', without the version' };
  if (found.includes('#')) return { reading, hint: ', without the fragment' };
  if (expected.includes('?') && found === expected.split('?')[0]) {
    return { reading: 'path-without-query', hint: ', with the query, which this gateway is set to have signed' };
  }
  if (found.includes('?') && !expected.includes('?')) return { reading: 'path-query', hint: ', without the query' };
  return { reading, hint: '' };
}

export function checkIat(iat: unknown, now: number): void {
  const seconds = Math.floor(now / 1000);
  const told = { expected: `${seconds}, or up to ${IAT_TOLERANCE_SECONDS} more or less`, came: quoted(iat) };
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat)) {
    const description = `The iat is ${quoted(iat)}; it must be whole seconds since 1970, as a JSON number.`;
    throw badToken('JWS-4', description, told);
  }
  const ahead = iat - seconds;
  if (Math.abs(ahead) <= IAT_TOLERANCE_SECONDS) return;
  const hint = iat > 100_000_000_000 ? ' It looks like milliseconds.' : ' Check the clock that signs.';
  const distance = `${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this gateway's clock`;
  const description = `The iat is ${distance}; at most ${IAT_TOLERANCE_SECONDS} are allowed.${hint}`;
  throw badToken('JWS-4', description, told);
}

/** `1.7e9` and `1700000000.0` parse to a whole number without being written as one. */
export function checkIatText(headerText: string): void {
  if (/"iat"\s*:\s*\d+\s*[,}]/.test(headerText)) return;
  const told = { expected: 'digits alone', came: 'another way to write a number' };
  throw badToken('JWS-4', 'The iat is not written as a whole number, digits alone.', told);
}

export function badToken(rule: string, description: string, told: Told): Refusal {
  return new Refusal(401, 'invalid_signature', description, { rule, ...told });
}
