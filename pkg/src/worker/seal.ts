// AES-256-GCM with the key's id in front, so that keys can rotate: id (8 bytes), nonce (12), ciphertext and tag.

const ID = 8;
const NONCE = 12;

/** A snapshot under a key that is not configured, or not as it was written. Its bytes stay where they are. */
export class SealError extends Error {
  constructor(readonly code: 'vault_key_unknown' | 'snapshot_damaged') {
    super(code);
  }
}

interface Key {
  id: Uint8Array;
  key: CryptoKey;
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, at) => byte === b[at]);

/** Encrypts with the first key, decrypts with any; `context` is authenticated too, so that no two can be swapped. */
export class Seal {
  private constructor(
    private readonly first: Key,
    private readonly keys: Key[],
  ) {}

  static async of(keys: Uint8Array<ArrayBuffer>[]): Promise<Seal> {
    const imported = await Promise.all(keys.map(importKey));
    const [first] = imported;
    if (first === undefined) throw new TypeError('A vault needs a key.');
    return new Seal(first, imported);
  }

  async seal(text: string, context: string): Promise<Uint8Array> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const additionalData = encode(context);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, this.first.key, encode(text));
    const bytes = new Uint8Array(ID + NONCE + sealed.byteLength);
    bytes.set(this.first.id);
    bytes.set(iv, ID);
    bytes.set(new Uint8Array(sealed), ID + NONCE);
    return bytes;
  }

  async open(bytes: Uint8Array<ArrayBuffer>, context: string): Promise<string> {
    const found = this.keys.find(({ id }) => isSame(id, bytes));
    if (found === undefined) throw new SealError('vault_key_unknown');
    const iv = bytes.subarray(ID, ID + NONCE);
    const algorithm = { name: 'AES-GCM', iv, additionalData: encode(context) };
    try {
      const text = await crypto.subtle.decrypt(algorithm, found.key, bytes.subarray(ID + NONCE));
      return new TextDecoder().decode(text);
    } catch {
      throw new SealError('snapshot_damaged');
    }
  }
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<Key> {
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return { id: new Uint8Array(digest).subarray(0, ID), key };
}
