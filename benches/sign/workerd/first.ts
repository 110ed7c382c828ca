/** Answers with one token, made by the contestant that the bundle is made with. */

import certificate from '../../../tests/vectors/certificate.pem';
import contestant from 'contestant';
import { VECTOR } from '../input.ts';

const KEY = { ...VECTOR, certificate: new TextEncoder().encode(certificate) };

export default {
  async fetch(): Promise<Response> {
    const sign = await contestant.open(KEY);
    return new Response(await sign(JSON.parse(VECTOR.payload), VECTOR.iat));
  },
};
