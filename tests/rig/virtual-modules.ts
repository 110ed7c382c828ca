/** Has Node load the package's worker code as workerd does: with its platform's module, and wasm compiled on import. */

import { registerHooks } from 'node:module';

const PLATFORM = new URL('virtual-workers.ts', import.meta.url).href;
const COMPILED = `import { readFileSync } from 'node:fs';
export default new WebAssembly.Module(readFileSync(new URL(import.meta.url)));`;

type Package = typeof import('tell-connect/worker');

/** The built worker code, `pkg/dist/worker`, and all that it imports. */
export function workerCode(): Promise<Package> {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'cloudflare:workers') return { url: PLATFORM, shortCircuit: true };
      if (!specifier.startsWith('tell-connect/')) return next(specifier, context);
      return next(specifier, { ...context, conditions: ['workerd', ...context.conditions] });
    },
    load: (url, context, next) =>
      url.endsWith('.wasm') ? { format: 'module', source: COMPILED, shortCircuit: true } : next(url, context),
  });
  return import('tell-connect/worker');
}
