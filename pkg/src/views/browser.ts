import * as glue from '../../generated/views/tell_connect_bg.js';
import { fetched } from '../fetched.js';

export * from './api.js';

export const ready = fetched(glue, () => new URL('../../generated/views/tell_connect_bg.wasm', import.meta.url));
