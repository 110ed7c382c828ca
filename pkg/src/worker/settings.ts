import { Settings } from '../machine/workerd.js';
import type { Profile } from '../edge/index.js';
import { TellConnectError } from '../error.js';
import { SETTINGS } from '../generated/core.js';
import type { Listener, Taker } from './events.js';
import type { Limits } from './limit.js';
import { Seal } from './seal.js';

/** The worker's bindings. Variables and secrets are read by name in Rust. */
export interface Env extends Limits {
  /** The consents, an object each. */
  CONSENTS: DurableObjectNamespace<import('./vault.js').ConsentVault>;
  /** For payments of an order, which is paid once. */
  ORDERS?: DurableObjectNamespace<import('./order-vault.js').OrderVault>;
  /** For backends that name their customers. */
  CUSTOMERS?: DurableObjectNamespace<import('./customer-vault.js').CustomerVault>;
  /** For the statistics: without it nothing is counted. */
  STATISTICS?: DurableObjectNamespace<import('./statistics-vault.js').StatisticsVault>;
  /** Where the host is told what happens to its consents. */
  TELL_EVENTS?: Queue;
  /** Where what sweeps bring is handed on to the host. */
  TELL_RESULTS?: Queue;
  /** With `TELL_AUDIT=queue`: where the audit trail goes. */
  TELL_AUDIT_QUEUE?: Queue;
}

/** The settings, read once, and the vault's keys. */
export interface Configuration {
  settings: Settings;
  seal: Promise<Seal>;
}

/** What one worker is configured by: its own profile, and the settings of where it runs. */
export class Configured {
  #read: Configuration | undefined;

  constructor(
    readonly profile: Profile | undefined,
    /** The host's handler of events. */
    readonly listener?: Listener,
    /** The host's handler of what sweeps bring. */
    readonly taker?: Taker,
  ) {}

  /** @throws {TellConnectError} `configuration_invalid` with every fault */
  async read(env: object): Promise<Configuration> {
    if (this.#read !== undefined) return this.#read;
    const stored = await Promise.all(storedIn(env).map(async ([name, secret]) => [name, await secret.get()] as const));
    const read = this.#of({ ...env, ...Object.fromEntries(stored) });
    // Another request must not wait for a promise of this one's.
    await read.seal;
    return (this.#read ??= read);
  }

  /**
   * The same while the worker starts, where no store can be asked: nothing then.
   *
   * @throws {TellConnectError} `configuration_invalid` with every fault
   */
  readAtStart(env: object): Configuration | undefined {
    return storedIn(env).length > 0 ? undefined : (this.#read ??= this.#of(env));
  }

  #of(env: object): Configuration {
    const own = {
      ...env,
      ...(this.listener && { TELL_EVENTS: this.listener }),
      ...(this.taker && { TELL_RESULTS: this.taker }),
    };
    const settings = Settings.read(own, this.profile);
    return { settings, seal: Seal.of(settings.vaultKeys()) };
  }
}

/** Settings that are in Cloudflare's Secrets Store, which tells them when asked. */
function storedIn(env: object): [string, SecretsStoreSecret][] {
  return Object.entries(env).filter((entry): entry is [string, SecretsStoreSecret] => isStored(...entry));
}

/** Any service answers to `get`, and so do objects: the name says that it is a setting. */
function isStored(name: string, value: unknown): boolean {
  const isSetting = name.startsWith('TELL_') && (SETTINGS as readonly string[]).includes(name);
  return isSetting && typeof value === 'object' && value !== null && typeof (value as SecretsStoreSecret).get === 'function';
}

const created: Configured[] = [];

/** A worker was created: the vault that is exported beside it is under its profile. */
export function register(configured: Configured): void {
  created.push(configured);
}

/**
 * What a vault that belongs to no worker in particular is configured by: the one worker of this module.
 *
 * @throws {TellConnectError} `configuration_invalid` where there are several with different profiles
 */
export function only(): Configured {
  const [first, ...others] = created;
  if (first === undefined) return (created[0] = new Configured(undefined));
  const text = (configured: Configured): string => JSON.stringify(configured.profile ?? {});
  if (others.every((other) => text(other) === text(first))) return first;
  const problem = 'Workers of this module have different profiles: export the vault of each, `worker.ConsentVault`.';
  throw new TellConnectError('configuration_invalid', problem, { faults: [{ setting: 'profile', problem }] });
}
