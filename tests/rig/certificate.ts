/** Certificates with any dates, written in DER by hand: openssl's command line gives no past ones everywhere. */

import { generateKeyPairSync, sign } from 'node:crypto';

const tagged = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? Buffer.of(body.length)
    : body.length < 256 ? Buffer.of(0x81, body.length) : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
const time = (date: Date): Buffer =>
  tagged(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`));

/** sha256WithRSAEncryption, and a name of one part, `CN`. */
const ALGORITHM = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.of(5, 0));
const NAME = sequence(tagged(0x31, sequence(Buffer.from('0603550403', 'hex'), tagged(0x0c, Buffer.from('TPP')))));

const DAY_MS = 24 * 60 * 60 * 1000;

/** A self-signed one, as PEM, that begins and ends so many days from now. */
export function certificate({ from = -1, to = 365, bits = 2048 } = {}): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const [begin, end] = [from, to].map((days) => time(new Date(Date.now() + days * DAY_MS))) as [Buffer, Buffer];
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const version = tagged(0xa0, Buffer.of(2, 1, 2));
  const told = sequence(version, Buffer.of(2, 1, 1), ALGORITHM, NAME, sequence(begin, end), NAME, key);
  const signature = tagged(3, Buffer.of(0), sign('sha256', told, privateKey));
  const lines = sequence(told, ALGORITHM, signature).toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
