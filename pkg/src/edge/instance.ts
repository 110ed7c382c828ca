import * as glue from '../../generated/edge/tell_connect_bg.js';
import { Instance } from '../server/instance.js';

export const edge = new Instance(glue);
