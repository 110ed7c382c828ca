/** Each fault that the gateway can be told to have, by its kind. */

import * as faults from 'tell-connect-sandbox/faults';

const refused = (status: number, error: string): faults.Fault =>
  faults.instead(() => Response.json({ error, error_description: 'Refused, since a test wants it.' }, { status }));

/** Revoking is the bank's own doing: what does it comes with the fault. */
export const FAULT_KINDS = {
  'status 503': () => faults.status(503),
  'status 500': () => faults.status(500),
  'retry-after': () => faults.status(429, '1'),
  'delay': () => faults.delay(300),
  'drip': () => faults.drip(1),
  'drop-before': () => faults.lostRequest(),
  'drop-after': () => faults.lostAnswer(),
  'cut-body': () => faults.truncated(),
  'garbage': () => faults.garbage(),
  'html': () => faults.html(),
  'wrong-type': () => faults.rewrite((body) => [body]),
  '401-once': () => refused(401, 'invalid_token'),
  '403-limit': () => refused(403, 'access_denied'),
  'invalid-grant': () => faults.invalidGrant(),
  'revoked-in-flight': (revoke: () => void) => ({ onArrival: () => (revoke(), undefined) }),
} satisfies Record<string, (revoke: () => void) => faults.Fault>;

export type FaultKind = keyof typeof FAULT_KINDS;
