// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/statistics/tell_connect_bg.wasm';
import { statistics } from './instance.js';

statistics.start(wasm);

export * from './index.js';
