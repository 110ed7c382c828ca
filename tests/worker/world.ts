/** The strict gateway and the worker that talks to it, wired to each other, and the journey between them. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '../gateway/bank.ts';
import { POCKIT, startGateway, type Application, type Gateway, type GatewayOptions } from '../gateway/gateway.ts';
import { outcome, type Client } from './client.ts';
import { freePort, startWorker, type Settings, type Worker } from './harness.ts';

export const ACCOUNTS = '/api/accounts';
/** Characters that Basic, a form or the settings' file could get wrong; no colon in the id (BAS-2). */
const CLIENT = { clientId: 'tpp-client', clientSecret: 'S3cret:£%41+&=$é \\ #end' };
/** The bytes are the key: the final newlines are part of it (JWS-8). */
const CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----', 'VGhpc0lzTm9SZWFsQ2VydGlmaWNhdGVCdXRBU2VjcmV0S2V5QWxsVGhlU2FtZQ==',
  '-----END CERTIFICATE-----', '', '',
].join('\n');

export class World {
  readonly gateway: Gateway;
  readonly settings: Settings;
  worker!: Worker;
  readonly #past: Worker[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'tell-world-'));
  readonly #port: number;

  private constructor(gateway: Gateway, port: number, settings: Settings) {
    this.gateway = gateway;
    this.#port = port;
    this.settings = settings;
  }

  static create(gateway: Partial<GatewayOptions> = {}, settings: Settings = {}): Promise<World> {
    return World.createWith(() => ({ gateway, settings }));
  }

  /** For options that need to know the worker's port, as a redirect URL does. */
  static async createWith(
    options: (port: string) => { gateway: Partial<GatewayOptions>; settings: Settings },
  ): Promise<World> {
    const port = await freePort();
    const overrides = options(String(port));
    const redirectUrl = `http://localhost:${port}/api/callback`;
    const application: Application = { app: 'app-1', certificate: Buffer.from(CERTIFICATE), redirectUrl };
    const gateway = await startGateway({ ...CLIENT, applications: [application], ...overrides.gateway });
    const world = new World(gateway, port, {
      TELL_ENVIRONMENT: 'sandbox',
      TELL_ASPSP: POCKIT,
      TELL_APP: application.app,
      TELL_CERTIFICATE: CERTIFICATE,
      TELL_REDIRECT_URL: redirectUrl,
      TELL_CLIENT_ID: CLIENT.clientId,
      TELL_CLIENT_SECRET: CLIENT.clientSecret,
      TELL_VAULT_KEY: Buffer.alloc(32, 'vault-key').toString('base64'),
      TELL_AUTH_BASE_URL: gateway.authBase,
      TELL_RESOURCE_BASE_URL: gateway.resourceBase,
      ...overrides.settings,
    });
    await world.start().catch(async (error: unknown) => {
      await gateway.close();
      throw error;
    });
    return world;
  }

  /** Starts the worker, or starts it again on the state the last one left. */
  async start(): Promise<void> {
    this.worker = await startWorker({ settings: this.settings, port: this.#port, folder: this.#folder });
    this.#past.push(this.worker);
  }

  async end(): Promise<void> {
    await this.worker.stop();
    await this.gateway.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** All that any worker of this world has answered or printed. */
  heard(): string {
    return this.#past.flatMap((worker) => [...worker.transcript, worker.log()]).join('\n');
  }

  /** The gateway is silent: no request so far has broken a rule. */
  assertNoViolations(): void {
    const told = this.gateway.violations.map(({ rule, message, request }) => `${rule} ${request.target}: ${message}`);
    assert.deepEqual(told, []);
  }
}

export interface Authorisation {
  readonly uuid: string;
  readonly location: string;
  readonly expiresAt: string;
}

export async function authorise(client: Client, scope: Scope = 'aisp'): Promise<Authorisation> {
  const reply = await client.post('/api/authorise', { scope });
  assert.equal(reply.status, 201, reply.text);
  return reply.json<Authorisation>();
}

/** From nothing to a consent in use. */
export async function connect({ gateway, worker }: World, scope: Scope = 'aisp'): Promise<Client> {
  const client = worker.client();
  const { location } = await authorise(client, scope);
  assert.equal(outcome(client, await client.navigate(gateway.accept(location))), 'connected');
  return client;
}

export interface ConsentView {
  readonly scope: Scope;
  readonly state: string;
  readonly permissions: readonly string[];
  readonly grantedAt: string | null;
  readonly expiresAt: string | null;
}

export async function consent(client: Client, scope: Scope = 'aisp'): Promise<ConsentView> {
  const reply = await client.get(scope === 'aisp' ? '/api/consent' : `/api/consent?scope=${scope}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json<ConsentView>();
}

export async function consentState(client: Client, scope: Scope = 'aisp'): Promise<string> {
  return (await consent(client, scope)).state;
}
