import { isObject } from './check/json.ts';
import type { SettingFault } from './settings.ts';

/** How the certificate's text becomes the key (JWS-8), as a profile names it. */
export const CERTIFICATE_READINGS = [
  'as-is',
  'lf',
  'crlf',
  'no-final-newline',
  'final-newline',
  'pem-body',
  'der',
] as const;
export type CertificateReading = (typeof CERTIFICATE_READINGS)[number];

/** Where another bank's gateway may read the guide otherwise. */
export interface Readings {
  certificate: CertificateReading;
  /** BAS-1: whether client id and secret are form-encoded before they are joined (RFC 6749, 2.3.1). */
  basic: 'as-is' | 'form-encoded';
  /** JWS-7: the payload of a call without a body, `{}` or nothing. */
  emptyPayload: 'object' | 'empty';
  /** JWS-3: whether the signed path has the query. */
  signQuery: boolean;
}

export const DEFAULT_READINGS: Readings = {
  certificate: 'as-is',
  basic: 'as-is',
  emptyPayload: 'object',
  signQuery: false,
};

const VALUES: { readonly [Name in keyof Readings]: readonly Readings[Name][] } = {
  certificate: CERTIFICATE_READINGS,
  basic: ['as-is', 'form-encoded'],
  emptyPayload: ['object', 'empty'],
  signQuery: [false, true],
};

/** `SANDBOX_READINGS`: a JSON object of some of the readings; the others are the default ones. */
export function readReadings(value: unknown, faults: SettingFault[]): Readings {
  const setting = 'SANDBOX_READINGS';
  if (value === undefined || value === '') return DEFAULT_READINGS;
  const object = typeof value === 'string' ? parse(value) : value;
  if (!isObject(object)) {
    faults.push({ setting, problem: 'is no JSON object such as {"certificate": "crlf"}' });
    return DEFAULT_READINGS;
  }
  for (const [name, given] of Object.entries(object)) {
    const values: readonly unknown[] = Object.hasOwn(VALUES, name) ? VALUES[name as keyof Readings] : [];
    if (values.length === 0) faults.push({ setting: `${setting}.${name}`, problem: 'is unknown' });
    else if (!values.includes(given)) {
      faults.push({ setting: `${setting}.${name}`, problem: `is none of ${values.join(', ')}` });
    }
  }
  return { ...DEFAULT_READINGS, ...object };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
