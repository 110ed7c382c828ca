import { base64url } from 'jose';

/** An access or refresh token: 256 random bits. */
export function newToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

/** All that is ever kept of a code or token. A plain hash is enough, since its input cannot be guessed. */
export async function hashOf(secret: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
}
