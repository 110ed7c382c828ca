import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** @type {import('../contestants.ts').Contestant} */
export default {
  name: 'jsonwebtoken',
  version: 'jsonwebtoken',
  took: 'a KeyObject by `createSecretKey`, kept, since of a PEM it would try to make a private key at each call; the '
    + 'payload given as text, and so `typ` in the header, which it writes for objects alone',
  open({ app, path, certificate }) {
    const key = createSecretKey(certificate);
    return (object, iat) =>
      jwt.sign(JSON.stringify(object), key, { algorithm: 'HS256', header: { typ: 'JWT', app, path, iat } });
  },
};
