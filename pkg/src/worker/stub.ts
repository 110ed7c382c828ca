// The way to a consent's object, and what the platform's own failures on that way mean.
import { TellConnectError } from '../error.js';
import type { ConsentView, Problem, Wish } from '../generated/core.js';
import { isFault, problemOf } from './problem.js';
import type { Configuration } from './settings.js';
import type { ConsentVault, Reply } from './vault.js';

/** A consent's object as its callers see it. */
export interface Vault {
  ask(wish: Wish): Promise<Reply>;
  view(isStranger?: boolean): Promise<ConsentView | Problem | null>;
  journey(): Promise<string>;
}

type Namespace = DurableObjectNamespace<ConsentVault>;

/** The consents of this worker, by name. */
export function consents(namespace: Namespace, { settings }: Pick<Configuration, 'settings'>): (name: string) => Vault {
  const { jurisdiction, environment } = settings;
  const own = jurisdiction === undefined ? namespace : narrowed(namespace, jurisdiction, environment);
  return (name) => vaultOf(() => own.get(own.idFromName(name)));
}

/**
 * The namespace within its jurisdiction. workerd on a machine of one's own has none: sandbox goes on without, and
 * production does not, since nothing may be stored where it must not be.
 */
function narrowed(namespace: Namespace, jurisdiction: 'eu' | 'us', environment: 'sandbox' | 'production'): Namespace {
  try {
    return namespace.jurisdiction(jurisdiction);
  } catch {
    if (environment === 'sandbox') return namespace;
    const fault = 'This platform keeps no objects within a jurisdiction.';
    const faults = [{ setting: 'TELL_JURISDICTION', problem: fault }];
    throw new TellConnectError('configuration_invalid', fault, { faults });
  }
}

/** Calls a stub; what may be tried again is, once and on a fresh stub: one that failed stays broken. */
export function vaultOf(stub: () => Vault): Vault {
  async function tried<T>(isRepeatable: boolean, call: (vault: Vault) => Promise<T>): Promise<T> {
    try {
      return await call(stub());
    } catch (error) {
      if (!isRepeatable || !isFault(error, 'retryable')) throw error;
      return call(stub());
    }
  }
  return {
    ask: (wish) => tried(isRepeatable(wish), (vault) => vault.ask(wish))
      .catch((error: unknown) => ({ kind: 'failed', problem: problemOf(error) })),
    view: (isStranger) => tried(true, (vault) => vault.view(isStranger)).catch(problemOf),
    journey: () => tried(true, (vault) => vault.journey()),
  };
}

/**
 * A repeated callback shows the same outcome (RED-4), a repeated start asks anew with a fresh uuid or finds the first,
 * and what is erased twice is erased. A call that changes something at the bank is made once.
 */
const isRepeatable = (wish: Wish): boolean => wish.type !== 'wanted' || wish.method === 'GET';
