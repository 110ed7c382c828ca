import { createSigner } from 'fast-jwt';

/** @type {import('../contestants.ts').Contestant} */
export default {
  name: 'fast-jwt',
  version: 'fast-jwt',
  took: 'the PEM’s bytes with `algorithm` named; the signer is kept, and the object that gives its further header '
    + 'members is changed before each call; it takes an object alone and writes the text itself, so a caller has to '
    + 'write it once more to send it, which is not in the figures',
  open({ app, path, certificate }) {
    const header = { app, path, iat: 0 };
    const sign = createSigner({ key: Buffer.from(certificate), algorithm: 'HS256', noTimestamp: true, header });
    return (object, iat) => {
      header.iat = iat;
      return sign(object);
    };
  },
};
