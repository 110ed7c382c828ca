import { base64url, compactVerify, errors } from 'jose';
import { Refusal, quoted } from '../refusal.ts';
import type { Application } from '../settings.ts';
import { type JsonObject, duplicateMember, isInOrder, memberNames, parseObject } from './json.ts';

/** What the payload has to be, by the kind of body that the call has. */
export type Payload =
  | { kind: 'json'; bytes: Uint8Array }
  | { kind: 'form'; fields: ReadonlyMap<string, string> }
  | { kind: 'none' };

export interface SignedCall {
  /** The header `x-jws-signature` as it came. */
  token: string | null;
  /** The call's path without host, version and query. */
  path: string;
  payload: Payload;
  /** Whether order and spelling are held against the protocol where another reading means the same. */
  strict: boolean;
}

export const IAT_TOLERANCE_SECONDS = 5 * 60;

const MEMBERS = ['alg', 'typ', 'app', 'path', 'iat'];

/** Checks a call's signature from the outside in, and gives the application that made it. */
export async function checkSignature(
  call: SignedCall,
  findApplication: (app: string) => Application | undefined,
  now: number,
): Promise<Application> {
  const { header, headerText, payload, token } = split(call.token);
  checkMembers(header, headerText, call.strict);
  const application = findApplication(String(header['app']));
  if (application === undefined) {
    throw refused('JWS-2', `The app ${quoted(header['app'])} is none that is registered in this environment.`);
  }
  checkPath(header['path'], call.path);
  checkIat(header['iat'], now);
  if (call.strict) checkIatText(headerText);
  await verify(token, application);
  checkPayload(payload, call);
  return application;
}

function split(token: string | null): { token: string; header: JsonObject; headerText: string; payload: Uint8Array } {
  if (token === null || token === '') {
    throw refused('JWS-1', 'The request has no x-jws-signature header; sign every call, one without a body too.');
  }
  const parts = token.split('.');
  if (parts.length !== 3) {
    throw refused('JWS-1', `The signature has ${parts.length} parts between dots; a compact JWS has 3.`);
  }
  const [headerBytes, payload] = (['header', 'payload', 'signature'] as const).map((name, index) =>
    decodePart(name, parts[index] ?? ''),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const headerText = decodeUtf8(headerBytes);
  const header = headerText === undefined ? undefined : parseObject(headerText);
  if (headerText === undefined || header === undefined) {
    throw refused('JWS-2', 'The JWS header is no JSON object in UTF-8.');
  }
  return { token, header, headerText, payload };
}

/** JWS-1, JWS-9: one text for one value, so no padding, no standard alphabet and no stray bits at the end. */
function decodePart(name: string, part: string): Uint8Array {
  if (part === '') throw refused('JWS-1', `The ${name} of the signature is empty.`);
  if (/[=+/]/.test(part)) {
    throw refused('JWS-1', `The ${name} is in standard or padded base64; write base64url ("-" and "_") without "=".`);
  }
  try {
    const bytes = base64url.decode(part);
    if (base64url.encode(bytes) === part) return bytes;
  } catch {
    // The refusal below says it for both ways of being wrong.
  }
  throw refused('JWS-9', `The ${name} is no canonical base64url; encode the exact bytes, without spaces or line ends.`);
}

function checkMembers(header: JsonObject, headerText: string, strict: boolean): void {
  const twice = duplicateMember(headerText);
  if (twice !== undefined) throw refused('JWS-9', `The JWS header has ${quoted(twice)} twice.`);
  if (header['alg'] !== 'HS256') throw refused('JWS-9', `The alg is ${quoted(header['alg'])}; it must be "HS256".`);
  if (header['typ'] !== 'JWT') throw refused('JWS-2', `The typ is ${quoted(header['typ'])}; it must be "JWT".`);
  const unknown = Object.keys(header).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    const rule = unknown === 'crit' || unknown === 'b64' ? 'JWS-9' : 'JWS-2';
    throw refused(rule, `The JWS header has ${quoted(unknown)}; its members are ${MEMBERS.join(', ')}.`);
  }
  const missing = MEMBERS.find((name) => !Object.hasOwn(header, name));
  if (missing !== undefined) {
    const misplaced = missing === 'iat' ? ' (here it stands in the header, not among claims)' : '';
    throw refused('JWS-2', `The JWS header lacks ${quoted(missing)}${misplaced}.`);
  }
  if (strict && !isInOrder(memberNames(headerText), MEMBERS)) {
    throw refused('JWS-2', `The members of the JWS header are out of order, which is ${MEMBERS.join(', ')}.`);
  }
}

