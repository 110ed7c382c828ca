// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/edge/tell_connect_bg.wasm';
import * as glue from '../../generated/edge/tell_connect_bg.js';
import { start } from '../start.js';

export { TellConnectError } from '../error.js';
export { Signer, Tpp } from '../../generated/edge/tell_connect_bg.js';

start(glue, wasm);
