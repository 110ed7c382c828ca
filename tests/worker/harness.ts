/** Starts the deployable worker as a user would, in workerd with its state on disk, and ends it gently or by force. */

import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from './client.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const FIRST_PORT = 18300;
const PORTS = 90;
const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 10_000;

/** A test run that ends early must not leave a worker behind. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(killGroup));

export type Settings = Readonly<Record<string, string>>;

export interface WorkerOptions {
  readonly settings: Settings;
  readonly port: number;
  /** For the settings and the state: the same folder again is the same deployment after a restart. */
  readonly folder: string;
}

export interface Worker {
  readonly origin: string;
  readonly persistTo: string;
  /** All that wrangler and workerd have printed so far. */
  log(): string;
  /** Every answer the worker gave to any client, whole. */
  readonly transcript: string[];
  /** A browser of its own: no cookies yet. */
  client(): Client;
  stop(): Promise<void>;
  /** SIGKILL to wrangler, workerd and all. */
  kill(): Promise<void>;
}

/** A port that is free on both of localhost's addresses. */
export async function freePort(): Promise<number> {
  const offset = process.pid % PORTS;
  for (let step = 0; step < PORTS; step += 1) {
    const port = FIRST_PORT + ((offset + step) % PORTS);
    if (await isFree(port, '127.0.0.1') && await isFree(port, '::1')) return port;
  }
  throw new Error(`no free port from ${FIRST_PORT} on`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 that could be in use.
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EADDRNOTAVAIL'));
    server.listen(port, host, () => server.close(() => settle(true)));
  });
}

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const persistTo = join(options.folder, 'state');
  const envFile = join(options.folder, 'settings.env');
  writeFileSync(envFile, envText(options.settings), { mode: 0o600 });
  const child = spawn(process.execPath, [
    WRANGLER, 'dev', '-c', 'worker/wrangler.jsonc', '--local', '--port', String(options.port),
    '--persist-to', persistTo, '--env-file', envFile,
  ], {
    cwd: ROOT,
    // A process group of its own, so that workerd ends with wrangler.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
  });
  running.add(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => { log += chunk.toString('utf8'); });
  }

  const origin = `http://localhost:${options.port}`;
  const transcript: string[] = [];
  const worker: Worker = {
    origin,
    persistTo,
    transcript,
    log: () => log,
    client: () => new Client(origin, transcript),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
  try {
    await until(() => {
      if (child.exitCode !== null) throw new Error('wrangler has ended');
      return log.includes('Ready on');
    }, START_MILLISECONDS);
    await worker.client().get('/api/consent');
  } catch (error) {
    await worker.kill();
    throw new Error(`the worker did not start: ${String(error)}\n${log}`);
  }
  return worker;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (!gone()) {
    // Gently it is wrangler's to end its children; a crash asks nobody.
    if (signal === 'SIGTERM') child.kill(signal);
    else killGroup(child);
    await until(gone, STOP_MILLISECONDS).catch(() => undefined);
  }
  killGroup(child);
  running.delete(child);
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is empty already.
  }
}

/** The dotenv syntax that wrangler reads: `\n` in double quotes is a line end, and `$` starts a variable. */
function envText(settings: Settings): string {
  return Object.entries(settings).map(([name, value]) => {
    const escaped = value.replaceAll('$', '\\$');
    if (value.includes('"')) return `${name}='${escaped}'\n`;
    return `${name}="${escaped.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"\n`;
  }).join('');
}

/** Waits for a condition; the deadline is far off, so that only a real failure meets it. */
export async function until(
  condition: () => boolean | Promise<boolean>, milliseconds: number, what = 'the condition',
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!await condition()) {
    if (Date.now() > deadline) throw new Error(`${what} did not come true within ${milliseconds} ms`);
    await new Promise((tick) => setTimeout(tick, 25));
  }
}
