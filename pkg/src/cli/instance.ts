import * as glue from '../../generated/doctor/tell_connect_bg.js';
import { compiled } from '../compiled.js';
import { read } from '../disk.js';
import { Instance } from '../server/instance.js';

export const instance = new Instance(glue);

instance.start(compiled(read(() => new URL('../../generated/doctor/tell_connect_bg.wasm', import.meta.url))));
