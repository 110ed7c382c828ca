import * as glue from '../generated/browser/tell_connect_bg.js';
import { compiled } from './compiled.js';
import { read } from './disk.js';
import { start } from './start.js';

export * from './api.js';

start(glue, compiled(read(() => new URL('../generated/browser/tell_connect_bg.wasm', import.meta.url))));

export const ready = (): Promise<void> => Promise.resolve();
