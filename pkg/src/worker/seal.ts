// AES-256-GCM under a key of each object's own, derived from a vault key: the number of seals under one key is no
// concern. version (1 byte), vault key's id (8), nonce (12), ciphertext and tag. Before there was a version, the id came
// first and the vault key itself encrypted; such bytes still open.

const VERSION = 2;
const ID = 8;
const NONCE = 12;
const LABEL = 'tell-connect snapshot 2:';

/** A snapshot under a key that is not configured, or not as it was written. Its bytes stay where they are. */
export class SealError extends Error {
  constructor(readonly code: 'vault_key_unknown' | 'snapshot_damaged') {
    super(code);
  }
}

interface Key {
  id: Uint8Array;
  /** What objects' keys are derived from. */
  root: CryptoKey;
  /** For what was sealed before there was a version. */
  direct: CryptoKey;
}

const isAt = (bytes: Uint8Array, at: number, id: Uint8Array): boolean => id.every((byte, n) => byte === bytes[at + n]);

/** Encrypts with the first key, decrypts with any; `object` is the key's and authenticated, so that no two can be swapped. */
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

  async seal(text: string, object: string): Promise<Uint8Array> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const algorithm = { name: 'AES-GCM', iv, additionalData: encode(object) };
    const sealed = await crypto.subtle.encrypt(algorithm, await derived(this.first, object), encode(text));
    const bytes = new Uint8Array(1 + ID + NONCE + sealed.byteLength);
    bytes[0] = VERSION;
    bytes.set(this.first.id, 1);
    bytes.set(iv, 1 + ID);
    bytes.set(new Uint8Array(sealed), 1 + ID + NONCE);
    return bytes;
  }

  async open(bytes: Uint8Array<ArrayBuffer>, object: string): Promise<string> {
    const own = bytes[0] === VERSION ? this.keys.find(({ id }) => isAt(bytes, 1, id)) : undefined;
    if (own !== undefined) return decrypt(await derived(own, object), bytes.subarray(1 + ID), object);
    const old = this.keys.find(({ id }) => isAt(bytes, 0, id));
    if (old === undefined) throw new SealError('vault_key_unknown');
    return decrypt(old.direct, bytes.subarray(ID), object);
  }
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** Opens a nonce and what follows it. */
async function decrypt(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, object: string): Promise<string> {
  try {
    const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, NONCE), additionalData: encode(object) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(NONCE)));
  } catch {
    throw new SealError('snapshot_damaged');
  }
}

/** HKDF-SHA-256 (RFC 5869), without a salt: the vault key is random already. */
function derived({ root }: Key, object: string): Promise<CryptoKey> {
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode(LABEL + object) };
  return crypto.subtle.deriveKey(algorithm, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<Key> {
  const [digest, root, direct] = await Promise.all([
    crypto.subtle.digest('SHA-256', bytes),
    crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']),
    crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt']),
  ]);
  return { id: new Uint8Array(digest).subarray(0, ID), root, direct };
}
