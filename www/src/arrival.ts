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

/** States in which what comes of an authorisation is still open. */
const UNDER_WAY = new Set(['requested', 'authorised']);

/**
 * What is told of a consent that is not active, or of none: what the server says. The hash alone, which anybody can
 * write, adds why an authorisation has not come to its end, and contradicts nothing.
 */
export function codeToTell(arrival: Arrival | undefined, state: string | undefined, wasConnected: boolean): string | undefined {
  const error = arrival?.kind === 'error' ? arrival.code : undefined;
  if (state === undefined) return error ?? (wasConnected ? 'session_lost' : undefined);
  return UNDER_WAY.has(state) ? (error ?? state) : state;
}
