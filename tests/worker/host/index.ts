/** A backend that does what a test says: each call goes through the service binding, its result back as JSON. */

import type { TellConnect } from 'tell-connect/worker';

interface Env {
  TELL: Service<typeof TellConnect>;
}

interface Call {
  method:
    | 'authorise' | 'callback' | 'consent' | 'consents' | 'resource' | 'plan' | 'pay' | 'payment' | 'forget' | 'handleOf'
    | 'statistics';
  args: unknown[];
  /** In place of the first argument: a browser's request with these cookies, as a host has it. */
  cookie?: string;
}

export default {
  async fetch(request, env) {
    if (request.method !== 'POST') return new Response('A backend of the tests.');
    const { method, args, cookie } = await request.json<Call>();
    const given = cookie === undefined ? args : [new Request(request.url, { headers: { cookie } }), ...args];
    const call = env.TELL[method] as unknown as (...args: unknown[]) => Promise<unknown>;
    return Response.json(await call(...given));
  },
} satisfies ExportedHandler<Env>;
