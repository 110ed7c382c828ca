import { isSameCertificate, validityOf } from './certificate.ts';

/** LIV-1: what can be said of a redirect URL or a certificate by itself. */

export interface Flaw {
  /** Both are sentences. */
  found: string;
  todo: string;
}

export interface Surroundings {
  /** The certificates of the sandbox. */
  others: readonly Uint8Array[];
  /** What the bank's clock of production shows. */
  now: number;
}

export function redirectFlaw(redirectUrl: string | null): Flaw | undefined {
  const todo = 'Give the https URL of your own at which the person comes back.';
  if (redirectUrl === null) return { found: 'There is none, so the person is sent to the holding page.', todo };
  const { protocol, pathname } = new URL(redirectUrl);
  if (protocol !== 'https:') return { found: 'The redirect URL is no https URL.', todo };
  return pathname === '/holding' ? { found: 'The redirect URL is that of the holding page.', todo } : undefined;
}

/** Each says one thing, and is asked once those before it have nothing to say. */
export const CERTIFICATE_CHECKS = {
  parses: (bytes: Uint8Array): Flaw | undefined =>
    validityOf(bytes) === null
      ? { found: 'It is no X.509 certificate.', todo: 'Upload the file that your certificate authority gave you.' }
      : undefined,

  inDate: (bytes: Uint8Array, { now }: Surroundings): Flaw | undefined => {
    const validity = validityOf(bytes);
    if (validity === null || (validity.from <= now && now < validity.to)) return undefined;
    const found =
      now < validity.from
        ? `It begins to be valid on ${isoDay(validity.from)}.`
        : `It ended to be valid on ${isoDay(validity.to)}.`;
    return { found, todo: 'Upload one that is valid today.' };
  },

  itsOwn: (bytes: Uint8Array, { others }: Surroundings): Flaw | undefined =>
    others.some((other) => isSameCertificate(other, bytes))
      ? { found: 'It is a certificate of the sandbox.', todo: 'Upload one that production alone knows.' }
      : undefined,
} as const;

export function certificateFlaw(bytes: Uint8Array, around: Surroundings): Flaw | undefined {
  const { parses, inDate, itsOwn } = CERTIFICATE_CHECKS;
  return parses(bytes) ?? inDate(bytes, around) ?? itsOwn(bytes, around);
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
