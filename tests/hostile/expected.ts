/** What may come out of a mode, said in the rules' words: codes of problems, or `ok` where the call succeeds. */

import type { Endpoint, Mode } from './gateway.ts';

export interface Expected {
  /** By endpoint, what the browser may be told. */
  readonly codes: Readonly<Record<Endpoint, readonly string[]>>;
  /** Where it may be over: a refused code, a refused refresh, a 401 that a fresh token got too (REV-1). */
  readonly mayEnd?: readonly Endpoint[];
  /** The gateway asks to be left alone for longer than a test lasts: the consent is not over, and is not used. */
  readonly rests?: boolean;
}

export interface Row extends Expected {
  readonly name: string;
  readonly mode: Mode;
  /**
   * `slow`: it waits for a deadline. `flood`: it costs the machine so much that few run at a time. `alone`: it breaks a
   * connection that others could be about to use.
   */
  readonly kind?: 'slow' | 'flood' | 'alone';
}

const everywhere = (...codes: string[]): Expected['codes'] =>
  ({ authorise: codes, exchange: codes, refresh: codes, resource: codes });

export const OK: Expected = { codes: everywhere('ok') };
export const UNREACHABLE: Expected = { codes: everywhere('gateway_unreachable', 'gateway_bad_answer') };
export const TIMEOUT: Expected = { codes: everywhere('gateway_timeout') };
export const UNREACHABLE_OR_TIMEOUT: Expected = {
  codes: everywhere('gateway_unreachable', 'gateway_bad_answer', 'gateway_timeout'),
};
export const BAD: Expected = { codes: everywhere('gateway_bad_answer') };
/** On a slow machine the deadline may come first. */
export const BAD_OR_TIMEOUT: Expected = {
  codes: everywhere('gateway_bad_answer', 'gateway_failed', 'gateway_timeout'),
};
export const FAILED: Expected = { codes: everywhere('gateway_failed') };
export const BUSY: Expected = { codes: everywhere('gateway_busy') };
/** Where HTTP or JSON leave it open. */
export const OK_OR_BAD: Expected = { codes: everywhere('ok', 'gateway_unreachable', 'gateway_bad_answer') };
/** The same of an answer that the bank gave: one that cannot be read may cost the grant, for it was spent (REF-3). */
export const OK_OR_LOST: Expected = {
  codes: everywhere('ok', 'gateway_unreachable', 'gateway_bad_answer', 'reauthorise'), mayEnd: ['exchange', 'refresh'],
};
/** JSON that no token or authorisation can be read from: resources are passed on as they are (ACC-4). */
export const OTHER_JSON: Expected = { codes: { ...BAD.codes, resource: ['ok'] } };
const FOREIGN = ['gateway_bad_answer', 'gateway_refused', 'gateway_refused_client'];
/** A refusal that is not the gateway's own JSON ends nothing (REV-1). */
export const PAGE: Expected = {
  codes: {
    authorise: FOREIGN, exchange: [...FOREIGN, 'gateway_failed'], refresh: [...FOREIGN, 'gateway_failed'],
    resource: FOREIGN,
  },
};

const REFUSED = ['gateway_refused'];
const REFUSED_CLIENT = ['gateway_refused_client'];
/** No word on the grant: it is tried again, or told, and never over. */
const NO_WORD = [...REFUSED, ...REFUSED_CLIENT, 'gateway_busy', 'gateway_failed', 'gateway_bad_answer'];
export const ENDED = ['reauthorise', 'revoked'];

/** What the gateway's own JSON with this status means, where it names no error of RFC 6749's. */
export function ofStatus(status: number): Expected {
  if (status < 400 || status > 999) return BAD;
  if (status === 429 || status === 503) return BUSY;
  if (status >= 500) return FAILED;
  if (status === 401) {
    const codes = { ...everywhere(...REFUSED_CLIENT), resource: ['revoked'] };
    return { codes, mayEnd: ['resource'] };
  }
  // Banks use 403 for limits and policy, and most of the others say nothing of the grant.
  if (![400, 410, 422].includes(status)) {
    return { codes: { authorise: REFUSED, exchange: NO_WORD, refresh: NO_WORD, resource: REFUSED } };
  }
  const grant = [...NO_WORD, ...ENDED];
  const codes = { authorise: REFUSED, exchange: grant, refresh: grant, resource: REFUSED };
  return { codes, mayEnd: ['exchange', 'refresh'] };
}

/** The grant is refused in RFC 6749's own words. */
export const GRANT_REFUSED: Expected = {
  codes: { authorise: REFUSED, exchange: ENDED, refresh: ENDED, resource: REFUSED },
  mayEnd: ['exchange', 'refresh'],
};
