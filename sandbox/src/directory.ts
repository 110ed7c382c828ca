import type { Application } from './applications.ts';
import type { EnvironmentName } from './life.ts';
import type { Register } from './register.ts';
import type { Settings } from './settings.ts';
import { hashOf } from './tokens.ts';

/** A TPP's credentials, as far as the gateway knows them. */
export interface Client {
  clientId: string;
  /** Whose they are; null for those of the settings. */
  developer: string | null;
  matches(secret: string): Promise<boolean>;
}

/** Who may call one environment's gateway: whom its settings name, and who has registered at the portal. */
export class Directory {
  readonly #settings: Pick<Settings, 'client' | 'applications'>;
  readonly #register: Register | undefined;
  readonly #environment: EnvironmentName;

  constructor(settings: Settings, register?: Register) {
    this.#settings = settings;
    this.#register = register;
    this.#environment = settings.environment;
  }

  client(clientId: string): Client | undefined {
    const { client } = this.#settings;
    if (client?.clientId === clientId) {
      return { clientId, developer: null, matches: (secret) => sameSecret(secret, hashOf(client.clientSecret)) };
    }
    const known = this.#register?.client(clientId);
    // Credentials of one environment are none in the other (ENV-5).
    if (known?.environment !== this.#environment) return undefined;
    const { developer, secretHash } = known;
    return { clientId, developer, matches: (secret) => sameSecret(secret, secretHash) };
  }

  /** At this time, since a certificate may be on its way out. */
  application(app: string, now: number): Application | undefined {
    const configured = this.#settings.applications.find((application) => application.app === app);
    return configured ?? this.#register?.inEnvironment(app, this.#environment, now) ?? undefined;
  }

  /** For a hint alone: whose key a signature was made with. */
  applications(now: number): Application[] {
    return [...this.#settings.applications, ...(this.#register?.allInEnvironment(this.#environment, now) ?? [])];
  }
}

/** Hashes are compared, so that the time taken says nothing about the secret. */
async function sameSecret(secret: string, expected: string | Promise<string>): Promise<boolean> {
  return (await hashOf(secret)) === (await expected);
}
