// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/edge/tell_connect_bg.wasm';
import { edge } from './instance.js';

edge.start(wasm);

export * from './index.js';
