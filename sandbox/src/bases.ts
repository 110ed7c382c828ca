/** What stands before every path and is left out of the signed one (JWS-3), for the two kinds of calls. */
export interface Bases {
  auth: string;
  resource: string;
}

export const DEFAULT_BASES: Bases = { auth: '/v1', resource: '/v1' };

/** The base that a path stands under, and the rest of it. */
export function splitPath(pathname: string, { auth, resource }: Bases): { base: string; path: string } | undefined {
  const longestFirst = [auth, resource].sort((left, right) => right.length - left.length);
  const base = longestFirst.find((candidate) => pathname.startsWith(`${candidate}/`));
  return base === undefined ? undefined : { base, path: pathname.slice(base.length) };
}
