import * as glue from '../../generated/machine/tell_connect_bg.js';
import { startFromDisk } from '../disk.js';

export { TellConnectError } from '../error.js';
export { Consent, Settings } from '../../generated/machine/tell_connect_bg.js';

startFromDisk(glue, new URL('../../generated/machine/tell_connect_bg.wasm', import.meta.url));
