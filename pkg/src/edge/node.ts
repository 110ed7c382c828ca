import { compiled } from '../disk.js';
import { edge } from './instance.js';

edge.start(compiled(new URL('../../generated/edge/tell_connect_bg.wasm', import.meta.url)));

export * from './index.js';
