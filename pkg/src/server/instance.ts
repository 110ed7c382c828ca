// The one wasm behind `tell-connect/edge` and `tell-connect/machine`, and its memory.
import * as glue from '../../generated/server/tell_connect_bg.js';
import { start } from '../start.js';

let memory: WebAssembly.Memory | undefined;

export function startServer(module: WebAssembly.Module): void {
  memory = start(glue, module).memory;
}

/** The memory's bytes. They are others once it has grown. */
export function bytes(): ArrayBuffer {
  if (memory === undefined) throw new TypeError('tell-connect: the wasm was not started');
  return memory.buffer as ArrayBuffer;
}
