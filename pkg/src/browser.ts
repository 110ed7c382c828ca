// The bytes come first: a page's gzip compresses them best alone.
import deflated from '../generated/browser/tell_connect_bg.deflated';
import * as glue from '../generated/browser/tell_connect_bg.js';
import { inflated } from './inflated.js';

export * from './api.js';

export const ready = inflated(glue, deflated);
