import { createHmac, createSecretKey } from 'node:crypto';

/** @param {string} text */
const encode = (text) => Buffer.from(text).toString('base64url');

/** @type {import('../contestants.ts').Contestant} */
export default {
  name: 'node:crypto',
  took: 'a KeyObject of the PEM’s raw bytes, kept; all else by hand',
  open({ app, path, certificate }) {
    const key = createSecretKey(certificate);
    return (object, iat) => {
      const header = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', app, path, iat }));
      const input = `${header}.${encode(JSON.stringify(object))}`;
      return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
    };
  },
};
