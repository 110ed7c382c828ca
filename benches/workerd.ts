/** workerd as it is, without wrangler before it: a worker bundled, served on loopback, and asked from outside. */

import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import type { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import workerd from 'workerd';

/** Of `nodejs_compat`, on which the peers made for Node depend, a default since 2026-08-04. */
export const COMPATIBILITY_DATE = '2026-11-01';

// CommonJS packages ask for Node's own modules by `require`, which esbuild leaves to the runtime under this name.
const ASKED = '__require(';
const ANSWER = "import { createRequire } from 'node:module'; const require = createRequire('/');\n";

/** A worker's files by name. The first is the entry. */
export interface Bundle {
  folder: string;
  modules: string[];
}

export async function bundle(entry: string, folder: string, alias: Record<string, string> = {}): Promise<Bundle> {
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    platform: 'node',
    conditions: ['workerd', 'worker'],
    external: ['node:*'],
    loader: { '.wasm': 'copy', '.pem': 'text' },
    assetNames: '[name]-[hash]',
    alias,
    metafile: true,
    logLevel: 'warning',
  });
  const modules = Object.keys(metafile.outputs).map((path) => basename(path));
  for (const file of modules.filter((name) => name.endsWith('.js')).map((name) => join(folder, name))) {
    const code = readFileSync(file, 'utf8');
    if (code.includes(ASKED)) writeFileSync(file, ANSWER + code);
  }
  return { folder, modules: modules.toSorted((one) => (one.endsWith('.js') ? -1 : 1)) };
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** Asks a worker, over one connection that is kept. */
export class Workerd {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #child: ChildProcess;
  #port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
  }

  /** `loads` are further files, which the worker gets as data to make isolates of. */
  static async serve({ folder, modules }: Bundle, loads: string[] = []): Promise<Workerd> {
    const config = join(folder, 'config.capnp');
    writeFileSync(config, configuration(modules, loads));
    const child = spawn(workerd.default, ['serve', '--experimental', '--control-fd=3', config], {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    });
    running.add(child);
    return new Workerd(child, await listening(child));
  }

  ask(path: string): Promise<string> {
    return new Promise((settle, fail) => {
      get({ agent: this.#agent, host: '127.0.0.1', port: this.#port, path }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('error', fail);
        answer.on('end', () => (answer.statusCode === 200 ? settle(text) : fail(new Error(text))));
      }).on('error', fail);
    });
  }

  /** Milliseconds from the question to the whole answer. */
  async time(path: string): Promise<number> {
    const started = performance.now();
    await this.ask(path);
    return performance.now() - started;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#child.kill();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    running.delete(this.#child);
  }
}

/** The port it has taken, which it tells by a line of JSON. */
async function listening(child: ChildProcess): Promise<number> {
  const told = once(child.stdio[3] as Readable, 'data').then(([line]) => JSON.parse(String(line)) as { port: number });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('workerd has ended')));
  return (await Promise.race([told, ended])).port;
}

/** A folder that is gone when the work is done. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tell-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(modules: string[], loads: string[]): string {
  const module = (name: string): string =>
    `(name = "${name}", ${name.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${name}")`;
  const load = (name: string): string => `(name = "${name}", data = embed "${name}")`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.map(module).join(', ')}],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  bindings = [${[...loads.map(load), '(name = "LOADER", workerLoader = ())'].join(', ')}],
);
`;
}
