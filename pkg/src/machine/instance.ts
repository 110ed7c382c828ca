import * as glue from '../../generated/machine/tell_connect_bg.js';
import { Instance } from '../server/instance.js';

export const machine = new Instance(glue);
