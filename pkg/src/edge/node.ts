import * as glue from '../../generated/edge/tell_connect_bg.js';
import { startFromDisk } from '../disk.js';

export { TellConnectError } from '../error.js';
export { Signer, Tpp } from '../../generated/edge/tell_connect_bg.js';

startFromDisk(glue, new URL('../../generated/edge/tell_connect_bg.wasm', import.meta.url));
