import { compiled } from '../disk.js';
import { machine } from './instance.js';

machine.start(compiled(new URL('../../generated/machine/tell_connect_bg.wasm', import.meta.url)));

export * from './index.js';
