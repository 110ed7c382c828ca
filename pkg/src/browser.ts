import * as glue from '../generated/browser/tell_connect_bg.js';
import { TellConnectError } from './error.js';
import { start } from './start.js';

export { TellConnectError } from './error.js';
export { authoriseBody, inspectJws, newUuid, parseRedirect, signingInput } from '../generated/browser/tell_connect_bg.js';

glue.__wbg_set_wasm(
  new Proxy({}, {
    get() {
      throw new TellConnectError('not_ready', 'Await ready() before the first call.');
    },
  }),
);

let loading: Promise<void> | undefined;

export function ready(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<void> {
  const response = await fetch(new URL('../generated/browser/tell_connect_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`tell-connect: the wasm was answered with status ${response.status}`);
  start(glue, await WebAssembly.compile(await response.arrayBuffer()));
}
