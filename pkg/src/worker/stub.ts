// The way to consents' and orders' objects, and what the platform's own failures on that way mean.
import { TellConnectError } from '../error.js';
import type { ConsentAbout, ConsentView, Problem, Wish } from '../generated/core.js';
import type { CustomerVault } from './customer-vault.js';
import type { OrderQuestion, OrderReply, OrderVault } from './order-vault.js';
import { isFault, problemOf } from './problem.js';
import type { Configuration, Env } from './settings.js';
import type { ConsentVault, Reply } from './vault.js';

/** A consent's object as its callers see it. */
export interface Vault {
  ask(wish: Wish): Promise<Reply>;
  view(isStranger?: boolean): Promise<ConsentView | Problem | null>;
  about(): Promise<ConsentAbout | null>;
  journey(): Promise<string>;
}

/** An order's object as its callers see it. */
export interface OrderStub {
  ask(question: OrderQuestion): Promise<OrderReply>;
}

type Settings = Pick<Configuration, 'settings'>;

/** The consents of this worker, by name. */
export function consents(env: Env, configuration: Settings): (name: string) => Vault {
  const own = narrowed<ConsentVault>(env.CONSENTS, configuration);
  return (name) => vaultOf(() => own.get(own.idFromName(name)));
}

/** The consent of that object. */
export function consentOf(env: Env, configuration: Settings, id: string): Vault {
  const own = narrowed<ConsentVault>(env.CONSENTS, configuration);
  return vaultOf(() => own.get(own.idFromString(id)));
}

/** The orders of this worker, by name. Where an order cannot be asked, nobody may pay it. */
export function orders(env: Env, configuration: Settings): (name: string) => OrderStub {
  const { ORDERS } = env;
  if (ORDERS === undefined) throw missing('ORDERS', 'Orders need a binding of the class OrderVault.');
  const own = narrowed<OrderVault>(ORDERS, configuration);
  const failed = (error: unknown): OrderReply => ({ claim: 'failed', problem: problemOf(error) });
  return (name) => ({ ask: (question) => own.get(own.idFromName(name)).ask(question).catch(failed) });
}

/** The customers of this worker, by the name of their object. */
export function customers(env: Env, configuration: Settings): (name: string) => DurableObjectStub<CustomerVault> {
  const { CUSTOMERS } = env;
  if (CUSTOMERS === undefined) throw missing('CUSTOMERS', 'Customers need a binding of the class CustomerVault.');
  const own = narrowed<CustomerVault>(CUSTOMERS, configuration);
  return (name) => own.get(own.idFromName(name));
}

/**
 * The namespace within its jurisdiction. workerd on a machine of one's own has none: sandbox goes on without, and
 * production does not, since nothing may be stored where it must not be.
 */
export function narrowed<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  { settings: { jurisdiction, environment } }: Settings,
): DurableObjectNamespace<T> {
  if (jurisdiction === undefined) return namespace;
  try {
    return namespace.jurisdiction(jurisdiction);
  } catch {
    if (environment === 'sandbox') return namespace;
    throw missing('TELL_JURISDICTION', 'This platform keeps no objects within a jurisdiction.');
  }
}

function missing(setting: string, problem: string): TellConnectError {
  return new TellConnectError('configuration_invalid', problem, { faults: [{ setting, problem }] });
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
    about: () => tried(true, (vault) => vault.about()),
    journey: () => tried(true, (vault) => vault.journey()),
  };
}

/**
 * A repeated callback shows the same outcome (RED-4), a repeated start asks anew with a fresh uuid or finds the first,
 * what is erased twice is erased, and a payment is sent once however often it is asked for (PAY-4). Another call that
 * changes something at the bank is made once.
 */
const isRepeatable = (wish: Wish): boolean => wish.type !== 'wanted' || wish.method === 'GET';
