/** A worker of a backend's own, which reaches the worker of a world by its service binding. */

import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import type { Result, TellConnect } from 'tell-connect/worker';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { freePort } from './port.ts';
import { LocalServer } from './server.ts';
import type { World } from './world.ts';

/** The backend's door, its results as they are after JSON. */
export type Tell = Pick<
  TellConnect,
  'authorise' | 'callback' | 'consent' | 'consents' | 'resource' | 'plan' | 'pay' | 'payment' | 'forget' | 'handleOf'
  | 'statistics'
>;

export class Host {
  /** Every result, as it came. */
  readonly heard: string[] = [];
  readonly tell: Tell;
  readonly #server: LocalServer;

  private constructor(server: LocalServer) {
    this.#server = server;
    const call = (method: string) => (...args: unknown[]): Promise<unknown> => this.#call({ method, args });
    this.tell = new Proxy({}, { get: (_, method) => call(String(method)) }) as Tell;
  }

  static async start({ folder }: World): Promise<Host> {
    const envFile = join(folder, 'host.env');
    writeEnvFile(envFile, {});
    const config = resolve(import.meta.dirname, '../worker/host/wrangler.jsonc');
    const server = new LocalServer({ name: 'host', config, port: await freePort(), envFile, folder });
    await server.start();
    return new Host(server);
  }

  /** `handleOf` with a request that has these cookies. */
  handleOfRequest(cookies: ReadonlyMap<string, string>, scope?: string): ReturnType<Tell['handleOf']> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = this.#call({ method: 'handleOf', args: scope === undefined ? [] : [scope], cookie });
    return asked as ReturnType<Tell['handleOf']>;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #call(call: object): Promise<unknown> {
    const answer = await fetch(this.#server.address, { method: 'POST', body: JSON.stringify(call) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${JSON.stringify(call)}: ${answer.status} ${text}`);
    this.heard.push(text);
    return JSON.parse(text);
  }
}

/** What was asked for; a failure of the test where there is none. */
export function value<T>(result: Result<T>): T {
  if ((result as { code?: string }).code !== undefined) assert.fail(JSON.stringify(result));
  return result as T;
}

export const codeOf = async (result: Promise<object>): Promise<unknown> => (await result as { code?: string }).code;
