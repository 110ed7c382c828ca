// For a bundle that runs in Node: the wasm is within, ready on import.
import bytes from '../../generated/edge/tell_connect_bg.wasm?bytes';
import { compiled } from '../compiled.js';
import { edge } from './instance.js';

edge.start(compiled(bytes));

export * from './index.js';
