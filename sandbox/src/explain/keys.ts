import type { CertificateReading } from '../readings.ts';
import { base64Of, bytesOf, bytesOfBase64, textOf } from './bytes.ts';

/** A key that a signer may have had, and what it would mean. */
export interface Candidate {
  reading: string;
  /** Goes on from "The signature verifies with …". */
  words: string;
  bytes: Uint8Array;
}

/** JWS-8: the bytes that key the HMAC when the certificate is read so; nothing where it has no such form. */
export function keyAs(certificate: Uint8Array, reading: CertificateReading): Uint8Array | undefined {
  if (reading === 'as-is') return certificate;
  const text = textOf(certificate);
  if (text === undefined) return undefined;
  switch (reading) {
    case 'lf':
      return bytesOf(withLineEnds(text, '\n'));
    case 'crlf':
      return bytesOf(withLineEnds(text, '\r\n'));
    case 'no-final-newline':
      return bytesOf(withoutFinal(text));
    case 'final-newline':
      return bytesOf(`${withoutFinal(text)}\n`);
    case 'pem-body':
      return bodyOf(text) === undefined ? undefined : bytesOf(bodyOf(text) ?? '');
    case 'der':
      return bytesOfBase64(bodyOf(text) ?? '*');
  }
}

const CERTIFICATE_WORDS: readonly (readonly [CertificateReading, string])[] = [
  ['as-is', "the certificate's text as it is, which this gateway is set to read otherwise"],
  ['crlf', "the certificate's line ends as CRLF"],
  ['lf', "the certificate's line ends as LF"],
  ['no-final-newline', 'the certificate without its final newline'],
  ['final-newline', 'the certificate with one final newline'],
  ['pem-body', 'the base64 between the armour lines of the certificate, without line ends'],
  ['der', "the certificate's DER bytes, which its PEM text encodes"],
];

type Change = readonly [reading: string, words: string, change: (text: string) => string];

/** What tools, shells and settings do to a text of several lines. */
const CHANGES: readonly Change[] = [
  ['extra-newline', 'one newline more after the certificate', (text) => `${text}\n`],
  ['trimmed', 'the certificate without white space at its ends', (text) => text.trim()],
  ['escaped-newlines', 'a backslash and an "n" in place of each line end', (text) => text.replaceAll('\n', '\\n')],
  ['escaped-newlines', 'the same without the last one', (text) => withoutFinal(text).replaceAll('\n', '\\n')],
  ['joined-lines', "the certificate's lines joined, armour included", (text) => text.replace(/[\r\n]+/g, '')],
  ['spaced-lines', 'spaces in place of its line ends', (text) => text.replace(/\r?\n/g, ' ')],
  ['spaced-lines', 'spaces in place of its line ends', (text) => withoutFinal(text).replace(/\r?\n/g, ' ')],
  ['crlf-no-final-newline', 'CRLF line ends and no final one', (text) => withoutFinal(withLineEnds(text, '\r\n'))],
  ['quoted', 'quotation marks around the certificate', (text) => `"${text}"`],
  ['quoted', 'quotation marks around the certificate', (text) => `"${withoutFinal(text).replaceAll('\n', '\\n')}"`],
  ['base64-of-text', "the base64 of the certificate's whole text", (text) => base64Of(bytesOf(text))],
  ['byte-order-mark', 'a byte order mark before the certificate', (text) => `\ufeff${text}`],
  ['pem-lines', 'the lines between the armour, with their line ends', (text) => linesBetween(text) ?? ''],
  ['re-wrapped', 'the certificate wrapped at 64 characters', (text) => wrapped(text) ?? ''],
];

/** Every other key that the certificate may have become, each but once, without the one in force. */
export function otherKeys(certificate: Uint8Array, inForce: CertificateReading): Candidate[] {
  const text = textOf(certificate);
  const usual = CERTIFICATE_WORDS.map(([reading, words]) => {
    return { reading: `certificate-${reading}`, words, bytes: keyAs(certificate, reading) ?? new Uint8Array() };
  });
  const changed = CHANGES.map(([reading, words, change]) => {
    return { reading: `certificate-${reading}`, words, bytes: bytesOf(text === undefined ? '' : change(text)) };
  });
  const seen = new Set(['', base64Of(keyAs(certificate, inForce) ?? new Uint8Array())]);
  return [...usual, ...changed].filter(({ bytes }) => {
    const name = base64Of(bytes);
    return !seen.has(name) && seen.add(name);
  });
}

function withLineEnds(text: string, end: string): string {
  return text.replace(/\r\n|\r|\n/g, end);
}

function withoutFinal(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

const ARMOUR = /-----BEGIN [^-]+-----([\s\S]*?)-----END [^-]+-----/;

function bodyOf(text: string): string | undefined {
  return ARMOUR.exec(text)?.[1]?.replace(/\s+/g, '');
}

function linesBetween(text: string): string | undefined {
  return ARMOUR.exec(text)?.[1]?.replace(/^\r?\n/, '');
}

function wrapped(text: string): string | undefined {
  const body = bodyOf(text)?.replace(/.{64}(?=.)/g, '$&\n');
  return body && text.replace(ARMOUR, (all) => `${/^.*/.exec(all)?.[0]}\n${body}\n${/[^\n]*$/.exec(all)?.[0]}`);
}
