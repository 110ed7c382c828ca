// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/views/tell_connect_bg.wasm';
import * as glue from '../../generated/views/tell_connect_bg.js';
import { start } from '../start.js';

export * from './api.js';

start(glue, wasm);

export const ready = (): Promise<void> => Promise.resolve();
