/**
 * What a TPP has made of its credentials, told from candidates that are derived from what came: the gateway need not
 * know the secret, only whether a text is it.
 */

import type { FindClient } from '../check/basic.ts';
import type { Readings } from '../readings.ts';
import { bytesOfBase64, textOf } from './bytes.ts';
import { characters } from './shape.ts';

export interface Mistake {
  /** What is wrong and how to put it right. */
  words: string;
  /** The shape of what came. */
  came: string;
  /** A name for programs, where one reading makes the credentials right. */
  reading?: string;
}

type Part = string | undefined;
type Candidate = readonly [name: string, words: string, clientId: Part, secret: Part];

export async function likelyMistake(pair: string, find: FindClient, reading: Readings['basic']): Promise<Mistake> {
  const colon = pair.indexOf(':');
  if (colon < 0) return withoutColon(pair, find);
  const [clientId, secret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const came = `client_id of ${characters(clientId.length)}, client_secret of ${characters(secret.length)}`;
  for (const [name, words, id, text] of candidates(pair, clientId, secret, reading)) {
    if (await isRight(find, id, text)) return { words, came, reading: name };
  }
  if ((await find(clientId)) === undefined) {
    const colons = pair.split(':').length - 1;
    const hint = colons > 1 ? `; all before the first of ${colons} colons was read as it, which has none (BAS-2)` : '';
    return { words: `The client_id is not that of a client registered here${hint}.`, came };
  }
  return { words: 'The client_secret is not the one of this client; spaces and line ends count.', came };
}

async function isRight(find: FindClient, clientId: Part, secret: Part): Promise<boolean> {
  if (clientId === undefined || secret === undefined || clientId === '') return false;
  return (await (await find(clientId))?.matches(secret)) === true;
}

async function withoutColon(pair: string, find: FindClient): Promise<Mistake> {
  const came = `${characters(pair.length)} without a colon`;
  const [id, secret] = parted(pair.replace(/%3a/i, ':'));
  if (await isRight(find, percentDecoded(id), percentDecoded(secret))) {
    const words = 'The Basic credentials were form-encoded with the colon between them; send all of it as it is.';
    return { words, came, reading: 'form-encoded' };
  }
  const [innerId, innerSecret] = parted(decoded(pair) ?? '');
  if (await isRight(find, innerId, innerSecret)) {
    const words = 'The credentials were encoded in base64 twice; encode them once.';
    return { words, came, reading: 'double-encoded' };
  }
  return { words: 'The Basic credentials have no colon; join client_id and client_secret with one.', came };
}

/** The readings that people try: each with the credentials that they would have been made from. */
function candidates(pair: string, id: string, secret: string, reading: Readings['basic']): Candidate[] {
  const last = pair.lastIndexOf(':');
  return [
    [
      'client-slip',
      'The Basic credentials read client_id:client:client_secret; the guide slipped there, leave "client" out.',
      id,
      behind(secret, 'client:'),
    ],
    ...(reading === 'as-is' ? encodedOnes(id, secret) : [bareOne(id, secret)]),
    ...spacedOnes(id, secret),
    [
      'swapped',
      'The client_id and client_secret are swapped; the client_id comes first.',
      pair.slice(last + 1),
      pair.slice(0, last),
    ],
    ['quoted', 'There are quotation marks around a part of it; leave them out.', unquoted(id), unquoted(secret)],
    ['extra-colon', 'Two colons stand between client_id and client_secret; send one.', id, behind(secret, ':')],
    ['encoded-secret', 'The client_secret was in base64 before it was joined; join it as it is.', id, decoded(secret)],
  ];
}

function bareOne(id: string, secret: string): Candidate {
  const words = 'Both parts came as they are; form-encode each before they are joined, as this gateway is set.';
  return ['as-is', words, id, secret];
}

function encodedOnes(id: string, secret: string): Candidate[] {
  const what = `form-encoded before base64 (RFC 6749, 2.3.1)${howEncoded(`${id}:${secret}`)}`;
  const both = `The Basic credentials were ${what}; send both parts as they are.`;
  const twice = 'The Basic credentials were form-encoded twice before base64; send both parts as they are.';
  const [formId, formSecret] = [formDecoded(id), formDecoded(secret)];
  const [percentId, percentSecret] = [percentDecoded(id), percentDecoded(secret)];
  const one = (name: string): string => `The ${name} alone was ${what}; send both parts as they are.`;
  // A part that encoding leaves as it is tells nothing of whether it was encoded.
  const encodedOne = (partId: Part, partSecret: Part): Candidate => {
    if (partId === id && needsEncoding(id)) return ['form-encoded-secret', one('client_secret'), id, partSecret];
    if (partSecret === secret && needsEncoding(secret)) return ['form-encoded-id', one('client_id'), partId, secret];
    return ['form-encoded', both, partId, partSecret];
  };
  return [
    encodedOne(formId, formSecret),
    encodedOne(percentId, percentSecret),
    encodedOne(id, formSecret),
    encodedOne(id, percentSecret),
    encodedOne(formId, secret),
    encodedOne(percentId, secret),
    ['form-encoded-twice', twice, formDecoded(formId), formDecoded(formSecret)],
  ];
}

function needsEncoding(text: string): boolean {
  return encodeURIComponent(text) !== text;
}

/** What the encoder did beside the usual, said without a character of what it encoded. */
function howEncoded(text: string): string {
  const hints = [
    /%(2d|2e|5f|7e|3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])/i.test(text) &&
      'characters that need none, such as "-" as %2D, were encoded too',
    /%([a-f][0-9a-f]|[0-9a-f][a-f])/.test(text) && 'its hexadecimal digits are in lower case',
    text.includes('+') && 'it wrote "+" for a space',
  ].filter((hint) => hint !== false);
  return hints.length === 0 ? '' : ` (${hints.join('; ')})`;
}

