/** What `cloudflare:workers` is to the package's worker code when it runs in Node (see `virtual-modules.ts`). */

/** A Durable Object's own base class. */
export class DurableObject {
  readonly ctx: unknown;
  readonly env: unknown;

  constructor(ctx: unknown, env: unknown) {
    this.ctx = ctx;
    this.env = env;
  }
}

/** That of what a service binding reaches. */
export class WorkerEntrypoint extends DurableObject {}

/** The bindings are given to each object and entrypoint by itself. */
export const env = {};
