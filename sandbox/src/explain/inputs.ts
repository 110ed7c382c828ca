import { type JsonObject, parseObject } from '../check/json.ts';
import { base64Of, base64urlOf, bytesOf, bytesOfBase64, sameBytes, textOf } from './bytes.ts';
import type { Candidate } from './keys.ts';
import type { Parts, Sources } from './search.ts';

const MEMBERS = ['alg', 'typ', 'app', 'path', 'iat'];

/** Every other text that a signer may have given to the HMAC than the two parts as it sent them, the likely first. */
export function otherInputs(parts: Parts, { body, paths }: Pick<Sources, 'body' | 'paths'>): Candidate[] {
  const { header, payload } = parts;
  const [headerBytes, payloadBytes] = [header, payload].map((part) => bytesOfBase64(part) ?? new Uint8Array()) as [
    Uint8Array,
    Uint8Array,
  ];
  const candidates: Candidate[] = [];
  const add = (reading: string, words: string, input: string | Uint8Array): void => {
    const bytes = typeof input === 'string' ? bytesOf(input) : input;
    const isKnown = [bytesOf(`${header}.${payload}`), ...candidates.map((other) => other.bytes)].some((other) =>
      sameBytes(other, bytes),
    );
    if (!isKnown) candidates.push({ reading, words, bytes });
  };
  const withPayload = (bytes: Uint8Array): string => `${header}.${base64urlOf(bytes)}`;
  const [paddedHeader, paddedPayload] = [base64Of(headerBytes), base64Of(payloadBytes)];

  add('double-encoded-payload', 'the payload encoded twice', withPayload(bytesOf(payload)));
  add('standard-base64', 'both parts in standard base64, rewritten afterwards', `${paddedHeader}.${paddedPayload}`);
  add('standard-base64', 'both parts in standard base64, rewritten afterwards', unpadded(paddedHeader, paddedPayload));
  add('padded-base64url', 'the padding of both parts, taken off afterwards', padded(paddedHeader, paddedPayload));
  add('unencoded-payload', 'the payload as it is, not encoded', join(bytesOf(`${header}.`), payloadBytes));
  add('unencoded-parts', 'both parts as they are, not encoded', join(headerBytes, bytesOf('.'), payloadBytes));
  if (body !== undefined) add('other-payload', 'the body as payload, while the token holds another', withPayload(body));
  const object = objectOf(payloadBytes);
  if (object !== undefined) {
    const words = 'another serialisation of the payload than the one in the token';
    add('re-serialised-payload', words, withPayload(bytesOf(JSON.stringify(object))));
    add('re-serialised-payload', words, withPayload(bytesOf(spaced(object))));
  }
  add('empty-payload', 'an empty payload, while the token holds another', `${header}.`);
  add('other-payload', 'the payload {}, while the token holds another', withPayload(bytesOf('{}')));
  add('payload-alone', 'the payload alone, without the header', payload);
  add('payload-alone', 'the payload alone, without the header', payloadBytes);
  add('no-dot', 'both parts without the dot between them', header + payload);
  for (const text of otherHeaders(headerBytes)) {
    const words = 'another serialisation of the header than the one in the token';
    add('re-serialised-header', words, `${base64urlOf(bytesOf(text))}.${payload}`);
  }
  const members = objectOf(headerBytes);
  for (const path of members === undefined ? [] : paths) {
    const text = JSON.stringify({ ...members, path });
    add('other-path', 'another path than the one in the token', `${base64urlOf(bytesOf(text))}.${payload}`);
  }
  return candidates;
}

function otherHeaders(bytes: Uint8Array): string[] {
  const object = objectOf(bytes);
  if (object === undefined) return [];
  const names = MEMBERS.filter((name) => Object.hasOwn(object, name));
  const inOrder = Object.fromEntries(names.map((name) => [name, object[name]]));
  return [JSON.stringify(object), JSON.stringify(inOrder), spaced(object)];
}

/** As Python and Ruby write JSON unless told otherwise. */
function spaced(object: JsonObject): string {
  return JSON.stringify(object).replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) => (token.length > 1 ? token : `${token} `));
}

function objectOf(bytes: Uint8Array): JsonObject | undefined {
  const text = textOf(bytes);
  return text === undefined ? undefined : parseObject(text);
}

function padded(...parts: string[]): string {
  return parts.map((part) => part.replaceAll('+', '-').replaceAll('/', '_')).join('.');
}

function unpadded(...parts: string[]): string {
  return parts.map((part) => part.replace(/=+$/, '')).join('.');
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
