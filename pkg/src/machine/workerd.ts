// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/machine/tell_connect_bg.wasm';
import * as glue from '../../generated/machine/tell_connect_bg.js';
import { start } from '../start.js';

export { TellConnectError } from '../error.js';
export { Consent, Settings } from '../../generated/machine/tell_connect_bg.js';

start(glue, wasm);
