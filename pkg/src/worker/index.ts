// The ready edge worker: mount it in a worker of yours, beside the Durable Object that keeps the consents.
//
//   import { createWorker, ConsentVault } from 'tell-connect/worker';
//   export { ConsentVault };
//   export default createWorker();

import { env } from 'cloudflare:workers';
import { TellConnectError } from '../error.js';
import type { Profile } from '../edge/index.js';
import { routes } from './routes.js';
import { type Env, configuration, useProfile } from './settings.js';

export { ConsentVault } from './vault.js';
export type { Env } from './settings.js';

export interface WorkerOptions {
  /** Readings of the guide that this bank's gateway makes otherwise. */
  profile?: Profile;
}

/** The worker's handler of everything under `/api`. Settings are variables and secrets, named in the README. */
export function createWorker(options: WorkerOptions = {}): { fetch(request: Request, env: Env): Response | Promise<Response> } {
  useProfile(options.profile);
  report(env);
  const app = routes();
  return { fetch: (request, env) => app.fetch(request, env) };
}

/** Says at start what is wrong with the settings, every fault at once. */
function report(env: object): void {
  try {
    configuration(env);
  } catch (error) {
    const faults = error instanceof TellConnectError ? (error.faults ?? []) : [];
    console.error(['tell-connect is not configured:', ...faults.map((f) => `  ${f.setting}: ${f.problem}`)].join('\n'));
  }
}
