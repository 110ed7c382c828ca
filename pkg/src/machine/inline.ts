// For a bundle that runs in Node: the wasm is within, ready on import.
import bytes from '../../generated/machine/tell_connect_bg.wasm?bytes';
import { compiled } from '../compiled.js';
import { machine } from './instance.js';

machine.start(compiled(bytes));

export * from './index.js';
