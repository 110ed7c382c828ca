import { CompactSign } from 'jose';

const encoder = new TextEncoder();

/** @type {import('../contestants.ts').Contestant} */
export default {
  name: 'jose',
  version: 'jose',
  took: 'a CryptoKey imported from the PEM’s raw bytes, kept; `CompactSign` over the exact text, since `SignJWT` '
    + 'copies the object first; each signature is awaited',
  async open({ app, path, certificate }) {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', certificate, hmac, false, ['sign']);
    return (object, iat) =>
      new CompactSign(encoder.encode(JSON.stringify(object)))
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', app, path, iat })
        .sign(key);
  },
};
