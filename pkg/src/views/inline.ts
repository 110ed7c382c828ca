// For a bundle that runs in Node: the wasm is within, ready on import.
import bytes from '../../generated/views/tell_connect_bg.wasm?bytes';
import * as glue from '../../generated/views/tell_connect_bg.js';
import { compiled } from '../compiled.js';
import { start } from '../start.js';

export * from './api.js';

start(glue, compiled(bytes));

export const ready = (): Promise<void> => Promise.resolve();
