import { DurableObject } from 'cloudflare:workers';
import { Branch } from './branch.ts';
import { readSettings } from './settings.ts';
import { breakOff } from './worker-cut.ts';

/** The whole bank in one object, so that every call sees the same books. Its settings are the worker's variables. */
export class Bank extends DurableObject<Record<string, unknown>> {
  readonly #branch = new Branch({
    configuration: readSettings(this.env),
    sql: this.ctx.storage.sql,
    cut: breakOff,
  });

  override async fetch(request: Request): Promise<Response> {
    const answer = await this.#branch.serve(request, Date.now());
    return answer.type === 'error' ? breakOff() : answer;
  }
}
