// workerd: the module comes compiled, ready on import.
import wasm from '../../generated/server/tell_connect_bg.wasm';
import { startServer } from './instance.js';

startServer(wasm);
