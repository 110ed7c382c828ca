import { createHash } from 'node:crypto';
import { base64url } from 'jose';
import type { TokenKind } from './life.ts';

/** A code or token that was given out. */
export interface Issued {
  kind: TokenKind;
  secret: string;
  intentId: string;
}

/** An access or refresh token: 256 random bits. */
export function newToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * What a refresh token is replaced by. It follows from the token, so that the same answer can be given again although
 * only hashes are kept; and nobody can follow it who does not hold the token.
 */
export async function newTokensFor(refreshToken: string): Promise<{ access: string; refresh: string }> {
  return { access: await hashOf(`access ${refreshToken}`), refresh: await hashOf(`refresh ${refreshToken}`) };
}

/**
 * All that is ever kept of a code or token. A plain hash is enough, since its input cannot be guessed. WebCrypto's digest
 * goes through a thread, which takes twenty times as long as so short a text itself.
 */
export async function hashOf(secret: string): Promise<string> {
  return createHash('sha256').update(secret, 'utf8').digest('base64url');
}
