/**
 * The ready worker, for Cloudflare Workers. Mount it in a worker of yours, beside the Durable Objects that keep consents
 * and orders:
 *
 * ```ts
 * import { ConsentVault, createWorker, CustomerVault, OrderVault, StatisticsVault, TellConnect } from 'tell-connect/worker';
 *
 * export { ConsentVault, CustomerVault, OrderVault, StatisticsVault, TellConnect };
 * export default createWorker();
 * ```
 *
 * @module tell-connect/worker
 */

import { env } from 'cloudflare:workers';
import { TellConnectError } from '../error.js';
import type { Profile } from '../edge/index.js';
import type { Fault } from '../generated/core.js';
import { routes } from './routes.js';
import { Configured, type Env, register } from './settings.js';
import type { Listener, Taker } from './events.js';
import { CustomerVault } from './customer-vault.js';
import { TellConnect } from './entrypoint.js';
import { OrderVault } from './order-vault.js';
import { ConsentVault } from './vault.js';

export { CustomerVault } from './customer-vault.js';
export { TellConnect } from './entrypoint.js';
export type { Authorised, AuthoriseOptions, Payment, PaymentMembers, Planned, Refused, Resource, Result, Returned, SweepPlan } from './entrypoint.js';
export { OrderVault } from './order-vault.js';
export { StatisticsVault } from './statistics-vault.js';
export { ConsentVault } from './vault.js';
export type {
  Allowance, Budget, ConsentState, ConsentView, HostEvent, PaymentState, PaymentTold, Problem, ProblemCode, Scope, Statistics, StatisticsFigures,
  StatisticsKinds,
} from '../generated/core.js';
export type { Brought as SweepResult, Listener, Taker } from './events.js';
export type { Env } from './settings.js';

/** What a worker can be given in code; all else is in its settings. */
export interface WorkerOptions {
  /** Readings of the guide that this bank's gateway makes otherwise. */
  profile?: Profile;
  /** Told what happens to consents, beside the queue `TELL_EVENTS`; again, with the same id, until it is done without an error. */
  onEvent?: Listener;
  /** Takes what sweeps bring, beside the queue `TELL_RESULTS`; again, with the same id, until it is done without an error. */
  onResult?: Taker;
}

/** The worker: what it answers under `/api`, and the vault that keeps its consents under the same profile. */
export interface Worker {
  /** Answers a call under `/api`. */
  fetch(request: Request, env: Env): Response | Promise<Response>;
  /** In place of the exported `ConsentVault` where one module has workers with different profiles. */
  ConsentVault: typeof ConsentVault;
  /** The same of `OrderVault`. */
  OrderVault: typeof OrderVault;
  /** The same of `CustomerVault`. */
  CustomerVault: typeof CustomerVault;
  /** The same of `TellConnect`. */
  TellConnect: typeof TellConnect;
}

/** The worker's handler of everything under `/api`. Settings are variables and secrets, named in `docs/reference/settings.md`. */
export function createWorker(options: WorkerOptions = {}): Worker {
  const configured = new Configured(options.profile, options.onEvent, options.onResult);
  register(configured);
  report(configured, env);
  const app = routes(configured);
  return {
    fetch: (request, env) => app.fetch(request, env),
    ConsentVault: class extends ConsentVault {
      protected override configured(): Configured {
        return configured;
      }
    },
    OrderVault: class extends OrderVault {
      protected override configured(): Configured {
        return configured;
      }
    },
    CustomerVault: class extends CustomerVault {
      protected override configured(): Configured {
        return configured;
      }
    },
    TellConnect: class extends TellConnect {
      protected override configured(): Configured {
        return configured;
      }
    },
  };
}

/** Says at start what is wrong with the settings, every fault at once, and what is probably not meant. */
function report(configured: Configured, env: object): void {
  const list = (faults: readonly Fault[]): string[] => faults.map((fault) => `  ${fault.setting}: ${fault.problem}`);
  try {
    const settings = configured.readAtStart(env)?.settings;
    if (settings === undefined) return;
    const warnings = settings.warnings();
    if (settings.audit === 'queue' && !('TELL_AUDIT_QUEUE' in env)) {
      warnings.push({ setting: 'TELL_AUDIT', problem: 'There is no binding TELL_AUDIT_QUEUE: the log is used.' });
    }
    if (warnings.length > 0) console.warn(['tell-connect was probably not meant to be configured so:', ...list(warnings)].join('\n'));
  } catch (error) {
    const faults = error instanceof TellConnectError ? (error.faults ?? []) : [];
    console.error(['tell-connect is not configured:', ...list(faults)].join('\n'));
  }
}
