/**
 * What this browser remembers for itself, so that the page can say what a cookie that is gone no longer tells. It holds
 * a date and no secret, and where nothing may be stored the page goes without.
 */

const CONNECTED_UNTIL = 'tell-connected-until';
const RENEWED_SINCE = 'tell-renewed-since';
/** For a consent whose end the bank does not tell. */
const OPEN_END = 'open';

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** There is a connection, until then. */
export function noteConnected(expiresAt: string | undefined): void {
  attempt(() => localStorage.setItem(CONNECTED_UNTIL, expiresAt ?? OPEN_END));
}

/** It ended in a way that the page has told of. */
export function forgetConnected(): void {
  attempt(() => localStorage.removeItem(CONNECTED_UNTIL));
}

/** Whether there was a connection whose time is not over: a server that knows of none has lost it, or this browser has. */
export function isConnectionDue(now: number): boolean {
  const until = attempt(() => localStorage.getItem(CONNECTED_UNTIL));
  return until !== undefined && until !== null && (until === OPEN_END || Date.parse(until) > now);
}

/** This tab goes to the bank to renew what was granted then. */
export function noteRenewal(grantedAt: string | undefined): void {
  attempt(() => sessionStorage.setItem(RENEWED_SINCE, grantedAt ?? OPEN_END));
}

/** What this tab went to renew, told once: when that had been granted. */
export function takeRenewal(): string | undefined {
  return attempt(() => {
    const since = sessionStorage.getItem(RENEWED_SINCE) ?? undefined;
    sessionStorage.removeItem(RENEWED_SINCE);
    return since;
  });
}