function checkPath(found: unknown, expected: string): void {
  if (found === expected) return;
  const should = `for this call it is ${quoted(expected)}`;
  if (typeof found !== 'string') throw refused('JWS-3', `The path is no string; ${should}.`);
  throw refused('JWS-3', `The path is ${quoted(found)}; ${should}${pathHint(found)}.`);
}

function pathHint(found: string): string {
  if (/^[a-z]+:\/\//i.test(found)) return ', without scheme and host';
  if (/^\/?v\d+\//.test(found)) return ', without the version';
  if (found.includes('?')) return ', without the query';
  return '';
}

function checkIat(iat: unknown, now: number): void {
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat)) {
    throw refused('JWS-4', `The iat is ${quoted(iat)}; it must be whole seconds since 1970, as a JSON number.`);
  }
  const ahead = iat - Math.floor(now / 1000);
  if (Math.abs(ahead) <= IAT_TOLERANCE_SECONDS) return;
  const hint = iat > 100_000_000_000 ? ' It looks like milliseconds.' : ' Check the clock that signs.';
  const distance = `${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this gateway's clock`;
  throw refused('JWS-4', `The iat is ${distance}; at most ${IAT_TOLERANCE_SECONDS} are allowed.${hint}`);
}

/** `1.7e9` and `1700000000.0` parse to a whole number without being written as one. */
function checkIatText(headerText: string): void {
  if (/"iat"\s*:\s*\d+\s*[,}]/.test(headerText)) return;
  throw refused('JWS-4', 'The iat is not written as a whole number, digits alone.');
}

async function verify(token: string, { app, certificates }: Application): Promise<void> {
  const verified = await Promise.all(certificates.map((certificate) => verifies(token, certificate)));
  if (!verified.includes(true)) {
    throw refused(
      'JWS-8',
      `The HMAC does not verify with the certificate of ${quoted(app)}. The key is that text exactly as configured, ` +
        'line ends and final newline included; the input is the two encoded parts as sent, with the dot between them.',
    );
  }
}

async function verifies(token: string, certificate: Uint8Array): Promise<boolean> {
  try {
    await compactVerify(token, certificate, { algorithms: ['HS256'] });
    return true;
  } catch (cause) {
    if (cause instanceof errors.JOSEError) return false;
    throw cause;
  }
}

function checkPayload(found: Uint8Array, { payload: expected, strict }: SignedCall): void {
  switch (expected.kind) {
    case 'json':
      if (sameBytes(found, expected.bytes)) return;
      throw refused('JWS-5', 'The payload is not the body: serialise once, and sign and send those same bytes.');
    case 'form':
      if (sameFields(found, expected.fields, strict)) return;
      throw refused('JWS-6', 'The payload is not the form as a JSON object: a string for each field, in order.');
    case 'none':
      if (decodeUtf8(found) === '{}') return;
      throw refused('JWS-7', 'The call has no body, so the payload must be "{}".');
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function sameFields(found: Uint8Array, fields: ReadonlyMap<string, string>, ordered: boolean): boolean {
  const text = decodeUtf8(found);
  const object = text === undefined ? undefined : parseObject(text);
  if (text === undefined || object === undefined || duplicateMember(text) !== undefined) return false;
  const entries = Object.entries(object);
  if (ordered && memberNames(text).join() !== [...fields.keys()].join()) return false;
  return entries.length === fields.size && entries.every(([name, value]) => fields.get(name) === value);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refused(rule: string, description: string): Refusal {
  return new Refusal(401, 'invalid_signature', description, { rule });
}
