/** What is asked of `crypto.subtle`, computed at once: a thread's answer would come at no moment of a virtual clock. */

import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

interface Key {
  bytes: Uint8Array;
  /** Looked at by libraries. */
  algorithm: { name: string; hash: { name: string } };
  usages: string[];
}

interface Algorithm {
  iv?: Uint8Array;
  salt?: Uint8Array;
  info?: Uint8Array;
  additionalData?: Uint8Array;
}

type Named = string | { name: string };

const TAG = 16;

export const SUBTLE = {
  async digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> {
    return owned(createHash(algorithm.replace('-', '')).update(bytes).digest());
  },

  async importKey(...[, bytes, named, , usages]: ['raw', Uint8Array, Named, boolean, string[]]): Promise<Key> {
    return keyOf(Uint8Array.from(bytes), typeof named === 'string' ? named : named.name, usages);
  },

  async deriveKey({ salt, info }: Required<Algorithm>, { bytes }: Key, { length }: { length: number }): Promise<Key> {
    return keyOf(new Uint8Array(hkdfSync('sha256', bytes, salt, info, length / 8)), 'AES-GCM', []);
  },

  async encrypt({ iv, additionalData }: Required<Algorithm>, { bytes }: Key, plain: Uint8Array): Promise<ArrayBuffer> {
    const cipher = createCipheriv('aes-256-gcm', bytes, iv).setAAD(additionalData);
    return owned(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  },

  async decrypt({ iv, additionalData }: Required<Algorithm>, { bytes }: Key, sealed: Uint8Array): Promise<ArrayBuffer> {
    const decipher = createDecipheriv('aes-256-gcm', bytes, iv).setAAD(additionalData);
    decipher.setAuthTag(sealed.subarray(-TAG));
    return owned(Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]));
  },

  async verify(_: unknown, { bytes }: Key, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    const own = createHmac('sha256', bytes).update(data).digest();
    return own.length === signature.length && timingSafeEqual(own, signature);
  },
};

function keyOf(bytes: Uint8Array, name: string, usages: string[]): Key {
  return { bytes, algorithm: { name, hash: { name: `SHA-${256}` } }, usages };
}

const owned = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer;
