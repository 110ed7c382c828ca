import { TellConnectError } from '../error.js';
import { LIMITS } from '../generated/core.js';
import { byteLengthOf, member, wrongOption } from '../take.js';

const encoder = new TextEncoder();

/** The bytes of the option `certificate`, a copy of them; `undefined` when it is absent. */
export function certificateOf(options: unknown): Uint8Array | undefined {
  const certificate = member(options, 'certificate');
  if (certificate === undefined) return undefined;
  if (typeof certificate === 'string') {
    if (certificate.length > LIMITS.certificate) throw tooLarge();
    return encoder.encode(certificate);
  }
  try {
    const length = byteLengthOf(certificate);
    if (length === undefined) throw wrongOption('certificate');
    if (length > LIMITS.certificate) throw tooLarge();
    return new Uint8Array(certificate as Uint8Array);
  } catch (error) {
    throw error instanceof TellConnectError ? error : wrongOption('certificate');
  }
}

function tooLarge(): TellConnectError {
  return new TellConnectError('certificate_invalid', 'The certificate is larger than 64 KiB.');
}
