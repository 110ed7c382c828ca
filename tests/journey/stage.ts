/** Page, worker and sandbox gateway as `make start` runs them, for visitors with real browsers of their own. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { writeSettings } from '../../scripts/start/settings.mjs';
import { launch } from '../rig/chromium.ts';
import { freePort } from '../rig/port.ts';
import { LocalServer } from '../rig/server.ts';
import { Tap } from './tap.ts';
import { Visitor } from './visitor.ts';

const ROOT = resolve(import.meta.dirname, '../..');

type Ports = Readonly<Record<'worker' | 'sandbox', number>>;

export class Stage {
  /** Between the browsers and the worker. */
  readonly front: Tap;
  /** Between the worker, or a browser, and the gateway. */
  readonly back: Tap;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tell-journey-'));
  readonly #worker: LocalServer;
  readonly #sandbox: LocalServer;
  readonly #browser: Browser;

  private constructor(ports: Ports, taps: { front: Tap; back: Tap }, browser: Browser) {
    this.front = taps.front;
    this.back = taps.back;
    this.#browser = browser;
    // Each side takes the tap for the other.
    const envFiles = writeSettings(this.#folder, { worker: this.front.port, sandbox: this.back.port });
    const server = (name: 'worker' | 'sandbox'): LocalServer => new LocalServer({
      name,
      config: join(ROOT, name, 'wrangler.jsonc'),
      port: ports[name],
      envFile: envFiles[name],
      folder: this.#folder,
    });
    this.#worker = server('worker');
    this.#sandbox = server('sandbox');
  }

  static async open(): Promise<Stage> {
    const ports = { worker: await freePort(), sandbox: await freePort() };
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
    await Promise.all([this.#worker.start(), this.#sandbox.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#worker.stop(), this.#sandbox.stop()]);
  }

  /** The gateway goes away, and what it has stored stays. */
  async lose(): Promise<void> {
    await Promise.all([this.back.close(), this.#sandbox.stop()]);
  }

  /** The gateway is back, if it was away. */
  async regain(): Promise<void> {
    if (this.#sandbox.isRunning) return;
    await Promise.all([this.back.open(), this.#sandbox.start()]);
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
}
