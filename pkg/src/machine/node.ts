import { compiled } from '../compiled.js';
import { read } from '../disk.js';
import { machine } from './instance.js';

machine.start(compiled(read(() => new URL('../../generated/machine/tell_connect_bg.wasm', import.meta.url))));

export * from './index.js';
