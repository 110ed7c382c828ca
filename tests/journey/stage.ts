/** Page, worker and sandbox gateway as `make start` runs them, for visitors with real browsers of their own. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { writeSettings } from '../../scripts/start/settings.mjs';
import { launch } from './browser.ts';
import { freePort } from './ports.ts';
import { startServer, stopServer, type Server } from './servers.ts';
import { Tap } from './tap.ts';
import { Visitor } from './visitor.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Ports {
  readonly worker: number;
  readonly sandbox: number;
}

export class Stage {
  /** Between the browsers and the worker. */
  readonly front: Tap;
  /** Between the worker, or a browser, and the gateway. */
  readonly back: Tap;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tell-journey-'));
  readonly #ports: Ports;
  readonly #servers = new Map<string, Server>();
  readonly #envFiles: { readonly worker: string; readonly sandbox: string };
  readonly #browser: Browser;

  private constructor(ports: Ports, taps: { front: Tap; back: Tap }, browser: Browser) {
    this.#ports = ports;
    this.front = taps.front;
    this.back = taps.back;
    this.#browser = browser;
    // Each side takes the tap for the other.
    this.#envFiles = writeSettings(this.#folder, { worker: this.front.port, sandbox: this.back.port });
  }

  static async open(): Promise<Stage> {
    const ports = { worker: await freePort(18500, 18529), sandbox: await freePort(18530, 18559) };
    const taps = { front: new Tap(ports.worker), back: new Tap(ports.sandbox) };
    await Promise.all([taps.front.open(), taps.back.open()]);
    const stage = new Stage(ports, taps, await launch());
    try {
      await stage.start();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  get address(): string {
    return `http://localhost:${this.front.port}`;
  }

  /** Every access and refresh token that the gateway has given out. */
  tokens(): string[] {
    const issued = this.back.heard().matchAll(/"(?:access|refresh)_token":\s*"([^"]+)"/g);
    return Array.from(issued, ([, token = '']) => token);
  }

  /** What no browser may ever see: the configured secrets, and every token issued so far. */
  secrets(): string[] {
    const file = readFileSync(join(this.#folder, 'secrets.json'), 'utf8');
    const { clientId, clientSecret, certificate, vaultKey } = JSON.parse(file) as Record<string, string>;
    return [clientSecret, `${clientId}:${clientSecret}`, certificate, vaultKey, ...this.tokens()]
      .filter((secret) => secret !== undefined);
  }

  /** Starts both servers, on the state that the last ones left. */
  async start(): Promise<void> {
    await Promise.all([this.#run('worker'), this.#run('sandbox')]);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((name) => this.#halt(name)));
  }

  /** The gateway goes away, and what it has stored stays. */
  async lose(): Promise<void> {
    await Promise.all([this.back.close(), this.#halt('sandbox')]);
  }

  /** The gateway is back, if it was away. */
  async regain(): Promise<void> {
    if (this.#servers.has('sandbox')) return;
    await Promise.all([this.back.open(), this.#run('sandbox')]);
  }

  /** Somebody with a browser profile of their own: no cookies yet. */
  visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    return Visitor.arrive(this.#browser, this.address, options);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await Promise.all([this.stop(), this.front.close(), this.back.close()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(name: 'worker' | 'sandbox'): Promise<void> {
    const server = await startServer({
      name,
      config: join(ROOT, name, 'wrangler.jsonc'),
      port: this.#ports[name],
      envFile: this.#envFiles[name],
      stateDirectory: join(this.#folder, 'state', name),
      registry: join(this.#folder, 'state', 'registry'),
    });
    this.#servers.set(name, server);
  }

  async #halt(name: string): Promise<void> {
    const server = this.#servers.get(name);
    if (server === undefined) return;
    this.#servers.delete(name);
    await stopServer(server);
  }
}
