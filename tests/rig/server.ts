/** A server in workerd, run by wrangler as `make start` runs it. None outlives the tests, however those end. */

import { delimiter, join, resolve } from 'node:path';
import { Server } from '../../scripts/start/server.mjs';

// Wrangler is looked for in PATH, where a test that is run by itself need not have it.
const TOOLS = resolve(import.meta.dirname, '../../node_modules/.bin');
process.env['PATH'] = `${TOOLS}${delimiter}${process.env['PATH']}`;

const running = new Set<Server>();
process.on('exit', () => running.forEach((server) => server.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

export interface ServerOptions {
  readonly name: string;
  /** Its wrangler configuration. */
  readonly config: string;
  readonly port: number;
  readonly envFile: string;
  /** For its state, and for wrangler's note of which servers run. */
  readonly folder: string;
  /** Beside what `make start` sets for wrangler. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Can be started again and again, on the state that the last start left. */
export class LocalServer {
  readonly address: string;
  readonly stateDirectory: string;
  readonly #options: ServerOptions;
  readonly #lines: string[] = [];
  #server: Server | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.address = `http://localhost:${options.port}`;
    this.stateDirectory = join(options.folder, 'state', options.name);
  }

  get isRunning(): boolean {
    return this.#server !== undefined;
  }

  /** All that wrangler and workerd have printed, since the first start. */
  log(): string {
    return this.#lines.join('\n');
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const { folder, ...options } = this.#options;
    const server = new Server({
      ...options,
      stateDirectory: this.stateDirectory,
      registry: join(folder, 'registry'),
      verbose: true,
      say: (line: string) => void this.#lines.push(line),
    });
    this.#server = server;
    running.add(server);
    try {
      await server.ready();
    } catch (error) {
      await this.kill();
      throw new Error(`${String(error)}\n${this.log()}`);
    }
  }

  async stop(): Promise<void> {
    await this.#end((server) => server.stop());
  }

  /** SIGKILL to wrangler, workerd and all. */
  async kill(): Promise<void> {
    await this.#end((server) => {
      server.kill('SIGKILL');
      return server.exited;
    });
  }

  async #end(by: (server: Server) => Promise<unknown>): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await by(server);
    running.delete(server);
  }
}
