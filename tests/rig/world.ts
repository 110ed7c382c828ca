/** The strict gateway, the worker that talks to it as its user would run it, and the journey between them. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ASPSP, startSandbox, type Sandbox, type SandboxOptions, type Scope } from 'tell-connect-sandbox/node';
import { writeEnvFile } from '../../scripts/start/settings.mjs';
import { RESOURCES } from './answers.ts';
import { Client, outcome } from './client.ts';
import { freePort } from './port.ts';
import { LocalServer } from './server.ts';

export const ACCOUNTS = '/api/accounts';
/** Characters that Basic, a form or the settings' file could get wrong; no colon in the id (BAS-2). */
const CLIENT = { clientId: 'tpp-client', clientSecret: 'S3cret:£%41+&=$é \\ #end' };
/** The bytes are the key: the final newlines are part of it (JWS-8). */
const CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----', 'VGhpc0lzTm9SZWFsQ2VydGlmaWNhdGVCdXRBU2VjcmV0S2V5QWxsVGhlU2FtZQ==',
  '-----END CERTIFICATE-----', '', '',
].join('\n');
/** Two prefixes and two versions: whoever signs more or less than the path below the base is found out (JWS-3). */
const BASES = { auth: '/v1', resource: '/bank/v3' };
const DEPLOYABLE = resolve(import.meta.dirname, '../../worker/wrangler.jsonc');

export type Settings = Readonly<Record<string, string>>;

export class World {
  readonly gateway: Sandbox;
  readonly worker: Worker;
  /** Where all of its servers have their state, and find one another. */
  readonly folder: string;

  private constructor(gateway: Sandbox, worker: Worker, folder: string) {
    this.gateway = gateway;
    this.worker = worker;
    this.folder = folder;
  }

  static create(gateway: Partial<SandboxOptions> = {}, settings: Settings = {}): Promise<World> {
    return World.createWith(() => ({ gateway, settings }));
  }

  /** For options that need to know the worker's port, as a redirect URL does. */
  static async createWith(
    options: (port: string) => { gateway: Partial<SandboxOptions>; settings: Settings; config?: string },
  ): Promise<World> {
    const port = await freePort();
    const overrides = options(String(port));
    const redirectUrl = `http://localhost:${port}/api/callback`;
    const application = { app: 'app-1', certificate: CERTIFICATE, redirectUrl };
    const gateway = await startSandbox({
      ...CLIENT, applications: [application], strict: true, bases: BASES, resources: RESOURCES, ...overrides.gateway,
    });
    const folder = mkdtempSync(join(tmpdir(), 'tell-world-'));
    const worker = new Worker(folder, port, overrides.config ?? DEPLOYABLE, {
      TELL_ENVIRONMENT: 'sandbox',
      TELL_ASPSP: ASPSP,
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
    const world = new World(gateway, worker, folder);
    await world.start().catch(async (error: unknown) => {
      await gateway.close();
      throw error;
    });
    return world;
  }

  /** Starts the worker, or starts it again on the state that it left. */
  start(): Promise<void> {
    return this.worker.start();
  }

  async end(): Promise<void> {
    await this.worker.stop();
    await this.gateway.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All that the worker has answered or printed, through all its starts. */
  heard(): string {
    return [...this.worker.transcript, this.worker.log()].join('\n');
  }

  /** The gateway is silent: no request so far has broken a rule. */
  assertNoViolations(): void {
    const told = this.gateway.violations.map(({ rule, message, request }) => `${rule} ${request.target}: ${message}`);
    assert.deepEqual(told, []);
  }
}

/** The deployable worker, or another in its place, with browsers that write down what it answers. */
class Worker {
  /** Every answer to any client, whole. */
  readonly transcript: string[] = [];
  readonly #server: LocalServer;
  readonly #settings: Settings;
  readonly #envFile: string;

  constructor(folder: string, port: number, config: string, settings: Settings) {
    const envFile = join(folder, 'settings.env');
    this.#envFile = envFile;
    this.#settings = settings;
    this.configure({});
    // Without wrangler's own trace, a chunked body that the worker refuses unread often costs the connection.
    const env = { X_LOCAL_OBSERVABILITY: 'true' };
    this.#server = new LocalServer({ name: 'worker', config, port, envFile, folder, env });
  }

  get origin(): string {
    return this.#server.address;
  }

  get persistTo(): string {
    return this.#server.stateDirectory;
  }

  /** Has other settings beside its own from its next start on. */
  configure(settings: Settings): void {
    writeEnvFile(this.#envFile, { ...this.#settings, ...settings });
  }

  /** A browser of its own: no cookies yet. */
  client(): Client {
    return new Client(this.origin, this.transcript);
  }

  log(): string {
    return this.#server.log();
  }

  async start(): Promise<void> {
    await this.#server.start();
    // The page answers before the code behind it has been loaded.
    await this.client().get('/api/consent');
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  kill(): Promise<void> {
    return this.#server.kill();
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
  assert.equal(outcome(client, await client.navigate(await gateway.accept(location))), 'connected');
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
