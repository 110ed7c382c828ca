/** `node tests/matrix/install.ts`, for the set-up of `make test`. */

import { install } from './tools.ts';

install();
