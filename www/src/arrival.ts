/** What the worker's callback says in the page's hash when the bank has sent the browser back. */
export type Arrival = { kind: 'connected' } | { kind: 'declined' } | { kind: 'error'; code: string };

/**
 * Reads `#connected`, `#declined` or `#error=<code>`; undefined for any other hash. Anybody can write a hash, so a code
 * that is none is told as `unknown` and not repeated on the page.
 */
export function readArrival(hash: string): Arrival | undefined {
  if (hash === '#connected') return { kind: 'connected' };
  if (hash === '#declined') return { kind: 'declined' };
  if (!hash.startsWith('#error=')) return undefined;
  const code = hash.slice('#error='.length);
  return { kind: 'error', code: /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : 'unknown' };
}
