/** What the journal may hold: no token, code or secret whole (ERR-2), in whatever writing it comes. */

import type { RecordedCall } from '../record.ts';

const SECRET_FIELDS = ['code', 'refresh_token', 'access_token', 'client_secret', 'authorisation_code', 'code_verifier'];
const NAMES = SECRET_FIELDS.join('|');
const MASK = '…';

/** A member of a JSON text, of one inside another's string too. */
const MEMBER = new RegExp(`(\\\\{0,7}"(?:${NAMES})\\\\{0,7}"\\s*:\\s*\\\\{0,7}")((?:[^"\\\\]|\\\\.)*)`, 'g');
/** A field of a form or a query. */
const FIELD = new RegExp(`((?:^|[?&#;\\s"'])(?:${NAMES})=)([^&#\\s"']*)`, 'g');
const PEM = /-----BEGIN [^-]*-----[^]*?(?:-----END [^-]*-----|$)/g;

/** Below this a text is not looked for elsewhere: it would be found in words that have nothing to do with it. */
const SHORTEST_SOUGHT = 8;
const LONGEST_UNMASKED = 24;
/** A body with more of them, or one that is nested deeper, is nobody's: none of its texts is kept. */
const MOST_SECRETS = 50;
const DEEPEST = 50;

/** Enough to tell two apart, too little to use. */
export function masked(secret: string): string {
  return secret.length < LONGEST_UNMASKED ? MASK : `${secret.slice(0, 2)}${MASK}${secret.slice(-4)}`;
}

/** Masks the texts of one call, in which it looks for the values of secrets as well as for their names. */
export class Mask {
  /** Each secret with the ways in which it can be written. */
  readonly #secrets = new Map<string, readonly string[]>();
  #isHopeless = false;

  /** What a call brings: in its body, its query and its authorization. */
  learn({ body, target, headers }: Pick<RecordedCall, 'body' | 'target' | 'headers'>): void {
    for (const text of [body, target.slice(target.indexOf('?') + 1)]) {
      for (const [name, value] of new URLSearchParams(text)) if (SECRET_FIELDS.includes(name)) this.add(value);
    }
    this.#learnJson(parsed(body), 0);
    for (const [name, value] of headers) {
      if (name === 'authorization') for (const part of value.split(/\s+/).slice(-1)) this.#learnCredentials(part);
    }
  }

  add(secret: string): void {
    if (secret.length < SHORTEST_SOUGHT || this.#secrets.has(secret)) return;
    if (this.#secrets.size === MOST_SECRETS) this.#isHopeless = true;
    else this.#secrets.set(secret, writingsOf(secret));
  }

  text(text: string): string {
    if (this.#isHopeless) return MASK;
    const named = text
      .replace(PEM, MASK)
      .replace(MEMBER, (_, before: string, value: string) => before + masked(value))
      .replace(FIELD, (_, before: string, value: string) => before + masked(value));
    let sought = named;
    for (const [secret, writings] of this.#secrets) {
      for (const writing of writings) sought = sought.replaceAll(writing, masked(secret));
    }
    return this.#isShownOtherwise(sought) ? MASK : sought;
  }

  headers(headers: Iterable<readonly [string, string]>): [string, string][] {
    return Array.from(headers, ([name, value]): [string, string] => [name, this.#header(name, value)]);
  }

  #header(name: string, value: string): string {
    // Without its scheme, or with client_id and secret mixed up, any part of it may be the secret.
    if (name === 'authorization') {
      const [, scheme, rest = ''] = /^(Basic|Bearer) +(.*)$/i.exec(value) ?? [];
      if (scheme === undefined) return MASK;
      return `${scheme} ${scheme.toLowerCase() === 'bearer' ? masked(rest) : MASK}`;
    }
    // Its header and payload stand beside it, parsed and masked; it holds the code or the token.
    if (name === 'x-jws-signature') return `${MASK} (parts: ${value.split('.').length}, characters: ${value.length})`;
    return ['cookie', 'set-cookie', 'proxy-authorization'].includes(name) ? MASK : this.text(value);
  }

  #learnCredentials(credentials: string): void {
    this.add(credentials);
    try {
      const pair = new TextDecoder().decode(Uint8Array.from(atob(credentials), (byte) => byte.charCodeAt(0)));
      const [, secret] = /^[^:]*:(.*)$/s.exec(pair) ?? [];
      if (secret !== undefined) this.add(secret);
    } catch {
      // A bearer token, or what is no base64.
    }
  }

  #learnJson(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) return;
    if (depth > DEEPEST) this.#isHopeless = true;
    if (this.#isHopeless) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string' && SECRET_FIELDS.includes(name)) this.add(member);
      else this.#learnJson(member, depth + 1);
    }
  }

  /** Whether a secret would come to light, unescaped, that is written with escapes no reader could foresee. */
  #isShownOtherwise(text: string): boolean {
    if (!/%[0-9a-f]{2}|\\u[0-9a-f]{4}/i.test(text)) return false;
    const unescaped = text
      .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    return [...this.#secrets.keys()].some((secret) => unescaped.includes(secret));
  }
}

function writingsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const base64 = encodable(secret) ? [btoa(secret).replace(/=+$/, '')] : [];
  return [...new Set([secret, quoted, encodeURIComponent(secret), form, ...base64])];
}

function encodable(text: string): boolean {
  return /^[\x00-\xff]*$/.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
