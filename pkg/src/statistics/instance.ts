import * as glue from '../../generated/statistics/tell_connect_bg.js';
import { Instance } from '../server/instance.js';

export const statistics = new Instance(glue);
