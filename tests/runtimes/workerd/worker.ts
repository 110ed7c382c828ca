/**
 * Runs the case that the path names by its number: 204 when it passes, 500 with the reason when it does not. Under
 * `/profiles/` answer two workers of this module, each under a profile of its own.
 */

import { type Env, createWorker } from 'tell-connect/worker';
import { ENV } from '../machine.ts';
import { suite } from '../suite.ts';

const refused = createWorker({ profile: { basic: 'no such reading' } as object });
const plain = createWorker();

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/profiles/')) {
      const worker = pathname.endsWith('/refused') ? refused : plain;
      return worker.fetch(new Request('https://tpp.example/api/consent'), ENV as unknown as Env);
    }
    const found = suite[Number(pathname.slice(1) || NaN)];
    if (found === undefined) return new Response('no such case', { status: 404 });
    try {
      await found.run();
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
