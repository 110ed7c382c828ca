import { compiled } from '../compiled.js';
import { read } from '../disk.js';
import { edge } from './instance.js';

edge.start(compiled(read(() => new URL('../../generated/edge/tell_connect_bg.wasm', import.meta.url))));

export * from './index.js';
