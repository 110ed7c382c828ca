import * as glue from '../generated/browser/tell_connect_bg.js';
import { fetched } from './fetched.js';

export * from './api.js';

export const ready = fetched(glue, () => new URL('../generated/browser/tell_connect_bg.wasm', import.meta.url));
