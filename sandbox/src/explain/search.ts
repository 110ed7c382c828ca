import type { CertificateReading } from '../readings.ts';
import { bytesOf, bytesOfBase64, textOf } from './bytes.ts';
import { otherInputs } from './inputs.ts';
import { type Candidate, keyAs, otherKeys } from './keys.ts';

/** What verifies the calls of an application: one certificate, or two while one is replaced by the other. */
export interface Signer {
  app: string;
  /** The bytes of each certificate's text (JWS-8). */
  certificates: readonly Uint8Array[];
}

/** The three parts of a token, the first two as they were sent. */
export interface Parts {
  header: string;
  payload: string;
  signature: Uint8Array;
}

/** Where a signer may have taken key and input from. */
export interface Sources {
  signer: Signer;
  /** How this gateway reads the certificate. */
  certificate: CertificateReading;
  /** Other applications, whose certificates may have been confused with this one's. */
  others: readonly Signer[];
  /** What else came with the call and may have been taken for the key. */
  secrets: readonly Candidate[];
  /** The body as it came; nothing when there was none. */
  body: Uint8Array | undefined;
  /** Paths that may have been signed after the header was written. */
  paths: readonly string[];
}

export interface Found {
  reading: string;
  /** Goes on from "The signature verifies with …". */
  words: string;
  /** Whether key or input was another, which says what to do. */
  other: 'key' | 'input' | 'both';
}

/** What a refused call may cost, and what a person who asks may. */
export const TRIES_OF_A_CALL = 48;
/** More, for each further certificate of an application. */
const TRIES_OF_A_CERTIFICATE = 32;
export const TRIES_OF_A_PERSON = 600;
const OTHER_SIGNERS = 6;

/** JWS-10: the way of signing by which the signature would verify, and how many HMACs it took to find or give up. */
export async function findReading(
  parts: Parts,
  sources: Sources,
  most = TRIES_OF_A_CALL,
): Promise<{ found: Found | undefined; tried: number }> {
  const limit = most + TRIES_OF_A_CERTIFICATE * Math.min(1, sources.signer.certificates.length - 1);
  let tried = 0;
  for (const { key, input, ...way } of attempts(parts, sources, most > TRIES_OF_A_CALL)) {
    if (tried >= limit) break;
    for (const { hash, signature, said } of signaturesOf(parts.signature)) {
      tried += 1;
      if (await verifies(key, input, signature, hash)) return { found: together(way, said), tried };
    }
  }
  return { found: undefined, tried };
}

/** A way of signing, and one of writing the signature. */
function together(way: Found, said: Written['said']): Found {
  if (said === undefined) return way;
  if (way.words === '') return { ...said, other: 'input' };
  return { reading: way.reading, words: `${way.words}, and ${said.words}`, other: 'both' };
}

/** HMAC by Web Crypto, which takes no empty key. */
export async function verifies(
  key: Uint8Array,
  input: Uint8Array,
  signature: Uint8Array,
  hash = 'SHA-256',
): Promise<boolean> {
  if (key.length === 0) return false;
  const algorithm = { name: 'HMAC', hash };
  const imported = await crypto.subtle.importKey('raw', Uint8Array.from(key), algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', imported, Uint8Array.from(signature), Uint8Array.from(input));
}

interface Attempt extends Found {
  key: Uint8Array;
  input: Uint8Array;
}

/** What is likely comes first; a person who asks gets every key with every input at the end. */
function* attempts(parts: Parts, sources: Sources, thorough: boolean): Generator<Attempt> {
  const { signer, certificate, secrets } = sources;
  const asSent = bytesOf(`${parts.header}.${parts.payload}`);
  const inForce = signer.certificates.map((text) => keyAs(text, certificate) ?? new Uint8Array());
  const keys = [...signer.certificates.flatMap((text) => otherKeys(text, certificate)), ...secrets];
  const inputs = otherInputs(parts, sources);
  // The usual key and input, for the signatures that are written otherwise.
  if (parts.signature.length !== 32) {
    for (const key of inForce) yield { key, input: asSent, other: 'input', reading: '', words: '' };
  }
  for (const { bytes, ...said } of keys) yield { ...said, key: bytes, input: asSent, other: 'key' };
  for (const { bytes, ...said } of inputs) {
    for (const key of inForce) yield { ...said, key, input: bytes, other: 'input' };
  }
  for (const { bytes, ...said } of keysOfOthers(sources)) yield { ...said, key: bytes, input: asSent, other: 'key' };
  if (!thorough) return;
  for (const key of keys) {
    for (const input of inputs) {
      const words = `${key.words}, and ${input.words}`;
      yield { reading: key.reading, words, key: key.bytes, input: input.bytes, other: 'both' };
    }
  }
}

function keysOfOthers({ signer, certificate, others }: Sources): Candidate[] {
  return others
    .filter(({ app }) => app !== signer.app)
    .slice(0, OTHER_SIGNERS)
    .flatMap(({ app, certificates }) =>
      certificates.map((other) => ({
        reading: 'other-app',
        words: `the certificate of another application, ${JSON.stringify(app)}`,
        bytes: keyAs(other, certificate) ?? new Uint8Array(),
      })),
    );
}

interface Written {
  hash: string;
  signature: Uint8Array;
  said?: { reading: string; words: string };
}

const OTHER_HASHES: Readonly<Record<number, string>> = { 20: 'SHA-1', 48: 'SHA-384', 64: 'SHA-512' };

/** A signature of another length than that of HS256 was written otherwise, or made with another hash. */
function signaturesOf(signature: Uint8Array): Written[] {
  if (signature.length === 32) return [{ hash: 'SHA-256', signature }];
  const text = textOf(signature) ?? '';
  if (/^[0-9a-f]{64}$/i.test(text)) {
    const bytes = Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    const words = 'a signature that encodes hexadecimal digits in place of bytes';
    return [{ hash: 'SHA-256', signature: bytes, said: { reading: 'hex-signature', words } }];
  }
  const decoded = bytesOfBase64(text);
  if (decoded?.length === 32) {
    const words = 'a signature that was base64-encoded twice';
    return [{ hash: 'SHA-256', signature: decoded, said: { reading: 'double-encoded-signature', words } }];
  }
  const hash = OTHER_HASHES[signature.length];
  if (hash === undefined) return [];
  return [{ hash, signature, said: { reading: 'other-hash', words: `${hash} in place of SHA-256` } }];
}
