import * as glue from '../generated/browser/tell_connect_bg.js';
import { startFromDisk } from './disk.js';

export { TellConnectError } from './error.js';
export { authoriseBody, inspectJws, newUuid, parseRedirect, signingInput } from '../generated/browser/tell_connect_bg.js';

startFromDisk(glue, new URL('../generated/browser/tell_connect_bg.wasm', import.meta.url));

export const ready = (): Promise<void> => Promise.resolve();
