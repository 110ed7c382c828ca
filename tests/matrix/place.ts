/** A project of somebody else's for one row: what stands in it, the tools it runs, and what comes of its program. */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { freePort } from '../rig/port.ts';
import { until } from '../rig/until.ts';
import { inChromium, type Look } from './browsers.ts';
import { INDEX, PAGE, PAGE_TELLS, SERVER, SERVER_TELLS } from './programs.ts';
import { TOOLS } from './tools.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm',
};

/** Whatever a tool would tell its maker, it does not. */
const QUIET = {
  NEXT_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', NO_COLOR: '1',
  CI: '1',
};

// However the tests end, no server outlives them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

export class Place {
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(TOOLS, 'rows', name.replace(/\W+/g, '-').toLowerCase());
    rmSync(this.folder, { recursive: true, force: true });
    this.write('package.json', '{ "name": "row", "private": true, "type": "module" }\n');
    // What tools take for the root of a project.
    this.write('yarn.lock', '');
    this.write('page.js', PAGE);
    this.write('server.js', SERVER);
    this.write('index.html', INDEX);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Has an installed package beside the page. */
  copy(name: string): void {
    cpSync(join(TOOLS, 'node_modules', name), join(this.folder, name), { recursive: true });
  }

  /** Runs a tool by its bin, in Node; what it printed. */
  tool(name: string, ...args: string[]): Promise<string> {
    return this.run(process.execPath, binOf(name), ...args);
  }

  /** Runs a program; what it printed. It fails as the program does. */
  run(program: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, ...QUIET };
    return new Promise((resolve, reject) => {
      execFile(program, args, { cwd: this.folder, env }, (error, out, err) => {
        if (error === null) resolve(out);
        else reject(new Error(`${program} ${args.join(' ')}\n${out}\n${err}`));
      });
    });
  }

  /** That the server's program, bundled or not, signs in this Node or in what else is named. */
  async signs(file: string, program = process.execPath, ...args: string[]): Promise<void> {
    assert.deepEqual(JSON.parse(await this.run(program, ...args, file)), SERVER_TELLS);
  }

  /** That the page in a folder works in a browser. */
  async works(folder: string, look = inChromium): Promise<void> {
    const root = join(this.folder, folder);
    await using server = createServer(async ({ url = '/' }, response) => {
      const file = url.endsWith('/') ? `${url}index.html` : url;
      const bytes = await readFile(join(root, file)).catch(() => undefined);
      response.writeHead(bytes === undefined ? 404 : 200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
      response.end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await this.shows(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, look);
  }

  /** That the page at an address does. */
  async shows(url: string, look: Look = inChromium): Promise<void> {
    assert.deepEqual(await look(url), PAGE_TELLS);
  }

  /** What a server's endpoint tells. */
  async answers(url: string): Promise<void> {
    const response = await fetch(url);
    const body = await response.text();
    assert.equal(response.status, 200, body);
    assert.deepEqual(JSON.parse(body), SERVER_TELLS);
  }

  /** Has a tool serve, for as long as `use` takes. */
  async serves(name: string, args: (port: string) => string[], use: (base: string) => Promise<void>): Promise<void> {
    const port = await freePort();
    const command = [binOf(name), ...args(String(port))];
    const options = { cwd: this.folder, env: { ...process.env, ...QUIET }, detached: true };
    const server = spawn(process.execPath, command, options);
    const said: string[] = [];
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => void said.push(String(text)));
    const exited = new Promise<void>((resolve) => void server.once('exit', () => resolve()));
    const kill = (): void => {
      try {
        // The tool, and whatever it started.
        process.kill(-(server.pid as number), 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    process.once('exit', kill);
    try {
      const base = `http://localhost:${port}`;
      await until(async () => {
        if (server.exitCode !== null) throw new Error('the server has ended');
        return fetch(base).then(() => true, () => false);
      }, 60_000, base);
      await use(base);
    } catch (error) {
      throw new Error(`${String(error)}\n${said.join('')}`, { cause: error });
    } finally {
      kill();
      await exited;
      process.off('exit', kill);
    }
  }
}

/** The script that a package's command is. */
function binOf(name: string): string {
  const [folder = name, command = folder.replace(/.*\//, '')] = name.split(':');
  const manifest = join(TOOLS, 'node_modules', folder, 'package.json');
  const { bin } = createRequire(manifest)(manifest) as { bin: string | Record<string, string> };
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command] as string);
}
