/** Who takes part. Each contestant is one module, so that a fresh process loads nothing of the others. */

export interface Key {
  app: string;
  path: string;
  certificate: Uint8Array<ArrayBuffer>;
}

/** Makes the token of one object. */
export type Sign = (object: object, iat: number) => string | Promise<string>;

export interface Contestant {
  name: string;
  /** The package whose version counts; none for what the runtime brings. */
  version?: string;
  /** What it took to get the same token from it. */
  took: string;
  open(key: Key): Sign | Promise<Sign>;
}

/** The row beneath them: `../floor.ts`. */
export const FLOOR = 'bare HMAC in wasm';

/** Their files in `contestants/`, ours first: the others are compared with it. */
export const FILES = ['tell-connect', 'node-crypto', 'fast-jwt', 'jsonwebtoken', 'webcrypto', 'jose'];

export async function contestant(file: string): Promise<Contestant> {
  const module = (await import(`./contestants/${file}.mjs`)) as { default: Contestant };
  return module.default;
}

export function contestants(): Promise<Contestant[]> {
  return Promise.all(FILES.map(contestant));
}
