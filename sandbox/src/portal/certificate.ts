import { X509Certificate, createHash } from 'node:crypto';
import { CERTIFICATE_LIMIT } from '../applications.ts';

/** What a developer compares with the file that they sign with. */
export interface CertificateFacts {
  length: number;
  /** In hexadecimal, as `sha256sum` prints it. */
  sha256: string;
  lineEnds: 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none';
  finalNewline: boolean;
  byteOrderMark: boolean;
  /** Null where it is no X.509 certificate. */
  x509: Validity | null;
}

export interface Validity {
  subject: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
}

export function factsOf(bytes: Uint8Array): CertificateFacts {
  const last = bytes.at(-1);
  return {
    length: bytes.length,
    sha256: sha256(bytes),
    lineEnds: lineEndsOf(bytes),
    finalNewline: last === 10 || last === 13,
    byteOrderMark: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf,
    x509: validityOf(bytes),
  };
}

export function validityOf(bytes: Uint8Array): Validity | null {
  const certificate = parse(bytes);
  if (certificate === undefined) return null;
  const { subject, validFrom, validTo } = certificate;
  return { subject: subject.replaceAll('\n', ', '), from: Date.parse(validFrom), to: Date.parse(validTo) };
}

/** Whether two are the same certificate, in whatever form each is written. */
export function isSameCertificate(one: Uint8Array, other: Uint8Array): boolean {
  return identity(one) === identity(other);
}

/** Why nobody can sign with it, or should; a sentence. */
export function uploadProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'The certificate is empty.';
  if (bytes.length > CERTIFICATE_LIMIT) return `The certificate is larger than ${CERTIFICATE_LIMIT} bytes.`;
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(new TextDecoder('latin1').decode(bytes))) return undefined;
  return 'This holds a private key, which is for nobody else; upload the certificate alone.';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function identity(bytes: Uint8Array): string {
  return parse(bytes)?.fingerprint256 ?? sha256(bytes);
}

function parse(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}

function lineEndsOf(bytes: Uint8Array): CertificateFacts['lineEnds'] {
  const text = new TextDecoder('latin1').decode(bytes);
  const kinds = new Set(text.match(/\r\n|\r|\n/g));
  const [kind] = kinds;
  if (kinds.size > 1) return 'mixed';
  return kind === undefined ? 'none' : kind === '\r\n' ? 'CRLF' : kind === '\n' ? 'LF' : 'CR';
}
