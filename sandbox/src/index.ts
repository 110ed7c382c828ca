import type { Bank } from './bank.ts';
import { DEFAULT_BASES } from './bases.ts';
import { FaultPlan } from './fault-plan.ts';
import { createGateway } from './gateway.ts';
import { serve } from './serve.ts';
import { readSettings } from './settings.ts';
import { breakOff } from './worker-cut.ts';

export { Bank } from './bank.ts';

interface Bindings {
  BANK: DurableObjectNamespace<Bank>;
  /** The settings arrive here too, unread: see `readSettings`. */
  [setting: string]: unknown;
}

const gateway = createGateway(DEFAULT_BASES);

export default {
  async fetch(request, env) {
    const configuration = readSettings(env);
    // One bank in the world, so that every call sees the same books.
    const surroundings = { configuration, desk: env.BANK.getByName('bank'), now: Date.now(), cut: breakOff };
    const faults = 'settings' in configuration ? configuration.settings.faults : {};
    const wholeBodies = Object.keys(faults).length > 0;
    const plan = new FaultPlan(faults);
    return serve({ gateway, bases: DEFAULT_BASES, plan, wholeBodies }, request, surroundings);
  },
} satisfies ExportedHandler<Bindings>;
