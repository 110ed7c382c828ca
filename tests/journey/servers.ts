/** Servers as `make start` runs them, none of which outlives the tests, however those end. */

import { delimiter, resolve } from 'node:path';
import { Server } from '../../scripts/start/server.mjs';

// It looks for wrangler in PATH, where a test that is run by itself need not have it.
const TOOLS = resolve(import.meta.dirname, '../../node_modules/.bin');
process.env['PATH'] = `${TOOLS}${delimiter}${process.env['PATH']}`;

const running = new Set<Server>();
process.on('exit', () => running.forEach((server) => server.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

export type { Server };

export interface ServerOptions {
  readonly name: string;
  /** Its wrangler configuration. */
  readonly config: string;
  readonly port: number;
  readonly envFile: string;
  readonly stateDirectory: string;
  /** Where wrangler notes which servers run. */
  readonly registry: string;
}

/** Starts one and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const server = new Server({ ...options, verbose: false });
  running.add(server);
  await server.ready();
  return server;
}

export async function stopServer(server: Server): Promise<void> {
  await server.stop();
  running.delete(server);
}
