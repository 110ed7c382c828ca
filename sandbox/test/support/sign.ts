import { createHmac } from 'node:crypto';

/** The TPP's side of a signature, written from RFC 7515 alone so that it shares nothing with the side that checks. */
export interface Signing {
  app: string;
  certificate: string | Uint8Array;
  path: string;
  /** Whole seconds since 1970. */
  iat: number;
  payload: string;
}

export function sign({ app, certificate, path, iat, payload }: Signing): string {
  return signWith({ alg: 'HS256', typ: 'JWT', app, path, iat }, payload, certificate);
}

export function signWith(header: object | string, payload: string, certificate: string | Uint8Array): string {
  const input = `${base64url(typeof header === 'string' ? header : JSON.stringify(header))}.${base64url(payload)}`;
  return `${input}.${createHmac('sha256', certificate).update(input).digest('base64url')}`;
}

export function base64url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
