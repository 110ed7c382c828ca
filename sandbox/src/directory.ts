import type { Application } from './applications.ts';
import type { EnvironmentName } from './life.ts';
import type { Role } from './register/developers.ts';
import type { Register } from './register.ts';
import type { Settings } from './settings.ts';
import { hashOf } from './tokens.ts';

/** A TPP's credentials, as far as the gateway knows them. */
export interface Client {
  clientId: string;
  /** Whose they are; null for those of the settings. */
  developer: string | null;
  /** What it may ask for; null where nobody holds it to that: in the sandbox, and with those of the settings. */
  roles: readonly Role[] | null;
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
      const matches = (secret: string) => sameSecret(secret, hashOf(client.clientSecret));
      return { clientId, developer: null, roles: null, matches };
    }
    const known = this.#register?.clients.find(clientId);
    // Credentials of one environment are none in the other (ENV-5).
    if (known?.environment !== this.#environment) return undefined;
    const { developer, secretHash } = known;
    const roles = this.#environment === 'sandbox' ? null : (this.#register?.developers.find(developer)?.roles ?? []);
    return { clientId, developer, roles, matches: (secret) => sameSecret(secret, secretHash) };
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
