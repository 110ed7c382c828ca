import type { Bank } from './bank.ts';
import { brokenOff } from './worker-cut.ts';

export { Bank } from './bank.ts';

interface Bindings {
  BANK: DurableObjectNamespace<Bank>;
}

export default {
  fetch: async (request, env) => brokenOff(await env.BANK.getByName('bank').fetch(request)),
} satisfies ExportedHandler<Bindings>;
