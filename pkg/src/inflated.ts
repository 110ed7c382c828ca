import { TellConnectError } from './error.js';
import { SENTENCES } from './generated/core.js';
import { link, start } from './start.js';

/**
 * A page has the wasm within its JavaScript, which every bundler keeps together, and compiles it when it asks for it,
 * once; until then every call says so. Gives `ready`.
 */
export function inflated(glue: object, deflated: Uint8Array): () => Promise<void> {
  link(glue, new Proxy({}, {
    get() {
      throw new TellConnectError('not_ready', SENTENCES.not_ready);
    },
  }));
  const load = async (): Promise<void> => {
    const bytes = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    start(glue, await WebAssembly.compile(await new Response(bytes).arrayBuffer()));
  };
  let loading: Promise<void> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw Object.assign(new TellConnectError('wasm_refused', SENTENCES.wasm_refused), { cause });
    });
    return loading;
  };
}
