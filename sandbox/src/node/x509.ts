import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY = 86_400_000;

/**
 * A certificate of our own making as PEM text, whose private key nobody keeps: the text alone is what signs (JWS-8). It
 * is a whole one all the same, since production asks for that.
 */
export function newCertificate(name: string, days = 730, now = Date.now()): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(der(SET, sequence(COMMON_NAME, der(UTF8, Buffer.from(name)))));
  const body = sequence(
    der(INTEGER, Buffer.from([1]), randomBytes(15)),
    sequence(ECDSA_WITH_SHA256),
    subject,
    sequence(time(now), time(now + days * DAY)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, sequence(ECDSA_WITH_SHA256), der(BITS, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The tags of X.690 that a certificate of RFC 5280 without extensions takes. */
const [INTEGER, BITS, OID, UTF8, UTC_TIME, GENERAL_TIME, SEQUENCE, SET] = [2, 3, 6, 12, 23, 24, 48, 49] as const;
/** 2.5.4.3 */
const COMMON_NAME = der(OID, Buffer.from('550403', 'hex'));
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = der(OID, Buffer.from('2a8648ce3d040302', 'hex'));

function sequence(...parts: Buffer[]): Buffer {
  return der(SEQUENCE, ...parts);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

function lengthOf({ length }: Buffer): number[] {
  if (length < 128) return [length];
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
}

/** Years up to 2049 have two digits. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '');
  return digits < '2050' ? der(UTC_TIME, Buffer.from(digits.slice(2))) : der(GENERAL_TIME, Buffer.from(digits));
}
