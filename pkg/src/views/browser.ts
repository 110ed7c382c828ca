import * as glue from '../../generated/views/tell_connect_bg.js';
import { TellConnectError } from '../error.js';
import { SENTENCES } from '../generated/core.js';
import { link, start } from '../start.js';

export * from './api.js';

link(glue, new Proxy({}, {
  get() {
    throw new TellConnectError('not_ready', SENTENCES.not_ready);
  },
}));

let loading: Promise<void> | undefined;

export function ready(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<void> {
  const response = await fetch(new URL('../../generated/views/tell_connect_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`tell-connect: the wasm was answered with status ${response.status}`);
  start(glue, await WebAssembly.compile(await response.arrayBuffer()));
}
