import { bytesOf, bytesOfBase64, textOf } from './bytes.ts';
import type { Candidate } from './keys.ts';

/** What the header `Authorization` carries and a signer may have taken for the key. */
export function secretsOf(authorization: string | null): Candidate[] {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return [named('access-token', 'the access token', value)];
  const pair = textOf(bytesOfBase64(value) ?? new Uint8Array()) ?? '';
  const colon = pair.indexOf(':');
  if (scheme.toLowerCase() !== 'basic' || colon < 0) return [];
  return [
    named('client-secret', 'the client_secret', pair.slice(colon + 1)),
    named('client-id', 'the client_id', pair.slice(0, colon)),
  ];
}

function named(reading: string, what: string, key: string): Candidate {
  return { reading, words: `${what} as the key`, bytes: bytesOf(key) };
}
