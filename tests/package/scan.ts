/** Looks in built bytes for code that signs or that carries credentials: SHA-256's constants, the protocol's words. */

import { inflateRawSync } from 'node:zlib';

/** What no page needs to have. */
export const WORDS = [
  'Basic ', 'Bearer ', 'access_token', 'refresh_token', 'grant_type', 'authorization_code', 'client_secret',
  'x-jws-signature',
] as const;

const PRIMES = firstPrimes(64);

/** The 32-bit words of FIPS 180-4 that every SHA-256 holds: 64 round constants and 8 to begin with. */
const SHA_256: readonly number[] = [...PRIMES.map(Math.cbrt), ...PRIMES.slice(0, 8).map(Math.sqrt)].map(fraction);

/** The wasm files that JavaScript holds within, deflated and in base64. */
export function wasmWithin(script: Buffer): Buffer[] {
  const texts = script.toString('latin1').match(/[A-Za-z0-9+/]{4096,}={0,2}/g) ?? [];
  return texts.map((text) => inflateRawSync(Buffer.from(text, 'base64')));
}

/** Which of the protocol's words stand in the bytes. */
export function wordsIn(bytes: Buffer, words: readonly string[] = WORDS): string[] {
  return words.filter((word) => bytes.includes(word));
}

/** How many of SHA-256's constants stand in the bytes, in whichever form code may hold them. */
export function sha256In(bytes: Buffer): number {
  return SHA_256.filter((word) => forms(word).some((form) => bytes.includes(form))).length;
}

function forms(word: number): Buffer[] {
  const [little, big] = [Buffer.alloc(4), Buffer.alloc(4)];
  little.writeUInt32LE(word);
  big.writeUInt32BE(word);
  const text = [word, word | 0, `0x${word.toString(16)}`].map((form) => Buffer.from(String(form)));
  return [little, big, i32Const(word | 0), ...text];
}

/** WebAssembly's instruction for a constant: opcode 0x41 and signed LEB128. */
function i32Const(value: number): Buffer {
  const bytes = [0x41];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    const isLast = rest >> 6 === 0 || rest >> 6 === -1;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return Buffer.from(bytes);
  }
}

/** The first 32 bits after the point. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}