function spacedOnes(id: string, secret: string): Candidate[] {
  const space = (name: string, text: string): string => {
    const end = text.trimStart() === text ? 'at its end' : text.trimEnd() === text ? 'at its beginning' : 'around it';
    const kind = /[\r\n]/.test(text) ? 'a line end (as `echo` adds one)' : 'white space';
    return `The ${name} has ${kind} ${end}; take it away.`;
  };
  return [
    ['secret-white-space', space('client_secret', secret), id, secret.trim()],
    ['id-white-space', space('client_id', id), id.trim(), secret],
    ['white-space', 'Both client_id and client_secret have white space around them.', id.trim(), secret.trim()],
  ];
}

/** What credentials that are no canonical base64 of UTF-8 text may have been meant as. */
export function plausibleEncodings(encoded: string): { pair: string; name: string; words: string }[] {
  const meant: { pair: Part; name: string; words: string }[] = [];
  const bytes = bytesOfBase64(encoded);
  const [isUrl, isBare] = [/[-_]/.test(encoded), encoded.replace(/=+$/, '').length % 4 !== 0 && !/=$/.test(encoded)];
  if (bytes !== undefined) {
    const alphabet = 'the alphabet of base64url; write "+" and "/" for "-" and "_"';
    const padding = 'the padding; fill up with "=" to a multiple of four';
    const words = isUrl && isBare ? `${alphabet}, and add the padding` : isUrl ? alphabet : padding;
    const name = isUrl ? 'base64url' : 'missing-padding';
    const text = textOf(bytes);
    meant.push({ pair: text, name, words });
    const latin = String.fromCharCode(...bytes);
    meant.push({ pair: text === undefined ? latin : undefined, name: 'latin-1', words: 'ISO 8859-1; encode UTF-8' });
  }
  meant.push({ pair: encoded, name: 'not-encoded', words: 'base64, which is missing; encode the pair' });
  const unescaped = percentDecoded(encoded);
  const escaped = unescaped === encoded ? undefined : decoded(unescaped ?? '');
  const words = 'percent-encoding of the base64 itself; leave it as it is';
  meant.push({ pair: escaped, name: 'escaped-base64', words });
  return meant.flatMap(({ pair, ...said }) => (pair === undefined ? [] : [{ pair, ...said }]));
}

/** What `application/x-www-form-urlencoded` stands for; nothing where a "%" begins no encoded byte. */
export function formDecoded(text: Part): Part {
  return percentDecoded(text?.replaceAll('+', ' '));
}

function percentDecoded(text: Part): Part {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function decoded(base64: string): Part {
  const bytes = bytesOfBase64(base64);
  return bytes === undefined ? undefined : textOf(bytes);
}

function parted(pair: string): [Part, Part] {
  const colon = pair.indexOf(':');
  return colon < 0 ? [undefined, undefined] : [pair.slice(0, colon), pair.slice(colon + 1)];
}

function behind(text: string, prefix: string): Part {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
