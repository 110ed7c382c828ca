// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/machine/tell_connect_bg.wasm';
import { machine } from './instance.js';

machine.start(wasm);

export * from './index.js';
