import { TellConnectError } from './error.js';
import { SENTENCES } from './generated/core.js';
import { link, start } from './start.js';

/** A page fetches the wasm when it asks for it, once; until then every call says so. Gives `ready`. */
export function fetched(glue: object, url: () => URL): () => Promise<void> {
  link(glue, new Proxy({}, {
    get() {
      throw new TellConnectError('not_ready', SENTENCES.not_ready);
    },
  }));
  const load = async (): Promise<void> => {
    const response = await fetch(url());
    if (!response.ok) throw new Error(`tell-connect: the wasm was answered with status ${response.status}`);
    start(glue, await WebAssembly.compile(await response.arrayBuffer()));
  };
  let loading: Promise<void> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
