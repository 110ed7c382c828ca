// workerd: the module comes compiled, ready on import.
import wasm from '../generated/browser/tell_connect_bg.wasm';
import * as glue from '../generated/browser/tell_connect_bg.js';
import { start } from './start.js';

export { TellConnectError } from './error.js';
export { authoriseBody, inspectJws, newUuid, parseRedirect, signingInput } from '../generated/browser/tell_connect_bg.js';

start(glue, wasm);

export const ready = (): Promise<void> => Promise.resolve();
