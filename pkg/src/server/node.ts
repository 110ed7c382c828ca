import { compiled } from '../disk.js';
import { startServer } from './instance.js';

startServer(compiled(new URL('../../generated/server/tell_connect_bg.wasm', import.meta.url)));
