/** Runs the case that the path names by its number: 204 when it passes, 500 with the reason when it does not. */

import { suite } from '../suite.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const found = suite[Number(new URL(request.url).pathname.slice(1) || NaN)];
    if (found === undefined) return new Response('no such case', { status: 404 });
    try {
      await found.run();
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
