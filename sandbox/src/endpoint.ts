import { type Bases, splitPath } from './bases.ts';

/** What a fault or a count can be aimed at. `/access-token` is two of them, by its `grant_type`. */
export const ENDPOINTS = ['authorise', 'exchange', 'refresh', 'resource', 'payment', 'unknown'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export interface Target {
  method: string;
  pathname: string;
  /** The body as text. */
  body: string;
}

/** For people and tests, not for a TPP: these, and what is under them. */
const OWN_PAGES = [
  ...['/', '/amounts', '/sandbox.css', '/statistics', '/statistics.json', '/statistics.csv'],
  ...['/__sandbox', '/control', '/holding', '/playground', '/portal', '/scripts', '/viewer'],
];

/** The endpoint of a TPP's call; nothing for a person's visit to the gateway's pages. */
export function endpointOf({ method, pathname, body }: Target, bases: Bases): Endpoint | undefined {
  const isOwn = OWN_PAGES.some((page) => pathname === page || (page !== '/' && pathname.startsWith(`${page}/`)));
  if (isOwn) return undefined;
  if (pathname.startsWith(`${bases.auth}/authorise/`)) return undefined;
  if (pathname === `${bases.auth}/authorise`) return 'authorise';
  if (pathname === `${bases.auth}/access-token`) {
    return new URLSearchParams(body).get('grant_type') === 'refresh_token' ? 'refresh' : 'exchange';
  }
  if (splitPath(pathname, bases)?.base !== bases.resource) return 'unknown';
  return method === 'POST' && pathname === `${bases.resource}/payments` ? 'payment' : 'resource';
}
